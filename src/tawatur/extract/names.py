"""
Names on a page: the outlet's own, agencies', places', and persons'.

A page prints all of them in the same spots — over the text, under it, in ``meta author`` — so what a name is decides
what it says.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

from tawatur.extract.json_ld import text_in, types_of
from tawatur.extract.page import Page, host_of
from tawatur.extract.wording import fold, listed, words
from tawatur.sources import load_registry

_PARENTHESES = " \t()[]{}«»\"“”'،,:؛;|-–—ـ/\\.*•·"
#: Words of a news site's name that say nothing of which one it is.
_PLAIN_WORDS = frozenset(
    map(
        fold,
        [
            "أنباء",
            "الأنباء",
            "للأنباء",
            "اليومية",
            "صحيفة",
            "جريدة",
            "وكالة",
            "موقع",
            "بوابة",
            "شبكة",
            "قناة",
            "مجلة",
            "نيوز",
            "الإخبارية",
            "الاخباري",
            "الإلكترونية",
            "الإخباري",
            "أون",
            "لاين",
            "نت",
            "com",
            "net",
            "news",
        ],
    )
)


def strip_name(text: str) -> str:
    """Take marks and brackets off the ends of a name.

    >>> strip_name("--(بترا)")
    'بترا'
    """
    return text.strip(_PARENTHESES)


@cache
def _places() -> frozenset[str]:
    lines = files("tawatur.extract").joinpath("places.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(_key(line) for line in lines if line and not line.startswith("#"))


@lru_cache(maxsize=4096)
def _key(text: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", fold(text)).split())


def agency(text: str) -> str | None:
    """Give the usual name of the news agency a text names; None when it names none.

    >>> agency("(أ.ف.ب)")
    'وكالة فرانس برس'
    """
    if len(text) > 60:
        return None
    return next((outlet.name_ar for outlet in load_registry().named(text) if outlet.kind == "agency"), None)


def is_place(text: str) -> bool:
    """Whether a text is a city or a country, or several of them.

    >>> is_place("القاهرة"), is_place("دبي، الرياض"), is_place("محمد علي")
    (True, True, False)
    """
    parts = [part for part in re.split(r"[،,/]| و(?=ال)", text) if part.strip()]
    return bool(parts) and all(_key(part) in _places() for part in parts)


@cache
def _no_name() -> frozenset[str]:
    # Not folded: «على» is a particle, «علي» a name.
    return frozenset(word.casefold() for word in listed("no_name"))


def is_account(text: str) -> bool:
    """Whether a name is that of a desk or an account and no person's: ``admin``, ``هيئة التحرير``."""
    return _key(text) in _no_person()


@cache
def _no_person() -> frozenset[str]:
    return frozenset(_key(name) for name in listed("no_person"))


def own_names(page: Page) -> tuple[str, ...]:
    """Give the names the page's outlet goes by: of its site, its publisher and its host."""
    said = [
        *page.said(
            "og:site_name",
            "application-name",
            "apple-mobile-web-app-title",
            "publisher",
            "copyright",
            "dc.publisher",
            "twitter:site",
            "al:ios:app_name",
            "al:android:app_name",
        )
    ]
    for statement in page.statements:
        if publisher := text_in(statement.get("publisher")):
            said.append(publisher)
        if types_of(statement) & {"Organization", "NewsMediaOrganization", "WebSite"} and (
            name := text_in(statement.get("name"))
        ):
            said.append(name)
    said += _beside_headline(page)
    if page.source is not None:
        said += [page.source.name, page.source.id]
    if page.url and (known := load_registry().find_by_domain(page.url)):
        said += known.names
    if host := host_of(page.url):
        said += [host, host.split(".")[-2] if host.count(".") else host]
    return tuple(dict.fromkeys(name.strip("@ ") for name in said if name and len(name) <= 80))


#: What stands between a headline and the site's name in a title.
TITLE_SEPARATOR = re.compile(r"\s+[-–—|•·»«:/\\]{1,3}\s+|\s*[|•]\s*|\s+::\s+|(?<=\S)\s*[–—]\s+")


def _is_beside(name: str, rest: list[str], heads: list[str]) -> bool:
    if len(words(name)) > 6 or any(_key(name) in head for head in heads):
        return False
    return any(_key(rest[0]) in head or _key(rest[-1]) in head for head in heads if head)


def _beside_headline(page: Page) -> list[str]:
    """Give what stands at an end of the page's titles beside a text that is an ``h1``: a name of the site."""
    heads = [_key(block.text) for block in page.outline if block.element.tag == "h1"]
    names: list[str] = []
    for title in (*page.said("og:title", "twitter:title"), page.tree.findtext(".//title") or ""):
        pieces = [piece for piece in TITLE_SEPARATOR.split(title) if piece.strip()]
        for name, rest in ((pieces[0], pieces[1:]), (pieces[-1], pieces[:-1])) if len(pieces) > 1 else ():
            if _is_beside(name, rest, heads):
                names.append(name.strip())
    return names


def is_own_name(text: str, own: tuple[str, ...]) -> bool:
    """Whether a text names the outlet itself: ``اليوم السابع``, ``موقع اليوم السابع``, ``youm7``.

    >>> is_own_name("صحيفة البيان", ("البيان",)), is_own_name("البيان المشترك", ("البيان",))
    (True, False)
    """
    name = _core(text)
    if not name:
        return bool(words(text))
    return any(name == _core(other) or _glued(name) == _glued(_core(other)) for other in own if _core(other))


@lru_cache(maxsize=4096)
def _core(text: str) -> str:
    held = [word for word in _key(text).split() if word not in _PLAIN_WORDS]
    return " ".join(held)


def _glued(text: str) -> str:
    return text.replace(" ", "")


def is_person(text: str, own: tuple[str, ...]) -> bool:
    """Whether a text can be a person's name: two to five words, no outlet, no agency, no account, no place."""
    name = strip_name(text)
    count = len(words(name))
    if not 1 < count <= 5 or re.search(r"[\d@/\\<>|:؟?!]|https?|www\.", name) or len(name) > 60:
        return False
    folded = fold(name)
    if any(folded.startswith(fold(phrase)) for phrase in listed("builder")):
        return False
    if not _no_name().isdisjoint(re.findall(r"\w+", name.casefold())):
        return False
    return not (is_account(name) or agency(name) or is_place(name) or is_own_name(name, own))
