"""
Direction: which way a text runs, and how to keep it from disturbing its neighbours.

``dir="auto"`` looks at the first strong letter only, so a headline that opens with ``BBC`` turns
round; the majority of strong letters (UAX #9 classes R and AL against L) decides here instead.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

__all__ = ["CONTROLS", "Direction", "isolate", "strip_controls", "text_direction"]

Direction = Literal["rtl", "ltr"]

#: The controls that steer direction and show nothing (UAX #9, section 2): ALM, LRM, RLM, embeddings,
#: overrides and isolates. Pages leave them behind anywhere, even inside dates and names.
CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

_CONTROLS = re.compile(f"[{CONTROLS}]")
# Two thirds of the letters of any news page are one of these; the others are asked one by one.
_RIGHT_TO_LEFT = re.compile(
    "[\u0620-\u064a\u066e-\u066f\u0671-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]"
)
_LEFT_TO_RIGHT = re.compile("[A-Za-z]")
_OTHERS = re.compile("[^\u0000-\u00a9\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc\u2000-\u206f]")

_FIRST_STRONG_ISOLATE = "\u2068"
_POP_ISOLATE = "\u2069"


def text_direction(text: str, default: Direction = "rtl") -> Direction:
    """Tell which way a text runs, by the majority of its strong letters.

    Returns:
        ``default`` when there is no strong letter or neither side has more.

    >>> text_direction("BBC: بوتين يلتقي علييف")
    'rtl'
    """
    right, left = len(_RIGHT_TO_LEFT.findall(text)), len(_LEFT_TO_RIGHT.findall(text))
    for letter in _OTHERS.findall(text):
        bidi_class = unicodedata.bidirectional(letter)
        right += bidi_class in ("R", "AL")
        left += bidi_class == "L"
    if right == left:
        return default
    return "rtl" if right > left else "ltr"


def strip_controls(text: str) -> str:
    r"""Take every direction control out of a text.

    >>> strip_controls("\u200f20/09/2023\u200f")
    '20/09/2023'
    """
    return _CONTROLS.sub("", text)


def isolate(text: str) -> str:
    """Wrap a text so that plain-text output around it keeps its own order (U+2068 … U+2069).

    Controls of the text's own are taken out first: an open embedding would run on after the end.
    """
    return f"{_FIRST_STRONG_ISOLATE}{strip_controls(text)}{_POP_ISOLATE}"
