"""
OPML 2.0 (http://opml.org/spec2.opml): lists of feeds in and out.

A list from elsewhere has an outline a feed, often several for one site, now and then twice the same, or an address
that is none. Reading joins the feeds of one site into one ``Source`` and reports every line it could not take. What
OPML has no word for (id, country, zone, kind) is written in attributes of the namespace ``urn:tawatur:opml`` and
read back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import get_args
from urllib.parse import urlsplit

from lxml import etree

from tawatur.errors import AddressError, ConfigError, FeedError
from tawatur.feeds.clean_text import clean_text
from tawatur.feeds.gate import open_document
from tawatur.feeds.sites import name_of_site, site_of
from tawatur.feeds.xml_tree import Element, local_name, parse_xml, root_tag
from tawatur.model import Capture, FeedKind, Source, SourceKind, canonical_url
from tawatur.sources import load_registry, load_source, source_to_toml, starter_sources, time_zone_of

__all__ = ["OpmlReading", "read_opml", "write_opml"]

NAMESPACE = "urn:tawatur:opml"
# Our fields of a source, by the attribute that holds them.
_OWN_FIELDS = {
    "id": "id",
    "name": "name",
    "country": "country",
    "timeZone": "time_zone",
    "kind": "kind",
    "language": "language",
    "checked": "checked",
}
# Hosts that serve feeds of many sites: each of their feeds is a source of its own.
_SHARED = """
    feedburner.com feeds.feedburner.com feedproxy.google.com news.google.com rsshub.app youtube.com medium.com
    politepol.com fetchrss.com rss.app morss.it feed43.com github.com raw.githubusercontent.com
"""
_SHARED_HOSTS = frozenset(_SHARED.split())
# The largest list that readers export holds some ten thousand feeds.
MOST_OUTLINES = 50_000


@dataclass(frozen=True, slots=True)
class OpmlReading:
    """What a list of feeds held."""

    #: In the order of their first lines.
    sources: tuple[Source, ...] = ()
    #: What was left out, and why: ``line 12: http://… stands already in line 7``.
    problems: tuple[str, ...] = ()
    #: The kind of a feed where the list states it, by address.
    kinds: Mapping[str, FeedKind] = field(default_factory=dict)


@dataclass(slots=True)
class _Site:
    """The lines of one site while they are gathered."""

    own: dict[str, str]
    names: list[str]
    feeds: list[str]
    home: str | None = None


def read_opml(data: bytes) -> OpmlReading:
    """Read a list of feeds; each line that cannot be taken is a problem, and the others are taken.

    Raises:
        FeedError: It is no OPML.
    """
    address = "opml:list"
    capture = Capture(url=address, requested_url=address, fetched_at=datetime.now(UTC), status=200, body=data)
    document = open_document(capture)
    root_at = root_tag(document.text)
    if root_at is None or not root_at["name"].lower().endswith("opml"):
        raise FeedError("this is no OPML: it has no <opml> element")
    root, notes = parse_xml(document.text, "the list")
    gathering = _Gathering(lines_before=document.text.count("\n", 0, root_at.start()))
    body = next((child for child in root if local_name(child) == "body"), root)
    gathering.take(body)
    sources = tuple(gathering.sources())
    return OpmlReading(sources, (*document.problems, *notes, *gathering.problems), gathering.kinds)


class _Gathering:
    """Goes through the outlines once and gathers them by site."""

    def __init__(self, lines_before: int) -> None:
        self.problems: list[str] = []
        self.kinds: dict[str, FeedKind] = {}
        self._lines_before = lines_before
        self._sites: dict[str, _Site] = {}
        self._seen: dict[str, int] = {}

    def take(self, body: Element) -> None:
        outlines = [element for element in body.iter() if local_name(element) == "outline"]
        if len(outlines) > MOST_OUTLINES:
            raise FeedError(f"the list holds {len(outlines)} lines; {MOST_OUTLINES} is the most that is read")
        for outline in outlines:
            self._take(outline)

    def _take(self, outline: Element) -> None:
        line = self._lines_before + (outline.sourceline or 0)
        written = _attribute(outline, "xmlUrl") or (_attribute(outline, "url") if not len(outline) else None)
        own = _own_fields(outline)
        if written is None:
            if "id" in own:
                self._site_of(outline, own, None)
            elif not len(outline):
                self.problems.append(f"line {line}: {_label(outline) or 'an outline'} has no feed address")
            return
        try:
            url = canonical_url(written)
        except AddressError as error:
            self.problems.append(f"line {line}: {error}")
            return
        twin = url.partition("//")[2].rstrip("/")  # http beside https, with and without a closing slash
        if twin in self._seen:
            self.problems.append(f"line {line}: {url} stands already in line {self._seen[twin]}")
            return
        self._seen[twin] = line
        stated = _own(outline, "feedKind") or _KIND_OF_TYPE.get((_attribute(outline, "type") or "").lower())
        if stated in get_args(FeedKind):
            self.kinds[url] = stated  # type: ignore[assignment]
        self._site_of(outline, own, url).feeds.append(url)

    def _site_of(self, outline: Element, own: dict[str, str], url: str | None) -> _Site:
        parent = outline.getparent()
        above = _own_fields(parent) if parent is not None and local_name(parent) == "outline" else {}
        known = own if "id" in own else above if "id" in above else {}
        home = _usable(_attribute(outline, "htmlUrl"))
        key = known.get("id") or _site_key(url or home or "")
        site = self._sites.setdefault(key, _Site(own=dict(known), names=[], feeds=[]))
        site.home = site.home or home
        if (label := _label(outline)) and label not in site.names:
            site.names.append(label)
        return site

    def sources(self) -> Iterator[Source]:
        """One source a site, each with an id of its own."""
        taken: set[str] = set()
        for key, site in self._sites.items():
            source = self._source(key, site)
            if source is None:
                continue
            identifier, number = source.id, 2
            while identifier in taken:
                identifier, number = f"{source.id}-{number}", number + 1
            taken.add(identifier)
            yield source if identifier == source.id else replace(source, id=identifier)

    def _source(self, key: str, site: _Site) -> Source | None:
        home = site.home or (_front_page(site.feeds[0]) if site.feeds else None)
        if home is None:
            self.problems.append(f"{site.own.get('id', key)} has no address")
            return None
        known = {} if "id" in site.own else _known_of(home, named=site.names if len(site.names) == 1 else [])
        stated = {"id": name_of_site(site_of(home)), "name": site_of(home), "home": home, **known, **site.own}
        stated.pop("checked", None)
        draft = Source(**stated, feeds=tuple(site.feeds), checked=site.own.get("checked") == "true")  # type: ignore[arg-type]
        try:
            return load_source(source_to_toml(draft), draft.id)  # what a source file must hold, a list must too
        except ConfigError as error:
            self.problems.append(str(error))
            return None


def _known_of(home: str, *, named: list[str]) -> dict[str, str]:
    """What is known of a site: from the starter pack, else from the registry; the list's own name comes last."""
    twin = next((source for source in starter_sources() if site_of(source.home) == site_of(home)), None)
    if twin is not None:
        fields = {name: getattr(twin, name) for name in ("name", "home", "country", "time_zone", "kind")}
        return {name: value for name, value in fields.items() if value is not None}
    outlet = load_registry().find_by_domain(home)
    if outlet is None:
        return {"name": named[0]} if named else {}
    known = {"name": outlet.name_ar, "time_zone": time_zone_of(outlet.country)}
    if outlet.country:
        known["country"] = outlet.country
    return known | ({"kind": outlet.kind} if outlet.kind in get_args(SourceKind) else {})


def write_opml(
    sources: Iterable[Source], *, title: str = "Tawatur", kinds: Mapping[str, FeedKind] | None = None
) -> bytes:
    """Write sources as OPML 2.0: a folder a source, a line a feed. Page rules are not part of it."""
    root = etree.Element("opml", version="2.0", nsmap={"tawatur": NAMESPACE})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = _writable(title)
    body = etree.SubElement(root, "body")
    for source in sources:
        folder = etree.SubElement(body, "outline", text=_writable(source.name), htmlUrl=source.home)
        for attribute, name in _OWN_FIELDS.items():
            value = getattr(source, name)
            if value is not None:
                written = str(value).lower() if isinstance(value, bool) else _writable(str(value))
                folder.set(f"{{{NAMESPACE}}}{attribute}", written)
        for feed in source.feeds:
            kind = (kinds or {}).get(feed)
            line = etree.SubElement(folder, "outline", text=_writable(source.name), type="rss")
            line.set("xmlUrl", feed)
            line.set("htmlUrl", source.home)
            if kind:
                line.set(f"{{{NAMESPACE}}}feedKind", kind)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


# The types that readers write; FreshRSS marks pages read by XPath as ``HTML+XPath``.
_KIND_OF_TYPE: Mapping[str, FeedKind] = {"atom": "atom", "html+xpath": "listing", "jsonfeed": "json"}


def _attribute(outline: Element, name: str) -> str | None:
    """An attribute whatever its letters' case: ``xmlurl`` is written too."""
    wanted = name.lower()
    value = next((value for key, value in outline.attrib.items() if str(key).lower() == wanted), None)
    return str(value).strip() or None if value is not None else None


def _own(outline: Element, attribute: str) -> str | None:
    return outline.get(f"{{{NAMESPACE}}}{attribute}")


def _own_fields(outline: Element) -> dict[str, str]:
    return {name: value for attribute, name in _OWN_FIELDS.items() if (value := _own(outline, attribute))}


def _label(outline: Element) -> str | None:
    return clean_text(_attribute(outline, "text") or _attribute(outline, "title"))


def _usable(address: str | None) -> str | None:
    try:
        return canonical_url(address) if address else None
    except AddressError:
        return None


def _site_key(url: str) -> str:
    site = site_of(url)
    if site in _SHARED_HOSTS:
        parts = urlsplit(url)
        return f"{site}{parts.path}?{parts.query}".rstrip("?/")
    return site


def _front_page(feed: str) -> str:
    parts = urlsplit(feed)
    return canonical_url(f"{parts.scheme}://{parts.netloc}/")


def _writable(text: str) -> str:
    return clean_text(text) or text
