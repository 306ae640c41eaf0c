"""
What an article's page tells machines: schema.org NewsArticle as JSON-LD.

The publisher is the outlet, not us: we are ``sdPublisher``, the one who publishes these data. ``isBasedOn`` is the
original's address and ``creditText`` whom it credits. A date is as precise as the page gave it. The block is data, not
script, so the Content-Security-Policy does not concern it (HTML Standard, "prepare the script element" step 12 comes
after the type is found to be no script).
"""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from tawatur.model import Article, Source, write_moment
from tawatur.web.edition import Edition, image_path
from tawatur.web.safety import safe_url, shown

# Inside <script> nothing is unescaped, so what could end the block or begin a comment is written as JSON escapes.
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def json_ld(edition: Edition, article: Article, source: Source | None, image_id: str | None) -> Markup:
    """Write the JSON-LD of an article, safe to stand inside a ``<script>`` element."""
    text = json.dumps(_cleaned(_news_article(edition, article, source, image_id)), ensure_ascii=False)
    return Markup(text.translate(_ESCAPES))  # noqa: S704 - nothing is left that markup could begin with


def _news_article(edition: Edition, article: Article, source: Source | None, image_id: str | None) -> dict[str, Any]:
    address = edition.absolute(edition.links.article(article.id))
    publisher = source.name if source else article.source
    return {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting" if "live" in article.flags else "NewsArticle",
        "mainEntityOfPage": address,
        "url": address,
        "headline": article.title,
        "description": article.abstract,
        "inLanguage": article.language,
        "datePublished": None if _is_doubtful(article) else write_moment(article.published, article.precision),
        "dateModified": write_moment(article.modified),
        "author": [{"@type": "Person", "name": name} for name in article.authors],
        "publisher": publisher
        and {"@type": "Organization", "name": publisher, "url": safe_url(source.home) if source else None},
        "isBasedOn": safe_url(article.url),
        "creditText": article.credit and article.credit.name,
        "image": image_id and edition.absolute(image_path(image_id)),
        "articleSection": article.section,
        "keywords": list(article.tags),
        "sdPublisher": {"@type": "Organization", "name": edition.name, "url": edition.absolute(edition.links.front())},
    }


def _is_doubtful(article: Article) -> bool:
    return "published-in-future" in article.flags


def _cleaned(value: Any) -> Any:
    """Leave out what is not known, and clean texts as everywhere else on the page."""
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items() if item not in (None, "", [])}
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    return shown(value) if isinstance(value, str) else value
