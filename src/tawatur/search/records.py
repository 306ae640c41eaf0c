"""What is asked of the index, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

__all__ = [
    "FACETS",
    "Document",
    "Facet",
    "Facets",
    "Hit",
    "Note",
    "Reason",
    "Results",
    "SearchQuery",
    "Similar",
    "Sort",
    "Suggestion",
    "Why",
]

#: ``fresh``: by relevance, newer articles lifted (half of the lift is gone after a week).
Sort = Literal["relevance", "fresh", "newest", "oldest"]

#: Why a word of the text answers a word of the query, the plainest first.
Reason = Literal[
    "letters",  # the same letters, as Arabic readers see them (أ/ا، ة/ه، ی/ي، diacritics, digits)
    "clitic",  # the same word under و ف ب ل ك س ال or with a pronoun
    "plural",  # a broken plural and its singular
    "stem",  # another form of the word
    "alias",  # another spelling or name of the same
    "prefix",  # the word begins as ``word*`` asks
    "typo",  # one letter apart, where the word as typed is not to be found
    "keyboard",  # typed with the keyboard set to the other alphabet
    "meaning",  # another language, or other words, of the same meaning
]

#: What the searcher should be told; each has a text in the message catalogues under ``search.note.<kind>``.
NoteKind = Literal[
    "unreadable-part",  # a part of the query could not be understood and was read as plain words
    "unknown-field",  # ``detail:`` is no field of ours; it was read as plain words
    "bad-date",  # ``after:``/``before:`` with something that is no day; it was left out
    "nothing-asked",  # the query holds no word
    "some-words",  # too few articles hold all the words: articles that hold some are given as well
    "corrected",  # nothing held the words as typed; ``detail`` was searched instead
    "keyboard",  # the keyboard was in another alphabet; ``detail`` was searched instead
    "meaning",  # articles were found by their meaning, not their words
    "cursor-expired",  # the index was rebuilt or the cursor is not ours: this is the first page
    "too-deep",  # relevance ends here; sort by date to go on
    "too-long",  # the query was cut
]


#: What can be counted and chosen beside the words: the index's field, and the field of a query and of its facets.
FACETS = {
    "source": "sources",
    "section": "sections",
    "language": "languages",
    "person": "people",
    "place": "places",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """A query as typed, and the settings beside it."""

    #: The words, in the query language of ``docs/search.md``.
    text: str
    limit: int = 20
    #: ``next_cursor`` of the page before; None for the first.
    cursor: str | None = None
    #: Letters only: no clitics, stems, plurals, aliases, typos, keyboards or meanings.
    strict: bool = False
    sort: Sort = "relevance"
    #: Facets chosen beside the words; within one of them any value will do.
    sources: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    #: Days in UTC, both included; as ``after:`` and ``before:`` in the words.
    after: date | None = None
    before: date | None = None
    #: Whether to count sources, sections and days of everything found.
    facets: bool = False
    #: Whether a query may find articles of other languages by meaning.
    across_languages: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """One word of the query and the word of the text that answers it."""

    term: str
    #: As printed in the article; for ``meaning`` the passage that is nearest.
    matched: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One article found."""

    id: str
    score: float
    title: str | None
    #: A passage of the article around the words; cuts are marked with ``…``.
    snippet: str
    #: Spans of ``snippet`` in code points, in order, not overlapping.
    highlights: tuple[tuple[int, int], ...]
    why: tuple[Why, ...]
    #: Spans of ``title``.
    title_highlights: tuple[tuple[int, int], ...] = ()
    url: str | None = None
    source: str | None = None
    section: str | None = None
    language: str | None = None
    #: The time the article is shown under, UTC.
    shown_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """How many of the articles found have one value."""

    value: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """Counts over everything found; sources and sections by count, days in order."""

    sources: tuple[Facet, ...] = ()
    sections: tuple[Facet, ...] = ()
    languages: tuple[Facet, ...] = ()
    #: ``2023-09-20``; the latest of them when there are very many.
    days: tuple[Facet, ...] = ()
    #: Of the articles that are analysed.
    people: tuple[Facet, ...] = ()
    places: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something the searcher should be told."""

    kind: NoteKind
    #: What it is about: a field, a day, the words searched instead.
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """A page of what was found."""

    hits: tuple[Hit, ...]
    #: How many articles answer the words; those found by meaning alone are not counted.
    total: int
    #: None on the last page.
    next_cursor: str | None = None
    #: A better spelling of the whole query; None when there is none.
    did_you_mean: str | None = None
    notes: tuple[Note, ...] = ()
    #: None unless asked for.
    facets: Facets | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A word or phrase that what is being typed may become."""

    text: str
    #: In how many headlines it stands.
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar:
    """An article of like meaning; ``likeness`` is the cosine of the two vectors."""

    id: str
    likeness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article as the index takes it in."""

    id: str
    title: str
    #: Standfirst, body and entries of a live blog, paragraphs joined by ``\\n``.
    body: str
    #: The time it is shown under; orders, filters and dates it.
    shown_at: datetime
    url: str | None = None
    source: str | None = None
    section: str | None = None
    language: str | None = None
    #: Who speaks in it, in the fullest form it has; from its analysis, empty until it is analysed.
    speakers: tuple[str, ...] = ()
    #: People and places it names, each as its bearer is called.
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
