"""
Mojibake: text that was read in a wrong charset, saved as UTF-8, and so published.

Two kinds fill old Arabic archives: UTF-8 read as windows-1252 or windows-1256 (``Ø§Ù„`` and ``ط§ظ„`` for ``ال``),
and windows-1256 read as windows-1252 (``ÇáÚÑÈíÉ`` for ``العربية``). Each run of such letters is turned
back alone, so that a page that holds both good and spoilt text loses nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .plausibility import arabic_plausibility

__all__ = ["Repaired", "repair_mojibake"]

# A run shorter than this is no evidence: ``Ø`` alone is a Danish letter.
SHORTEST_RUN = 4

# How plausible the turned-back run must be, and by how much more than as it stood.
GOOD_ENOUGH = 4.0
MUCH_BETTER = 1.0


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text whose spoilt runs were turned back, and the charset they had been read in."""

    text: str
    read_as: str


def _table(charset: str) -> dict[int, int]:
    """Letter to byte; bytes the charset leaves undefined stand as the C1 control of their number."""
    table = {control: control for control in range(0x80, 0xA0)}  # readers of Latin-1 leave these as they are
    for byte in range(0x80, 0x100):
        letter = bytes([byte]).decode(charset, "ignore") or chr(byte)
        table[ord(letter)] = byte
    return table


_WESTERN, _ARABIC = _table("windows-1252"), _table("windows-1256")


def _runs(letters: dict[int, int]) -> re.Pattern[str]:
    inside = "".join(map(re.escape, map(chr, letters)))
    return re.compile(f"[{inside}]+(?:[ \\t.,:!/\"'()-]{{1,3}}[{inside}]+)*")


_WESTERN_RUN, _ARABIC_RUN = _runs(_WESTERN), _runs(_ARABIC)
# ``ط`` and ``ظ`` (0xD8, 0xD9 in windows-1256) before every letter; Arabic never has three such pairs in a row.
_SPOILT_ARABIC = re.compile("(?:[\u0637\u0638][^\u0000-\u007f]){3}")
_SPOILT_WESTERN = re.compile("[\u00c0-\u00ff\u0152-\u017e][\u0080-\u00ff\u0152-\u2122]{2}")


@dataclass(frozen=True, slots=True)
class _Kind:
    """One way a text is spoilt."""

    #: The charset it was read in.
    read_as: str
    #: Letters without which nothing was spoilt so: a quick look, for most pages hold none of them.
    signs: tuple[str, ...]
    #: What no sound text has.
    symptom: re.Pattern[str]
    #: What is turned back at once, its letters to bytes, and the charsets the bytes may have been in.
    run: re.Pattern[str]
    bytes_of: dict[int, int]
    charsets: tuple[str, ...]

    def turn_back(self, found: re.Match[str]) -> str:
        """Give the run as it was before, or unchanged when that is no better Arabic."""
        run = found[0]
        if len(run) < SHORTEST_RUN:
            return run
        raw = bytes(self.bytes_of.get(ord(letter), ord(letter)) for letter in run)
        before = arabic_plausibility(run)
        for charset in self.charsets:
            try:
                turned = raw.decode(charset)
            except UnicodeDecodeError:
                continue
            value = arabic_plausibility(turned)
            if value >= GOOD_ENOUGH and value >= before + MUCH_BETTER:
                return turned
        return run


_KINDS = (
    _Kind("windows-1256", ("\u0637\u00a7", "\u0638\u201e"), _SPOILT_ARABIC, _ARABIC_RUN, _ARABIC, ("utf-8",)),
    _Kind(
        "windows-1252",
        ("\u00d8", "\u00d9", "\u00c7"),
        _SPOILT_WESTERN,
        _WESTERN_RUN,
        _WESTERN,
        ("utf-8", "windows-1256"),
    ),
)


def repair_mojibake(text: str) -> Repaired | None:
    """Turn spoilt runs of a text back into Arabic; None when there is none.

    >>> repair_mojibake("وكالة الأنباء")
    >>> repair_mojibake("ÇáÎÑØæã ÊÚáä")
    Repaired(text='الخرطوم تعلن', read_as='windows-1252')
    """
    for kind in _KINDS:
        if any(sign in text for sign in kind.signs) and kind.symptom.search(text):
            repaired = kind.run.sub(kind.turn_back, text)
            if repaired != text:
                return Repaired(repaired, kind.read_as)
    return None
