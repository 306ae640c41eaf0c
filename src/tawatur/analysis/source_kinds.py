"""
What a source is: agency, outlet, official body or person, organisation, person, document, social medium.

The registry knows agencies and outlets. For everybody else a small model reads the words of name and role: a minister
speaks for a state, a «مصدر أمني» as well, a «محلل» for himself. Which signs it has is here, which count it learnt.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast, get_args

from tawatur.analysis.carriers import carrier_words
from tawatur.analysis.document import Document
from tawatur.analysis.source_groups import SourceGroup, name_words
from tawatur.analysis.source_models import SourceModels
from tawatur.analysis.speaker_words import speaker_words
from tawatur.model.analysis import InformationSourceKind
from tawatur.sources.registry import OutletKind

__all__ = ["is_anonymous", "kind_features", "kind_of"]

_ALL = frozenset(get_args(InformationSourceKind))
#: What a name of the registry can be; the model decides where there are two.
_OF_REGISTRY: dict[OutletKind, frozenset[str]] = {
    "agency": frozenset(("agency",)),
    "outlet": frozenset(("outlet",)),
    "official": frozenset(("official",)),
    "organisation": frozenset(("organisation",)),
    "platform": frozenset(("social",)),
}
_OF_CARRIER = frozenset(("agency", "outlet"))


def kind_of(
    document: Document, group: SourceGroup, entities: Mapping[str, str], models: SourceModels
) -> InformationSourceKind:
    """Tell what a source is; ``entities`` gives the types of the names of the article by their words."""
    allowed = _ALL
    if group.outlet is not None:
        allowed = _OF_REGISTRY[group.outlet.kind]
    elif any(mention.kind in ("media", "signature") for mention in group.mentions):
        allowed = _OF_CARRIER
    elif any(mention.kind == "platform" for mention in group.mentions):
        allowed = frozenset(("social",))
    if len(allowed) == 1:
        return cast("InformationSourceKind", next(iter(allowed)))
    features = kind_features(document, group, entities)
    return cast("InformationSourceKind", models.likeliest_kind(features, allowed))


def kind_features(document: Document, group: SourceGroup, entities: Mapping[str, str]) -> frozenset[str]:
    """Give the signs of what a source is."""
    return frozenset(_features(document, group, entities))


def _features(document: Document, group: SourceGroup, entities: Mapping[str, str]) -> Iterator[str]:
    names = name_words(document.slice(group.name))
    kinds = {mention.kind for mention in group.mentions}
    roles = {mention.role for mention in group.mentions if mention.role is not None}
    words = speaker_words()
    for kind in kinds:
        yield f"phrase:{kind}"
    is_person = bool(kinds & {"name", "titled"})
    yield f"person:{is_person}:{bool(roles)}"
    if names and not is_person:
        yield f"head:{names[0]}"
        yield f"name length:{min(len(names), 4)}"
        yield f"last:{names[-1]}"
        yield from (f"name:{word}" for word in names)
        yield f"head is role:{names[0] in words.roles}"
        yield f"head is body:{names[0] in words.bodies}"
        yield f"one word:{len(names) == 1}"
        yield from (f"name is nation:{word in words.nationalities}" for word in names[1:])
    for role in roles:
        said = name_words(document.slice(role))
        if said:
            yield f"role head:{said[0]}"
            yield from (f"role:{word}" for word in said)
            yield f"role is nation:{any(word in words.nationalities for word in said)}"
    if (known := entities.get(" ".join(names))) is not None:
        yield f"entity:{known}"
        yield f"entity:{known}:{bool(roles)}"


def is_anonymous(document: Document, group: SourceGroup, kind: InformationSourceKind) -> bool:
    """Tell whether a source is credited without a name: «مصادر أمنية», «شهود», «متحدث باسم الوزارة»."""
    if group.outlet is not None or kind in ("document", "social", "agency"):
        return False
    if any(mention.kind in ("name", "titled", "signature") for mention in group.mentions):
        return False
    names = name_words(document.slice(group.name))
    return bool(names) and names[0] in carrier_words().anonymous
