"""How the page files its article: declared tags, section, and its picture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml.html import HtmlElement

from tawatur.extract.json_ld import ARTICLE_TYPES, text_in, types_of
from tawatur.extract.names import is_own_name
from tawatur.extract.outline import Block
from tawatur.extract.page import Page
from tawatur.extract.places import Place, places_of
from tawatur.extract.region import Region
from tawatur.extract.wording import fold, phrases, words

#: A page that declares more words than these fills the list for search engines.
_MOST_TAGS = 40
#: Dots of the narrowest picture that is the article's, and places whose pictures are not.
_SMALLEST = 150
_NO_PICTURES: frozenset[Place] = frozenset(("related", "share", "byline", "widget", "aside", "comments", "tags"))
_BETWEEN_TAGS = re.compile(r"\s*[,،;؛|]\s*")


def find_tags(page: Page, region: Region, title: str | None, own: Sequence[str], text: str) -> tuple[str, ...]:
    """Give the tags a page declares, split only where the page splits them; ``text`` is the article's.

    Visible tags go before declared ones: many a template cuts the headline into words for ``meta keywords``, or prints
    the site's own words on every page.
    """
    visible = list(_visible(page, region))
    for tags in (
        visible,
        list(_marked(region)),
        list(page.said("article:tag", "parsely-tags")),
        list(_in_json_ld(page)),
        list(page.said("news_keywords")),
        list(_of_this_text(page.said("keywords"), f"{title or ''} {text}")),
    ):
        split = [tag for said in tags for tag in _split(said)]
        kept = [tag for tag in dict.fromkeys(split) if not is_own_name(tag, tuple(own))]
        if kept and not _is_cut_title(kept, title):
            return tuple(kept[:_MOST_TAGS])
    return ()


def _marked(region: Region) -> Iterator[str]:
    """Give the words of ``<a rel="tag">`` under or over the article."""
    for block in (*region.below, *region.between):
        marked = {link.get("href") for link in block.element.iter("a") if "tag" in (link.get("rel") or "").split()}
        yield from (text for text, target in block.links if target in marked)


def _of_this_text(said: Sequence[str], text: str) -> Sequence[str]:
    """Give keywords if the article speaks of half of them: else they are the site's, the same on every page."""
    held = set(words(text))
    bare = held | {word.removeprefix("\u0627\u0644") for word in held}
    tags = [tag for each in said for tag in _split(each)]
    spoken = sum(any(word in bare or word.removeprefix("\u0627\u0644") in bare for word in words(tag)) for tag in tags)
    return said if tags and spoken * 2 >= len(tags) else ()


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
    # Compared whole: ``أخبار`` is part of many a site's name and a section as well.
    sites = {fold(name) for name in own}
    return next((text for text in said if len(words(text)) in range(1, 7) and fold(text) not in sites), None)


def find_image(page: Page, region: Region, body: Sequence[Block]) -> str | None:
    """Give the address of the article's picture, declared or printed with it; None when it has none."""
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
    found += [
        address
        for element in page.tree.xpath("//*[@itemprop='image'][not(self::meta)]")[:3]
        for address in (element.get("src"), element.get("content"), element.get("href"))
        if address
    ]
    found += _printed(page, region, body)
    return next((full for address in found if (full := page.absolute(address)) and not _is_logo(full)), None)


def _printed(page: Page, region: Region, body: Sequence[Block]) -> Iterator[str]:
    """Give the pictures that stand between the headline and the end of the text, small ones left out."""
    if region.headline is None or not body:
        return
    start, end, inside = region.headline.element, body[-1].element, False
    for element in page.tree.iter():
        if element is start:
            inside = True
        elif element is end:
            return
        elif inside and element.tag == "img" and not _is_small(element):
            yield element.get("data-src") or element.get("data-lazy-src") or element.get("src") or ""


def _is_small(image: HtmlElement) -> bool:
    """Whether a picture is an icon, a portrait or a counting pixel, or stands in a place of other things."""
    sizes = [size for name in ("width", "height") if (size := image.get(name) or "").isdigit()]
    if any(int(size) < _SMALLEST for size in sizes):
        return True
    return any(not places_of(frame).isdisjoint(_NO_PICTURES) for frame in [image, *list(image.iterancestors())[:4]])


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
