"""
The feeds of the press, one form an outlet, with the faults that real feeds have where an outlet is to have them.

RSS 2.0, RSS 1.0 (RDF), Atom (RFC 4287), JSON Feed 1.1 and the news sitemap of sitemaps.org with Google's extension.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from tawatur.press.edition import Version
from tawatur.press.outlets import FeedForm, Outlet

#: Letters of the summary in a feed that gives only the first words.
SUMMARY_LETTERS = 160

#: What trackers add to a feed's links; a reader must see the same page behind them.
TRACKING = "utm_source=rss&utm_medium=feed&utm_campaign=main"

MEDIA_TYPES: dict[FeedForm, str] = {
    "rss": "application/rss+xml; charset=utf-8",
    "rdf": "application/rdf+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
    "sitemap": "application/xml; charset=utf-8",
    "listing": "text/html",
}


def write_feed(outlet: Outlet, versions: Sequence[Version], home: str) -> bytes:
    """Write an outlet's feed of what stands, newest first.

    Listing pages are none of these: they are written as pages.
    """
    writers: dict[FeedForm, Callable[[Outlet, Sequence[Version], str], str]] = {
        "rss": _broken_rss if outlet.broken_feed else _rss,
        "rdf": _rdf,
        "atom": _atom,
        "json": _json,
        "sitemap": _sitemap,
    }
    return writers[outlet.feed](outlet, versions, home).encode("utf-8")


def _link(outlet: Outlet, version: Version, home: str) -> str:
    if not outlet.tracking:
        return home + version.path
    return f"{home}{version.path}{'&' if '?' in version.path else '?'}{TRACKING}"


def _summary(version: Version) -> str:
    if version.abstract:
        return version.abstract
    first = version.paragraphs[0] if version.paragraphs else version.title
    return first if len(first) <= SUMMARY_LETTERS else f"{first[:SUMMARY_LETTERS].rsplit(' ', 1)[0]} [&#8230;]"


def _html(version: Version) -> str:
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in version.paragraphs)


def _rss(outlet: Outlet, versions: Sequence[Version], home: str) -> str:
    items = "\n".join(_rss_item(outlet, version, home) for version in versions)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>{escape(outlet.name)}</title>
<link>{escape(home)}/</link>
<description>{escape(outlet.name)}</description>
<language>{outlet.language}</language>
<ttl>5</ttl>
<atom:link href={quoteattr(home + outlet.feed_path)} rel="self" type="application/rss+xml"/>
{items}
</channel>
</rss>
"""


def _rss_item(outlet: Outlet, version: Version, home: str) -> str:
    draft = version.draft
    lines = [
        f"<title>{escape(version.title)}</title>",
        f"<link>{escape(_link(outlet, version, home))}</link>",
        f'<guid isPermaLink="false">{outlet.id}-{draft.number}</guid>',
        f"<pubDate>{format_datetime(version.published.astimezone(outlet.zone))}</pubDate>",
        *(f"<dc:creator>{escape(author)}</dc:creator>" for author in draft.authors),
        *(f"<category>{escape(tag)}</category>" for tag in draft.tags),
    ]
    if outlet.summary_feed:
        link = f'<a href="{escape(home + version.path)}">{escape(version.title)}</a>'
        more = f"<p>ظهرت المقالة {link} أولاً على {outlet.name}.</p>"
        lines.append(f"<description><![CDATA[<p>{_summary(version)}</p>\n{more}]]></description>")
    else:
        lines.append(f"<description>{escape(_summary(version))}</description>")
        if outlet.kind == "agency":
            lines.append(f"<content:encoded><![CDATA[{_html(version)}]]></content:encoded>")
    return "<item>\n" + "\n".join(lines) + "\n</item>"


def _broken_rss(outlet: Outlet, versions: Sequence[Version], home: str) -> str:
    """RSS as a home-made script writes it: bare ampersands, an entity of HTML, a stray control letter, no end."""
    items = "\n".join(
        f"<item>\n<title>{version.title.replace('<', '&lt;')}&nbsp;</title>\n"
        f"<link>{_link(outlet, version, home)}</link>\n"  # ampersands as they are
        f"<description>{escape(_summary(version))} \x0b& المزيد</description>\n"
        f"<pubDate>{format_datetime(version.published)}</pubDate>\n</item>"
        for version in versions
    )
    title = f"{outlet.name} & أخبار الجزائر"
    return (
        f'\n<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>{title}</title>'
        f"\n<link>{home}/</link><description></description>\n{items}\n</channel>"
    )


def _rdf(outlet: Outlet, versions: Sequence[Version], home: str) -> str:
    listed = "".join(f"<rdf:li rdf:resource={quoteattr(home + version.path)}/>" for version in versions)
    items = "\n".join(
        f"""<item rdf:about={quoteattr(home + version.path)}>
<title>{escape(version.title)}</title>
<link>{escape(home + version.path)}</link>
<description>{escape(_summary(version))}</description>
<dc:date>{version.published.astimezone(outlet.zone).isoformat()}</dc:date>
</item>"""
        for version in versions
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel rdf:about={quoteattr(home + outlet.feed_path)}>
<title>{escape(outlet.name)}</title>
<link>{escape(home)}/</link>
<description>{escape(outlet.name)}</description>
<sy:updatePeriod>hourly</sy:updatePeriod>
<sy:updateFrequency>4</sy:updateFrequency>
<items><rdf:Seq>{listed}</rdf:Seq></items>
</channel>
{items}
</rdf:RDF>
"""


def _atom(outlet: Outlet, versions: Sequence[Version], home: str) -> str:
    entries = "\n".join(_atom_entry(outlet, version, home) for version in versions)
    updated = max((version.since for version in versions), default=None)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{outlet.language}">
<title>{escape(outlet.name)}</title>
<id>{escape(home)}/</id>
<link rel="alternate" href={quoteattr(home + "/")}/>
<link rel="self" href={quoteattr(home + outlet.feed_path)}/>
<updated>{_rfc3339(updated) if updated else "1970-01-01T00:00:00Z"}</updated>
{entries}
</feed>
"""


def _atom_entry(outlet: Outlet, version: Version, home: str) -> str:
    authors = "".join(f"<author><name>{escape(author)}</name></author>" for author in version.draft.authors)
    tags = "".join(f"<category term={quoteattr(tag)}/>" for tag in version.draft.tags)
    return f"""<entry xml:lang="{version.draft.language}">
<title>{escape(version.title)}</title>
<id>tag:{outlet.id}.example,2023:{version.draft.number}</id>
<link rel="alternate" href={quoteattr(home + version.path)}/>
<published>{_rfc3339(version.published)}</published>
<updated>{_rfc3339(version.since)}</updated>
{authors or f"<author><name>{escape(outlet.name)}</name></author>"}{tags}
<summary>{escape(_summary(version))}</summary>
</entry>"""


def _json(outlet: Outlet, versions: Sequence[Version], home: str) -> str:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "home_page_url": f"{home}/",
        "feed_url": home + outlet.feed_path,
        "language": outlet.language,
        "items": [_json_item(outlet, version, home) for version in versions],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1)


def _json_item(outlet: Outlet, version: Version, home: str) -> dict[str, object]:
    draft = version.draft
    item: dict[str, object] = {
        "id": str(draft.number),
        "url": home + version.path,
        "title": version.title,
        "summary": _summary(version),
        "date_published": version.published.astimezone(outlet.zone).isoformat(),
        "tags": list(draft.tags),
        "authors": [{"name": author} for author in draft.authors],
    }
    if version.modified:
        item["date_modified"] = _rfc3339(version.modified)
    return item


def _sitemap(outlet: Outlet, versions: Sequence[Version], home: str) -> str:
    urls = "\n".join(
        f"""<url><loc>{escape(home + version.path)}</loc><news:news><news:publication><news:name>{escape(outlet.name)}\
</news:name><news:language>{version.draft.language}</news:language></news:publication>\
<news:publication_date>{version.published.astimezone(outlet.zone).isoformat()}</news:publication_date>\
<news:title>{escape(version.title)}</news:title></news:news></url>"""
        for version in versions
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" \
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
{urls}
</urlset>
"""


def _rfc3339(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
