"""
Canonical names: which forms in an article are one bearer, and the name that stands for all of them.

Forms are joined when their spellings have one key, when the table of aliases says so, when one is the other without the
word that says what it is («صحيفة الوطن»، «الوطن»), when a person's last name stands for the full one, and when
places are names of one country. The name that stands for all is the usual one where a list tells it, so that it is the
same across the archive, and else the fullest form in the article.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files

from tawatur.analysis.name_lists import key_of, usual_country_name
from tawatur.model.analysis import EntityType
from tawatur.sources import load_registry
from tawatur.text.letters import normalised_text
from tawatur.text.names import canonical_name, name_key

__all__ = ["canonical_names"]

Name = tuple[str, EntityType]
_LEAST_WORDS_OF_FULL = 2


def canonical_names(forms: Sequence[tuple[str, EntityType, int]]) -> dict[Name, str]:
    """Give each form's canonical name.

    Args:
        forms: Surface form, type and how often it stands, in the order of their first place.
    """
    canonical: dict[Name, str] = {}
    for kind in ("PER", "LOC", "ORG"):
        group = [(text, times) for text, of, times in forms if of == kind]
        for bearer in _bearers(group, kind):
            name = _name_of(bearer, kind)
            canonical.update({((text, kind)): name for text, _ in bearer})
    return canonical


def _bearers(group: list[tuple[str, int]], kind: EntityType) -> Iterable[list[tuple[str, int]]]:
    """Gather the forms of one bearer."""
    parents = list(range(len(group)))

    def root(at: int) -> int:
        while parents[at] != at:
            at = parents[at]
        return at

    by_sign: dict[str, int] = {}
    for at, (text, _) in enumerate(group):
        for sign in _signs(text, kind):
            parents[root(at)] = root(by_sign.setdefault(sign, at))
    keys = [_words(text, kind) for text, _ in group]
    holding = _holding(keys)
    for at, key in enumerate(keys):
        # A full name holds the first word of whatever is short for it.
        fuller = [other for other in holding[key[0]] if _is_short_for(key, keys[other], kind)]
        if fuller and len({root(other) for other in fuller}) == 1:
            parents[root(at)] = root(fuller[0])
        elif fuller and kind == "PER":
            # Two people of one last name: the one named most is meant.
            parents[root(at)] = root(max(fuller, key=lambda other: group[other][1]))
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for at, form in enumerate(group):
        found[root(at)].append(form)
    return found.values()


def _holding(keys: Sequence[tuple[str, ...]]) -> dict[str, list[int]]:
    """List the names that hold a word, by word."""
    holding: dict[str, list[int]] = defaultdict(list)
    for at, key in enumerate(keys):
        for word in set(key):
            holding[word].append(at)
    return holding


def _signs(text: str, kind: EntityType) -> Iterable[str]:
    """What two forms of one bearer share."""
    yield " ".join(_words(text, kind))
    printed = _unswallowed(text)
    if (alias := canonical_name(printed)) is not None:
        yield f"alias {alias}"
    if kind == "LOC" and (country := usual_country_name(printed)) is not None:
        yield f"country {country}"
    if kind == "ORG" and (outlet := load_registry().find_by_name(printed)) is not None:
        yield f"outlet {outlet.id}"


def _words(text: str, kind: EntityType) -> tuple[str, ...]:
    """Give the keys of a name's words, the word that says what it is aside."""
    words = normalised_text(_unswallowed(text).replace("_", " "), "index").split()
    heads = _heads()[kind]
    while len(words) > 1 and _bare(words[0]) in heads:
        words = words[1:]
    return tuple(name_key(" ".join(words)).split()) or (text,)


def _bare(word: str) -> str:
    return word.removeprefix("ال")


def _unswallowed(text: str) -> str:
    """Give «الأمم» for «للأمم»."""
    return "ال" + text[2:] if text.startswith("لل") and len(text.split(maxsplit=1)[0]) > len("للهم") else text


def _is_short_for(short: tuple[str, ...], full: tuple[str, ...], kind: EntityType) -> bool:
    if len(full) < _LEAST_WORDS_OF_FULL or len(short) >= len(full):
        return False
    if kind == "PER":
        # «بوتين»، «بن سلمان», «محمد بن سلمان» of «محمد بن سلمان بن عبد العزيز».
        return full[-len(short) :] == short or full[: len(short)] == short or _in_order(short, full)
    # «المرصد» of «المرصد السوري لحقوق الإنسان».
    return kind == "ORG" and full[: len(short)] == short


def _in_order(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Tell whether a name of several words leaves out middle names of another."""
    rest = iter(full)
    return len(short) >= _LEAST_WORDS_OF_FULL and all(word in rest for word in short)


def _name_of(bearer: list[tuple[str, int]], kind: EntityType) -> str:
    texts = [_unswallowed(text) for text, _ in bearer]
    fullest = max(texts, key=lambda text: (len(text.split()), -texts.index(text)))
    # A last name in a list may be another's: «بوتين» where «إيغور بوتين» is meant.
    asked = [fullest] if kind == "PER" else [fullest, *texts]
    return next(filter(None, (_usual(text, kind) for text in asked)), fullest)


def _usual(text: str, kind: EntityType) -> str | None:
    """Give the name a list tells, the same in every article."""
    if kind == "LOC" and (country := usual_country_name(text)) is not None:
        return country
    if kind == "ORG" and (outlet := load_registry().find_by_name(text)) is not None:
        return outlet.name_ar
    return canonical_name(text)


@lru_cache(maxsize=1)
def _heads() -> dict[EntityType, frozenset[str]]:
    """The words that say what a name names and may be left out."""
    data = tomllib.loads((files("tawatur.analysis") / "data" / "name_heads.toml").read_text(encoding="utf-8"))

    def words(name: str) -> frozenset[str]:
        return frozenset(map(key_of, data[name].split()))

    return {"PER": words("person"), "LOC": words("place"), "ORG": words("body")}
