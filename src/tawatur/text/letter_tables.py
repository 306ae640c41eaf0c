"""
Letter tables: which letters Arabic readers take for one.

Each line names its letters by code point: most of them cannot be told apart by eye.
Sources: the Unicode character names; the folding of Arabic search engines (Lucene's ArabicNormalizer
for alef, yeh, teh marbuta, and PersianNormalizer for yeh, keheh, heh); spellings in Arabic news for the letters
of other languages.
"""

from __future__ import annotations

from .direction import CONTROLS

__all__ = [
    "DISPLAY_STRAYS",
    "INDEX_LETTERS",
    "MARKS",
    "MATCH_LETTERS",
    "MATCH_STRAYS",
    "PLAIN",
    "SAME_LETTER",
    "is_presentation_form",
]

#: One letter for one letter: the text keeps its length.
SAME_LETTER: dict[int, str] = {
    0x0622: "\u0627",  # ALEF WITH MADDA ABOVE -> ALEF
    0x0623: "\u0627",  # ALEF WITH HAMZA ABOVE -> ALEF
    0x0625: "\u0627",  # ALEF WITH HAMZA BELOW -> ALEF
    0x0671: "\u0627",  # ALEF WASLA -> ALEF
    0x0672: "\u0627",  # ALEF WITH WAVY HAMZA ABOVE -> ALEF
    0x0673: "\u0627",  # ALEF WITH WAVY HAMZA BELOW -> ALEF
    0x0675: "\u0627",  # HIGH HAMZA ALEF -> ALEF
    0x0649: "\u064a",  # ALEF MAKSURA -> YEH: Egyptian papers print one for the other
    0x06CC: "\u064a",  # FARSI YEH -> YEH: pages typed on Persian keyboards
    0x06D2: "\u064a",  # YEH BARREE -> YEH (Urdu)
    0x06CD: "\u064a",  # YEH WITH TAIL -> YEH (Pashto)
    0x06D0: "\u064a",  # E -> YEH (Uyghur, Pashto)
    0x06CE: "\u064a",  # YEH WITH SMALL V -> YEH (Kurdish)
    0x0629: "\u0647",  # TEH MARBUTA -> HEH: headlines drop the dots
    0x06C0: "\u0647",  # HEH WITH YEH ABOVE -> HEH
    0x06C1: "\u0647",  # HEH GOAL -> HEH (Urdu)
    0x06C2: "\u0647",  # HEH GOAL WITH HAMZA ABOVE -> HEH
    0x06C3: "\u0647",  # TEH MARBUTA GOAL -> HEH
    0x06BE: "\u0647",  # HEH DOACHASHMEE -> HEH
    0x06D5: "\u0647",  # AE -> HEH (Kurdish)
    0x06A9: "\u0643",  # KEHEH -> KAF
    0x06AA: "\u0643",  # SWASH KAF -> KAF
    0x06AF: "\u0643",  # GAF -> KAF
    0x067E: "\u0628",  # PEH -> BEH
    0x0686: "\u062c",  # TCHEH -> JEEM
    0x0698: "\u0632",  # JEH -> ZAIN
    0x06A4: "\u0641",  # VEH -> FEH
    0x06A8: "\u0642",  # QAF WITH THREE DOTS ABOVE -> QAF (Maghrebi g and v)
    0x06AD: "\u0643",  # NG -> KAF (Maghrebi g)
    0x06C6: "\u0648",  # OE -> WAW (Kurdish)
    0x06C7: "\u0648",  # U -> WAW
    0x06CB: "\u0648",  # VE -> WAW
    0x06BA: "\u0646",  # NOON GHUNNA -> NOON
}

_DIGITS = {base + digit: str(digit) for base in (0x0660, 0x06F0) for digit in range(10)}
_UPPER = {
    code: chr(code).lower() for code in (*range(0x41, 0x5B), *range(0xC0, 0xDF)) if code != 0xD7
}  # MULTIPLICATION SIGN has no case
_SPACES = dict.fromkeys((0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")

MATCH_LETTERS: dict[int, str] = SAME_LETTER | _DIGITS | _UPPER | _SPACES

INDEX_LETTERS: dict[int, str] = MATCH_LETTERS | {
    0x0624: "\u0648",  # WAW WITH HAMZA ABOVE -> WAW
    0x0626: "\u064a",  # YEH WITH HAMZA ABOVE -> YEH
}

_ZERO_WIDTH = "\u200b\u2060\ufeff\u00ad"  # ZERO WIDTH SPACE, WORD JOINER, BYTE ORDER MARK, SOFT HYPHEN

#: What shows nothing. The joiners stay in what readers see: Persian words and emoji need them.
DISPLAY_STRAYS = frozenset(CONTROLS + _ZERO_WIDTH)
MATCH_STRAYS = frozenset(CONTROLS + _ZERO_WIDTH + "\u200c\u200d")  # and ZERO WIDTH (NON-)JOINER

#: Tatweel and the marks above and below letters: part of how a word is written out, not of which word it is.
MARKS = frozenset(
    map(
        chr,
        (
            0x0640,  # TATWEEL
            *range(0x0610, 0x061B),  # honorifics and Koranic signs
            *range(0x064B, 0x0660),  # vowel marks, madda and hamza apart from their letter
            0x0670,  # SUPERSCRIPT ALEF
            *range(0x06D6, 0x06DD),  # Koranic signs
            *range(0x06DF, 0x06E5),
            *range(0x06E7, 0x06E9),
            *range(0x06EA, 0x06EE),
            *range(0x08D3, 0x08E2),
            *range(0x08E3, 0x0900),
        ),
    )
)

#: Inside of a character class: letters that never join another, have no form to resolve, and that one
#: ``translate`` brings to any level. ASCII, letters of Arabic without marks, digits, the signs of the news.
PLAIN = (
    "\u0000-\u007f\u0600-\u0605\u0606-\u060f\u061b\u061e-\u063f\u0641-\u064a\u0660-\u066f\u0671-\u0674\u0679-\u06bf\u06c1\u06c3-\u06d1\u06d4-\u06d5\u06ee-\u06ff"
    "\u00ab\u00bb\u2010-\u201f\u2022"
)


def is_presentation_form(letter: str) -> bool:
    """Tell whether a letter is one of the shapes old Arabic systems stored in place of letters."""
    return "\ufb50" <= letter <= "\ufdff" or "\ufe70" <= letter <= "\ufefc"
