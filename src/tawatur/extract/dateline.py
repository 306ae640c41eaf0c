"""
The dateline: the place, and the agency or writer, that a text opens with (``القاهرة - أ ش أ``).

In an opening sentence it stays where it is printed, since spans point into the text as published. On a line of its own
it is no sentence of the text: it is taken off and kept in the article's ``dateline``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tawatur.extract.names import agency, is_own_name, is_person, is_place, strip_name

#: Letters of the longest dateline seen in 55,000 articles: two cities, an agency and a writer.
_LETTERS = 70
#: The day after the place: ``عمان 20 حزيران (بترا)``.
_DAY_AFTER = re.compile(r"\s+\d{1,2}\s+\w+(?:\s*/\s*\w+)?$")
_PLACE_WORDS = 3
#: A place and a name in brackets, up to the dash: ``كييف (المدار) - ``.
_PLACE_AND_NAME = re.compile(r"(?P<text>(?P<place>[^()\d]{2,30})\((?P<name>[^()\d]{2,30})\))\s*[-–—ـ:]")


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline and what its parts are."""

    #: As printed, without the mark that closes it.
    text: str
    place: str | None = None
    agency: str | None = None
    person: str | None = None
    #: Whether it is the whole of its line.
    alone: bool = False


def read_dateline(line: str, own: tuple[str, ...]) -> Dateline | None:
    """Read the dateline a line opens with; None when it opens with none.

    A place or an agency must be in it: the outlet's own name before the text is no dateline.

    >>> read_dateline("القاهرة - أ ش أ", ()).agency
    'أ ش أ'
    >>> read_dateline("لندن (رويترز) - قال متحدث باسم الحكومة إن", ()).text
    'لندن (رويترز)'
    >>> read_dateline("قالت وزارة الصحة - الثلاثاء - إن", ())
    """
    if len(line) <= _LETTERS and (whole := _parts(line, own, alone=True)):
        return whole
    best: Dateline | None = None
    for found in re.finditer(r"[)\-–—ـ:/]+(?=\s|$)|[/]", line[: _LETTERS + 5]):
        head = line[: found.end() if line[found.start()] == ")" else found.start()]
        read = _parts(head, own, alone=False) or _bracketed(line, own)
        if read is None:
            if best is not None or found.start() > _LETTERS:
                break
            continue
        best = read
    return best


def _bracketed(line: str, own: tuple[str, ...]) -> Dateline | None:
    """Read a place and a name in brackets that no registry knows: ``كييف (المدار) -``."""
    found = _PLACE_AND_NAME.match(line)
    if found is None or len(found["place"].split()) > _PLACE_WORDS:
        return None
    if not is_place(found["place"]) and not is_own_name(found["name"], own):
        return None
    return Dateline(text=found["text"], place=found["place"].strip())


def _parts(text: str, own: tuple[str, ...], *, alone: bool) -> Dateline | None:
    pieces = [strip_name(piece) for piece in re.split(r"[()/|:•]|\s[-–—ـ]+\s?|[-–—ـ]+\s|\.{2,}", text)]
    pieces = [_DAY_AFTER.sub("", piece) for piece in pieces if piece]
    if not pieces or len(pieces) > 4:
        return None
    place = named = person = None
    for piece in pieces:
        if is_place(piece) and person is None:
            place = piece
        elif found := agency(piece):
            named = piece if named is None else named
            del found
        elif is_own_name(piece, own):
            continue
        elif person is None and place is not None and is_person(piece, own) and alone:
            person = piece
        else:
            return None
    if place is None and named is None:
        return None
    if alone and place is not None and named is None and person is None and len(pieces) == 1:
        return None
    return Dateline(text=text.strip(" -–—ـ:/"), place=place, agency=named, person=person, alone=alone)
