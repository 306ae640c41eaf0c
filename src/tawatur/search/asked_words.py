"""
The words of a query: what is looked for in a text, to mark it and to rank by it.

A tree of what was typed (``query``) becomes a line of words, each with the part of the query that it stands for: words
of phrases, beginnings of words, and the words of other names of what was named.
"""

from __future__ import annotations

from dataclasses import replace

from tawatur.search.function_words import FUNCTION_WORDS, telling
from tawatur.search.highlighting import Sought
from tawatur.search.naming import find_names
from tawatur.search.paging import Way
from tawatur.search.query import Asked, Either, InTitle, Node, Phrase, Prefix, Together, Word
from tawatur.search.reranking import Term

__all__ = ["ranked_terms", "words_sought"]


def words_sought(asked: Asked, typed: Asked, way: Way) -> list[Sought]:
    """List the words looked for, each once; those searched instead point to what was typed."""
    found: dict[str, Sought] = {}
    if asked.root is not None:
        for sought in (*_words_in(asked.root), *_aliases_in(asked.root)):
            found.setdefault(sought.letters, sought)
    if way.instead is None:
        return list(found.values())
    return [replace(sought, typed=typed.text, via=way.reason) for sought in found.values()]


def ranked_terms(asked: Asked) -> list[Term]:
    """List the telling words of a query; words of other names stand for the first word of the name they stand for."""
    sought = words_sought(asked, asked, Way())
    tell = telling([each.letters for each in sought if each.via != "alias"])
    own = [each for each in sought if each.via != "alias" and each.letters in tell]
    others: dict[int, list[str]] = {}
    for each in sought:
        if each.via == "alias" and each.letters not in FUNCTION_WORDS:
            named = each.typed.split()
            at = next((at for at, word in enumerate(own) if word.typed in named), None)
            if at is not None:
                others.setdefault(at, []).append(each.letters)
    return [Term(each.letters, tuple(others.get(at, ()))) for at, each in enumerate(own)]


def _words_in(node: Node) -> list[Sought]:  # noqa: PLR0911 - one line a kind of node
    match node:
        case Word(letters, typed):
            return [Sought(letters, typed)]
        case Phrase(words, typed):
            return [Sought(word, typed, is_phrase=True) for word in words]
        case Prefix(letters):
            return [Sought(letters, f"{letters}*", is_prefix=True)]
        case InTitle(part):
            return _words_in(part)
        case Either(parts):
            return [sought for part in parts for sought in _words_in(part)]
        case Together(words, required, _):
            return [sought for part in (*words, *required) for sought in _words_in(part)]
        case _:
            return []


def _aliases_in(node: Node) -> list[Sought]:
    """List the words of other names of what plain words name."""
    words = [node] if isinstance(node, Word) else list(node.words) if isinstance(node, Together) else []
    return [
        Sought(letters, " ".join(word.typed for word in run.words), via="alias")
        for run in find_names(words)
        for alias in run.aliases
        for letters in alias
    ]
