"""Stories follow the analyses: every article is placed once, whatever ends the process, and ids lead on for good."""

import asyncio
import random
from datetime import UTC, datetime, timedelta

import pytest

from tawatur.errors import StoreError
from tawatur.model import Article, article_id
from tawatur.model.analysis import Analysis, Entity
from tawatur.pipeline.grouping import FOLLOWER, Desk, follow_stories, regroup
from tawatur.pipeline.telling import tell_untold
from tawatur.store import open_store
from tawatur.text.spans import Span

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)

COLLAPSE = "انهيار جسر في مدينة الوادي ومقتل أربعة أشخاص"
EXHIBITION = "افتتاح معرض الكتاب الدولي في العاصمة بمشاركة ستين ناشرا"


@pytest.fixture
def store(tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite3'}") as opened:
        yield opened


def article(number, title, source, **fields):
    url = f"https://{source}.example/{number}"
    return Article(
        **{
            "id": article_id(url),
            "url": url,
            "source": source,
            "title": title,
            "body": f"{title}.\nقالت مصادر محلية إن التفاصيل تأتي تباعا، وهذا خبر {source}.",
            "published": NOW - timedelta(hours=10) + timedelta(minutes=number),
            "precision": "minute",
            "language": "ar",
            **fields,
        }
    )


ARTICLES = [
    article(1, COLLAPSE, "nahr"),
    article(2, EXHIBITION, "nahr"),
    article(3, "مقتل أربعة أشخاص في انهيار جسر بمدينة الوادي", "mada"),
    article(4, "انهيار جسر في مدينة الوادي يقتل أربعة", "sada"),
    article(5, "معرض الكتاب الدولي يفتتح في العاصمة بمشاركة ستين ناشرا", "sada"),
]


def analysed(store, articles):
    store.articles.put_many(articles, now=NOW)
    place = [(one, "الوادي" if "الوادي" in one.title else "العاصمة") for one in articles]
    store.analyses.put_many(
        [
            (
                one,
                Analysis(
                    id=one.id,
                    made_by="test/1",
                    entities=(Entity(text=name, type="LOC", canonical=name, spans=(Span(0, len(name), "title"),)),),
                ),
            )
            for one, name in place
        ]
    )


def catch_up(store, desk):
    while desk.step():
        pass
    while tell_untold(store, 5):
        pass


def groups(store):
    placed = store.stories.placements([one.id for one in ARTICLES])
    stories: dict[str, set[int]] = {}
    for number, one in enumerate(ARTICLES):
        stories.setdefault(placed[one.id].story, set()).add(number)
    return sorted(map(sorted, stories.values()))


def test_coverage_of_one_happening_is_one_story_and_told(store):
    analysed(store, ARTICLES)
    catch_up(store, Desk(store))
    assert groups(store) == [[0, 2, 3], [1, 4]]
    story = store.stories.get(store.stories.placements([ARTICLES[3].id])[ARTICLES[3].id].story)
    assert story.articles == (ARTICLES[0].id, ARTICLES[2].id, ARTICLES[3].id)
    assert story.title
    placed = store.stories.placements([one.id for one in ARTICLES])
    for id_, beside in store.stories.related(list(placed)).items():
        for each in beside:
            of_one_story = placed[id_].story == placed[each.other].story
            assert of_one_story == (each.why in ("same-story", "angle"))
    assert store.followers.cursor(FOLLOWER) is not None


def test_a_desk_that_is_opened_again_goes_on_with_what_stands(store):
    analysed(store, ARTICLES[:3])
    catch_up(store, Desk(store))
    before = store.stories.placements([one.id for one in ARTICLES[:3]])
    analysed(store, ARTICLES[3:])
    desk = Desk(store)
    desk.open_window()
    catch_up(store, desk)
    assert groups(store) == [[0, 2, 3], [1, 4]]
    after = store.stories.placements([one.id for one in ARTICLES[:3]])
    assert {id_: placement.story for id_, placement in after.items()} == {
        id_: placement.story for id_, placement in before.items()
    }


def test_what_was_not_written_is_placed_again(store, monkeypatch):
    analysed(store, ARTICLES)
    chance = random.Random(3)
    place = type(store.stories).place

    def broken(self, *arguments, **options):
        if chance.random() < 0.6:
            raise StoreError("gone")
        place(self, *arguments, **options)

    monkeypatch.setattr(type(store.stories), "place", broken)
    monkeypatch.setattr("tawatur.pipeline.grouping._ARTICLES_AT_ONCE", 1)
    for _ in range(60):
        try:
            desk = Desk(store)
            desk.open_window()
            catch_up(store, desk)
            break
        except StoreError:
            continue
    assert groups(store) == [[0, 2, 3], [1, 4]]


def test_a_story_is_told_anew_when_its_article_changes_or_goes(store):
    analysed(store, ARTICLES)
    desk = Desk(store)
    catch_up(store, desk)
    store.articles.remove(ARTICLES[3].id)
    catch_up(store, desk)
    story = store.stories.get(store.stories.placements([ARTICLES[0].id])[ARTICLES[0].id].story)
    assert set(story.articles) == {ARTICLES[0].id, ARTICLES[2].id}
    assert store.stories.untold(5) == ()


def test_the_whole_archive_is_grouped_anew_and_former_ids_lead_on(store):
    analysed(store, ARTICLES)
    from tawatur.model.story import Placement

    store.stories.place([Placement(article=one.id, story=ARTICLES[1].id) for one in ARTICLES])
    done: list[int] = []
    assert regroup(store, done.append) == sum(done) == len(ARTICLES)
    catch_up(store, Desk(store))
    assert groups(store) == [[0, 2, 3], [1, 4]]
    assert store.stories.get(ARTICLES[1].id) is not None


REPORT = """انهار فجر اليوم جزء من الجسر القديم في مدينة الوادي، ما أسفر عن مقتل أربعة أشخاص وإصابة تسعة آخرين بجروح.
وقال الدفاع المدني إن فرقه انتشلت الضحايا من تحت الأنقاض، وإن البحث مستمر عن عامل فقد أثره منذ وقوع الحادث.
وأعلنت البلدية تشكيل لجنة من المهندسين تحقق في الأسباب وترفع تقريرها في غضون أسبوع، وأغلقت الطرق المؤدية إلى المكان."""


def test_a_copy_stands_by_its_original_whichever_came_first(store):
    late = article(7, COLLAPSE, "wakala", body=REPORT)
    early = article(9, "كارثة في الوادي", "nahr", body=REPORT)
    first, second = Desk(store), Desk(store)
    analysed(store, [early])
    catch_up(store, first)
    analysed(store, [late])
    catch_up(store, first)
    second.open_window()
    for _ in range(2):
        placed = store.stories.placements([early.id, late.id])
        assert placed[early.id].copy_of == late.id
        assert placed[late.id].copy_of is None
        assert placed[early.id].story == placed[late.id].story
        [reprint] = store.stories.reprints([late.id])[late.id]
        assert (reprint.article, reprint.share) == (early.id, 1.0)
        assert "headline" in reprint.changed
        second.place([late.id])


async def test_the_follower_places_what_comes_and_ends_when_told(store):
    analysed(store, ARTICLES)
    stop = asyncio.Event()
    following = asyncio.create_task(follow_stories(store, stop))
    async with asyncio.timeout(60):
        while store.stories.count() < 2 or store.stories.untold(1):  # noqa: ASYNC110 - the store has no event for it
            await asyncio.sleep(0.05)
        stop.set()
        await following
    assert groups(store) == [[0, 2, 3], [1, 4]]
