"""The way of one article through the finders: each reads what those before it gave."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, tzinfo
from itertools import islice

from tawatur.analysis import attribution, entities, events, keyphrases, quotes, statements, summary
from tawatur.analysis.document import Document, read_documents
from tawatur.analysis.phrase_features import read_phrases
from tawatur.model.analysis import Analysis
from tawatur.model.article import Article
from tawatur.model.frequencies import ArchiveFrequencies, PhraseHashes
from tawatur.text.language import identify

__all__ = ["MADE_BY", "analyse", "analyse_dated", "analyse_document", "analyse_in_archive", "analyse_many"]

#: What stands in ``Analysis.made_by``: an analysis with another is an older one's.
MADE_BY = " ".join(
    f"{finder.__name__.rpartition('.')[2]}/{finder.VERSION}"
    for finder in (entities, quotes, attribution, events, keyphrases, summary)
)
# Read at once: more are no faster.
_ARTICLES_IN_A_BATCH = 16
# A headline and a line tell a language; 0 of 6,180 articles of the archive were taken for another.
_LETTERS_TOLD_BY = 300
# A letter that is none of the Arabic alphabet's: without one the text need not be weighed.
_OTHER_LETTER = re.compile(r"[^\W\d_\u0621-\u063a\u0641-\u064a]")


def analyse(article: Article, zone: tzinfo = UTC) -> Analysis:
    """Analyse one article; ``zone`` is its outlet's own, in which «أمس» is counted."""
    return next(analyse_dated(((article, zone),)))


def analyse_many(articles: Iterable[Article]) -> Iterator[Analysis]:
    """Analyse articles whose outlets' zones nobody knows, in order; faster than one by one."""
    return analyse_dated((article, UTC) for article in articles)


def analyse_dated(articles: Iterable[tuple[Article, tzinfo]]) -> Iterator[Analysis]:
    """Analyse articles, each with its outlet's own zone, in order; faster than one by one."""
    return (analysis for analysis, _ in analyse_in_archive(articles, None))


def analyse_in_archive(
    articles: Iterable[tuple[Article, tzinfo]], archive: ArchiveFrequencies | None
) -> Iterator[tuple[Analysis, PhraseHashes]]:
    """Analyse articles by what their archive has counted; with each, the phrases that it may count."""
    waiting = iter(articles)
    while batch := list(islice(waiting, _ARTICLES_IN_A_BATCH)):
        for document in read_documents(batch):
            yield _find(document, archive)


def analyse_document(document: Document) -> Analysis:
    """Analyse an article that is read already."""
    return _find(document, None)[0]


def _find(document: Document, archive: ArchiveFrequencies | None) -> tuple[Analysis, PhraseHashes]:
    """
    Find all there is, and the phrases to count.

    What reads names, quotes and phrases knows Arabic alone: of an article in another language those are left out,
    and its sources that the registry knows, its dates and its own sentences are given.
    """
    is_arabic = _is_arabic(document)
    names = entities.find_entities(document) if is_arabic else ()
    heard = statements.listen(document, names)
    sources, links = attribution.find_sources(document, names, heard)
    candidates, texts = read_phrases(document, names) if is_arabic else ([], [])
    phrases = keyphrases.choose_keyphrases(candidates, texts, names, archive)
    spans = summary.find_summary(document, phrases)
    analysis = Analysis(
        id=document.article.id,
        made_by=MADE_BY,
        keyphrases=phrases,
        entities=names,
        quotes=quotes.quotes_of(document, heard.statements, links) if is_arabic else (),
        sources=sources,
        events=events.find_events(document, names),
        summary=tuple(map(document.slice, spans)),
        summary_spans=spans,
    )
    return analysis, keyphrases.hashes_of(candidates)


def _is_arabic(document: Document) -> bool:
    text = " ".join(passage.text[:_LETTERS_TOLD_BY] for passage in document.passages)[:_LETTERS_TOLD_BY]
    return not _OTHER_LETTER.search(text) or identify(text).code in ("ar", "und")
