"""
What there is to know of each noun phrase of an article before it is ranked: where and how often it stands, what it is
made of, how the news uses it, and whether it is whole.

All phrases of an article are looked at together: its words are rows of one table, a phrase is a run of rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tawatur.analysis.document import Document, Passage
from tawatur.analysis.noun_phrases import (
    LONGEST_PHRASE_WORDS,
    NounPhrase,
    Unit,
    find_noun_phrases,
    find_touching,
    read_units,
)
from tawatur.analysis.phrase_frequencies import load_phrase_frequencies, phrase_hashes
from tawatur.model.analysis import Entity
from tawatur.model.frequencies import ArchiveFrequencies
from tawatur.text.spans import Field

__all__ = ["FEATURES", "Candidate", "PhraseText", "features_of", "name_words", "read_phrases"]

Floats = NDArray[np.float32]
Places = NDArray[np.intp]

FEATURES = (
    "title_share", "lead_share", "log_articles", "rarest_word", "commonest_word", "cohesion", "title_rate",
    "begins_name", "begins_adjective", "begins_number", "ends_name", "ends_adjective", "ends_number", "names",
    "adjectives", "joined", "clitic_inside", "and_inside", "begins_article", "ends_article", "pronoun_end",
    "pronoun_inside", "edge_inside", "latin", "word_count", "last_word_count", "first_word_count", "words", "letters",
    "count", "density", "first", "first_share", "spread", "in_title", "in_abstract", "in_lead", "left_noun",
    "left_name", "left_touch", "right_noun", "right_adjective", "right_name", "right_touch", "quoted",
    "right_extension", "left_extension", "right_bond", "left_bond", "entity", "person", "place", "organisation",
    "in_entity", "has_entity",
    "article_words", "phrases",
)  # fmt: skip
# The lead: where Arabic news tells who did what.
LEAD_WORDS = 40
_OPENING = frozenset("«\"“(‘'[")
_CLOSING = frozenset("»\"”)’']")
_SHAPES = {"-": 0, "N": 1, "P": 2, "A": 3, "D": 4, "b": 5}
_NOUN, _NAME, _ADJECTIVE, _NUMBER, _BRIDGE, _OWNED_NOUN = 1, 2, 3, 4, 5, 6
_LEADS = {"": 0, "p": 1, "c": 2, "m": 3}
_FIELDS = {"title": 0, "abstract": 1, "body": 2}
_TYPES = ("PER", "LOC", "ORG")
_SMOOTHED_ARTICLES = 3.0
# Above the logarithm of one article, below that of four, the fewest that ship.
_HARDLY_SEEN = 0.5
# Below the logarithm of any share, and beyond any place.
_RAREST, _NEVER = -99.0, 1 << 60
# A phrase has a joining word or two besides its six words of content.
_LONGEST = LONGEST_PHRASE_WORDS + 2


@dataclass(slots=True)
class Candidate:
    """A noun phrase with all its places; a place is the number of the passage in ``Document.passages`` and the run."""

    key: str
    places: list[tuple[int, NounPhrase]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PhraseText:
    """A passage read for its phrases."""

    passage: Passage
    units: list[Unit]
    #: Of each word: nothing but a space stands between it and the next.
    touches: list[bool]
    #: The row of its first word in the article's table.
    base: int


def read_phrases(document: Document, entities: Sequence[Entity] = ()) -> tuple[list[Candidate], list[PhraseText]]:
    """Give the noun phrases and names of an article, each once, and the texts as read."""
    found: dict[str, Candidate] = {}
    texts: list[PhraseText] = []
    base = 0
    for number, passage in enumerate(document.passages):
        text = PhraseText(passage, read_units(passage), find_touching(passage), base)
        texts.append(text)
        base += len(text.units)
        for phrase in find_noun_phrases(text.units, text.touches):
            candidate = found.get(phrase.key)
            if candidate is None:
                candidate = found[phrase.key] = Candidate(phrase.key)
            candidate.places.append((number, phrase))
    if entities:
        _add_names(found, texts, entities)
    return list(found.values()), texts


def _add_names(found: dict[str, Candidate], texts: list[PhraseText], entities: Sequence[Entity]) -> None:
    """Add the names that the parts of speech do not bound as phrases: «قره باغ», its first word read as a pronoun."""
    number_of = {text.passage.field: number for number, text in enumerate(texts)}
    places = {(number, place[:2]) for candidate in found.values() for number, place in candidate.places}
    for name_field, first, last, _ in name_words(texts, entities):
        number = number_of[name_field]
        if (number, (first, last)) in places or last - first >= LONGEST_PHRASE_WORDS:
            continue
        units = texts[number].units[first : last + 1]
        phrase = NounPhrase(first, last, " ".join(unit.key for unit in units), "P" * len(units))
        found.setdefault(phrase.key, Candidate(phrase.key)).places.append((number, phrase))


class _Words:
    """The words of an article, a row each, the passages one behind the other."""

    def __init__(self, texts: list[PhraseText], log_articles: Callable[[Sequence[str]], Floats]) -> None:
        units = [unit for text in texts for unit in text.units]
        words = [word for text in texts for word in text.passage.words]
        table = np.array(
            [
                (
                    *(_SHAPES[unit.shape], unit.has_article, unit.has_pronoun, unit.is_edge),
                    *(_LEADS[unit.lead], unit.behind),
                )
                for unit in units
            ],
            dtype=np.int16,
        )
        self.shape, self.has_article, self.has_pronoun, is_edge, self.lead, behind = table.T
        self.nominal = (self.shape >= _NOUN) & (self.shape <= _ADJECTIVE)
        self.is_edge = is_edge * (self.shape != _BRIDGE)
        self.start = np.array([word.start for word in words]) + behind
        self.end = np.array([word.end for word in words])
        self.latin = np.array([word.text[0] < "\u0250" for word in words])
        self.opens = np.array([word.text in _OPENING for word in words])
        self.closes = np.array([word.text in _CLOSING for word in words])
        self.field = np.concatenate([np.full(len(text.units), _FIELDS[text.passage.field]) for text in texts])
        self.length = max(1, int((self.field > 0).sum()))
        #: Where it stands in abstract and body.
        self.place = np.maximum(np.cumsum(self.field > 0) - 1, 0)
        keys = [unit.key for unit in units]
        nominal = [key for key, shape in zip(keys, self.nominal, strict=True) if shape]
        counts = Counter(nominal)
        self.count = np.array([counts[key] for key in keys], dtype=np.float32)
        self.in_title = self._among(keys, self.field == 0)
        self.in_lead = self._among(keys, (self.field > 0) & (self.place < LEAD_WORDS))
        self.log_articles = log_articles(keys)
        self._sides([touches for text in texts for touches in text.touches])

    def _among(self, keys: list[str], rows: NDArray[np.bool_]) -> Floats:
        chosen = {keys[at] for at in np.flatnonzero(rows & self.nominal)}
        return np.array([key in chosen for key in keys], dtype=np.float32)

    def _sides(self, touches: list[bool]) -> None:
        """Tell the shape of what touches each word on its left and right, 0 for nothing."""
        joined = np.array(touches[:-1], dtype=bool) & (self.lead[1:] == 0)
        seen = np.where((self.has_pronoun > 0) & (self.shape == _NOUN), _OWNED_NOUN, self.shape)
        nothing = np.zeros(1, dtype=np.int16)
        self.right = np.concatenate([np.where(joined, self.shape[1:], 0), nothing])
        self.left = np.concatenate([nothing, np.where(joined, seen[:-1], 0)])


def features_of(
    candidates: Sequence[Candidate],
    texts: list[PhraseText],
    entities: Sequence[Entity],
    archive: ArchiveFrequencies | None = None,
) -> Floats:
    """Give the features of each candidate, a row each."""
    if not candidates:
        return np.zeros((0, len(FEATURES)), np.float32)
    shipped = load_phrase_frequencies()
    total = shipped.articles + (archive.articles if archive else 0)

    def usage(keys: Sequence[str]) -> tuple[Floats, Floats]:
        """Tell the logarithm of the share of articles with each phrase, and how often it is in the title of those."""
        hashes = phrase_hashes(keys)
        articles, titles = shipped.of(hashes)
        rates = titles / (articles + np.float32(_SMOOTHED_ARTICLES))
        if archive is not None:
            articles = articles + archive.of(hashes).astype(np.float32)
        unseen = total / shipped.articles  # one article of those that ship; the same share as they grow
        logs: Floats = np.log((articles + np.float32(unseen)) / np.float32(total))
        return logs, rates

    words = _Words(texts, lambda keys: usage(keys)[0])
    logs, rates = usage([candidate.key for candidate in candidates])
    firsts = [candidate.places[0] for candidate in candidates]
    first = np.array([texts[number].base + phrase.first for number, phrase in firsts])
    last = np.array([texts[number].base + phrase.last for number, phrase in firsts])
    columns: list[NDArray[Any]] = [
        *_made_of(words, first, last, logs),
        *_stands(words, candidates, texts, entities, logs),
    ]
    columns.insert(FEATURES.index("title_rate"), rates)
    columns += [np.full(len(candidates), words.length), np.full(len(candidates), len(candidates))]
    rows: Floats = np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)
    return rows


def _made_of(words: _Words, first: Places, last: Places, logs: Floats) -> list[NDArray[Any]]:
    """Tell what phrases are made of."""
    at = first[:, None] + np.arange(_LONGEST)
    inside = at <= last[:, None]
    at = np.minimum(at, last[:, None])
    shape = np.where(inside, words.shape[at], 0)
    behind_first = inside & (np.arange(_LONGEST) > 0)
    nominal = inside & words.nominal[at]
    content = inside & (shape != _BRIDGE)
    number, size = np.maximum(nominal.sum(axis=1), 1), content.sum(axis=1)
    of_words = words.log_articles[at]
    rarest = np.where(nominal, of_words, np.float32(0)).min(axis=1)
    begins, ends = words.shape[first], words.shape[last]
    return [
        (nominal * words.in_title[at]).sum(axis=1) / number,
        (nominal * words.in_lead[at]).sum(axis=1) / number,
        logs,
        rarest,
        np.where(nominal, of_words, np.float32(_RAREST)).max(axis=1),
        np.where(size > 1, logs - rarest, 0),
        begins == _NAME, begins == _ADJECTIVE, begins == _NUMBER,
        ends == _NAME, ends == _ADJECTIVE, ends == _NUMBER,
        (shape == _NAME).sum(axis=1) / np.maximum(size, 1), (shape == _ADJECTIVE).sum(axis=1) / np.maximum(size, 1),
        (shape == _BRIDGE).any(axis=1),
        (behind_first & (words.lead[at] == _LEADS["p"])).any(axis=1),
        (behind_first & (words.lead[at] == _LEADS["c"])).any(axis=1),
        words.has_article[first], words.has_article[last], words.has_pronoun[last],
        (inside & (at < last[:, None]) & (words.has_pronoun[at] > 0)).any(axis=1),
        (inside & (words.is_edge[at] > 0)).any(axis=1),
        words.latin[first],
        np.log1p((nominal * words.count[at]).sum(axis=1) / number),
        np.log1p(words.count[last]), np.log1p(words.count[first]),
        size, words.end[last] - words.start[first],
    ]  # fmt: skip


def _stands(
    words: _Words, candidates: Sequence[Candidate], texts: list[PhraseText], entities: Sequence[Entity], logs: Floats
) -> list[NDArray[Any]]:
    """Tell where phrases stand, and beside what."""
    counts = np.array([len(candidate.places) for candidate in candidates])
    which = np.repeat(np.arange(len(candidates)), counts)
    places = [place for candidate in candidates for place in candidate.places]
    first = np.array([texts[number].base + phrase.first for number, phrase in places])
    last = np.array([texts[number].base + phrase.last for number, phrase in places])

    def share(of_place: NDArray[Any]) -> NDArray[Any]:
        shares: NDArray[Any] = np.bincount(which, weights=of_place, minlength=len(counts)) / counts
        return shares

    field, place = words.field[first], words.place[first]
    begin = np.full(len(counts), _NEVER)
    end = np.zeros(len(counts), dtype=np.intp)
    told = field > 0
    np.minimum.at(begin, which[told], place[told])
    np.maximum.at(end, which[told], place[told])
    begin = np.where(begin == _NEVER, 0, begin)
    left, right = words.left[first], words.right[last]
    quoted = np.zeros(len(first), dtype=bool)
    within = (first > 0) & (last + 1 < len(words.shape))
    quoted[within] = words.opens[first[within] - 1] & words.closes[last[within] + 1]
    longer_right, longer_left = _extensions(first, last, counts[which], logs[which], which, len(counts))
    return [
        np.log1p(counts), 100 * counts / words.length, np.log1p(begin), begin / words.length,
        (end - begin) / words.length, share(field == 0) > 0, share(field == 1) > 0, begin < LEAD_WORDS,
        share(left == _NOUN), share(left == _NAME), share(left != 0),
        share(right == _NOUN), share(right == _ADJECTIVE), share(right == _NAME), share(right != 0), share(quoted),
        longer_right[0] / counts, longer_left[0] / counts, longer_right[1], longer_left[1],
        *_as_names(texts, entities, first, last, share),
    ]  # fmt: skip


def _extensions(
    first: Places, last: Places, counts: Places, logs: Floats, which: Places, phrases: int
) -> list[tuple[NDArray[Any], NDArray[Any]]]:
    """Tell of the phrases longer by a word on the right, and on the left: how often the most frequent one stands here.

    And how much of the news' use of a phrase they are at most: «إطلاق النار» is mostly «وقف إطلاق النار».
    """
    codes = first * _LONGEST + (last - first)
    unseen = _HARDLY_SEEN - np.log(load_phrase_frequencies().articles)
    order = np.argsort(codes)
    found = []
    for longer in (codes + 1, codes - _LONGEST + 1):
        at = order[np.minimum(np.searchsorted(codes, longer, sorter=order), len(codes) - 1)]
        is_there = codes[at] == longer
        is_known = is_there & (logs[at] > unseen)
        most, bond = np.zeros(phrases), np.zeros(phrases)
        np.maximum.at(most, which, np.where(is_there, counts[at], 0))
        np.maximum.at(bond, which, np.where(is_known, np.exp(np.minimum(logs[at] - logs, 0)), 0))
        found.append((most, bond))
    return found


def _as_names(
    texts: list[PhraseText],
    entities: Sequence[Entity],
    first: Places,
    last: Places,
    share: Callable[[NDArray[Any]], NDArray[Any]],
) -> list[NDArray[Any]]:
    """Tell whether phrases are names, of which type, part of one, or longer than one."""
    base_of = {text.passage.field: text.base for text in texts}
    spans = [(base_of[name[0]] + name[1], base_of[name[0]] + name[2], name[3]) for name in name_words(texts, entities)]
    if not spans:
        nothing = share(np.zeros(len(first)))
        return [nothing] * 6
    begins, ends, types = (np.array(column) for column in zip(*spans, strict=True))
    order = np.lexsort((-ends, begins))
    begins, ends, types = begins[order], ends[order], types[order]
    after = np.searchsorted(begins, first, side="right")
    before = np.maximum(after - 1, 0)
    covered = (after > 0) & (ends[before] >= last)
    exact = covered & (begins[before] == first) & (ends[before] == last)
    behind = np.minimum(np.searchsorted(begins, first, side="left"), len(begins) - 1)
    holds = ~exact & (begins[behind] >= first) & (ends[behind] <= last)
    kinds = [share(exact & (types[before] == number)) > 0 for number in range(len(_TYPES))]
    return [share(exact), *kinds, share(covered & ~exact), share(holds)]


def name_words(texts: list[PhraseText], entities: Sequence[Entity]) -> list[tuple[Field, int, int, int]]:
    """Give where names stand: the text, the places of their first and last words, and the number of their type."""
    text_of = {text.passage.field: text for text in texts}
    found = []
    for entity in entities:
        for span in entity.spans:
            text = text_of.get(span.field)
            if text is None:
                continue
            inside = text.passage.word_range(span.start, span.end)
            first = inside.start
            if first > 0 and text.passage.words[first - 1].end > span.start:
                first -= 1  # the name begins behind a clitic
            if first < inside.stop:
                found.append((span.field, first, inside.stop - 1, _TYPES.index(entity.type)))
    return found
