"""
The wrong keyboard: Arabic typed while the keyboard was in Latin, and the reverse.

Keys as on the Arabic (101) and US layouts, unshifted and shifted. Source: Microsoft's KBDA1 layout table, which Linux's
``ara`` layout follows for letters.
"""

from __future__ import annotations

__all__ = ["other_layout"]

# One key, one Arabic letter; ``b`` is the one key with two (لا).
_KEYS = {
    **dict(zip("qwertyuiop[]", "ضصثقفغعهخحجد", strict=True)),
    **dict(zip("asdfghjkl;'", "شسيبلاتنمكط", strict=True)),
    **dict(zip("zxcvnm,./", "ئءؤرىةوزظ", strict=True)),
    "b": "لا",
    "`": "ذ",
    "H": "أ",
    "Y": "إ",
    "N": "آ",
    "G": "لأ",
    "T": "لإ",
    "B": "لآ",
}
_LATIN_OF = {letters: key for key, letters in sorted(_KEYS.items(), reverse=True) if len(letters) == 1}
_LAM_ALEF = {letters: key for key, letters in _KEYS.items() if len(letters) == 2}


def other_layout(text: str) -> str | None:
    """Give what would have been typed with the keyboard in the other alphabet; None for a text of both or neither.

    >>> other_layout("hgvzds"), other_layout("ؤقثثؤث")
    ('الرئيس', 'creece')
    """
    latin = any("a" <= letter.lower() <= "z" for letter in text)
    arabic = any("\u0621" <= letter <= "\u064a" for letter in text)
    if latin == arabic:
        return None
    if latin:
        return "".join(_KEYS.get(letter) or _KEYS.get(letter.lower()) or letter for letter in text)
    for pair, key in _LAM_ALEF.items():
        text = text.replace(pair, key.lower())
    return "".join(_LATIN_OF.get(letter, letter) for letter in text).lower()
