"""
A page as plain text, as an aggregator prints it or a reader pastes it.

The headline stands first; labelled lines (date, source, keywords) stand over or under the text in any order or are
missing; after ``إقرأ أيضاً`` come other articles, which may be long: nothing from there on is this article's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from tawatur.extract.author import labelled_names
from tawatur.extract.credit import credit_line
from tawatur.extract.wording import clean_text, fold, listed, phrases, words
from tawatur.model import ReadAlso

#: Words of the longest headline: of 55,000 Arabic ones the longest has 38.
_HEADLINE_WORDS = 40
#: Words of the longest line that is a date with its label.
_DATE_WORDS = 20

Kind = Literal["date", "modified", "credit", "tags", "byline", "call", "related", "text"]


@dataclass(slots=True)
class Parts:
    """What the lines of a text turned out to be."""

    title: str | None = None
    text: list[str] = field(default_factory=list)
    date: str | None = None
    modified: str | None = None
    credit: str | None = None
    authors: tuple[str, ...] = ()
    tags: list[str] = field(default_factory=list)
    read_also: list[ReadAlso] = field(default_factory=list)


def read_parts(text: str, own: tuple[str, ...] = ()) -> Parts:
    """Sort the lines of a text into headline, labelled lines, paragraphs and other articles."""
    lines = [line for raw in text.splitlines() if (line := clean_text(raw))]
    parts = Parts()
    waiting: Kind | None = None
    place = 0
    while place < len(lines):
        line = lines[place]
        place += 1
        if waiting is not None and _take_value(parts, waiting, line):
            waiting = None
            continue
        waiting = None
        kind, value = kind_of(line, own)
        if kind == "related" and not _goes_on(lines[place:], value):
            parts.read_also += _read_also(value, lines[place:])
            # The labels of the article may stand after its related reading, at the very end.
            _take_labels(parts, lines[place:], own)
            break
        if kind == "related":
            parts.read_also += _read_also(value, [])
        elif kind == "text":
            if parts.title is None and len(words(line)) <= _HEADLINE_WORDS:
                parts.title = line
            else:
                parts.text.append(line)
        elif not value and kind != "call":
            waiting = kind
        else:
            _take(parts, kind, value, line, own)
    if parts.title is not None and parts.text and fold(parts.text[0]) == fold(parts.title):
        parts.text.pop(0)
    return parts


def kind_of(line: str, own: tuple[str, ...] = ()) -> tuple[Kind, str]:
    """Tell what a line is, and give its value after the label.

    >>> kind_of("كلمات دلالية: بوتين قره باغ")
    ('tags', 'بوتين قره باغ')
    >>> kind_of("نشرت الوزارة بيانا عن الحادث الذي وقع أمس في المدينة القديمة")[0]
    'text'
    """
    folded = fold(line)
    count = len(line.split())
    for kind in (_related, _tags, _dates):
        if (found := kind(line, folded, count)) is not None:
            return found
    if (said := credit_line(line)) is not None:
        return "credit", said
    if labelled_names(line, own):
        return "byline", line
    call = phrases("calls").begins(folded)
    is_call = call is not None and count <= 12 and (count <= 6 or call not in _short_calls())
    return ("call", "") if is_call else ("text", line)


def _related(line: str, folded: str, count: int) -> tuple[Kind, str] | None:
    if phrases("related").begins(folded):
        return "related", phrases("related").rest(line) or ""
    return ("related", "") if phrases("listing").begins(folded) and count <= 5 else None


def _tags(line: str, folded: str, count: int) -> tuple[Kind, str] | None:
    phrase = phrases("tags").begins(folded) if count else None
    return ("tags", phrases("tags").rest(line) or "") if phrase and _is_label(folded, phrase) else None


def _dates(line: str, folded: str, count: int) -> tuple[Kind, str] | None:
    kinds: tuple[tuple[str, Kind], ...] = (("modified", "modified"), ("published", "date"))
    for name, kind in kinds:
        phrase = phrases(name).begins(folded)
        if phrase and count <= _DATE_WORDS and _is_label_or_dated(folded, phrase):
            return kind, phrases(name).rest(line) or ""
    return None


@cache
def _short_calls() -> frozenset[str]:
    return frozenset(fold(name) for name in listed("calls_when_short"))


def _is_label(folded: str, phrase: str) -> bool:
    after = folded[folded.find(phrase) + len(phrase) :].lstrip()
    return not after or after[0] in ":：|#-–—"


def _is_label_or_dated(folded: str, phrase: str) -> bool:
    """Whether what follows a label such as ``نشر`` is a date at once, and no sentence."""
    after = folded[folded.find(phrase) + len(phrase) :].strip(" :：|-–—،,")
    return _is_label(folded, phrase) or bool(
        re.match(r"(?:\d|في|يوم|بتاريخ|منذ|قبل|الاحد|الاثنين|الثلاثاء|الاربعاء|الخميس|الجمعه|السبت|on )", after)
    )


def _take(parts: Parts, kind: Kind, value: str, line: str, own: tuple[str, ...]) -> None:
    if kind == "date":
        parts.date = parts.date or value
    elif kind == "modified":
        parts.modified = parts.modified or value
    elif kind == "credit":
        parts.credit = parts.credit or value
    elif kind == "tags":
        parts.tags.append(value)
    elif kind == "byline":
        parts.authors = parts.authors or labelled_names(line, own)


def _take_value(parts: Parts, kind: Kind, line: str) -> bool:
    """Take the line after a label that stood alone; False when it is no value of it."""
    other, _ = kind_of(line)
    if other != "text" or (kind in ("date", "modified", "credit", "byline") and len(line.split()) > _DATE_WORDS):
        return False
    _take(parts, kind, line, line, ())
    return True


def _goes_on(rest: Sequence[str], value: str) -> bool:
    """Whether the article goes on after a related line: one with its title on it, and paragraphs before the labels."""
    if not value:
        return False
    for line in rest:
        kind, _ = kind_of(line)
        if kind in ("credit", "tags", "related"):
            return False
        if kind == "text":
            return _is_sentence(line)
    return False


def _is_sentence(line: str) -> bool:
    return len(words(line)) >= 12 or line.rstrip().endswith((".", "؟", "!", '"', "»"))


def _read_also(value: str, rest: Sequence[str]) -> list[ReadAlso]:
    """Give the titles under a related label: short lines that end no sentence.

    Other articles may be printed whole under the label: their paragraphs end in full stops, and the last may be cut.
    """
    if len(words(value)) >= 3:
        return [ReadAlso(title=value)]
    titles: list[ReadAlso] = []
    after_sentence = False
    for line in rest:
        kind, _ = kind_of(line)
        if kind in ("related", "call"):
            continue
        if kind != "text":
            after_sentence = False
            continue
        if _is_sentence(line) and titles:
            after_sentence = True
            continue
        if 3 <= len(words(line)) <= _HEADLINE_WORDS and not (after_sentence and len(words(line)) < 5):
            if after_sentence and line == rest[-1]:
                # The last line of a printed article, cut off in the middle.
                continue
            titles.append(ReadAlso(title=line.lstrip("-–•*· ")))
    return titles


def _take_labels(parts: Parts, rest: Sequence[str], own: tuple[str, ...]) -> None:
    """Take credit and tags that stand after the related reading when the article has none before it."""
    tail = list(rest[-4:])
    for line in tail:
        kind, value = kind_of(line, own)
        if kind == "tags" and value and not parts.tags:
            parts.tags.append(value)
        elif kind == "credit" and value and parts.credit is None:
            parts.credit = value
