"""Arabic text: bytes or str in; str, spans and dates out. It knows nothing of news and stands alone."""

from .charset import Decoded, decode, sniff_declared
from .direction import Direction, isolate, strip_controls, text_direction
from .spans import Span

__all__ = [
    "Decoded",
    "Direction",
    "Span",
    "decode",
    "isolate",
    "sniff_declared",
    "strip_controls",
    "text_direction",
]
