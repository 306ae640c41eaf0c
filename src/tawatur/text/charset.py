"""
Charset: from the bytes of a page to its text.

Arabic pages name a wrong charset often, and old ones (windows-1256) name none. A name is therefore only
a candidate. Candidates come in order of trust: a byte order mark, what HTTP and the page declare,
then what the bytes look like. Bytes that hold as UTF-8 are UTF-8, whatever was declared; for the others the
reading whose Arabic letters follow one another as they do in Arabic wins (``arabic_plausibility``).
Markup is ASCII in every candidate, so it is never counted.

Labels are those of the WHATWG Encoding Standard (https://encoding.spec.whatwg.org/#names-and-labels).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .charset_labels import codec_of, standard_name
from .mojibake import repair_mojibake
from .plausibility import arabic_plausibility, latin_plausibility

__all__ = ["Decoded", "decode", "sniff_declared"]

# A declaration further in than this is not honoured by browsers (they look at 1,024 bytes); Arabic
# portals put comments and scripts first, so four times that is read.
SNIFFED_BYTES = 4096

# Bytes looked at to see UTF-16 without a mark.
COMPARED_BYTES = 65536

# Letters outside ASCII looked at when readings are compared: a thousand words, wherever in the page they begin.
COMPARED_LETTERS = 6000

# Over 6,000 headlines plausibility is above 5.7 for nineteen of twenty in the right charset; the other Arabic one gives
# 4.5 for half of them, a Western one 0. Under this nothing Arabic is there.
ARABIC_ENOUGH = 4.0

# What a declaration is worth between two Arabic charsets: it decides a headline of two words, no more.
DECLARED_BONUS = 0.5

# In a page that is UTF-8 at heart, at least this many whole characters stand for each bad byte run.
GOOD_FOR_EACH_BAD = 4

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32le"),
    (codecs.BOM_UTF32_BE, "utf-32be"),
    (codecs.BOM_UTF16_LE, "utf-16le"),
    (codecs.BOM_UTF16_BE, "utf-16be"),
)
_XML_DECLARATION = re.compile(rb"""<\?xml[^>]*?\bencoding\s*=\s*["']\s*([\w.:-]+)""", re.IGNORECASE)
_META = re.compile(rb"""<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_COMPARED = re.compile(rb"(?:[\x00-\x7f]*[\x80-\xff]){1,%d}" % COMPARED_LETTERS)
_WHOLE_CHARACTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_BAD_RUN = re.compile("[\udc80-\udcff]+(?:[ \t.,!\u061f-]{1,2}[\udc80-\udcff]+)*")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of some bytes, and how it was come by."""

    text: str
    #: The standard name of the charset the bytes were read in (lower case).
    charset: str
    #: What was not as it should be, for the source's page: ``declared utf-8, read as windows-1256``.
    problems: tuple[str, ...] = ()


def decode(data: bytes, *, declared: Sequence[str | None] = ()) -> Decoded:
    """Read bytes as text; never raises.

    Args:
        data: A page, a feed, or any text.
        declared: Charset labels in order of trust (HTTP header, then ``sniff_declared``); None and
            unknown labels are passed over.

    Returns:
        Bytes that no charset explains become U+FFFD, with a problem noted.

    >>> decode("وكالة الأنباء السعودية".encode("windows-1256"), declared=["utf-8"])
    Decoded(text='وكالة الأنباء السعودية', charset='windows-1256', problems=('declared utf-8, read as windows-1256',))
    """
    names = _known(declared)
    decoded = _read_marked(data) or _read_wide(data, names) or _read_utf8(data, names) or _read_narrow(data, names)
    repaired = repair_mojibake(decoded.text)
    if repaired is not None:
        problem = f"text had been read as {repaired.read_as} and saved again: repaired"
        decoded = replace(decoded, text=repaired.text, problems=(*decoded.problems, problem))
    return decoded


def sniff_declared(data: bytes) -> str | None:
    """Find the charset a page or feed declares in itself: its XML declaration or its first ``<meta charset>``.

    Returns:
        The label as written, lower case; None when there is none in the first ``SNIFFED_BYTES``.
    """
    head = data[:SNIFFED_BYTES]
    if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return None  # the mark has said it
    found = _XML_DECLARATION.search(head[:512]) or _META.search(_COMMENT.sub(b"", head))
    return found[1].decode("ascii", "ignore").lower() if found else None


def _known(declared: Sequence[str | None]) -> tuple[str, ...]:
    names = (standard_name(label) for label in declared if label)
    return tuple(dict.fromkeys(name for name in names if name))


def _decoded(text: str, charset: str, names: Sequence[str], *problems: str) -> Decoded:
    overruled = (f"declared {names[0]}, read as {charset}",) if names and names[0] != charset else ()
    return Decoded(text, charset, overruled + problems)


def _read_marked(data: bytes) -> Decoded | None:
    """Trust a byte order mark, unless the bytes after it do not hold."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data[len(mark) :].decode(codec_of(name)), name)
            except UnicodeDecodeError:
                continue  # a mark pasted before other bytes; or a page cut short, read below
    return None


def _read_wide(data: bytes, names: Sequence[str]) -> Decoded | None:
    """Read UTF-16, with or without a mark: every second byte is 00 (markup, spaces) or 06 (Arabic)."""
    sample = data[:COMPARED_BYTES]
    looks_wide = b"\x00" in sample or sample.count(6) >= 0.25 * len(sample)
    if len(sample) < 4 or not (looks_wide or any(name.startswith("utf-16") for name in names)):
        return None
    even, odd = sample[0::2], sample[1::2]
    for name, high, low in (("utf-16le", odd, even), ("utf-16be", even, odd)):
        if high.count(0) + high.count(6) >= 0.9 * len(high) and low.count(0) <= 0.1 * len(low):
            text = data.decode(codec_of(name), "replace").removeprefix("\ufeff")
            cut = ("cut in the middle of a character",) if len(data) % 2 else ()
            return _decoded(text, name, names, *cut)
    return None


def _read_utf8(data: bytes, names: Sequence[str]) -> Decoded | None:
    """Read UTF-8, whole or with a few bad bytes; None when the bytes are something else."""
    body = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = body.decode()
    except UnicodeDecodeError:
        pass
    else:
        is_ascii = len(text) == len(body)
        if is_ascii and b"\x1b" in body and any(name.startswith("iso-2022") for name in names):
            return None
        return Decoded(text, "utf-8") if is_ascii else _decoded(text, "utf-8", names)
    sample = _sample(body)
    bad_runs = len(_BAD_RUN.findall(sample.decode("utf-8", "surrogateescape")))
    if len(_WHOLE_CHARACTER.findall(sample)) < GOOD_FOR_EACH_BAD * bad_runs:
        return None
    return _mend(body.decode("utf-8", "surrogateescape"), names)


def _sample(data: bytes) -> bytes:
    """The beginning of some bytes, as far as their first ``COMPARED_LETTERS`` outside ASCII."""
    found = _COMPARED.match(data)
    return found[0] if found else data


def _mend(text: str, names: Sequence[str]) -> Decoded:
    """Replace bad bytes in a UTF-8 text: by their Arabic when a part was pasted in from windows-1256."""
    problems: dict[str, None] = {}

    def good(run: re.Match[str]) -> str:
        raw = run[0].encode("utf-8", "surrogateescape")
        if run.end() == len(text) and _is_cut_character(raw):
            problems["cut in the middle of a character"] = None
            return ""
        pasted = raw.decode("windows-1256", "replace")
        if len(raw) >= 4 and arabic_plausibility(pasted) >= ARABIC_ENOUGH:
            problems["a part was in windows-1256"] = None
            return pasted
        problems["bad bytes replaced"] = None
        return "\ufffd"

    mended = _BAD_RUN.sub(good, text)
    return _decoded(mended, "utf-8", names, *problems)


def _is_cut_character(raw: bytes) -> bool:
    """Tell whether these bytes are the beginning of one UTF-8 character."""
    lengths = {1: range(0xC2, 0xF5), 2: range(0xE0, 0xF5), 3: range(0xF0, 0xF5)}
    return len(raw) in lengths and raw[0] in lengths[len(raw)] and all(0x80 <= byte < 0xC0 for byte in raw[1:])


def _read_narrow(data: bytes, names: Sequence[str]) -> Decoded:
    """Choose between the declared charset and the single-byte ones Arabic pages come in."""
    sample = _sample(data)
    arabic = {name: arabic_plausibility(sample.decode(codec_of(name), "replace")) for name in _ARABIC}
    best = max(_ARABIC, key=lambda name: arabic[name] + (DECLARED_BONUS if name in names else 0))
    if arabic[best] >= ARABIC_ENOUGH and arabic[best] >= _latin(sample):
        return _narrow(data, best, names)
    for name in names:
        if name != "utf-8" and (name not in _ARABIC or arabic[name] >= ARABIC_ENOUGH):
            return _narrow(data, name, names)
    return _narrow(data, "windows-1252" if _latin(sample) >= arabic[best] else best, names)


# The first is taken when both read alike. Mac Arabic shares the letters of ISO-8859-6: only its declaration tells.
_ARABIC = ("windows-1256", "iso-8859-6")


def _latin(sample: bytes) -> float:
    return latin_plausibility(sample.decode("windows-1252", "replace"))


def _narrow(data: bytes, name: str, names: Sequence[str]) -> Decoded:
    text = data.decode(codec_of(name), "replace")
    bad = "\ufffd" in text
    return _decoded(text, name, names, *(("bad bytes replaced",) if bad else ()))
