"""
XML as feeds write it: parsed when it is well formed, mended when it is nearly so.

A text that no parser takes is mended step by step (``mending``). Where that is not enough, the entries are read one
by one: those that hold are kept, the others left out. Each mending leaves a note; an entry that is not certain is
never made up.
"""

from __future__ import annotations

import itertools
import re

from lxml import etree

from tawatur.errors import FeedError
from tawatur.feeds.gate import declared_entities, with_entities
from tawatur.feeds.mending import entry_name, mendings

__all__ = ["Element", "local_name", "parse_xml", "root_tag"]

Element = etree._Element  # noqa: SLF001 - lxml gives its element class no public name

# Feeds nest five deep, XHTML inside Atom some twenty; libxml2 itself stops at 256 or 2,048.
DEEPEST = 100
# Fifty whole articles in XHTML make 20,000 elements, a sitemap of 50,000 addresses 250,000.
MOST_ELEMENTS = 300_000

# Entries of a broken feed that are read one by one; the others are left out.
MOST_BROKEN_ENTRIES = 1000

_ROOT = re.compile(
    r"<(?P<name>(?:[A-Za-z_][\w.-]*:)?(?:rss|RDF|feed|urlset|sitemapindex|channel|opml))\b[^<>]*>", re.IGNORECASE
)
# What may stand before the root: the declaration, other instructions, comments, a document type.
_PROLOG = re.compile(r"<\?[^<>]*\?>|<!--[^<>]*-->|<!DOCTYPE.*", re.DOTALL | re.IGNORECASE)


def root_tag(text: str) -> re.Match[str] | None:
    """Find the start tag of a feed's root element; group ``name`` is its name as written."""
    return _ROOT.search(text)


def parse_xml(text: str, url: str) -> tuple[Element, tuple[str, ...]]:
    """Parse a feed, mended where that is certain.

    Returns:
        The root element, and a note for each mending.

    Raises:
        FeedError: Nothing certain is left, or it is unsafe to read.
    """
    root = root_tag(text)
    if root is None:
        raise FeedError(f"{url} holds no feed")
    # Only what follows the root's start tag is ever parsed: no document type reaches a parser.
    prolog = text[: root.start()]
    text = with_entities(text[root.start() :], declared_entities(prolog, url), url)
    notes: list[str] = []
    if _PROLOG.sub("", prolog).strip("\ufeff \t\r\n"):
        notes.append("text before the XML declaration left out")
    found = None
    problem = "not well formed"
    for step in mendings(text, root["name"]):
        if step.note:
            notes.append(step.note)
        try:
            found = _strict(step.text, url)
        except etree.XMLSyntaxError as error:
            problem = str(error)
            text = step.text
            continue
        break
    if found is None:
        found, note = _entry_by_entry(text, url, problem)
        notes.append(note)
    _refuse_unbounded(found, url)
    return found, tuple(notes)


def _strict(text: str, url: str) -> Element:
    return etree.fromstring(text.encode("utf-8", "replace"), _parser(recover=False), base_url=url)


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _entry_by_entry(text: str, url: str, problem: str) -> tuple[Element, str]:
    """Read the head and each entry apart; keep those that hold.

    Raises:
        FeedError: None does.
    """
    root = root_tag(text)
    if root is None:
        raise FeedError(f"{url} is broken: {problem}")
    entry_start = re.compile(rf"<(?P<name>{entry_name(root['name'])})(?=[\s>/])", re.IGNORECASE)
    starts = list(itertools.islice(entry_start.finditer(text, root.end()), MOST_BROKEN_ENTRIES))
    if not starts:
        raise FeedError(f"{url} is broken: {problem}")
    head = text[root.start() : starts[0].start()]
    frame = _recovered(f"{head}</{root['name']}>", url)
    declarations = " ".join(re.findall(r"""xmlns(?::[\w.-]+)?\s*=\s*(?:"[^"<]*"|'[^'<]*')""", root[0]))
    kept = 0
    for start, after in zip(starts, [*(match.start() for match in starts[1:]), len(text)], strict=True):
        entry = _one_entry(text[start.start() : after], start["name"], declarations, url)
        if entry is not None and frame is not None:
            frame.append(entry)
            kept += 1
    if frame is None or not kept:
        raise FeedError(f"{url} is broken: {problem}")
    return frame, f"broken XML ({problem}): {kept} of {len(starts)} entries could be read"


def _one_entry(fragment: str, name: str, declarations: str, url: str) -> Element | None:
    end = re.search(rf"</{re.escape(name)}\s*>", fragment)
    if end is None:
        return None
    framed = f"<frame {declarations}>{fragment[: end.end()]}</frame>"
    try:
        return _strict(framed, url)[0]
    except etree.XMLSyntaxError:
        recovered = _recovered(framed, url)
    # A parser that guesses where a tag ends may put the link inside the summary: then nothing is certain.
    if recovered is None or len(recovered) != 1:
        return None
    expected = len(re.findall(r"<(?:link|title|loc|id|guid)[\s>/]", fragment[: end.end()]))
    direct = sum(local_name(child) in {"link", "title", "loc", "id", "guid"} for child in recovered[0])
    return recovered[0] if direct == expected else None


def _recovered(text: str, url: str) -> Element | None:
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), _parser(recover=True), base_url=url)
    except etree.XMLSyntaxError:
        return None


def _refuse_unbounded(root: Element, url: str) -> None:
    if root.getroottree().docinfo.internalDTD is not None:
        raise FeedError(f"{url} declares a document type inside the feed; it is not read")
    if root.xpath(f"boolean({'/*' * (DEEPEST + 1)})"):
        raise FeedError(f"{url} nests elements more than {DEEPEST} deep")
    if root.xpath("count(//*) + count(//@*)") > MOST_ELEMENTS:
        raise FeedError(f"{url} holds more than {MOST_ELEMENTS} elements")


def local_name(element: Element) -> str:
    """The name of an element without its namespace, lower case."""
    return str(element.tag).rpartition("}")[2].lower()
