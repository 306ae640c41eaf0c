"""
Who wrote it: the byline.

Arabic pages print it under the headline (``كتبت أسماء نصار``، ``حوار: …``، ``القاهرة - فلان``), over or under the
text; many declare the outlet, an account of the site or the site's builder instead of a person. A labelled line that
readers see goes before what is declared; only persons' names are taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
_OTHER_ROLE = re.compile(r"\s*[-–—/|،]?\s*(?:" + "|".join(map(re.escape, listed("not_byline"))) + r")\s*[:：/]")
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
    for writers in (signed, declared, _marked(page, region, own), _in_meta(page, own)):
        if writers:
            return Byline(authors=_once(writers), agencies=_once(agencies), blocks=used)
    return Byline(agencies=_once(agencies), blocks=used)


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
