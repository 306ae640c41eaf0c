"""Whether what was found in an article stands in it, where the finding says."""

from __future__ import annotations

from collections.abc import Iterator

from tawatur.model import Article
from tawatur.model.analysis import Analysis
from tawatur.text.spans import Span


def not_in_text(article: Article, analysis: Analysis) -> Iterator[tuple[str, str]]:
    """Findings that do not stand in the article, or not where they say."""
    texts = {field: getattr(article, field) or "" for field in ("title", "abstract", "body")}
    whole = "\n".join(texts.values())

    def at(span: Span) -> str:
        return span.of(texts[span.field])

    for quote in analysis.quotes:
        if texts[quote.field][quote.start : quote.end] != quote.text:
            yield "quote", quote.text
        if quote.speaker and quote.speaker not in whole:
            yield "speaker", quote.speaker
        if quote.role and quote.role not in whole:
            yield "role", quote.role
    for source in analysis.sources:
        if texts[source.field][source.start : source.end] != source.evidence:
            yield "evidence of a source", source.evidence
        for name in (source.name, *source.hops):
            if name not in whole:
                yield "source", name
    for event in analysis.events:
        if texts[event.field][event.start : event.end] != event.evidence:
            yield "evidence of an event", event.evidence
        for text in filter(None, (event.what, event.where)):
            if text not in whole:
                yield "event", text
    for entity in analysis.entities:
        if not entity.spans or any(at(span) != entity.text for span in entity.spans):
            yield "entity", entity.text
    for phrase in analysis.keyphrases:
        if phrase.text not in whole:
            yield "keyphrase", phrase.text
    for sentence, span in zip(analysis.summary, analysis.summary_spans, strict=True):
        if at(span) != sentence:
            yield "summary", sentence
