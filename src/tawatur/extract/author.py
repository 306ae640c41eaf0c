"""
Who wrote it: the byline.

Arabic pages print it under the headline (``كتبت أسماء نصار``، ``حوار: …``، ``القاهرة - فلان``), over or under the
text; many declare the outlet, an account of the site or the site's builder instead of a person. A labelled line that
readers see goes before what is declared; only persons' names are taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tawatur.extract.dateline import read_dateline
from tawatur.extract.json_ld import ARTICLE_TYPES, text_in, types_of
from tawatur.extract.names import agency, is_account, is_own_name, is_person, is_place, strip_name
from tawatur.extract.outline import Block
from tawatur.extract.page import Page, text_of
from tawatur.extract.region import Region
from tawatur.extract.wording import fold, listed, phrases, words

#: Words of the longest line that is a byline: ``كتب - أحمد محمود ومحمد عبد الرحمن وسارة علي حسن``.
_LINE_WORDS = 14
_BETWEEN_NAMES = re.compile(r"\s*(?:[،,;؛/&|+]|\s[-–—]\s|\bو(?:\s)|\band\b)\s*")
#: From here on a line names the photographer: ``كتب: أحمد علي - تصوير: سعيد حسن``.
_ROLES = "|".join(map(re.escape, listed("not_byline")))
_OTHER_ROLE = re.compile(rf"\s*[-–—/|،]?\s*(?:{_ROLES})\s*[:：/]|\s*[-–—/|،]\s*(?:و)?(?:{_ROLES})\s")
#: A byline's label in the middle of a line, with its colon or beyond doubt.
_LABEL_INSIDE = re.compile(
    r"(?:^|[\s|،)\-–—])(?:بقلم\s*[:：]?|(?:كتب|كتبت|الكاتب|إعداد|تحرير|المحرر)\s*[:：]|[Bb]y\s)\s*(?P<names>\D{5,80})"
)
_DIGIT = re.compile(r"\d")
_DIGIT_ON = re.compile(r"\s*(?:\d|[|•·]|\s[-–—]\s|(?:نشر|نُشر|آخر تحديث|تاريخ)\s)")
_BESIDE_DATE = re.compile(r"\s*[|•·]\s*|\s+[-–—]\s+")
_WRITER_ADDRESS = re.compile(r"author|writer|reporter|editor|/by/|katib|user", re.IGNORECASE)
_AND = re.compile(r"\s+و(?=\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """Who signed."""

    authors: tuple[str, ...] = ()
    #: Agencies found where a writer's name stands.
    agencies: tuple[str, ...] = ()
    #: Indexes of the blocks that are bylines.
    blocks: frozenset[int] = frozenset()


def find_byline(page: Page, region: Region, body: Sequence[Block], own: tuple[str, ...]) -> Byline:
    """Find the writers of an article."""
    lines = [*region.around, *body[:2], *body[-2:]]
    labelled = [(block, names) for block in lines if (names := labelled_names(block.text, own))]
    agencies = [found for block in lines if (found := _labelled_agency(block.text))]
    declared, declared_agencies = _declared(page, own)
    agencies += declared_agencies
    used = frozenset(block.index for block, _ in labelled)
    signed = [name for _, found in labelled for name in found]
    finds: tuple[Callable[[], Sequence[str]], ...] = (
        lambda: signed,
        lambda: declared,
        lambda: _beside_date((*region.between, *region.above, *body[:2]), own),
        lambda: _marked(page, region, own),
        lambda: _in_meta(page, own),
    )
    for find in finds:
        if writers := find():
            return Byline(authors=_once(writers), agencies=_once(agencies), blocks=used)
    return Byline(agencies=_once(agencies), blocks=used)


def _beside_date(blocks: Iterable[Block], own: tuple[str, ...]) -> list[str]:
    return [name for block in blocks for name in names_beside_date(block, own)]


def labelled_names(line: str, own: tuple[str, ...]) -> tuple[str, ...]:
    """Give the persons a byline names; empty when the line is none.

    >>> labelled_names("كتبت أسماء نصار", ())
    ('أسماء نصار',)
    >>> labelled_names("كتب - أحمد محمود ومنى السيد", ())
    ('أحمد محمود', 'منى السيد')
    >>> labelled_names("كتب الرئيس رسالة إلى نظيره أمس.", ())
    ()
    """
    if len(line.split()) > _LINE_WORDS or line.rstrip().endswith((".", "؟", "!", "،")):
        return ()
    rest = phrases("byline").rest(line)
    if rest:
        return names_in(rest, own)
    dateline = read_dateline(line, own)
    if dateline is not None and dateline.alone and dateline.person:
        return names_in(dateline.person, own)
    return ()


def names_beside_date(block: Block, own: tuple[str, ...]) -> tuple[str, ...]:
    """Give the persons named in one line with the date: ``السبت 16 شتنبر 2023 - 10:00 | نادية الإدريسي``."""
    if len(block.text.split()) > _LINE_WORDS + 6 or "caption" in block.places or not _DIGIT.search(block.text):
        return ()
    if (label := _LABEL_INSIDE.search(block.text)) is not None:
        return names_in(_DIGIT_ON.split(label["names"])[0], own)
    linked = {fold(text) for text, target in block.links if not _WRITER_ADDRESS.search(target)}
    pieces = [piece.strip() for piece in _BESIDE_DATE.split(block.text) if piece.strip()]
    if len(pieces) < 2 or not any(_DIGIT.search(piece) for piece in pieces):
        return ()
    return tuple(
        name
        for piece in pieces
        if not _DIGIT.search(piece) and fold(piece) not in linked and not _is_heading_of_site(piece)
        for name in names_in(piece, own)
    )


def _is_heading_of_site(text: str) -> bool:
    return not {fold(word) for word in listed("section_words")}.isdisjoint(words(text))


def names_in(text: str, own: tuple[str, ...]) -> tuple[str, ...]:
    """Give the persons' names a text lists, places and outlets left out; empty when anything else is in it.

    >>> names_in("حسام أبو العلا - القاهرة", ())
    ('حسام أبو العلا',)
    """
    text = _OTHER_ROLE.split(phrases("byline").rest(text) or text)[0]
    names: list[str] = []
    for piece in _BETWEEN_NAMES.split(text):
        name = strip_name(piece)
        if not name or is_place(name) or is_own_name(name, own) or agency(name) or is_account(name):
            continue
        found = _joined(name, own)
        if not found:
            return ()
        names += found
    return tuple(names)


def _joined(text: str, own: tuple[str, ...]) -> list[str]:
    """Cut ``أحمد محمود ومنى السيد`` into its names; a name of one word is none."""
    parts = [strip_name(part) for part in _AND.split(text)]
    if len(parts) > 1 and all(is_person(part, own) for part in parts):
        return parts
    return [text] if is_person(text, own) else []


def _labelled_agency(line: str) -> str | None:
    if len(line.split()) > _LINE_WORDS:
        return None
    rest = phrases("byline").rest(line)
    return strip_name(rest) if rest and agency(rest) else None


def _declared(page: Page, own: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Give the persons, and the agencies, that JSON-LD names as authors."""
    names: list[str] = []
    agencies: list[str] = []
    for statement in page.statements:
        if not types_of(statement) & ARTICLE_TYPES:
            continue
        for author in _each(statement.get("author") or statement.get("creator")):
            said = text_in(author.get("name")) if isinstance(author, Mapping) else text_in(author)
            if not said:
                continue
            if agency(said):
                agencies.append(strip_name(said))
            elif not isinstance(author, Mapping) or not types_of(author) & {"Organization", "NewsMediaOrganization"}:
                names += names_in(said, own)
    return names, agencies


def _each(value: Any) -> Iterator[Any]:
    if isinstance(value, list):
        yield from value
    elif value:
        yield value


def _marked(page: Page, region: Region, own: tuple[str, ...]) -> list[str]:
    """Give the names that stand, without a label, where the design has its byline."""
    names: list[str] = []
    for block in (*region.between, *region.below, *region.above):
        if "byline" in block.places and len(words(block.text)) <= _LINE_WORDS:
            names += names_in(block.text, own)
    if names:
        return names[:6]
    for link in page.tree.xpath("//*[@itemprop='author' or @rel='author'][not(self::meta)]")[:3]:
        if not any(ancestor.tag in ("aside", "footer", "nav") for ancestor in link.iterancestors()):
            names += names_in(text_of(link), own)
    return names


def _in_meta(page: Page, own: tuple[str, ...]) -> list[str]:
    for said in page.said(
        "author",
        "article:author",
        "parsely-author",
        "sailthru.author",
        "byl",
        "byline",
        "dc.creator",
        "dcterms.creator",
    ):
        if names := names_in(said, own):
            return list(names)
    return []


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple({fold(name): name for name in reversed(list(names))}.values())[::-1]
