"""
What pages write around an article: labels, calls to the reader, phrases of walls and error pages.

The phrases stand in ``wordings.toml``; a text is held against them with its letters folded, so that
``إقرأ أيضاً`` and ``اقرأ ايضا`` are one label.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

#: Marks that change the direction of what follows, joiners of no meaning in Arabic, and invisible padding.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
#: Vowel signs, Quranic marks and tatweel.
_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
# Pairs and not a table: replacing eleven letters one by one is ten times quicker than str.translate.
_LETTERS = (
    ("\u0622", "\u0627"),  # ALEF WITH MADDA ABOVE
    ("\u0623", "\u0627"),  # ALEF WITH HAMZA ABOVE
    ("\u0625", "\u0627"),  # ALEF WITH HAMZA BELOW
    ("\u0671", "\u0627"),  # ALEF WASLA
    ("\u0649", "\u064a"),  # ALEF MAKSURA
    ("\u06cc", "\u064a"),  # FARSI YEH
    ("\u06a9", "\u0643"),  # KEHEH
    ("\u0629", "\u0647"),  # TEH MARBUTA
    ("\u06c1", "\u0647"),  # HEH GOAL
    ("\u0624", "\u0648"),  # WAW WITH HAMZA ABOVE
    ("\u0626", "\u064a"),  # YEH WITH HAMZA ABOVE
)
_WORD = re.compile(r"\w+")


def clean_text(text: str) -> str:
    r"""Make one line of NFC text without direction marks, invisible padding or runs of spaces.

    >>> clean_text("\u200fالقاهرة\xa0 -\n أ ش أ ")
    'القاهرة - أ ش أ'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    elif _CONTROL.search(text):
        text = _CONTROL.sub("", text)
    return " ".join(text.split())


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Give the form in which texts are held against phrases: marks off, letters alike made one, lower case.

    >>> fold("إقرأ أيضاً") == fold("اقرأ ايضا")
    True
    """
    clean = clean_text(text)
    if clean.isascii():
        return clean.casefold()
    plain = _MARKS.sub("", clean)
    for letter, same in _LETTERS:
        plain = plain.replace(letter, same)
    return plain.casefold()


def words(text: str) -> list[str]:
    """Give the folded words of a text.

    >>> words("36 عامًا.. سر رحيل")
    ['36', 'عاما', 'سر', 'رحيل']
    """
    return _WORD.findall(fold(text))


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases that a text may begin with, longest first."""

    pattern: re.Pattern[str]

    def begins(self, folded: str) -> str | None:
        """Give the phrase a folded text begins with as whole words; None when with none."""
        found = self.pattern.match(folded)
        return found.group(1) if found else None

    def rest(self, text: str) -> str | None:
        """Give what follows the phrase and its colon or dash in ``text`` (unfolded); None without the phrase."""
        # Folding takes marks away, so the place is found by counting words.
        phrase = self.begins(fold(text))
        if phrase is None:
            return None
        place = 0
        for _ in phrase.split():
            found = re.compile(r"\S+").search(text, place)
            if found is None:  # pragma: no cover - a phrase never has more words than its text
                return ""
            place = found.end()
        # A colon may be glued to the last word of the phrase: ``المصدر:رويترز``.
        last = text[:place]
        glued = re.search(r"[:：؛|](.*)$", last[last.rfind(" ") + 1 :])
        tail = (glued.group(1) if glued else "") + text[place:]
        return tail.strip(" :：؛|-–—ـ/.…»>\t")


def _compile(phrases: Iterable[str]) -> Phrases:
    longest_first = sorted({fold(phrase) for phrase in phrases}, key=len, reverse=True)
    return Phrases(re.compile(r"[^\w(«\"“]*(" + "|".join(map(re.escape, longest_first)) + r")(?!\w)"))


@cache
def _table() -> dict[str, object]:
    return tomllib.loads(files("tawatur.extract").joinpath("wordings.toml").read_text(encoding="utf-8"))


def listed(name: str) -> tuple[str, ...]:
    """Give the phrases of a list in ``wordings.toml``, as written there; ``gate.error`` looks into a table."""
    entry: object = _table()
    for part in name.split("."):
        entry = entry[part]  # type: ignore[index]
    return tuple(entry)  # type: ignore[arg-type]


@cache
def phrases(*names: str) -> Phrases:
    """Give the phrases of a list, or of several, ready to be held against folded text."""
    return _compile(phrase for name in names for phrase in listed(name))


@cache
def anywhere(name: str) -> re.Pattern[str]:
    """Give a pattern that finds any phrase of a list inside folded text, as whole words."""
    longest_first = sorted({fold(phrase) for phrase in listed(name)}, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
