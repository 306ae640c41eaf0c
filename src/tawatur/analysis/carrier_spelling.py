"""How carriers are written: the adjective of a country, the pronoun of an owner, marks that hang on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from tawatur.analysis.carrier_words import MARKS, carrier_words
from tawatur.analysis.name_lists import country_of
from tawatur.analysis.reading import Glance

__all__ = ["country_of_adjective", "end_of_name_in_marks", "hangs", "owned", "without_article"]

_SHORTEST_COUNTRY = 3
# More words in marks are what was said.
_WORDS_IN_MARKS = 4
_QUOTES = MARKS - {"(", ")", "[", "]"}
_OWNERS = ("هما", "ها", "هم", "ه", "نا")


@lru_cache(maxsize=4096)
def country_of_adjective(word: str) -> str | None:
    """Give the country that an adjective without article is of: «مصرية», «سعودي».

    >>> country_of_adjective("مصريه"), country_of_adjective("سعوديه"), country_of_adjective("دولي")
    ('EG', 'SA', None)
    """
    stem = word.removesuffix("ه").removesuffix("ي")
    if stem == word or len(stem) < _SHORTEST_COUNTRY:
        return None
    names = ("ال" + stem, f"ال{stem}يه", stem, stem + "ا", stem + "يا")
    return next((country for name in names if (country := country_of(name)) is not None), None)


def hangs(text: str, start: int, at: int) -> bool:
    """Tell whether a mark closes nothing that was opened behind ``start``."""
    mark = text[at]
    if mark not in MARKS or mark in ")]":
        return False
    return not any(text[place] in MARKS for place in range(start, at))


def end_of_name_in_marks(glances: Sequence[Glance], opening: int, stop: int) -> int | None:
    """Give where a name in quotation marks closes that open at a word; None where none opens or it is speech."""
    if opening + 2 >= stop or glances[opening].full not in _QUOTES:
        return None
    ends = range(opening + 2, min(stop, opening + 2 + _WORDS_IN_MARKS))
    closing = next((place for place in ends if glances[place].full in _QUOTES), None)
    inside = glances[opening + 1 : closing] if closing is not None else ()
    return None if any(one.is_sign or one.tag in ("VERB", "AUX", "SCONJ") for one in inside) else closing


def without_article(glance: Glance) -> str:
    """Give a word of a name without its article; nothing where a small word hangs on it."""
    return glance.bare if not glance.joined and not glance.preposition else ""


def owned(glance: Glance) -> str:
    """Give an occasion's word without the pronoun of its owner: «بيانها», «مدونته»."""
    if not glance.has_pronoun:
        return glance.bare
    for owner in _OWNERS:
        if glance.bare.endswith(owner) and len(glance.bare) - len(owner) >= 3:
            stem = glance.bare[: -len(owner)]
            return stem[:-1] + "ه" if stem.endswith("ت") and stem[:-1] + "ه" in carrier_words().occasions else stem
    return glance.bare
