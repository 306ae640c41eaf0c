"""
From the tree of a query to a question tantivy can answer.

A word is looked for by stem and light stem, in the headline and in the text; in strict mode by its letters. Of plain
words some must be there (``required_of``); words that every article holds are not asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import tantivy

from tawatur.search.days import day_number
from tawatur.search.function_words import is_question, telling
from tawatur.search.index import Snapshot
from tawatur.search.naming import Run, find_names
from tawatur.search.query import (
    Asked,
    Between,
    Either,
    FieldValue,
    InTitle,
    Node,
    Phrase,
    Prefix,
    Together,
    Word,
)
from tawatur.search.records import FACETS, SearchQuery
from tawatur.search.terms import fold, words_of
from tawatur.search.word_forms import forms_of

__all__ = ["Compiler", "Weights", "required_of"]

_Must, _MustNot, _Should = tantivy.Occur.Must, tantivy.Occur.MustNot, tantivy.Occur.Should
_SECONDS_A_DAY = 86_400
# tantivy's integers have 64 bits; a year of five digits is as good as open.
_FAR = 2**53
# Of long queries, such as a headline pasted: the words of a headline that its article holds, nine times in ten.
_NEARLY_ALL = 0.6


@dataclass(frozen=True, slots=True)
class Weights:
    """What the parts of a score weigh; chosen on one half of the questions of ``bench/search.py``."""

    #: A word in the headline, beside 1 for the text.
    title: float = 1.5
    #: The light stem, beside 1 for the stem.
    light: float = 1.0
    #: Signs of the best candidates (``reranking``), beside 1 for all above: 4-grams of the words, words letter by
    #: letter, words near each other, in the headline and lead, in the opening, in the order asked.
    grams: float = 1.5
    letters: float = 1.0
    near: float = 2.0
    lead: float = 1.5
    opening: float = 2.5
    pairs: float = 1.5
    #: Another name of what was asked for.
    alias: float = 0.8
    #: Candidates ranked again.
    window: int = 50


def required_of(words: int, *, asks: bool = False, nearly_all: bool = False) -> int:
    """Give how many of the plain words of a query an article must hold.

    Ranked, two are enough: those that hold more come first. Of a question any: its answer may be put in other words.
    By date nothing puts the best first, so nearly all must be there.

    >>> [required_of(n) for n in (1, 2, 3, 4, 10)], [required_of(n, nearly_all=True) for n in (1, 2, 3, 4, 10)]
    ([1, 2, 2, 2, 2], [1, 2, 2, 3, 6])
    >>> required_of(10, asks=True), required_of(10, asks=True, nearly_all=True)
    (1, 6)
    """
    if nearly_all and words > 2:
        return max(words - 1 if words <= 4 else 3, round(words * _NEARLY_ALL))
    return 1 if asks and not nearly_all else min(words, 2)


@dataclass(frozen=True, slots=True)
class Compiler:
    """Makes tantivy's queries over one snapshot."""

    snapshot: Snapshot
    weights: Weights
    strict: bool
    #: Take articles that hold any one of the plain words.
    any_word: bool = False
    #: Nearly all of the plain words must be there: the articles will stand by date, or the words are of another
    #: language, of which an article may quote two by chance («de la»).
    nearly_all: bool = False

    def compile(self, asked: Asked, query: SearchQuery, *, up_to: int | None) -> tantivy.Query:
        """Give the whole question: the tree, the facets chosen beside it, and the last article that existed."""
        parts: list[tuple[tantivy.Occur, tantivy.Query]] = []
        if asked.root is not None:
            parts.append((_Must, self._node(asked.root, titles=asked.title_only)))
        filters: list[tantivy.Query] = []
        for field, chosen in FACETS.items():
            if values := getattr(query, chosen):
                filters.append(tantivy.Query.term_set_query(self.snapshot.schema, field, list(values)))
        if query.after or query.before:
            first = day_number(query.after) if query.after else None
            last = day_number(query.before) if query.before else None
            filters.append(self._node(Between(first, last), titles=False))
        if up_to is not None:
            filters.append(self._range("sequence", 0, up_to))
        parts += [(_Must, _unscored(each)) for each in filters]
        if not any(occur == _Must for occur, _ in parts):
            parts.append((_Must, _unscored(self._range("sequence", 0, _FAR))))
        return tantivy.Query.boolean_query(parts)

    def _node(self, node: Node, *, titles: bool) -> tantivy.Query:  # noqa: PLR0911 - one line a kind of node
        match node:
            case Word():
                return self._run(Run((node,)) if self.strict else find_names([node])[0], titles=titles)
            case Phrase(words=words):
                return self._phrase(words, titles=titles)
            case Prefix(letters):
                return self._prefix(letters, titles=titles)
            case InTitle(part):
                return self._node(part, titles=True)
            case Either(parts):
                return tantivy.Query.boolean_query([(_Should, self._node(part, titles=titles)) for part in parts])
            case Together():
                return self._together(node, titles=titles)
            case Between(first, last):
                start = -_FAR if first is None else first * _SECONDS_A_DAY
                end = _FAR if last is None else (last + 1) * _SECONDS_A_DAY - 1
                return _unscored(self._range("shown_at", start, end))
            case FieldValue(field, value):
                return self._value(field, value)

    def _together(self, node: Together, *, titles: bool) -> tantivy.Query:
        parts = [(_Must, self._node(part, titles=titles)) for part in node.required]
        parts += [(_MustNot, self._node(part, titles=titles)) for part in node.unwanted]
        letters = [word.letters for word in node.words]
        tell = telling(letters, strict=self.strict)
        words_asked = [word for word in node.words if word.letters in tell]
        runs = [Run((word,)) for word in words_asked] if self.strict else find_names(words_asked)
        if runs:
            needed = self._needed(len(runs), asks=is_question(letters))
            words = [(_Should, self._run(run, titles=titles)) for run in runs]
            parts.append((_Must, tantivy.Query.boolean_query(words, minimum_number_should_match=needed)))
        if not any(occur == _Must for occur, _ in parts):
            parts.append((_Must, _unscored(self._range("sequence", 0, _FAR))))
        return tantivy.Query.boolean_query(parts)

    def _needed(self, words: int, *, asks: bool) -> int:
        if self.any_word:
            return 1
        return words if self.strict else required_of(words, asks=asks, nearly_all=self.nearly_all)

    def _run(self, run: Run, *, titles: bool) -> tantivy.Query:
        words = [self._word(word.letters, titles=titles) for word in run.words]
        # The words of a name must all be there, unless any word will do.
        occur = _Should if self.any_word else _Must
        own = words[0] if len(words) == 1 else tantivy.Query.boolean_query([(occur, word) for word in words])
        if not run.aliases:
            return own
        others = [_weighed(self._phrase(alias, titles=titles), self.weights.alias) for alias in run.aliases]
        return tantivy.Query.disjunction_max_query([own, *others])

    def _word(self, letters: str, *, titles: bool) -> tantivy.Query:
        if self.strict:
            return self._terms((("letters", letters, 1.0),), titles=titles)
        forms = forms_of(letters)
        return self._terms((("stems", forms.stem, 1.0), ("lights", forms.light, self.weights.light)), titles=titles)

    def _terms(self, terms: Iterable[tuple[str, str, float]], *, titles: bool) -> tantivy.Query:
        parts = []
        for kind, term, weight in terms:
            for place, factor in (("title", self.weights.title), ("body", 1.0)):
                if titles and place == "body":
                    continue
                query = tantivy.Query.term_query(self.snapshot.schema, f"{place}_{kind}", term, "freq")
                parts.append((_Should, _weighed(query, weight * factor)))
        return tantivy.Query.boolean_query(parts)

    def _phrase(self, words: tuple[str, ...], *, titles: bool) -> tantivy.Query:
        kind = "letters" if self.strict else "bare"
        terms = [word if self.strict else forms_of(word).bare for word in words]
        if len(terms) == 1:
            return self._terms(((kind, terms[0], 1.0),), titles=titles)
        parts = []
        for place, factor in (("title", self.weights.title), ("body", 1.0)):
            if titles and place == "body":
                continue
            query = tantivy.Query.phrase_query(self.snapshot.schema, f"{place}_{kind}", list(terms))
            parts.append((_Should, _weighed(query, factor)))
        return tantivy.Query.boolean_query(parts)

    def _prefix(self, letters: str, *, titles: bool) -> tantivy.Query:
        kind = "letters" if self.strict else "bare"
        places = ("title",) if titles else ("title", "body")
        # Letters of the index level alone: nothing in them is a sign of the pattern language.
        parts = [
            (_Should, tantivy.Query.regex_query(self.snapshot.schema, f"{place}_{kind}", f"{letters}.*"))
            for place in places
        ]
        return tantivy.Query.boolean_query(parts)

    def _value(self, field: str, value: str) -> tantivy.Query:
        """Find the values of a field that are, or else hold, what was typed."""
        if field == "speaker":
            terms = [forms_of(word).bare for word in words_of(value)]
            return _unscored(self._one_after_another("speaker", terms)) if terms else tantivy.Query.empty_query()
        wanted = fold(value)
        known = [name for name, _ in self.snapshot.searcher.terms_with_prefix(field, "")]
        found = [name for name in known if fold(name) == wanted] or [name for name in known if wanted in fold(name)]
        if not found:
            return tantivy.Query.empty_query()
        return _unscored(tantivy.Query.term_set_query(self.snapshot.schema, field, found))

    def _one_after_another(self, field: str, terms: list[str]) -> tantivy.Query:
        if len(terms) == 1:
            return tantivy.Query.term_query(self.snapshot.schema, field, terms[0], "basic")
        return tantivy.Query.phrase_query(self.snapshot.schema, field, list(terms))

    def _range(self, field: str, first: int, last: int) -> tantivy.Query:
        return tantivy.Query.range_query(self.snapshot.schema, field, tantivy.FieldType.Integer, first, last)


def _weighed(query: tantivy.Query, weight: float) -> tantivy.Query:
    return query if weight == 1.0 else tantivy.Query.boost_query(query, weight)


def _unscored(query: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, 0.0)
