"""
Canonical names: which forms in an article are one bearer, and the name that stands for all of them.

Forms are joined when their spellings have one key, when the table of aliases says so, when one is the other without the
word that says what it is («صحيفة الوطن»، «الوطن»), when a person's last name stands for the full one, when a body's
name leaves out what stands inside or behind it («كتائب القسام»، «تحالف دعم الشرعية»), when two full names of a person
differ by a slip of the pen, and when places are names of one country. The name that stands for all is the usual one
where a list tells it, so that it is the same across the archive, and else the fullest form in the article.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from tawatur.analysis.entity_evidence import words_of_list
from tawatur.analysis.name_lists import country_names, country_of, key_of, usual_country_name
from tawatur.model.analysis import EntityType
from tawatur.sources import load_registry
from tawatur.text.letters import normalised_text
from tawatur.text.names import canonical_name, name_key

__all__ = ["canonical_names"]

Name = tuple[str, EntityType]
_LEAST_WORDS_OF_FULL = 2
_SHORTEST_KEY = 3
# Letters; «محمدرضا», «محمد رضا» of one article are one name.
_SHORTEST_WRITTEN_TOGETHER = 8
_SONS = frozenset(("بن", "ابن"))


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
    for at, other in _slips(keys) if kind == "PER" else ():
        parents[root(at)] = root(other)
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
    words = _words(text, kind)
    if len("".join(words)) > _SHORTEST_KEY:
        yield " ".join(words)
    else:  # «كوريا»، «القاهرة»: too little is left to tell by
        yield "spelt " + " ".join(map(_bare, _without_head(text, kind)))
    printed = _unswallowed(text)
    if (alias := _alias(printed, kind)) is not None:
        yield f"alias {alias}"
    if len(together := "".join(_without_head(text, kind))) >= _SHORTEST_WRITTEN_TOGETHER:
        yield f"together {together}"
    if kind == "LOC" and (country := usual_country_name(printed)) is not None:
        yield f"country {country}"
    if kind == "ORG":
        if (outlet := load_registry().find_by_name(printed)) is not None:
            yield f"outlet {outlet.id}"
        yield from _twin_signs(printed)


def _alias(printed: str, kind: EntityType) -> str | None:
    """Give what the table of aliases prints; «الدولة الإسلامية» is in it as an organisation («تنظيم …») alone."""
    if kind == "LOC" and country_of(printed) and usual_country_name(printed) is None:
        named = canonical_name(printed)  # «بيونغ يانغ» may stand for its state, and is a city
        return None if named is not None and usual_country_name(named) else named
    named = canonical_name(printed)
    if named is None and kind == "ORG":  # «كرملين» in brackets
        named = canonical_name(f"تنظيم {printed}") or canonical_name(f"ال{printed}")
    return named


def _twin_signs(printed: str) -> Iterable[str]:
    """Give the sign that «البرلمان» and «مجلس النواب» share, by the state they are of."""
    words = [_bare(word) for word in normalised_text(printed, "index").split()]
    for twin in _twins():
        if tuple(words[: len(twin)]) == twin:
            yield "twin " + " ".join(words[len(twin) :])


def _slips(keys: Sequence[tuple[str, ...]]) -> Iterable[tuple[int, int]]:
    """Pair full names that differ in one word by two letters that changed places: «كريستيانو»، «كريتسيانو»."""
    seen: dict[tuple[str, ...], int] = {}
    for at, key in enumerate(keys):
        if len(key) >= _LEAST_WORDS_OF_FULL and min(map(len, key)) >= _SHORTEST_KEY:
            other = seen.setdefault(tuple("".join(sorted(word)) for word in key), at)
            if other != at:
                yield at, other


def _words(text: str, kind: EntityType) -> tuple[str, ...]:
    """Give the keys of a name's words, the word that says what it is aside."""
    return tuple(name_key(" ".join(_without_head(text, kind))).split()) or (text,)


def _without_head(text: str, kind: EntityType) -> list[str]:
    words = normalised_text(_unswallowed(text).replace("_", " "), "index").split()
    heads = _heads()[kind]
    while len(words) > 1 and _bare(words[0]) in heads:
        words = words[1:]
    return words


def _bare(word: str) -> str:
    return word.removeprefix("ال")


def _unswallowed(text: str) -> str:
    """Give «الأمم» for «للأمم»."""
    return "ال" + text[2:] if text.startswith("لل") and len(text.split(maxsplit=1)[0]) > len("للهم") else text


def _is_short_for(short: tuple[str, ...], full: tuple[str, ...], kind: EntityType) -> bool:
    if len(full) < _LEAST_WORDS_OF_FULL or len(short) >= len(full):
        return False
    behind = full[len(short) :] if full[: len(short)] == short else None
    return _is_short_of_person(short, full, behind) if kind == "PER" else _is_short_of_thing(short, full, behind, kind)


def _is_short_of_person(short: tuple[str, ...], full: tuple[str, ...], behind: tuple[str, ...] | None) -> bool:
    """Tell of «بوتين»، «بن سلمان», «محمد بن سلمان» for «محمد بن سلمان بن عبد العزيز»; «جونيور» is another man.

    So is the father: «سلمان بن عبد العزيز» for «سلطان بن سلمان بن عبد العزيز».
    """
    if full[-1] in _generations() and short[-1] != full[-1]:
        return False
    if behind is None and len(short) > 1 and _is_child(full, short[0]):
        return False
    return full[-len(short) :] == short or behind is not None or _in_order(short, full)


def _is_child(name: tuple[str, ...], parent: str) -> bool:
    """Tell whether a name says whose child its bearer is, by the parent's first name."""
    return any(sons in _SONS and other == parent for sons, other in pairwise(name))


def _is_short_of_thing(
    short: tuple[str, ...], full: tuple[str, ...], behind: tuple[str, ...] | None, kind: EntityType
) -> bool:
    between = full[1 : -len(short)] if behind is None else behind[:1]
    if any(word.startswith("و") for word in between):
        return False  # «قوات حفظ السلام والجيش», «الاتحاد الأوروبي واتحاد الكونكاكاف»: two of them
    same_ends = len(short) >= _LEAST_WORDS_OF_FULL and (short[0], short[-1]) == (full[0], full[-1])
    if same_ends and _in_order(short, full):
        return True  # «كتائب القسام» of «كتائب عز الدين القسام», «الغوطة الشرقية» of «غوطة دمشق الشرقية»
    if kind == "LOC":  # «ولاية مينيسوتا الأمريكية»
        return behind is not None and len(behind) == 1 and behind[0] in _states()
    # «المرصد» of «المرصد السوري لحقوق الإنسان», «سوسيداد» of «ريال سوسيداد».
    return behind is not None or (full[-len(short) :] == short and not any(word in _offices() for word in short))


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
    return _alias(text, kind)


@lru_cache(maxsize=1)
def _states() -> frozenset[str]:
    """Keys of countries and of the adjectives of nationality: what may follow a place's name."""
    words = [*words_of_list("nationality"), *country_names()]
    return frozenset(name_key(word) for word in words if " " not in word)


@lru_cache(maxsize=1)
def _offices() -> frozenset[str]:
    """Keys of words that name a body in many states: «الخارجية» ends the names of others."""
    return frozenset(map(name_key, (*words_of_list("body"), *words_of_list("nationality"))))


@lru_cache(maxsize=1)
def _generations() -> frozenset[str]:
    return frozenset(map(name_key, _head_words()["generations"].split()))


@lru_cache(maxsize=1)
def _twins() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(_bare(word) for word in key_of(name).split()) for name in _head_words()["twins"])


@lru_cache(maxsize=1)
def _head_words() -> dict[str, Any]:
    return tomllib.loads((files("tawatur.analysis") / "data" / "name_heads.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _heads() -> dict[EntityType, frozenset[str]]:
    """The words that say what a name names and may be left out."""
    data = _head_words()

    def words(name: str) -> frozenset[str]:
        return frozenset(map(key_of, data[name].split()))

    return {"PER": words("person"), "LOC": words("place"), "ORG": words("body")}
