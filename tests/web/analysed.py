"""A hand-made analysis of the press's first article: every kind of finding, nested and overlapping."""

from __future__ import annotations

from tawatur.model import Article
from tawatur.model.analysis import Analysis, Entity, EntityType, Event, InformationSource, KeyPhrase, Quote
from tawatur.text.spans import Field, Span

MAYOR = "رئيس البلدية"
SAID = "سيختصر نصف الوقت بين الضفتين"
INDIRECT = "العمل في الأرصفة مستمر"


def place(article: Article, words: str, field: Field = "body") -> Span:
    start = str(getattr(article, field)).index(words)
    return Span(start, start + len(words), field)


def analysis_of(article: Article) -> Analysis:
    def entity(words: str, kind: EntityType, canonical: str | None = None, country: str | None = None) -> Entity:
        return Entity(
            text=words, type=kind, canonical=canonical or words, spans=(place(article, words),), country=country
        )

    def quote(words: str, kind: str) -> Quote:
        at = place(article, words)
        return Quote(
            text=words,
            field="body",
            start=at.start,
            end=at.end,
            kind="direct" if kind == "direct" else "indirect",
            speaker=MAYOR,
            role=None,
            cue="قال",
            source=0,
            speaker_span=place(article, MAYOR),
        )

    company = place(article, "بحسب بيان نشرته شركة Bridge & Road Ltd")
    mayor = place(article, "وقال رئيس البلدية في تصريح صحفي إن الجسر «سيختصر نصف الوقت")
    opening = place(article, "افتتاح الجسر الجديد على النهر")
    sentence = place(article, article.body.split("\n")[0])
    return Analysis(
        id=article.id,
        made_by="hand/1",
        keyphrases=(KeyPhrase(text="الجسر الجديد", score=0.9), KeyPhrase(text="Bridge & Road", score=0.4)),
        entities=(
            entity("بلدية المدينة", "ORG"),
            entity("النهر", "LOC", country="JO"),
            entity("Bridge & Road Ltd", "ORG"),
            entity("البلدية", "ORG", canonical="بلدية المدينة"),
        ),
        quotes=(quote(SAID, "direct"), quote(INDIRECT, "indirect")),
        sources=(
            InformationSource(
                name=MAYOR,
                kind="person",
                anonymous=False,
                via="تصريح صحفي",
                hops=("تصريح صحفي", "وكالة المدى"),
                evidence=mayor.of(article.body),
                field="body",
                start=mayor.start,
                end=mayor.end,
            ),
            InformationSource(
                name="مصادر",
                kind="person",
                anonymous=True,
                via=None,
                hops=(),
                evidence=company.of(article.body),
                field="body",
                start=company.start,
                end=company.end,
            ),
        ),
        events=(
            Event(
                what="افتتاح الجسر الجديد على النهر",
                when="2023-09-20",
                precision="day",
                where="المدينة",
                evidence=opening.of(article.body),
                field="body",
                start=opening.start,
                end=opening.end,
            ),
        ),
        summary=(sentence.of(article.body),),
        summary_spans=(sentence,),
    )
