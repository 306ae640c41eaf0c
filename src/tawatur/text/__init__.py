"""Arabic text: bytes or str in; str, spans and dates out. It knows nothing of news and stands alone."""

from .charset import Decoded, decode, sniff_declared
from .direction import Direction, isolate, strip_controls, text_direction
from .letters import Level, Normalised, fold_letters, normalise, normalised_text
from .numerals import ascii_digits, read_number
from .spans import Span
from .written_dates import WrittenDate, date_record, find_written_dates, read_written_date

__all__ = [
    "Decoded",
    "Direction",
    "Level",
    "Normalised",
    "Span",
    "WrittenDate",
    "ascii_digits",
    "date_record",
    "decode",
    "find_written_dates",
    "fold_letters",
    "isolate",
    "normalise",
    "normalised_text",
    "read_number",
    "read_written_date",
    "sniff_declared",
    "strip_controls",
    "text_direction",
]
