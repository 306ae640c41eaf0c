"""The way of one article through the finders: each reads what those before it gave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, tzinfo
from itertools import islice

from tawatur.analysis import attribution, entities, events, keyphrases, quotes, statements, summary
from tawatur.analysis.document import Document, read_documents
from tawatur.model.analysis import Analysis
from tawatur.model.article import Article

__all__ = ["MADE_BY", "analyse", "analyse_dated", "analyse_document", "analyse_many"]

#: What stands in ``Analysis.made_by``: an analysis with another is an older one's.
MADE_BY = " ".join(
    f"{finder.__name__.rpartition('.')[2]}/{finder.VERSION}"
    for finder in (entities, quotes, attribution, events, keyphrases, summary)
)
# Read at once: more are no faster.
_ARTICLES_IN_A_BATCH = 16


def analyse(article: Article, zone: tzinfo = UTC) -> Analysis:
    """Analyse one article; ``zone`` is its outlet's own, in which «أمس» is counted."""
    return next(analyse_dated(((article, zone),)))


def analyse_many(articles: Iterable[Article]) -> Iterator[Analysis]:
    """Analyse articles whose outlets' zones nobody knows, in order; faster than one by one."""
    return analyse_dated((article, UTC) for article in articles)


def analyse_dated(articles: Iterable[tuple[Article, tzinfo]]) -> Iterator[Analysis]:
    """Analyse articles, each with its outlet's own zone, in order; faster than one by one."""
    waiting = iter(articles)
    while batch := list(islice(waiting, _ARTICLES_IN_A_BATCH)):
        for document in read_documents(batch):
            yield analyse_document(document)


def analyse_document(document: Document) -> Analysis:
    """Analyse an article that is read already."""
    names = entities.find_entities(document)
    heard = statements.listen(document, names)
    sources, links = attribution.find_sources(document, names, heard)
    phrases = keyphrases.find_keyphrases(document, names)
    spans = summary.find_summary(document, phrases)
    return Analysis(
        id=document.article.id,
        made_by=MADE_BY,
        keyphrases=phrases,
        entities=names,
        quotes=quotes.quotes_of(document, heard.statements, links),
        sources=sources,
        events=events.find_events(document, names),
        summary=tuple(map(document.slice, spans)),
        summary_spans=spans,
    )
