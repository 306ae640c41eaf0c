r"""
The articles of the press as they are written: one file of ``texts/`` an affair, one ``[[article]]`` each.

A body is a paragraph a line. A line that begins with ``@`` stands for paragraphs of another article, by their
numbers from one: ``@almadar/operation 2-4``. So a reprint carries exactly the words of its original, and what it
cut or changed is plain to see. Paragraphs name days by template (``almanac.py``), and each outlet prints them with
its own month names.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from tawatur.errors import RecordError
from tawatur.press.almanac import Offset

#: Why a reader of the web must not take what stands at this address: the reasons of ``tawatur.errors``, and robots.txt.
Refused = Literal["video_without_text", "consent_wall", "error_page", "robots"]

_REFERENCE = re.compile(r"@(\S+)((?:\s+\d+(?:-\d+)?)+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What a page says from a moment on, in place of what it said before."""

    at: Offset
    title: str
    abstract: str | None
    paragraphs: tuple[str, ...]
    #: False when the page does not own up to the change: a silent edit.
    stamped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """One entry of a live blog."""

    at: Offset
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One article as its desk wrote it, days still as templates."""

    #: ``outlet/slug``.
    id: str
    outlet: str
    slug: str
    #: Four or more digits, unique in the press.
    number: int
    at: Offset
    title: str
    abstract: str | None
    paragraphs: tuple[str, ...]
    #: Ids of the articles whose paragraphs this one carries.
    carries: tuple[str, ...]
    language: str
    authors: tuple[str, ...]
    section: str
    tags: tuple[str, ...]
    #: The place and agency the text opens with, as printed; the first paragraph begins with it.
    dateline: str | None
    #: The agency in brackets at the foot: ``(أ ف ب)``.
    sign_off: str | None
    #: Whom the page credits in a line of its own.
    credit: str | None
    #: Titles of the same outlet's articles that the page links, by id.
    read_also: tuple[str, ...]
    image: bool
    #: How many paragraphs stand on the first page; 0 when the article has one page.
    first_page: int
    edits: tuple[Edit, ...]
    updates: tuple[Update, ...]
    live: bool
    #: When the page goes, and the status it answers with from then on.
    withdrawn_at: Offset | None
    withdrawn_status: int
    refused: Refused | None


@cache
def drafts() -> Mapping[str, Draft]:
    """All articles of the press by id, oldest first.

    Raises:
        RecordError: Two articles have one id, or one carries paragraphs that are not there.
    """
    raw = {entry["id"]: entry for entry in _entries()}
    numbered = sorted(raw.values(), key=lambda entry: (Offset.read(entry["at"]).day, Offset.read(entry["at"]).minutes))
    read = (_draft(entry, raw, 48_210 + 7 * index) for index, entry in enumerate(numbered))
    return {draft.id: draft for draft in read}


def _entries() -> Iterator[dict[str, Any]]:
    seen: set[str] = set()
    folder = files("tawatur.press").joinpath("texts")
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if not file.name.endswith(".toml"):
            continue
        for entry in tomllib.loads(file.read_text(encoding="utf-8"))["article"]:
            if entry["id"] in seen:
                raise RecordError(f"two articles of the press are called {entry['id']}: see {file.name}")
            seen.add(entry["id"])
            yield entry


def _draft(entry: dict[str, Any], raw: Mapping[str, dict[str, Any]], number: int) -> Draft:
    outlet, _, slug = entry["id"].partition("/")
    first = Draft(
        id=entry["id"],
        outlet=outlet,
        slug=slug,
        number=number,
        at=Offset.read(entry["at"]),
        title=entry["title"],
        abstract=entry.get("abstract"),
        paragraphs=_paragraphs(entry["id"], entry.get("body", ""), raw),
        carries=tuple(match[1] for match in _references(entry.get("body", ""))),
        language=entry.get("language", "ar"),
        authors=tuple(entry.get("authors", ())),
        section=entry.get("section", "دولي"),
        tags=tuple(entry.get("tags", ())),
        dateline=entry.get("dateline"),
        sign_off=entry.get("sign_off"),
        credit=entry.get("credit"),
        read_also=tuple(entry.get("read_also", ())),
        image=entry.get("image", False),
        first_page=entry.get("first_page", 0),
        edits=(),
        updates=tuple(_update(item) for item in entry.get("update", ())),
        live="update" in entry,
        withdrawn_at=Offset.read(entry["withdrawn_at"]) if "withdrawn_at" in entry else None,
        withdrawn_status=entry.get("withdrawn_status", 404),
        refused=entry.get("refused"),
    )
    return replace(first, edits=tuple(_edit(item, first, raw) for item in entry.get("edit", ())))


def _edit(item: dict[str, Any], draft: Draft, raw: Mapping[str, dict[str, Any]]) -> Edit:
    return Edit(
        at=Offset.read(item["at"]),
        title=item.get("title", draft.title),
        abstract=item.get("abstract", draft.abstract),
        paragraphs=_paragraphs(draft.id, item["body"], raw) if "body" in item else draft.paragraphs,
        stamped=item.get("stamped", False),
    )


def _update(item: dict[str, Any]) -> Update:
    return Update(at=Offset.read(item["at"]), title=item["title"], paragraphs=tuple(_lines(item["body"])))


def _lines(body: str) -> list[str]:
    return [line.strip() for line in body.splitlines() if line.strip()]


def _references(body: str) -> Iterator[re.Match[str]]:
    for line in _lines(body):
        if line.startswith("@"):
            match = _REFERENCE.fullmatch(line)
            if match is None:
                raise RecordError(f"{line!r} names no paragraphs: write '@outlet/slug 2-4'")
            yield match


def _paragraphs(article: str, body: str, raw: Mapping[str, dict[str, Any]]) -> tuple[str, ...]:
    found: list[str] = []
    references = _references(body)
    for line in _lines(body):
        if line.startswith("@"):
            found.extend(_carried(article, next(references), raw))
        else:
            found.append(line)
    return tuple(found)


def _carried(article: str, reference: re.Match[str], raw: Mapping[str, dict[str, Any]]) -> Iterator[str]:
    if reference[1] not in raw:
        raise RecordError(f"{article} carries paragraphs of {reference[1]}, which the press has not")
    original = _paragraphs(reference[1], raw[reference[1]]["body"], raw)
    for span in reference[2].split():
        first, _, last = span.partition("-")
        for number in range(int(first), int(last or first) + 1):
            if number > len(original):
                raise RecordError(f"{article} carries paragraph {number} of {reference[1]}, which has {len(original)}")
            yield original[number - 1]
