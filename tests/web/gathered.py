"""A press whose articles are gathered by hand: an affair of two stories, copies, a merged story, a changed figure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from tawatur.model import Article, Source
from tawatur.model.analysis import Entity, KeyPhrase
from tawatur.model.story import (
    Edit,
    Figure,
    FigureReading,
    Origin,
    PageChange,
    Placement,
    Reprint,
    Story,
    TimelineEntry,
)
from tawatur.store import Store

COLLAPSE, RESCUE = "collapse", "rescue"

_TEXT = (
    "انهار جزء من الجسر الجديد فوق النهر فجر الأربعاء، وقتل ثلاثة أشخاص بحسب الدفاع المدني.\n"
    "وقال المتحدث باسم البلدية إن لجنة ستحقق في الأسباب.\nوأغلقت الشرطة الطرق المؤدية إلى المكان."
)
_SOURCES = {"nahr": "صحيفة النهر", "mada": "وكالة المدى للأنباء", "sada": "الصدى", "wadi": "صحيفة الوادي"}


def _article(id_: str, source: str, title: str, body: str, at: datetime, **fields: object) -> Article:
    stated = {
        "id": id_,
        "url": f"https://{source}.example/{id_}",
        "source": source,
        "title": title,
        "body": body,
        "published": at,
        "precision": "minute",
        "found_in": "json-ld",
        "language": "ar",
        "fetched": at + timedelta(minutes=5),
    }
    return Article(**{**stated, **fields})  # type: ignore[arg-type]


def gather(store: Store, now: datetime) -> None:
    """Put the affair into a store."""
    for id_, name in _SOURCES.items():
        store.sources.add(Source(id=id_, name=name, home=f"https://{id_}.example/"))
    start = now - timedelta(hours=20)
    first = _article(COLLAPSE, "mada", "انهيار جزء من الجسر الجديد ومقتل ثلاثة", _TEXT, start)
    articles = [
        first,
        replace(first, id="copy", url="https://nahr.example/copy", source="nahr", published=start + timedelta(hours=1)),
        _article(
            "own",
            "sada",
            "ارتفاع قتلى انهيار الجسر إلى خمسة",
            "ارتفع عدد قتلى انهيار الجسر إلى خمسة أشخاص.\n"
            "وقال شهود إنهم سمعوا صوتا قويا قبل الانهيار بدقائق، وإن شاحنتين كانتا فوق الجسر.",
            start + timedelta(hours=3),
        ),
        _article(
            RESCUE,
            "sada",
            "فرق الإنقاذ تنهي عملها عند الجسر",
            "أنهت فرق الإنقاذ عملها عند الجسر مساء الأربعاء.",
            start + timedelta(hours=12),
        ),
        _article(
            "rescue-two",
            "mada",
            "انتهاء البحث تحت أنقاض الجسر",
            "انتهى البحث تحت أنقاض الجسر، بحسب الدفاع المدني.",
            start + timedelta(hours=13),
        ),
        _article(
            "alone", "sada", "افتتاح معرض للكتاب في المدينة", "افتتح معرض للكتاب في المدينة.", now - timedelta(hours=1)
        ),
    ]
    store.articles.put_many(articles, now=now)
    store.articles.put_many([replace(articles[2], body=articles[2].body.replace("خمسة أشخاص", "ستة أشخاص"))], now=now)
    store.stories.place([Placement(article=article.id, story=article.id) for article in articles])
    store.stories.place(
        [
            Placement(article="copy", story=COLLAPSE, copy_of=COLLAPSE),
            Placement(article="own", story=COLLAPSE),
            Placement(article="rescue-two", story=RESCUE),
        ],
        reprints={"copy": Reprint(article="copy", share=1.0, share_of_longer=0.93, changed=("headline", "tail-cut"))},
    )
    store.stories.chain({COLLAPSE: COLLAPSE, RESCUE: COLLAPSE})
    for story in _stories(start):
        assert store.stories.tell(story, outlets=2)


def _stories(start: datetime) -> list[Story]:
    sentence = _TEXT.split("\n")[0]
    later = "ارتفع عدد قتلى انهيار الجسر إلى خمسة أشخاص."

    def reading(value: float, words: str, article: str, hours: int) -> FigureReading:
        when = start + timedelta(hours=hours)
        return FigureReading(
            when=when,
            value=value,
            said_by="الدفاع المدني",
            evidence=words,
            article=article,
            field="body",
            start=0,
            end=3,
        )

    return [
        Story(
            id=COLLAPSE,
            title="انهيار جزء من الجسر الجديد ومقتل ثلاثة",
            articles=(COLLAPSE, "copy", "own"),
            origins=(
                Origin(name="mada", article=COLLAPSE, carried_by=("copy",)),
                Origin(name="الدفاع المدني", article="own"),
            ),
            timeline=(
                TimelineEntry(
                    when="2023-09-20",
                    precision="day",
                    text=sentence,
                    article=COLLAPSE,
                    field="body",
                    start=0,
                    end=len(sentence),
                    told_by=("own",),
                ),
                TimelineEntry(
                    when="2023-09-20T13:00",
                    precision="minute",
                    text=later,
                    article="own",
                    field="body",
                    start=0,
                    end=len(later),
                    claimed_by="الدفاع المدني",
                ),
            ),
            figures=(
                Figure(
                    name="قتلى",
                    readings=(reading(3, "وقتل ثلاثة أشخاص", COLLAPSE, 0), reading(5, "إلى خمسة أشخاص", "own", 3)),
                ),
            ),
            entities=(Entity(text="الجسر الجديد", type="LOC", canonical="الجسر الجديد", spans=()),),
            keyphrases=(KeyPhrase(text="انهيار الجسر", score=1.0),),
            summary=(sentence,),
            began=start,
            latest=start + timedelta(hours=3),
            theme=COLLAPSE,
            changes=(
                PageChange(
                    article="own",
                    kind="edited",
                    seen_at=start + timedelta(hours=5),
                    edits=(Edit(field="body", before=later, after=later.replace("خمسة", "ستة")),),
                ),
                PageChange(article="copy", kind="withdrawn", seen_at=start + timedelta(hours=6), status=410),
            ),
        ),
        Story(
            id=RESCUE,
            title="فرق الإنقاذ تنهي عملها عند الجسر",
            articles=(RESCUE, "rescue-two"),
            origins=(Origin(name="sada", article=RESCUE),),
            began=start + timedelta(hours=12),
            latest=start + timedelta(hours=13),
            theme=COLLAPSE,
        ),
        Story(
            id="alone",
            title="افتتاح معرض للكتاب في المدينة",
            articles=("alone",),
            origins=(Origin(name="sada", article="alone"),),
        ),
    ]
