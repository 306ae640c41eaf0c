"""
Searching: from a query to a page of results.

Candidates come from tantivy by BM25 over stems; the best are read and ranked again. When too few articles hold what
was asked, more forgiving ways are gone, one after another, and each is told in a note: fewer of the words, the other
keyboard, one letter apart, and last by meaning, which is also the way of a query in another language than the archive.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

import tantivy

from tawatur.search.asked_words import ranked_terms, words_sought
from tawatur.search.compiling import Compiler, Weights
from tawatur.search.correcting import Corrector
from tawatur.search.counting import count_facets
from tawatur.search.highlighting import Seeker, show
from tawatur.search.index import IndexReader, Snapshot
from tawatur.search.meanings import MeaningIndex, is_arabic
from tawatur.search.paging import MOST_BY_RELEVANCE, Place, Way, hash_of, read_cursor, write_cursor
from tawatur.search.query import Asked, read_query
from tawatur.search.records import FACETS, Document, Hit, Note, Results, SearchQuery, Similar, Suggestion, Why
from tawatur.search.reranking import Reranker
from tawatur.search.schema import Stored, seconds_of
from tawatur.search.suggesting import suggest
from tawatur.search.terms import words_of

__all__ = ["Meanings", "SearchIndex"]

#: Fewer articles than this, and a more forgiving way is tried.
FEW = 3
#: Articles given for a query by meaning alone.
MOST_BY_MEANING = 50
MOST_ON_A_PAGE = 200
# Newer by a week, worth half as much again.
_HALF_LIFE_SECONDS = 7 * 86_400
_FRESH_LIFT = 0.5


class Meanings(Protocol):
    """The nearest-neighbour index of meanings, as searching needs it."""

    def answers(self, text: str, limit: int) -> Sequence[tuple[str, float, str]]:
        """Give articles near in meaning: id, likeness, language of the query's letters aside."""

    def wanted_for(self, text: str) -> bool:
        """Tell whether a query is in another language than most of the archive."""

    def similar(self, article_id: str, limit: int) -> tuple[Similar, ...]: ...


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A candidate with its text, ready to be shown."""

    score: float
    stored: Stored

    @property
    def document(self) -> Document:
        return self.stored.document


class SearchIndex:
    """The index of one home, for searching. Made by ``SearchIndex.open``; may be used from several threads."""

    def __init__(self, reader: IndexReader, meanings: Meanings | None = None, weights: Weights | None = None) -> None:
        self._reader = reader
        self._meanings = meanings
        self._weights = weights or Weights()

    @classmethod
    def open(cls, folder: Path, *, meanings: Meanings | None = None, weights: Weights | None = None) -> SearchIndex:
        """Open the index in a folder; one that is not there yet answers everything with nothing."""
        reader = IndexReader(folder)
        if meanings is None:

            def read(ids: Sequence[str]) -> dict[str, Document]:
                snapshot = reader.snapshot()
                return {} if snapshot is None else _documents(snapshot, ids)

            meanings = MeaningIndex(folder / "meanings", read)
        return cls(reader, meanings, weights)

    def count(self) -> int:
        """Count the articles in the index."""
        snapshot = self._reader.snapshot()
        return 0 if snapshot is None else snapshot.count()

    def search(self, query: SearchQuery) -> Results:
        """Give a page of articles that answer a query. No text raises.

        Raises:
            StoreError: The index cannot be read.
        """
        snapshot = self._reader.snapshot()
        asked = read_query(query.text)
        if snapshot is None or (asked.root is None and _is_bare(query)):
            return Results(hits=(), total=0, notes=asked.notes)
        return _Search(snapshot, asked, query, self._weights, self._meanings).run()

    def ranking(self, query: SearchQuery) -> list[tuple[str, float]]:
        """Give ids and scores of the first page alone, without passages: for those who show nothing."""
        snapshot = self._reader.snapshot()
        asked = read_query(query.text)
        if snapshot is None or asked.root is None:
            return []
        return _Search(snapshot, asked, query, self._weights, self._meanings).ranking()

    def suggest(self, typed: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """Give what the last word being typed may become, the most frequent in headlines first."""
        snapshot = self._reader.snapshot()
        return () if snapshot is None else suggest(snapshot, typed, limit)

    def similar(self, article_id: str, limit: int = 10) -> tuple[Similar, ...]:
        """Give the articles nearest in meaning to one, best first; empty when its meaning is not indexed."""
        return () if self._meanings is None else self._meanings.similar(article_id, limit)

    def documents(self, ids: Sequence[str]) -> dict[str, Document]:
        """Give articles as the index holds them."""
        snapshot = self._reader.snapshot()
        return {} if snapshot is None else _documents(snapshot, ids)


class _Search:
    """One query over one snapshot."""

    def __init__(
        self, snapshot: Snapshot, asked: Asked, query: SearchQuery, weights: Weights, meanings: Meanings | None
    ) -> None:
        self.snapshot, self.asked, self.query, self.weights = snapshot, asked, query, weights
        self.meanings = meanings if query.across_languages and not query.strict and asked.is_plain else None
        self._is_foreign = (
            self.meanings is not None and not is_arabic(asked.text) and self.meanings.wanted_for(asked.text)
        )
        self._is_by_date = query.sort in ("newest", "oldest")
        self.notes = list(asked.notes)
        self.limit = max(1, min(query.limit, MOST_ON_A_PAGE))
        self.place = self._read_place()
        self.up_to = snapshot.sequence if self.place is None else self.place.up_to

    def run(self) -> Results:
        way, total, suggestion = self._way()
        if way.reason == "meaning":
            return self._by_meaning(way)
        asked = self.asked if way.instead is None else read_query(way.instead)
        question = self._question(asked, way)
        found = self._by_date(question) if self._is_by_date else self._by_relevance(question, asked)
        seeker = Seeker(words_sought(asked, self.asked, way), strict=self.query.strict)
        page = found[: self.limit]
        hits = tuple(_as_hit(ranked, seeker) for ranked in page)
        return Results(
            hits=hits,
            total=total,
            next_cursor=self._next_cursor(page, way) if len(found) > self.limit else None,
            did_you_mean=suggestion,
            notes=tuple(dict.fromkeys(self.notes)),
            facets=count_facets(self.snapshot, question) if self.query.facets else None,
        )

    def ranking(self) -> list[tuple[str, float]]:
        way, _, _ = self._way()
        asked = self.asked if way.instead is None else read_query(way.instead)
        found = self._by_relevance(self._question(asked, way), asked)
        return [(each.document.id, each.score) for each in found[: self.limit]]

    def _read_place(self) -> Place | None:
        if self.query.cursor is None:
            return None
        place = read_cursor(self.query.cursor, self.query)
        if place is None:
            self.notes.append(Note(kind="cursor-expired"))
        elif place.generation != self.snapshot.generation:
            return replace(place, up_to=self.snapshot.sequence)  # built anew: numbers are others, what was shown is not
        return place

    def _question(self, asked: Asked, way: Way) -> tantivy.Query:
        nearly_all = self._is_by_date or self._is_foreign
        compiler = Compiler(self.snapshot, self.weights, self.query.strict, way.any_word, nearly_all)
        up_to = None if self.place is None else self.up_to
        return compiler.compile(asked, self.query, up_to=up_to)

    def _count(self, asked: Asked, way: Way) -> int:
        found: Any = self.snapshot.searcher.search(self._question(asked, way), 1, count=True)
        return int(found.count)

    def _way(self) -> tuple[Way, int, str | None]:
        """Choose how the query is answered: as typed, or more forgivingly when that finds too little."""
        if self.place is not None:
            way = self.place.way
            asked = self.asked if way.instead is None else read_query(way.instead)
            total = 0 if way.reason == "meaning" else self._count(asked, way)
            return way, total, None
        as_typed = Way()
        total = self._count(self.asked, as_typed)
        if total >= FEW or self.query.strict or not self.asked.is_plain:
            return as_typed, total, None
        return self._forgiving(total)

    def _forgiving(self, total: int) -> tuple[Way, int, str | None]:
        if self.meanings is not None and self.meanings.wanted_for(self.asked.text):
            other = self._other_keyboard() if total == 0 else None
            return other if other is not None else (Way(reason="meaning"), total, None)
        corrector = Corrector(self.snapshot)
        better = corrector.correct(words_of(self.asked.text))
        if total == 0:
            other = self._other_keyboard()
            if other is not None:
                return other
            if better is not None and (count := self._count(read_query(better), Way())):
                self.notes.append(Note(kind="corrected", detail=better))
                return Way(instead=better, reason="typo"), count, better
        any_word = Way(any_word=True)
        count = self._count(self.asked, any_word)
        if count > total:
            self.notes.append(Note(kind="some-words"))
            return any_word, count, better
        if total == 0 and self.meanings is not None:
            return Way(reason="meaning"), 0, better
        return Way(), total, better

    def _other_keyboard(self) -> tuple[Way, int, str | None] | None:
        corrector = Corrector(self.snapshot)
        typed = corrector.other_keyboard(self.asked.text)
        if typed is None or not (count := self._count(read_query(typed), Way())):
            return None
        self.notes.append(Note(kind="keyboard", detail=typed))
        return Way(instead=typed, reason="keyboard"), count, typed

    def _by_relevance(self, question: tantivy.Query, asked: Asked) -> list[_Ranked]:
        """Give the articles of this page and one more, the best first."""
        shown = self.place.shown if self.place else frozenset()
        left = MOST_BY_RELEVANCE - len(shown)
        if left <= 0:
            self.notes.append(Note(kind="too-deep"))
            return []
        depth = min(MOST_BY_RELEVANCE, len(shown) + self.limit + 1)
        window = self.weights.window
        found = self.snapshot.searcher.search(question, max(depth, window), count=False).hits
        stored = [self.snapshot.stored(address) for _, address in found]
        scores = [float(score) for score, _ in found]
        if not self.query.strict:
            scores[:window] = self._ranked_again(asked, scores[:window], stored[:window])
        scores = self._freshened(scores, [each.document for each in stored])
        ceiling = self.place.score if self.place and self.place.score is not None else float("inf")
        floor = min(scores[:window], default=0.0)
        ranked = [
            _Ranked(min(score, ceiling) if at < window else min(score, floor, ceiling), each)
            for at, (score, each) in enumerate(zip(scores, stored, strict=True))
            if hash_of(each.document.id) not in shown
        ]
        ranked.sort(key=lambda each: (-each.score, -seconds_of(each.document.shown_at), each.document.id))
        return ranked[: min(self.limit + 1, left + 1)]

    def _ranked_again(self, asked: Asked, scores: list[float], candidates: list[Stored]) -> list[float]:
        terms = ranked_terms(asked)
        if not terms or not candidates:
            return scores
        added = Reranker(self.snapshot, terms, self.weights).scores(candidates)
        return [score + more for score, more in zip(scores, added, strict=True)]

    def _freshened(self, scores: list[float], documents: list[Document]) -> list[float]:
        if self.query.sort != "fresh" or not documents:
            return scores
        seconds = [seconds_of(each.shown_at) for each in documents]
        newest = max(seconds)
        return [
            score * (1 + _FRESH_LIFT * 0.5 ** ((newest - second) / _HALF_LIFE_SECONDS))
            for score, second in zip(scores, seconds, strict=True)
        ]

    def _by_date(self, question: tantivy.Query) -> list[_Ranked]:
        newest = self.query.sort == "newest"
        shown = self.place.shown if self.place else frozenset()
        if self.place is not None and self.place.second is not None:
            bound = (None, self.place.second) if newest else (self.place.second, None)
            within = tantivy.Query.range_query(self.snapshot.schema, "shown_at", tantivy.FieldType.Integer, *bound)
            question = question.and_must_match(tantivy.Query.const_score_query(within, 0.0))
        order = tantivy.Order.Desc if newest else tantivy.Order.Asc
        found = self.snapshot.searcher.search(
            question, self.limit + len(shown) + 1, count=False, order_by_field="shown_at", order=order
        ).hits
        stored = [self.snapshot.stored(address) for _, address in found]
        fresh = [_Ranked(float(seconds_of(each.document.shown_at)), each) for each in stored]
        fresh = [each for each in fresh if hash_of(each.document.id) not in shown]
        sign = -1 if newest else 1
        fresh.sort(key=lambda each: (sign * each.score, each.document.id))
        return fresh

    def _by_meaning(self, way: Way) -> Results:
        if self.meanings is None:
            return Results(hits=(), total=0, notes=tuple(self.notes))
        answers = self.meanings.answers(self.asked.text, MOST_BY_MEANING)
        stored = _stored(self.snapshot, [id_ for id_, _, _ in answers])
        shown = self.place.shown if self.place else frozenset()
        allowed = self._allowed()
        lexical = self._by_relevance(self._question(self.asked, Way()), self.asked)
        seeker = Seeker(words_sought(self.asked, self.asked, Way()), strict=False)
        found = [(each, _as_hit(each, seeker)) for each in lexical]
        known = {each.document.id for each in lexical}
        for id_, likeness, passage in answers:
            each = stored.get(id_)
            if each and id_ not in known and hash_of(id_) not in shown and allowed(each.document):
                ranked = _Ranked(likeness, each)
                found.append((ranked, _as_meant(ranked, passage, self.asked.text)))
        if len(found) > len(lexical):
            self.notes.append(Note(kind="meaning"))
        page = found[: self.limit]
        hits = tuple(hit for _, hit in page)
        more = len(found) > self.limit
        return Results(
            hits=hits,
            total=len(known),
            next_cursor=self._next_cursor([ranked for ranked, _ in page], way) if more else None,
            notes=tuple(dict.fromkeys(self.notes)),
            facets=None,
        )

    def _allowed(self) -> Callable[[Document], bool]:
        query = self.query

        def allowed(document: Document) -> bool:
            day = document.shown_at.date()
            return (
                (not query.sources or document.source in query.sources)
                and (not query.sections or document.section in query.sections)
                and (not query.languages or document.language in query.languages)
                and (not query.people or not set(query.people).isdisjoint(document.people))
                and (not query.places or not set(query.places).isdisjoint(document.places))
                and (query.after is None or day >= query.after)
                and (query.before is None or day <= query.before)
            )

        return allowed

    def _next_cursor(self, page: Sequence[_Ranked], way: Way) -> str | None:
        if not page:
            return None
        before = self.place.shown if self.place else frozenset()
        hashes = {hash_of(each.document.id) for each in page}
        if not self._is_by_date or way.reason == "meaning":
            place = Place(self.snapshot.generation, self.up_to, way, before | hashes, None, page[-1].score)
            return write_cursor(place, self.query)
        second = seconds_of(page[-1].document.shown_at)
        tied = {hash_of(each.document.id) for each in page if seconds_of(each.document.shown_at) == second}
        if self.place is not None and self.place.second == second:
            tied |= before
        return write_cursor(Place(self.snapshot.generation, self.up_to, way, frozenset(tied), second), self.query)


def _documents(snapshot: Snapshot, ids: Sequence[str]) -> dict[str, Document]:
    return {id_: each.document for id_, each in _stored(snapshot, ids).items()}


def _stored(snapshot: Snapshot, ids: Sequence[str]) -> dict[str, Stored]:
    if not ids:
        return {}
    question = tantivy.Query.term_set_query(snapshot.schema, "id", list(ids))
    found = [snapshot.stored(address) for _, address in snapshot.searcher.search(question, len(ids), count=False).hits]
    return {each.document.id: each for each in found}


def _is_bare(query: SearchQuery) -> bool:
    return not (query.after or query.before or any(getattr(query, chosen) for chosen in FACETS.values()))


def _as_hit(ranked: _Ranked, seeker: Seeker) -> Hit:
    document = ranked.document
    marked = show(ranked.stored, seeker)
    return Hit(
        id=document.id,
        score=round(ranked.score, 4),
        title=document.title or None,
        snippet=marked.snippet,
        highlights=marked.highlights,
        why=marked.why,
        title_highlights=marked.title_highlights,
        url=document.url,
        source=document.source,
        section=document.section,
        language=document.language,
        shown_at=document.shown_at,
    )


def _as_meant(ranked: _Ranked, passage: str, typed: str) -> Hit:
    hit = _as_hit(ranked, Seeker((), strict=False))
    why = Why(term=typed, matched=passage or hit.title or hit.snippet, reason="meaning")
    return replace(hit, why=(why,))
