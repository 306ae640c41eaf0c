"""What a story page tells, on texts of ours and against what the sample press knows of itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.stories.test_copies import press_articles

from tawatur.analysis import analyse_many
from tawatur.model import Article, Credit
from tawatur.model.analysis import Analysis, Event
from tawatur.press.truth import COPY_SHARE, read_truth
from tawatur.stories.angles import find_angles
from tawatur.stories.counting import counts_in
from tawatur.stories.credits import agency_signature, outlet_key
from tawatur.stories.figures import find_figures
from tawatur.stories.origins import find_origins
from tawatur.stories.sentences_of import sentences_of
from tawatur.stories.standing import stands_alone
from tawatur.stories.telling import StoryPage, tell_story
from tawatur.stories.timeline import find_timeline
from tawatur.stories.wording import compare_wording

OPENING = date(2023, 9, 19)
NOON = datetime(2024, 3, 5, 12, 0, tzinfo=UTC)
ARTICLES = press_articles()
COPY_OF: dict[str, str | None] = {each.article: each.of for each in read_truth().reprints if each.share >= COPY_SHARE}


def article(id_: str, body: str, *, hours: float = 0, title: str = "خبر", source: str = "almadar") -> Article:
    return Article(id=id_, url=None, source=source, title=title, body=body, published=NOON + timedelta(hours=hours))


@pytest.mark.parametrize(
    ("sentence", "counts"),
    [
        ("مقتل 20 شخصا وإصابة أكثر من 200 جريح", [("dead", 20), ("wounded", 200)]),
        ("ارتفعت حصيلة القتلى إلى 11300", [("dead", 11300)]),
        ("عبر الحدود 97 ألفا و735 نازحا", [("displaced", 97735)]),
        ("قتل خمسة وعشرون جنديا", [("dead", 25)]),
        ("بلغ السعر 94.5 دولارا للبرميل", [("price", 94.5)]),
        ("قتيلان و23 جريحا في القصف", [("dead", 2), ("wounded", 23)]),
        ("بعد ثلاثين عاما على الحرب", []),
        ("حصيلة ستة عقود من حكم الأسرة", []),
        ("قتل سالم الحداد في 13 نيسان", []),
        ("توفي العازف في المنفى عام 1944", []),
        ("القبض على أحد المشتبه بهم", []),
        ("أسفر القصف عن قتل وإصابة 40 جنديا", []),
        ("قتلت العاصفة أو أصابت نحو 100 صياد", []),
        ("مقتل المئات وتشريد أكثر من 900 ألف", []),
        ("ثلاثة عمال أحدهم جريح", []),
        ("إصابة طفيفة لحقت به في هدفه الـ18", []),
        ("لجوء 11.1 في المئة من الأسر", []),
        ("ضحايا هجمات الـ11 من سبتمبر", []),
        ("اشترى النادي لاعبا مقابل 35 مليون يورو", []),
        ("سعر البرميل 3 مليارات دولار", [("price", 3_000_000_000)]),
        ("مقتل 25 شخصا بينهم تسعة أطفال", [("dead", 25)]),
        ("أدى إلى إصابات، بينهم 10 أطفال", []),
        ("يرفع ذلك عدد من قتلوا منذ بدء الأحداث إلى 45 شخصا", []),
        ("", []),
    ],
)
def test_a_number_counts_what_stands_beside_it(sentence: str, counts: list[tuple[str, float]]) -> None:
    assert [(count.kind, count.value) for count in counts_in(sentence)] == counts


@given(st.text(max_size=120))
def test_counts_stand_in_their_sentence(sentence: str) -> None:
    for count in counts_in(sentence):
        assert 0 <= count.start < count.end <= len(sentence)


def test_a_figure_is_followed_as_it_changes() -> None:
    told = [
        article("a", "قالت الشرطة إن الانفجار أدى إلى مقتل 20 شخصا."),
        article("b", "أعلنت وزارة الصحة مقتل 20 شخصا في الانفجار.", hours=1, source="sada"),
        article("c", "ارتفع عدد القتلى إلى 68 بحسب وزارة الصحة.", hours=9),
    ]
    (figure,) = find_figures(told, {}, {})
    assert [(reading.value, reading.article) for reading in figure.readings] == [(20, "a"), (68, "c")]
    for reading in figure.readings:
        body = next(each.body for each in told if each.id == reading.article)
        assert body[reading.start : reading.end] == reading.evidence


def test_reprints_and_texts_of_one_agency_are_one_voice() -> None:
    told = [
        article("a", "نص أول."),
        article("b", "نص ثان.", source="sada"),
        Article(id="c", url=None, source="nabd", title="خبر", body="نص.", credit=Credit(name="أ ف ب")),
        Article(id="d", url=None, source="afaq", title="خبر", body="نص غيره.", credit=Credit(name="فرانس برس")),
    ]
    origins = find_origins(told, {"b": "a"})
    assert [(origin.name, origin.article, origin.carried_by) for origin in origins] == [
        ("almadar", "a", ("b",)),
        ("afp", "c", ("d",)),
    ]


@pytest.mark.parametrize(
    ("line", "voice"),
    [("فرانس24/ أ ف ب", "afp"), ('"رويترز"', "reuters"), ("فرانس 24/ أ ف ب/ رويترز", None), ("ولم تعلق رويترز.", None)],
)
def test_a_last_line_that_names_one_agency_signs_the_text(line: str, voice: str | None) -> None:
    one = article("a", f"انهار الجسر القديم في المدينة.\n{line}", source="sada")
    assert agency_signature(one) == voice


def event(what: str, when: str, body: str) -> Event:
    start = body.index(what)
    return Event(
        what=what,
        when=when,
        precision="day",
        where=None,
        evidence=what,
        field="body",
        start=start,
        end=start + len(what),
    )


def test_what_two_outlets_tell_of_a_day_is_one_entry() -> None:
    one = article("a", "وقع انفجار في مستودع الوقود قرب المدينة يوم الاثنين.")
    other = article("b", "قال شهود إن انفجارا وقع في مستودع الوقود قرب المدينة الاثنين.", source="sada")
    analyses = {
        each.id: Analysis(id=each.id, made_by="", events=(event("مستودع الوقود", "2024-03-04", each.body),))
        for each in (one, other)
    }
    (entry,) = find_timeline([one, other], analyses, {})
    assert (entry.when, entry.article, entry.told_by) == ("2024-03-04", "a", ("b",))
    assert one.body[entry.start : entry.end] == entry.text


def test_a_denial_stands_beside_what_it_denies() -> None:
    one = article("a", "خرقت القوات الحكومية وقف إطلاق النار في بلدة الزاوية يوم الاثنين.")
    other = article("b", "نفت القوات الحكومية خرق وقف إطلاق النار في بلدة الزاوية يوم الاثنين.", source="sada")
    analyses = {
        each.id: Analysis(id=each.id, made_by="", events=(event("إطلاق النار", "2024-03-04", each.body),))
        for each in (one, other)
    }
    entries = find_timeline([one, other], analyses, {})
    assert [(entry.article, entry.claimed_by) for entry in entries] == [("a", "almadar"), ("b", "القوات الحكومية")]


def test_a_sentence_that_leans_on_another_is_no_entry_of_a_timeline() -> None:
    body = "انهار الجسر القديم يوم الاثنين. وأضاف أن الطريق أغلق الاثنين أمام الشاحنات والحافلات كلها."
    one = article("a", body)
    events = tuple(event(what, "2024-03-04", body) for what in ("انهار الجسر", "الطريق أغلق"))
    (entry,) = find_timeline([one], {"a": Analysis(id="a", made_by="", events=events)}, {})
    assert entry.text == "انهار الجسر القديم يوم الاثنين."


def test_what_a_digest_tells_of_other_news_is_not_of_the_story() -> None:
    told = [
        article("a", "انهار الجسر القديم في المدينة الساحلية فجر الاثنين.", title="انهيار الجسر القديم"),
        article("b", "قالت البلدية إن الجسر القديم انهار فجر الاثنين.", title="الجسر القديم ينهار", source="sada"),
        article(
            "c",
            "تناولت الصحف انهيار الجسر القديم الاثنين. وفاز فريق الشاطئ بكأس الدوري للمرة الثالثة الاثنين.",
            title="من الصحف: الجسر القديم",
            source="nabd",
        ),
    ]
    found = {"a": "انهار الجسر", "b": "انهار فجر", "c": "فاز فريق"}
    analyses = {
        each.id: Analysis(id=each.id, made_by="", events=(event(found[each.id], "2024-03-04", each.body),))
        for each in told
    }
    assert [entry.article for entry in find_timeline(told, analyses, {})] == ["b"]


@pytest.mark.parametrize(
    ("sentence", "alone"),
    [
        ("وأضاف الوزير أن الجسر أغلق.", True),
        ("وأضاف أن الجسر أغلق.", False),
        ("ومضى يقول إن الجسر أغلق.", False),
        ("وقالت: لن نفتح الجسر.", False),
        ("لكن الجسر أغلق.", False),
        ("وأضاف الوزير خلال اجتماع المجلس الأحد.", False),
        ("وجاء في البيان:", False),
        ("قال الوزير إن «الجسر أغلق.", False),
        ("", False),
    ],
)
def test_a_sentence_stands_alone_where_it_names_who_says_it(sentence: str, alone: bool) -> None:
    assert stands_alone(sentence) is alone


def test_a_dateline_is_no_part_of_what_is_told() -> None:
    one = article("a", "دبي، الإمارات العربية المتحدة (CNN)-- انهار الجسر القديم في المدينة.")
    assert [said.text for said in sentences_of(one) if said.field == "body"] == ["انهار الجسر القديم في المدينة."]


def test_what_an_outlet_adds_above_its_former_text_is_told() -> None:
    first = "انهار الجسر القديم فجر الاثنين في المدينة الساحلية."
    later = "ارتفع عدد القتلى إلى 12 قتيلا بعد العثور على جثث في مجرى الوادي.\n" + first
    told = [article("a", first), article("b", later, hours=5, title="ارتفاع عدد القتلى إلى 12")]
    (figure,) = tell_story("s", told, {}, {"b": "a"}).story.figures
    assert [reading.value for reading in figure.readings] == [12]


def test_an_angle_is_what_one_outlet_alone_reports() -> None:
    shared = "انهار الجسر القديم في المدينة فجر الثلاثاء وأغلقت البلدية الطريق الدائري."
    own = "وكانت شركة كورية قد حذرت من تآكل دعامات الجسر في تقرير هندسي سلمته قبل عامين ولم ينشر."
    angles = find_angles([article("a", f"{shared}\n{own}"), article("b", shared, source="sada")], {})
    assert [(angle.outlet, angle.text) for angle in angles] == [("almadar", own)]


def test_words_that_outlets_choose_for_one_thing_stand_side_by_side() -> None:
    told = [article("a", "قتل عناصر من داعش."), article("b", "قتل عناصر من تنظيم الدولة.", source="sada")]
    (wording,) = compare_wording(told)
    assert {choice.words: choice.outlets for choice in wording.choices} == {
        "داعش": ("almadar",),
        "تنظيم الدولة": ("sada",),
    }


def test_a_word_in_another_case_is_no_other_choice() -> None:
    told = [article("a", "تقدم الحوثيون نحو الميناء."), article("b", "قصفت مواقع الحوثيين قرب الميناء.", source="sada")]
    assert compare_wording(told) == ()


def test_what_an_outlet_quotes_is_not_its_own_wording() -> None:
    told = [
        article("a", 'قال الوزير "إن الكيان الصهيوني يتحمل مسؤولية ما جرى في الميناء".'),
        article("b", "قالت إسرائيل إنها تحقق.", source="sada"),
    ]
    assert compare_wording(told) == ()


def test_what_an_outlet_explains_in_brackets_is_not_its_choice() -> None:
    told = [
        article("a", 'استعاد الجيش البلدة من تنظيم "الدولة الإسلامية"، وهرب مسلحو تنظيم "الدولة الإسلامية" (داعش).'),
        article("b", "استعاد الجيش البلدة من تنظيم الدولة الإسلامية.", source="sada"),
    ]
    assert compare_wording(told) == ()


def test_outlets_that_choose_alike_are_not_compared() -> None:
    assert compare_wording([article("a", "داعش"), article("b", "داعش", source="sada")]) == ()


def test_nothing_can_be_told_of_nothing() -> None:
    assert tell_story("s", [], {}, {}).story.title is None


@given(st.lists(st.text(max_size=60), max_size=4))
def test_any_articles_can_be_told(bodies: list[str]) -> None:
    told = [article(str(at), body, title=body, source=str(at % 2)) for at, body in enumerate(bodies)]
    page = tell_story("s", told, {}, {})
    for entry in page.story.timeline:
        assert told[int(entry.article)].body[entry.start : entry.end] == entry.text


@pytest.fixture(scope="module")
def pages() -> dict[str, StoryPage]:
    """Every story of the press that several articles tell, told with the truth's copies."""
    stories = [story for story in read_truth().stories if len(story.articles) > 1]
    told = [ARTICLES[id_] for story in stories for id_ in story.articles if id_ in ARTICLES]
    analyses = {each.id: each for each in analyse_many(told)}
    return {
        story.id: tell_story(
            story.id, [ARTICLES[id_] for id_ in story.articles if id_ in ARTICLES], analyses, COPY_OF, theme=story.theme
        )
        for story in stories
    }


def test_the_press_has_the_voices_its_truth_tells_of(pages: dict[str, StoryPage]) -> None:
    wrong = {}
    for story in read_truth().stories:
        if story.id in pages:
            names = {origin.name for origin in pages[story.id].story.origins}
            want = {outlet_key(name) for name in story.origins}
            if names != want:
                wrong[story.id] = (sorted(names), sorted(want))
    assert wrong == {}


def test_the_press_has_the_carriers_its_truth_tells_of(pages: dict[str, StoryPage]) -> None:
    for story in read_truth().stories:
        if story.id in pages:
            assert pages[story.id].coverage.carriers[0] == story.first


def test_the_press_has_the_figures_its_truth_tells_of(pages: dict[str, StoryPage]) -> None:
    read = {
        (reading.article, reading.value)
        for page in pages.values()
        for each in page.story.figures
        for reading in each.readings
    }
    want = [(reading.article, reading.value) for figure in read_truth().figures for reading in figure.readings]
    missed = [each for each in want if each not in read]
    assert len(missed) <= len(want) // 4, missed


def test_the_press_has_the_wordings_its_truth_tells_of(pages: dict[str, StoryPage]) -> None:
    (theme,) = [theme for theme in read_truth().themes if theme.id == "karabakh"]
    told = [
        ARTICLES[id_] for s in read_truth().stories if s.id in theme.stories for id_ in s.articles if id_ in ARTICLES
    ]
    words = {choice.words for wording in compare_wording(told) for choice in wording.choices}
    assert {"قره باغ", "كاراباخ", "أرتساخ", "ستيباناكيرت", "خانكندي"} <= words


def test_every_word_told_stands_in_its_article(pages: dict[str, StoryPage]) -> None:
    for page in pages.values():
        for told in (page.story.timeline, page.angles):
            for each in told:
                text = getattr(ARTICLES[each.article], each.field)
                assert text[each.start : each.end] == each.text
        for reading in (reading for figure in page.story.figures for reading in figure.readings):
            text = getattr(ARTICLES[reading.article], reading.field)
            assert text[reading.start : reading.end] == reading.evidence


def test_the_press_has_the_timeline_its_truth_tells_of() -> None:
    (theme,) = [theme for theme in read_truth().themes if theme.id == "karabakh"]
    ids = [id_ for story in read_truth().stories if story.id in theme.stories for id_ in story.articles]
    told = sorted((ARTICLES[id_] for id_ in ids if id_ in ARTICLES), key=lambda each: str(each.published))
    entries = find_timeline(told, {each.id: each for each in analyse_many(told)}, COPY_OF)
    missed = []
    for happening in read_truth().timeline:
        day = (OPENING + timedelta(days=happening.at.day)).isoformat()
        tellers = [{entry.article, *entry.told_by} for entry in entries if entry.when[:10] == day]
        if not any(of & set(happening.articles) for of in tellers):
            missed.append(happening.what)
    assert len(missed) <= 1, missed
    sentences = [(entry.article, entry.start) for entry in entries]
    assert len(sentences) == len(set(sentences))
