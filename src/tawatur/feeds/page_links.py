"""
Links of a page: every address it leads to, with what the page says of it and where it stands.

Several links of a page lead to the same article (picture, headline, «اقرأ المزيد»): they are one ``PageLink`` here,
with the best headline among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tawatur.errors import AddressError, FeedError
from tawatur.feeds.clean_text import clean_text
from tawatur.model import canonical_url

__all__ = ["PageLink", "base_of", "page_links", "parse_page"]

# A portal's front page has some 400 links; twenty times that is no page for readers.
MOST_LINKS = 8000
# Blocks are told apart by this many elements above a link: list, item and frame in the saved pages.
_BLOCK_DEPTH = 4
# How far up the frame of one article is looked for, and how far up navigation is.
_FRAME_DEPTH = 5
_ZONE_DEPTH = 30
# On a page of few links a menu may hold most of them.
FEWEST_AROUND = 15
# The longest headline in the saved pages takes 152 letters; a longer text is a card with its summary.
LONGEST_HEADLINE = 220

_OUTSIDE_TAGS = frozenset({"nav", "footer", "header"})
_OUTSIDE_ROLES = frozenset({"navigation", "menu", "menubar", "contentinfo", "banner"})
_INSIDE_TAGS = frozenset({"article", "main", "section"})
_OUTSIDE_WORDS = """
    nav navbar navigation menu footer breadcrumb breadcrumbs pagination pager social share sharing login cookie
    copyright masthead topbar languages
"""
_OUTSIDE_NAMES = frozenset(_OUTSIDE_WORDS.split())
# The parser's time grows with the square of the depth: 10,000 take 0.13 s, 300,000 minutes.
DEEPEST_PAGE = 10_000
_TAG_START = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Elements that never stay open, or close the one before them.
_NEVER_OPEN = frozenset(
    {"area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p"}
    | {"param", "source", "td", "th", "tr", "track", "wbr"}
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5"})
# «اقرأ المزيد» and its like lead to an article and say nothing of it.
_ONWARD_WORDS = """
    اقرأ إقرأ أقرأ اقرا شاهد تابع طالع للمزيد المزيد مزيد التفاصيل تفاصيل أكثر القراءة الخبر البقية التتمة كامل كاملا
    من اضغط هنا عرض الكل جميع الأخبار التالي السابق
    read more detail details continue full story next previous view all
"""
_ONWARD = re.compile(rf"\W*(?:(?:{'|'.join(_ONWARD_WORDS.split())})\b\W*)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """One address that a page leads to."""

    #: Canonical.
    url: str
    #: The best headline among its links, one line; empty when there is none.
    text: str
    #: Whether that headline is marked as one (``h2``), by itself.
    is_heading: bool
    #: The elements around it, innermost first: links of one kind share it.
    block: tuple[str, ...]
    #: What stands in the frame of this article alone.
    stamp: str | None = None
    image: str | None = None
    summary: str | None = None


def parse_page(text: str, url: str) -> LexborHTMLParser:
    """Parse a page.

    Raises:
        FeedError: Its elements nest deeper than ``DEEPEST_PAGE``.
    """
    depth = 0
    for tag in _TAG_START.finditer(text):
        if tag[2].lower() in _NEVER_OPEN:
            continue
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > DEEPEST_PAGE:
            raise FeedError(f"{url} is a page that nests elements more than {DEEPEST_PAGE} deep")
    return LexborHTMLParser(text)


def base_of(tree: LexborHTMLParser, url: str) -> str:
    """The address that relative links of a page are read against."""
    for element in tree.css("base[href]"):
        try:
            return canonical_url(element.attributes.get("href") or "", base=url)
        except AddressError:
            break
    return url


def page_links(tree: LexborHTMLParser, url: str) -> tuple[PageLink, ...]:
    """Give the links of a page's content, in its order, each address once; navigation is left out."""
    base = base_of(tree, url)
    anchors = tree.css("a[href]")[:MOST_LINKS]
    surroundings = _Surroundings(len(anchors))
    best: dict[str, tuple[tuple[int, int], PageLink, LexborNode]] = {}
    addressed = []
    for anchor in anchors:
        try:
            address = canonical_url(anchor.attributes.get("href") or "", base=base)
        except AddressError:
            continue
        surroundings.add(anchor, address)
        addressed.append((anchor, address))
    for anchor, address in addressed:
        if address == url or surroundings.lead_around(anchor):
            continue
        text, is_heading = _headline(anchor)
        link = PageLink(url=address, text=text, is_heading=is_heading, block=tuple(_block(anchor)))
        worth = (2 if is_heading else 1 if text else 0, len(text))
        if address not in best or worth > best[address][0]:
            best[address] = (worth, link, anchor)
    return tuple(_with_frame(link, surroundings.frame(anchor, link.url)) for _, link, anchor in best.values())


class _Surroundings:
    """What stands around the links: parts that lead around the site, and the frame of each article.

    Menus and the site's head and foot lead around it. A part that holds half of all links is the page itself, whatever
    it is called (sites written in one ``form``, a ``body`` of the class ``with-menu``).
    """

    def __init__(self, links: int) -> None:
        self._links = links
        #: By element: how many links it holds, and the one address they lead to, None when there are several.
        self._held: dict[int, int] = {}
        self._addresses: dict[int, str | None] = {}
        self._zones: dict[int, bool] = {}

    def add(self, anchor: LexborNode, address: str) -> None:
        for element in _above(anchor, _ZONE_DEPTH):
            key = element.mem_id
            self._held[key] = self._held.get(key, 0) + 1
            if self._addresses.setdefault(key, address) != address:
                self._addresses[key] = None

    def lead_around(self, anchor: LexborNode) -> bool:
        return any(self._is_zone(element) for element in _above(anchor, _ZONE_DEPTH))

    def frame(self, anchor: LexborNode, address: str) -> LexborNode:
        """The widest element near a link that holds no link to elsewhere."""
        frame = anchor
        for element in _above(anchor, _FRAME_DEPTH):
            if self._addresses.get(element.mem_id) != address:
                break
            frame = element
        return frame

    def _is_zone(self, element: LexborNode) -> bool:
        known = self._zones.get(element.mem_id)
        if known is None:
            few = 2 * self._held.get(element.mem_id, 0) <= max(self._links, 2 * FEWEST_AROUND)
            known = self._zones[element.mem_id] = few and _leads_around(element)
        return known


def _leads_around(element: LexborNode) -> bool:
    if element.tag in _OUTSIDE_TAGS:
        return element.tag != "header" or not any(above.tag in _INSIDE_TAGS for above in _above(element, _ZONE_DEPTH))
    return (element.attributes.get("role") or "") in _OUTSIDE_ROLES or _named_outside(element)


def _named_outside(element: LexborNode) -> bool:
    names = f"{element.attributes.get('class') or ''} {element.attributes.get('id') or ''}".lower().split()
    for name in names:
        words = [word for word in re.split(r"[-_\d]+", name) if word]
        if words and (words[0] in _OUTSIDE_NAMES or words[-1] in _OUTSIDE_NAMES or words == ["header"]):
            return True
    return False


def _above(node: LexborNode, depth: int) -> Iterator[LexborNode]:
    parent = node.parent
    while parent is not None and depth > 0:
        yield parent
        parent = parent.parent
        depth -= 1


def _block(anchor: LexborNode) -> Iterator[str]:
    yield _kind(anchor)
    for element in _above(anchor, _BLOCK_DEPTH - 1):
        if element.tag in {"body", "html"}:
            return
        yield _kind(element)


def _kind(element: LexborNode) -> str:
    first = (element.attributes.get("class") or "").split()
    return f"{element.tag}.{re.sub(r'[0-9]+', '0', first[0])}" if first else str(element.tag)


def _headline(anchor: LexborNode) -> tuple[str, bool]:
    inner = anchor.css_first("h1,h2,h3,h4,h5,[class*=title],[class*=headline]")
    if inner is not None and (text := _text(inner)):
        return text, True
    text = _text(anchor)
    if len(text) > LONGEST_HEADLINE or not text or _ONWARD.fullmatch(text):
        picture = anchor.css_first("img[alt]")
        written = anchor.attributes.get("title") or (picture.attributes.get("alt") if picture is not None else "")
        stated = clean_text(written) or ""
        text = stated if len(stated) <= LONGEST_HEADLINE else ""
    is_heading = any(element.tag in _HEADINGS for element in _above(anchor, 3))
    return text, is_heading and bool(text)


def _text(node: LexborNode) -> str:
    return clean_text(node.html) or ""


def _with_frame(link: PageLink, frame: LexborNode) -> PageLink:
    """Add the stamp, picture and summary that stand beside this link and no other."""
    time = frame.css_first("time[datetime]")
    picture = frame.css_first("img[data-src],img[src]")
    paragraphs = (text for node in frame.css("p") if (text := _text(node)) != link.text and len(text.split()) > 5)
    return PageLink(
        url=link.url,
        text=link.text,
        is_heading=link.is_heading,
        block=link.block,
        stamp=time.attributes.get("datetime") if time is not None else None,
        image=(picture.attributes.get("data-src") or picture.attributes.get("src")) if picture is not None else None,
        summary=next(paragraphs, None),
    )
