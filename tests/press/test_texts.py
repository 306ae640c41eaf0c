from __future__ import annotations

import re
import unicodedata
from collections import Counter
from datetime import date

import pytest

from tawatur.press import Almanac, Draft, Edition, drafts, outlets
from tawatur.press.texts import _paragraphs

ALL = tuple(drafts().values())
#: FARSI YEH and KEHEH: typed on a Persian keyboard, in Arabic news only by mistake.
PERSIAN = re.compile("[\u06cc\u06a9]")


def by_id(draft: Draft) -> str:
    return draft.id


def printed(draft: Draft) -> list[str]:
    edits = [paragraph for edit in draft.edits for paragraph in (edit.title, *edit.paragraphs)]
    updates = [paragraph for update in draft.updates for paragraph in (update.title, *update.paragraphs)]
    return [draft.title, *([draft.abstract] if draft.abstract else []), *draft.paragraphs, *edits, *updates]


def test_there_are_enough_outlets_and_articles():
    assert len(outlets()) >= 8
    assert len({outlet.design for outlet in outlets()}) >= 8
    assert len([draft for draft in ALL if draft.refused is None]) >= 120


def test_the_outlets_have_the_feeds_and_faults_a_reader_must_stand():
    feeds = {outlet.feed for outlet in outlets()}
    assert feeds == {"rss", "atom", "json", "sitemap", "listing", "rdf"}
    assert any(outlet.charset == "windows-1256" for outlet in outlets())
    for fault in ("broken_feed", "stuck_etag", "tracking", "summary_feed", "moved_feed_path"):
        assert any(getattr(outlet, fault) for outlet in outlets()), fault


@pytest.mark.parametrize("draft", ALL, ids=by_id)
def test_a_text_is_clean_typing(draft):
    assert draft.outlet in {outlet.id for outlet in outlets()}
    for text in printed(draft):
        assert text == unicodedata.normalize("NFC", text)
        assert text == text.strip()
        assert "  " not in text
        assert not re.search(r" [،؛؟.:]", text), text
        assert draft.language != "ar" or not re.search(r"[\"“”]", text), text
        assert not re.search("ـ(?![«0-9])", text), text  # tatweel only joins a clitic to a mark or a digit
        assert text.count("«") == text.count("»"), text
        assert not PERSIAN.search(text), text


def test_persian_letters_stand_only_in_tag_lines_of_the_aggregator():
    with_persian = {draft.outlet for draft in ALL if any(PERSIAN.search(tag) for tag in draft.tags)}
    assert with_persian == {"majarra"}


def test_the_first_paragraph_opens_with_the_dateline():
    for draft in ALL:
        assert draft.dateline is None or draft.paragraphs[0].startswith(f"{draft.dateline} - "), draft.id


def test_links_to_other_articles_name_older_ones_of_the_same_outlet():
    for draft in ALL:
        for linked in (drafts()[other] for other in draft.read_also):
            assert linked.outlet == draft.outlet, draft.id
            assert (linked.at.day, linked.at.minutes) < (draft.at.day, draft.at.minutes), draft.id


def test_what_happens_to_a_page_happens_after_its_publication_and_in_order():
    for draft in ALL:
        offsets = [draft.at, *(edit.at for edit in draft.edits), *([draft.withdrawn_at] if draft.withdrawn_at else [])]
        moments = [(offset.day, offset.minutes) for offset in offsets]
        updates = [(update.at.day, update.at.minutes) for update in draft.updates]
        assert moments == sorted(moments), draft.id
        assert updates == sorted(updates), draft.id


def test_borrowed_words_were_in_print_before():
    for draft in ALL:
        for original in (drafts()[other] for other in draft.carries):
            assert (original.at.day, original.at.minutes) <= (draft.at.day, draft.at.minutes), draft.id


def test_no_paragraph_stands_twice_unless_it_is_borrowed():
    own = Counter(
        paragraph
        for draft in ALL
        for paragraph in draft.paragraphs
        if not any(paragraph in drafts()[other].paragraphs for other in draft.carries if other != draft.id)
    )
    assert [paragraph for paragraph, count in own.items() if count > 1] == []


def test_addresses_and_numbers_are_unique():
    edition = Edition(Almanac(date(2023, 9, 19)))
    assert len({draft.number for draft in ALL}) == len(ALL)
    assert len({(draft.outlet, edition.path(draft)) for draft in ALL}) == len(ALL)


def test_only_designs_that_print_a_change_own_up_to_one():
    printing = {"almadar", "sada", "alwadi", "nabd", "afaq"}
    assert {draft.outlet for draft in ALL for edit in draft.edits if edit.stamped} <= printing


def test_a_reference_beyond_the_end_of_an_article_is_refused_by_name():
    raw = {"a/b": {"body": "واحد\nاثنان"}}
    with pytest.raises(Exception, match="paragraph 3 of a/b, which has 2"):
        _paragraphs("c/d", "@a/b 2-3", raw)


@pytest.mark.parametrize("kind", ["video_without_text", "consent_wall", "error_page", "robots"])
def test_every_kind_of_page_to_refuse_is_there(kind):
    assert any(draft.refused == kind for draft in ALL)


def test_the_affair_is_told_in_english_and_russian_too():
    assert {"en", "ru"} <= {draft.language for draft in ALL}
