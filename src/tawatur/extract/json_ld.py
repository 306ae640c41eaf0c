"""
JSON-LD: what a page states of itself for search engines, read also where it is broken.

Outlets' templates print headlines with unescaped quotation marks, trailing commas and HTML entities into it. Such a
script is mended when a small repair does it; else the few fields that matter are picked out one by one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from lxml.html import HtmlElement

#: The longest script that is read, in letters; bodies of whole articles stand in some.
_SCRIPT_LETTERS = 600_000
#: Objects of one page that are looked at.
_MOST_OBJECTS = 400
_WRAPPING = re.compile(r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[)\s*|\s*(?://\s*)?(?:-->|\]\]>)\s*;?\s*$")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_MISSING_COMMA = re.compile(r'(["}\]])(\s*\n\s*)(")')
#: A string value up to the quote that ends it: one before a comma and the next name, or before a closing bracket.
_FIELD = re.compile(
    r'"(@type|headline|name|datePublished|dateModified|dateCreated|uploadDate|articleSection|description|alternativeHeadline|keywords)"'
    r'\s*:\s*"(.*?)"\s*(?=,\s*"[@\w]+"\s*:|,?\s*[}\]])',
    re.DOTALL,
)
_AUTHOR = re.compile(r'"author"\s*:\s*\[?\s*\{[^{}]*?"name"\s*:\s*"(.*?)"\s*(?=,\s*"[@\w]+"\s*:|,?\s*[}\]])', re.DOTALL)
_AUTHOR_TYPE = re.compile(r'"author"\s*:\s*\[?\s*\{[^{}]*?"@type"\s*:\s*"(\w+)"', re.DOTALL)

ARTICLE_TYPES = frozenset(
    [
        "Article",
        "NewsArticle",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "OpinionNewsArticle",
        "BackgroundNewsArticle",
        "ReviewNewsArticle",
        "AskPublicNewsArticle",
        "BlogPosting",
        "LiveBlogPosting",
        "SocialMediaPosting",
        "Report",
        "TechArticle",
        "ScholarlyArticle",
        "SatiricalArticle",
        "AdvertiserContentArticle",
        "MedicalScholarlyArticle",
    ]
)


def read_json_ld(tree: HtmlElement) -> tuple[Mapping[str, Any], ...]:
    """Give the objects of a page's JSON-LD, graphs and lists opened, in page order."""
    found: list[Mapping[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = script.text_content()
        if not text or len(text) > _SCRIPT_LETTERS:
            continue
        for statement in _objects(_parse(text)):
            found.append(statement)
            if len(found) >= _MOST_OBJECTS:
                return tuple(found)
    return tuple(found)


def types_of(statement: Mapping[str, Any]) -> frozenset[str]:
    """Give the types of an object, without the vocabulary's address."""
    stated = statement.get("@type")
    names = stated if isinstance(stated, list) else [stated]
    return frozenset(name.rsplit("/", 1)[-1] for name in names if isinstance(name, str))


def _parse(text: str) -> Any:
    text = _WRAPPING.sub("", text).strip().rstrip(";")
    for attempt in (
        text,
        _TRAILING_COMMA.sub(r"\1", text),
        _MISSING_COMMA.sub(r"\1,\2\3", _TRAILING_COMMA.sub(r"\1", text)),
    ):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return _pick_fields(text)


def _pick_fields(text: str) -> dict[str, Any] | None:
    """Read the fields that matter from a script that no repair makes valid.

    >>> _pick_fields('{"@type":"NewsArticle","headline":"قال "لا" ومضى","datePublished":"2024-05-01",}')["headline"]
    'قال "لا" ومضى'
    """
    fields: dict[str, Any] = {}
    for name, value in _FIELD.findall(text):
        if name == "@type" and fields.get("@type") in ARTICLE_TYPES:
            continue
        fields.setdefault(name, value) if name != "@type" else fields.update({name: value})
    if author := _AUTHOR.search(text):
        kind = _AUTHOR_TYPE.search(text)
        fields["author"] = {"@type": kind.group(1) if kind else "Person", "name": author.group(1)}
    return fields if "headline" in fields or "datePublished" in fields else None


def _objects(parsed: Any) -> Iterator[Mapping[str, Any]]:
    waiting = [parsed]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting = [*node[:_MOST_OBJECTS], *waiting]
        elif isinstance(node, dict):
            yield node
            inner = [
                node[key]
                for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemReviewed")
                if isinstance(node.get(key), (dict, list))
            ]
            waiting = [*inner, *waiting]


def text_in(value: Any) -> str | None:
    """Give a text of JSON-LD as plain text: entities read (twice where a template wrote them twice), markup off."""
    if isinstance(value, list):
        value = next((item for item in value if item), None)
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or value.get("url")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return None
    text = unescape(unescape(value)) if "&" in value else value
    if "<" in text and ">" in text:
        text = re.sub(r"</?[a-zA-Z][^<>]*>", " ", text)
    text = " ".join(text.split())
    return text or None
