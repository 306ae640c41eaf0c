"""
Numerals: digits of every script and Arabic number words, as numbers.

Arabic prints ``١٬٢٣٤٫٥`` (U+066C between thousands, U+066B before the fraction); pages in Western digits print
``1,234.5`` or, in the Maghreb, ``1.234,5``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from types import MappingProxyType

__all__ = ["ascii_digits", "number_words", "ordinal_words", "read_number"]

_SEPARATOR_OF_THOUSANDS = "\u066c"  # ARABIC THOUSANDS SEPARATOR
_DECIMAL_SEPARATOR = "\u066b"  # ARABIC DECIMAL SEPARATOR
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[+-]?\d{1,3}(?:\.\d{3})+,\d+|[+-]?\d{1,3}(?:\.\d{3}){2,}")
_PLAIN = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


def _by_word(lines: str) -> MappingProxyType[str, int]:
    """``20 عشرون عشرين | …``: a number, and the words that mean it."""
    rows = (row.split() for row in lines.split("|"))
    return MappingProxyType({word: int(number) for number, *words in rows for word in words})


# Both genders and cases of each, at the `match` level (alef, teh marbuta and yeh folded).
_UNITS = _by_word(
    "1 واحد واحده احد احدي | 2 اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي | 3 ثلاث ثلاثه | 4 اربع اربعه |"
    "5 خمس خمسه | 6 ست سته | 7 سبع سبعه | 8 ثماني ثمانيه ثمان | 9 تسع تسعه | 10 عشر عشره"
)
_TEENS = frozenset({"عشر", "عشره"})
_TENS = _by_word(
    "20 عشرون عشرين | 30 ثلاثون ثلاثين | 40 اربعون اربعين | 50 خمسون خمسين | 60 ستون ستين | 70 سبعون سبعين |"
    "80 ثمانون ثمانين | 90 تسعون تسعين"
)
# Ordinals of days (masculine) and hours (feminine), without their article.
_ORDINALS = _by_word(
    "1 اول اولي حادي حاديه واحد واحده | 2 ثاني ثانيه | 3 ثالث ثالثه | 4 رابع رابعه | 5 خامس خامسه | 6 سادس سادسه |"
    "7 سابع سابعه | 8 ثامن ثامنه | 9 تاسع تاسعه | 10 عاشر عاشره"
)


def ascii_digits(text: str) -> str:
    """Write every decimal digit, of any script, as 0-9; the length stays.

    >>> ascii_digits("٢٠٢٣ ۱۴۰۲")
    '2023 1402'
    """
    return "".join(
        letter if letter.isascii() or not letter.isdecimal() else str(unicodedata.decimal(letter)) for letter in text
    )


def read_number(text: str) -> int | float | None:
    """Read a number written in digits of any script with Arabic, English or French separators.

    Returns:
        None when the text is no number. ``1.234`` is read as a fraction, ``1.234.567`` and ``1,234`` as thousands.

    >>> read_number("١٬٢٣٤٫٥"), read_number("12,500"), read_number("3,5")
    (1234.5, 12500, 3.5)
    """
    digits = ascii_digits(text.strip()).replace("\u00a0", "").replace("\u202f", "").replace("\u2212", "-")
    if _SEPARATOR_OF_THOUSANDS in digits or _DECIMAL_SEPARATOR in digits:
        digits = digits.replace(_SEPARATOR_OF_THOUSANDS, "").replace(_DECIMAL_SEPARATOR, ".")
    elif _GROUPED.fullmatch(digits):
        comma_last = digits.rfind(",") > digits.rfind(".") > -1
        digits = digits.replace(".", "").replace(",", ".") if comma_last else _without_groups(digits)
    digits = digits.replace(",", ".")
    if not _PLAIN.fullmatch(digits):
        return None
    return float(digits) if "." in digits else int(digits)


def _without_groups(digits: str) -> str:
    return digits.replace(".", "") if digits.count(".") > 1 else digits.replace(",", "")


def number_words(words: Sequence[str]) -> tuple[int, int] | None:
    """Read the number at the start of some words: 1 to 99, as counts are written out.

    Args:
        words: Words at the ``match`` level.

    Returns:
        The number and how many words it takes; None when the first is no number.

    >>> number_words(["خمس", "وعشرين", "دقيقه"]), number_words(["ثلاث", "عشره", "ساعه"])
    ((25, 2), (13, 2))
    """
    return _compound(words, _UNITS)


def ordinal_words(words: Sequence[str]) -> tuple[int, int] | None:
    """Read the ordinal at the start of some words: the first to the ninety-ninth, with the article or without.

    >>> ordinal_words(["الحادي", "والعشرين", "من"]), ordinal_words(["الثانيه", "عشره"])
    ((21, 2), (12, 2))
    """
    return _compound([*(word.removeprefix("ال") for word in words[:1]), *words[1:]], _ORDINALS)


def _compound(words: Sequence[str], units: MappingProxyType[str, int]) -> tuple[int, int] | None:
    if not words:
        return None
    if words[0] in _TENS:
        return _TENS[words[0]], 1
    if words[0] not in units:
        return None
    unit = units[words[0]]
    if unit < 10 and len(words) > 1:
        if words[1] in _TEENS:
            return unit + 10, 2
        following = words[1].removeprefix("و").removeprefix("ال")
        if words[1].startswith("و") and following in _TENS:
            return unit + _TENS[following], 2
    return unit, 1
