"""
A page's outline: its blocks of text in the order they are printed.

A block is a run of text between two block-level tags or line breaks. The outline is read once, before anything is
taken out of the page, and answers what stands near what: the date line under the headline, the byline over the
first paragraph, the credit under the last.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from tawatur.extract.places import Place, places_of
from tawatur.extract.wording import clean_text, fold

#: Elements whose text runs on in the line around them.
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "meta",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "link",
    ]
)
#: Elements whose text no reader sees.
_UNSEEN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "select",
        "option",
        "textarea",
        "canvas",
        "audio",
        "video",
        "head",
        "title",
        "map",
        "area",
        "button",
        "input",
        "form-control",
    ]
)
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """One run of text."""

    index: int
    #: The block-level element the text stands in.
    element: HtmlElement
    text: str
    #: Letters of the text that are links.
    link_letters: int
    #: The links in it: words and target as written.
    links: tuple[tuple[str, str], ...]
    #: The innermost element around the whole text: the block's own, or an inline one such as ``<span class="date">``.
    inner: HtmlElement
    #: What the elements around it say of its place.
    places: frozenset[Place]

    @property
    def is_link(self) -> bool:
        """Whether all of the text is link."""
        return self.link_letters >= 0.9 * len(self.text)

    @property
    def is_heading(self) -> bool:
        return self.element.tag in HEADINGS

    @property
    def folded(self) -> str:
        return fold(self.text)


class _Run:
    """The text gathered since the last block boundary."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.link_letters = 0
        self.links: list[tuple[str, str]] = []
        self.elements: list[HtmlElement] = []

    def add(self, text: str | None, link: HtmlElement | None, inside: HtmlElement) -> None:
        if not text:
            return
        self.parts.append(text)
        if text.isspace():
            return
        self.elements.append(inside)
        if link is not None:
            shown = clean_text(text)
            self.link_letters += len(shown)
            target = link.get("href") or ""
            if self.links and self.links[-1][1] == target:
                self.links[-1] = (f"{self.links[-1][0]} {shown}", target)
            else:
                self.links.append((shown, target))


def _is_hidden(element: HtmlElement) -> bool:
    if not element.attrib:
        return False
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and "display:none" in style.replace(" ", "").lower()


#: Inline elements that designs set apart: ``<span class="date">…</span><span class="by">…</span>``.
_NOTES = frozenset(("span", "time", "label", "small", "strong", "em", "i", "b", "cite"))
_SENTENCES = frozenset(
    ["p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "a", "figcaption", "dd"]
)
#: Letters before a note: more is a sentence in which it stands.
_BEFORE_NOTE = 60


def _is_note(element: HtmlElement, run: _Run) -> bool:
    """Whether an inline element is a date, byline or credit set beside others and no part of a sentence."""
    parent = element.getparent()
    if parent is None or parent.tag in _SENTENCES or sum(map(len, run.parts)) > _BEFORE_NOTE:
        return False
    return not places_of(element).isdisjoint(("date", "byline", "credit", "share", "tags"))


def read_outline(root: HtmlElement) -> tuple[Block, ...]:
    """Give the blocks of a page in the order they are printed; unseen text is left out."""
    scribe = _Scribe(root)
    walk = iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if element.tag in _UNSEEN or _is_hidden(element):
            if event == "start":
                walk.skip_subtree()
                continue
        elif event == "start":
            scribe.open(element)
            continue
        else:
            scribe.close(element)
        if element is not root:
            scribe.add_tail(element)
    scribe.end_block()
    return tuple(scribe.blocks)


class _Scribe:
    """Writes down the blocks while a page is walked through."""

    def __init__(self, root: HtmlElement) -> None:
        self.blocks: list[Block] = []
        self._run = _Run()
        self._frames = [root]
        self._places: list[frozenset[Place]] = [frozenset()]
        self._link: HtmlElement | None = None

    def open(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag == "a":
            self._link = element
        elif tag not in _INLINE or (tag in _NOTES and _is_note(element, self._run)):
            self.end_block()
            if tag != "br":
                self._frames.append(element)
                own = places_of(element)
                self._places.append(self._places[-1] | own if own else self._places[-1])
        self._run.add(element.text, self._link, element)

    def close(self, element: HtmlElement) -> None:
        if element.tag == "a":
            self._link = None
        elif element is self._frames[-1] or element.tag == "br":
            self.end_block()
            if element.tag != "br" and len(self._frames) > 1:
                self._frames.pop()
                self._places.pop()

    def add_tail(self, element: HtmlElement) -> None:
        parent = element.getparent()
        self._run.add(element.tail, self._link, self._frames[-1] if parent is None else parent)

    def end_block(self) -> None:
        """Make a block of the text gathered since the last one."""
        run = self._run
        if not run.parts:
            return
        self._run = _Run()
        raw = "".join(run.parts)
        if raw.isspace() or not (text := clean_text(raw)):
            return
        frame, places = self._frames[-1], self._places[-1]
        inner = run.elements[0] if len(set(run.elements)) == 1 else frame
        if inner is not frame:
            places |= places_of(inner)
        self.blocks.append(Block(len(self.blocks), frame, text, run.link_letters, tuple(run.links), inner, places))
