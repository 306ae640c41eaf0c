"""How the page files its article: declared tags, section, and its picture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tawatur.extract.json_ld import ARTICLE_TYPES, text_in, types_of
from tawatur.extract.names import is_own_name
from tawatur.extract.outline import Block
from tawatur.extract.page import Page
from tawatur.extract.region import Region
from tawatur.extract.wording import fold, phrases, words

#: A page that declares more words than these fills the list for search engines.
_MOST_TAGS = 40
_BETWEEN_TAGS = re.compile(r"\s*[,،;؛|]\s*")


def find_tags(page: Page, region: Region, title: str | None, own: Sequence[str]) -> tuple[str, ...]:
    """Give the tags a page declares, split only where the page splits them.

    Visible tags go before declared ones: many a template cuts the headline into words for ``meta keywords``.
    """
    visible = list(_visible(page, region))
    for tags in (
        visible,
        list(page.said("article:tag", "parsely-tags")),
        list(_in_json_ld(page)),
        list(page.said("news_keywords", "keywords")),
    ):
        split = [tag for said in tags for tag in _split(said)]
        kept = [tag for tag in dict.fromkeys(split) if not is_own_name(tag, tuple(own))]
        if kept and not _is_cut_title(kept, title):
            return tuple(kept[:_MOST_TAGS])
    return ()


def _split(said: str) -> Iterator[str]:
    for tag in _BETWEEN_TAGS.split(said):
        if tag := tag.strip(" #.:\t_").replace("_", " "):
            yield tag


def _is_cut_title(tags: Sequence[str], title: str | None) -> bool:
    """Whether the tags are only the headline, word by word."""
    if not title or len(tags) < 3:
        return False
    of_title = set(words(title))
    single = [tag for tag in tags if len(words(tag)) == 1]
    return len(single) == len(tags) and sum(words(tag)[0] in of_title for tag in single) >= 0.9 * len(tags)


def _visible(page: Page, region: Region) -> Iterator[str]:
    """Give the tags under (or over) the article: a labelled line or box, or what the design names tags."""
    for block in (*region.below, *region.between):
        rest = phrases("tags").rest(block.text)
        if rest is None or (phrases("published").begins(block.folded) and re.search(r"\d", rest)):
            continue
        if block.links:
            yield from (
                text for text, _ in block.links if phrases("tags").begins(fold(text)) is None or len(words(text)) > 2
            )
        elif rest and block.text.rstrip() != rest and len(words(rest)) <= 30 and ":" in block.text:
            yield rest
        elif not rest:
            yield from _following_links(page, block)
        return
    yield from (text for block in region.below if "tags" in block.places for text, _ in block.links)


def _following_links(page: Page, label: Block) -> Iterator[str]:
    for block in page.outline[label.index + 1 : label.index + 1 + _MOST_TAGS]:
        if not (block.is_link and block.links) or len(words(block.text)) > 8:
            return
        yield from (text for text, _ in block.links)


def _in_json_ld(page: Page) -> Iterator[str]:
    for statement in page.statements:
        if types_of(statement) & ARTICLE_TYPES and (said := statement.get("keywords")):
            if isinstance(said, list):
                yield from (text for item in said if (text := text_in(item)))
            elif text := text_in(said):
                yield text


def find_section(page: Page, own: Sequence[str]) -> str | None:
    """Give the section the page stands in; None when it does not say."""
    said: list[str] = [*page.said("article:section")]
    said += [
        text
        for statement in page.statements
        if types_of(statement) & ARTICLE_TYPES and (text := text_in(statement.get("articleSection")))
    ]
    said += [*page.said("articlesection", "parsely-section", "section", "category")]
    return next((text for text in said if len(words(text)) in range(1, 7) and not is_own_name(text, tuple(own))), None)


def find_image(page: Page) -> str | None:
    """Give the address of the article's picture; None when it declares none."""
    declared: list[Any] = [
        statement.get("image") for statement in page.statements if types_of(statement) & ARTICLE_TYPES
    ]
    found = [
        *page.said(
            "og:image:secure_url",
            "og:image",
            "og:image:url",
            "twitter:image",
            "twitter:image:src",
            "image",
            "thumbnailurl",
        )
    ]
    found += [address for value in declared for address in _addresses(value)]
    return next((full for address in found if (full := page.absolute(address)) and not _is_logo(full)), None)


def _addresses(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _addresses(value.get("url") or value.get("contentUrl") or value.get("@id"))
    elif isinstance(value, list):
        for item in value[:3]:
            yield from _addresses(item)


def _is_logo(address: str) -> bool:
    name = address.rsplit("/", 1)[-1].lower()
    return bool(re.match(r"(?:site[-_]?)?logo|default|no[-_]?image|placeholder", name))
