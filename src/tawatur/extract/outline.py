"""
A page's outline: its blocks of text in the order they are printed.

A block is a run of text between two block-level tags or line breaks. The outline is read once, before anything is
taken out of the page, and answers what stands near what: the date line under the headline, the byline over the
first paragraph, the credit under the last.
"""

from __future__ import annotations

from collections.abc import Iterator
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
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and "display:none" in style.replace(" ", "").lower()


#: Inline elements that designs set apart on a line of their own: ``<span class="date">…</span><span class="by">…</span>``.
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
    return tuple(_blocks(root))


def _blocks(root: HtmlElement) -> Iterator[Block]:
    index = 0
    run = _Run()
    frames: list[HtmlElement] = [root]
    places: list[frozenset[Place]] = [frozenset()]
    link: HtmlElement | None = None

    def flush() -> Block | None:
        nonlocal run
        if not run.parts:
            return None
        raw = "".join(run.parts)
        if raw.isspace() or not (text := clean_text(raw)):
            run = _Run()
            return None
        inner = run.elements[0] if len(set(run.elements)) == 1 else frames[-1]
        around = places[-1]
        if inner is not frames[-1]:
            around |= places_of(inner)
        block = Block(index, frames[-1], text, run.link_letters, tuple(run.links), inner, around)
        run = _Run()
        return block

    walk = iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in _UNSEEN or _is_hidden(element):
                walk.skip_subtree()
                continue
            if tag == "a":
                link = element
            elif tag not in _INLINE or (tag in _NOTES and _is_note(element, run)):
                if (block := flush()) is not None:
                    yield block
                    index += 1
                if tag != "br":
                    frames.append(element)
                    own = places_of(element)
                    places.append(places[-1] | own if own else places[-1])
            run.add(element.text, link, element)
            continue
        unseen = tag in _UNSEEN or _is_hidden(element)
        if not unseen:
            if tag == "a":
                link = None
            elif frames[-1] is element or tag == "br":
                if (block := flush()) is not None:
                    yield block
                    index += 1
                if tag != "br" and len(frames) > 1:
                    frames.pop()
                    places.pop()
        if element is not root:
            parent = element.getparent()
            run.add(element.tail, link, frames[-1] if parent is None else parent)
    if (block := flush()) is not None:
        yield block
