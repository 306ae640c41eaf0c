"""
What a source is: agency, outlet, official body or person, organisation, person, document, social medium.

The registry knows agencies and outlets. For everybody else a small model reads the words of name and role: a minister
speaks for a state, a «مصدر أمني» as well, a «محلل» for himself. Which signs it has is here, which count it learnt.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import cast, get_args

from tawatur.analysis.carrier_words import carrier_words
from tawatur.analysis.document import Document
from tawatur.analysis.source_groups import SourceGroup, name_words
from tawatur.analysis.source_models import SourceModels
from tawatur.analysis.speaker_words import speaker_words
from tawatur.model.analysis import Entity, InformationSourceKind
from tawatur.sources.registry import OutletKind

__all__ = ["Types", "affairs_of", "is_anonymous", "kind_features", "kind_of", "kind_words"]


@dataclass(frozen=True, slots=True)
class Types:
    """What an article is about, and the types of its names by their words."""

    names: Mapping[str, str]
    affairs: int

    @classmethod
    def of(cls, document: Document, entities: Sequence[Entity]) -> Types:
        """Read them once an article."""
        return cls({" ".join(name_words(entity.text)): entity.type for entity in entities}, affairs_of(document))


_ALL = frozenset(get_args(InformationSourceKind))
#: What a name of the registry can be; the model decides where there are two.
_OF_REGISTRY: dict[OutletKind, frozenset[str]] = {
    "agency": frozenset(("agency",)),
    "outlet": frozenset(("outlet",)),
    "official": frozenset(("official",)),
    "organisation": frozenset(("organisation",)),
    "platform": frozenset(("social",)),
}
#: Of the words of office of an article, the share that states have; thirds of the train articles.
_SHARES_OF_STATE = (0.4, 0.6, 0.75)
# Agencies are known or called so: «وكالة الفضاء» carries no news.
_OF_OTHERS = _ALL - {"agency"}
_OF_CARRIER = frozenset(("agency", "outlet"))


def kind_of(document: Document, group: SourceGroup, types: Types, models: SourceModels) -> InformationSourceKind:
    """Tell what a source is."""
    allowed = _ALL
    if group.outlet is not None:
        allowed = _OF_REGISTRY[group.outlet.kind]
    elif any(mention.kind in ("media", "signature") for mention in group.mentions):
        allowed = _OF_CARRIER
    elif any(mention.kind == "platform" for mention in group.mentions):
        allowed = frozenset(("social",))
    else:
        allowed = _OF_OTHERS
    if len(allowed) == 1:
        return cast("InformationSourceKind", next(iter(allowed)))
    features = kind_features(document, group, types)
    return cast("InformationSourceKind", models.likeliest_kind(features, allowed))


def kind_features(document: Document, group: SourceGroup, types: Types) -> frozenset[str]:
    """Give the signs of what a source is."""
    return frozenset(_features(document, group, types))


def _features(document: Document, group: SourceGroup, types: Types) -> Iterator[str]:
    names = _counted(name_words(document.slice(group.name)))
    kinds = {mention.kind for mention in group.mentions}
    roles = [name_words(document.slice(mention.role)) for mention in group.mentions if mention.role is not None]
    yield from (f"phrase:{kind}" for kind in kinds)
    is_person = bool(kinds & {"name", "titled"})
    yield f"person:{is_person}:{bool(roles)}"
    if names and not is_person:
        yield from _of_name(names)
    for said in filter(None, roles):
        yield from _of_role(said)
    if (known := types.names.get(" ".join(names))) is not None:
        yield f"entity:{known}"
        yield f"entity:{known}:{bool(roles)}"
    if is_person:
        yield f"affairs:{types.affairs}:{bool(roles)}"


def _counted(names: tuple[str, ...]) -> tuple[str, ...]:
    """Give what is counted: «بعض الصحف», «عدد من المغردين»."""
    first = 0
    while first < len(names) - 1 and names[first] in kind_words()["counts"]:
        first += 1
    return names[first:]


def affairs_of(document: Document) -> int:
    """Tell what an article is about by its words of office: 0 private affairs (sport, business) to 3 states."""
    classes = kind_words()
    words = [name for passage in document.passages for word in passage.words for name in name_words(word.text)]
    state = sum(word in classes["state_roles"] or word in classes["state_bodies"] for word in words)
    private = sum(word in classes["private_roles"] or word in classes["organisations"] for word in words)
    share = (state + 1) / (state + private + 2)
    return sum(share > step for step in _SHARES_OF_STATE)


def _of_name(names: Sequence[str]) -> Iterator[str]:
    """Give the signs of the name of a body, a paper or of people without names."""
    classes = kind_words()
    yield f"head:{names[0]}"
    yield f"name length:{min(len(names), 4)}"
    yield from (f"name:{word}" for word in names)
    of_head = [name for name, words in classes.items() if names[0] in words]
    yield from (f"head is:{name}" for name in of_head)
    if not of_head:
        yield f"head unknown:{len(names) == 1}"
    for name, words in classes.items():
        if any(word in words for word in names[1:]):
            yield f"name has:{name}"
            yield from (f"name has:{name}:{head}" for head in of_head)
    if any(word in speaker_words().nationalities for word in names[1:]):
        yield "name has nation"
    if names[0] in speaker_words().places:
        yield f"is place:{len(names) == 1}"


def _of_role(said: Sequence[str]) -> Iterator[str]:
    """Give the signs of an office."""
    classes = kind_words()
    yield f"role head:{said[0]}"
    yield from (f"role:{word}" for word in said)
    for name, words in classes.items():
        if said[0] in words:
            yield f"role is:{name}"
        if any(word in words for word in said[1:]):
            yield f"role has:{name}"
            yield from (f"role is:{head}:{name}" for head, others in classes.items() if said[0] in others)
    if any(word in speaker_words().nationalities for word in said):
        yield "role has nation"


@lru_cache(maxsize=1)
def kind_words() -> Mapping[str, frozenset[str]]:
    """Load the tables of ``data/source_kind_words.toml``."""
    text = (files("tawatur.analysis") / "data" / "source_kind_words.toml").read_text(encoding="utf-8")
    table: dict[str, dict[str, str]] = tomllib.loads(text)
    return {
        name: frozenset(word for one in each["words"].split() for word in name_words(one))
        for name, each in table.items()
    }


def is_anonymous(document: Document, group: SourceGroup, kind: InformationSourceKind) -> bool:
    """Tell whether a source is credited without a name: «مصادر أمنية», «شهود», «متحدث باسم الوزارة»."""
    if group.outlet is not None or kind in ("document", "social", "agency"):
        return False
    if any(mention.kind in ("name", "titled", "signature") for mention in group.mentions):
        return False
    names = name_words(document.slice(group.name))
    return bool(names) and names[0] in carrier_words().anonymous
