from __future__ import annotations

from datetime import date

import pytest

from tawatur.press import Almanac, Draft, Edition, drafts, read_truth
from tawatur.press.truth import COPY_SHARE

TRUTH = read_truth()
REPRINTS = {reprint.article: reprint for reprint in TRUTH.reprints}


def moment(draft: Draft) -> tuple[int, int]:
    return draft.at.day, draft.at.minutes


def borrowed(draft: Draft) -> bool:
    return any(other != draft.id for other in draft.carries)


def test_every_readable_article_stands_in_exactly_one_story():
    told = sorted(article for story in TRUTH.stories for article in story.articles)
    assert told == sorted(draft.id for draft in drafts().values() if draft.refused is None)


def test_themes_and_stories_name_each_other():
    for theme in TRUTH.themes:
        members = {story.id for story in TRUTH.stories if story.theme == theme.id}
        assert set(theme.stories) == members
        assert len(theme.stories) == len(members)
    assert {story.theme for story in TRUTH.stories} - {None} == {theme.id for theme in TRUTH.themes}


def test_the_stories_of_a_theme_are_told_in_the_order_they_began():
    stories = {story.id: story for story in TRUTH.stories}
    for theme in TRUTH.themes:
        begun = [moment(drafts()[stories[story].articles[0]]) for story in theme.stories]
        assert begun == sorted(begun), theme.id


@pytest.mark.parametrize("story", TRUTH.stories, ids=lambda story: story.id)
def test_a_story_knows_its_order_and_its_first_and_last_carriers(story):
    articles = [drafts()[article] for article in story.articles]
    assert [moment(draft) for draft in articles] == sorted(moment(draft) for draft in articles)
    assert (story.first, story.last) == (articles[0].outlet, articles[-1].outlet)


def voice(article: str) -> str:
    """Who tells it in words of their own."""
    draft, reprint = drafts()[article], REPRINTS.get(article)
    if reprint is not None and reprint.share >= COPY_SHARE:
        return voice(reprint.of)
    return draft.sign_off.strip("()") if draft.sign_off else draft.outlet


@pytest.mark.parametrize("story", TRUTH.stories, ids=lambda story: story.id)
def test_the_origins_of_a_story_are_its_voices_once_copies_are_folded(story):
    assert sorted(story.origins) == sorted({voice(article) for article in story.articles})


def test_every_text_with_borrowed_paragraphs_is_told_as_a_reprint():
    assert sorted(REPRINTS) == sorted(draft.id for draft in drafts().values() if borrowed(draft))


@pytest.mark.parametrize("reprint", TRUTH.reprints, ids=lambda reprint: reprint.article)
def test_a_reprint_shares_what_is_claimed_and_passed_through_whom_is_claimed(reprint):
    draft, original = drafts()[reprint.article], drafts()[reprint.of]
    carried = [paragraph for paragraph in draft.paragraphs if paragraph in original.paragraphs]
    share = sum(map(len, carried)) / sum(map(len, draft.paragraphs))
    assert share == pytest.approx(reprint.share, abs=0.01)
    assert not 0.45 < share < 0.55

    passed: list[str] = []
    holder = drafts()[draft.carries[0]]
    while borrowed(holder):
        passed.insert(0, holder.outlet)
        holder = drafts()[holder.carries[0]]
    assert (holder.id, tuple(passed)) == (reprint.of, reprint.through)


@pytest.mark.parametrize("reprint", TRUTH.reprints, ids=lambda reprint: reprint.article)
def test_a_reprint_changed_what_is_claimed(reprint):
    draft, original = drafts()[reprint.article], drafts()[reprint.of]
    places = [original.paragraphs.index(p) for p in draft.paragraphs if p in original.paragraphs]
    found = {
        "headline": draft.title != original.title,
        "lead": draft.paragraphs[0] not in original.paragraphs,
        "reordered": places != sorted(places),
        "tail-cut": max(places) < len(original.paragraphs) - 1,
        "middle-cut": any(place not in places for place in range(1, max(places))),
        "own-text": any(paragraph not in original.paragraphs for paragraph in draft.paragraphs[1:]),
    }
    assert sorted(reprint.changed) == sorted(change for change, holds in found.items() if holds)


def test_a_reprint_whose_page_credits_somebody_credits_the_hop_before():
    names = {"almadar": {"وكالة أنباء المدار", "المدار"}, "alwadi": {"بوابة الوادي"}, "alatlas": {"الأطلس اليوم"}}
    for draft in drafts().values():
        credit = draft.credit or (draft.sign_off.strip("()") if draft.sign_off else None)
        if borrowed(draft) and credit:
            assert credit in names[drafts()[draft.carries[0]].outlet]


def test_edits_and_withdrawals_are_told_as_they_happen():
    told = {(edit.article, edit.at, not edit.silent) for edit in TRUTH.edits}
    assert told == {(draft.id, edit.at, edit.stamped) for draft in drafts().values() for edit in draft.edits}
    gone = {(page.article, page.at, page.status) for page in TRUTH.withdrawals}
    assert gone == {
        (draft.id, draft.withdrawn_at, draft.withdrawn_status) for draft in drafts().values() if draft.withdrawn_at
    }


def test_the_timeline_is_in_order_and_told_by_articles_that_came_after():
    almanac = Almanac(date(2023, 9, 19))
    moments = [almanac.instant(event.at) for event in TRUTH.timeline]
    assert [at.date() for at in moments] == sorted(at.date() for at in moments)
    for event in TRUTH.timeline:
        for article in event.articles:
            last = max(
                [drafts()[article].at, *(u.at for u in drafts()[article].updates)], key=lambda at: (at.day, at.minutes)
            )
            assert last.day >= event.at.day  # an agreed hour is in print before it strikes
            assert TRUTH.story_of(article).theme == event.theme


def numbers_of(text: str) -> str:
    return text.replace(",", "").replace("\u00a0", "").replace(" ", "").replace(".", "")


WORDS = {20: "عشرون", 2: "اثنين", 2000: "ألفي", 50000: "50 ألفا"}


@pytest.mark.parametrize("figure", TRUTH.figures, ids=lambda figure: figure.name)
def test_a_figure_is_read_where_it_was_printed(figure):
    assert [(r.at.day, r.at.minutes) for r in figure.readings] == sorted(
        (r.at.day, r.at.minutes) for r in figure.readings
    )
    for reading in figure.readings:
        draft = drafts()[reading.article]
        text = "\n".join(draft.paragraphs)
        assert reading.at == draft.at
        assert reading.said_by in text
        assert str(reading.value) in numbers_of(text) or WORDS.get(reading.value, "?") in text
        assert TRUTH.story_of(reading.article).theme == figure.theme


@pytest.mark.parametrize("dispute", TRUTH.contradictions, ids=lambda dispute: dispute.about)
def test_a_contradiction_quotes_two_sides(dispute):
    assert len({claim.who for claim in dispute.claims}) >= 2
    for claim in dispute.claims:
        assert claim.claim in "\n".join(drafts()[claim.article].paragraphs)


@pytest.mark.parametrize("wording", TRUTH.wordings, ids=lambda wording: wording.thing)
def test_an_outlet_prints_the_words_it_is_said_to_print(wording):
    theme = [article for story in TRUTH.stories if story.theme == wording.theme for article in story.articles]
    for variant in wording.variants:
        printing = {
            drafts()[article].outlet
            for article in theme
            if any(variant.words in text for text in (drafts()[article].title, *drafts()[article].paragraphs))
        }
        assert printing == set(variant.outlets), variant.words


@pytest.mark.parametrize("quote", TRUTH.quotes, ids=lambda quote: f"{quote.article} {quote.text[:20]}")
def test_a_quote_stands_in_its_article_with_its_speaker_and_carriers(quote):
    text = "\n".join(drafts()[quote.article].paragraphs)
    assert (f"«{quote.text}»" if quote.kind == "direct" else quote.text) in text
    for name in (quote.speaker, *quote.via):
        # «الضفاف» and «صدى الشرق» are named as they stand; a speaker's surname is enough of them in a short text.
        assert name in text or name.split()[-1] in text


def test_edits_leave_a_silent_trace_that_copies_keep():
    edition = Edition(Almanac(date(2023, 9, 19)))
    page, copy = edition.version("alwadi/depot-20", edition.last_moment()), drafts()["majarra/depot-20"]
    assert page is not None
    assert "68 قتيلا" in page.title
    assert page.modified is None
    assert "20 قتيلا" in copy.title
