"""Keyphrases are whole phrases of the article without clitics, none said twice, the most telling first."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tawatur.analysis.document import Document, Passage, read_document
from tawatur.analysis.keyphrases import MOST, find_keyphrases, hashes_of, most_telling
from tawatur.analysis.noun_phrases import find_noun_phrases, find_touching, read_units
from tawatur.analysis.phrase_features import FEATURES, features_of, read_phrases
from tawatur.analysis.phrase_frequencies import load_phrase_frequencies, phrase_hashes
from tawatur.analysis.phrase_ranker import LEAVES, Ranker, load_ranker
from tawatur.model import article_from_json
from tawatur.model.analysis import Entity
from tawatur.model.frequencies import ArchiveFrequencies
from tawatur.text.spans import Span

TITLE = "ميناء صفاقس يستقبل أكبر سفينة حاويات في تاريخه"
BODY = (
    "استقبل ميناء صفاقس التونسي الاثنين سفينة حاويات عملاقة تابعة لشركة أمواج للملاحة، وهي الأكبر في تاريخه.\n"
    "وقال مدير الميناء سالم الورغي إن السفينة تحمل عشرة آلاف حاوية، وإن الميناء مستعد لاستقبال سفن الحاويات الكبرى.\n"
    "وأضاف الورغي أن توسعة الميناء ستكتمل بتمويل من البنك الأفريقي للتنمية، وأن للميناء دورا في الاقتصاد التونسي."
)


def document(body: str = BODY, title: str | None = TITLE) -> Document:
    return read_document(article_from_json({"id": "x", "title": title, "body": body}))


def phrases(text: str) -> set[str]:
    """Every noun phrase of a text, as printed without its clitics."""
    read = document(text, None)
    passage: Passage = read.passages[0]
    units = read_units(passage)
    return {
        text[passage.words[phrase.first].start + units[phrase.first].behind : passage.words[phrase.last].end]
        for phrase in find_noun_phrases(units, find_touching(passage))
    }


def tags(body: str = BODY, title: str | None = TITLE) -> list[str]:
    return [phrase.text for phrase in find_keyphrases(document(body, title), ())]


def test_a_report_is_tagged_with_what_it_is_about() -> None:
    assert {"ميناء صفاقس", "البنك الأفريقي للتنمية"} <= set(tags()) | {"ميناء صفاقس التونسي"} or "صفاقس" in " ".join(
        tags()
    )


def test_no_tag_says_again_what_another_says() -> None:
    found = [set(tag.split()) for tag in tags()]
    assert not [1 for at, one in enumerate(found) for other in found[at + 1 :] if one <= other or other <= one]


def test_the_most_important_come_first() -> None:
    scores = [phrase.score for phrase in find_keyphrases(document(), ())]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_clitics_are_cut_and_the_article_stays() -> None:
    assert "الميناء" in phrases("وصلوا بالميناء والسفينة.")
    assert "بالميناء" not in phrases("وصلوا بالميناء والسفينة.")


def test_phrases_are_joined_once_by_a_preposition_and_hold_no_verb() -> None:
    found = phrases("قررت الحكومة مواصلة الحرب على الإرهاب يوم أعلن الوزير ذلك.")
    assert "الحرب على الإرهاب" in found
    assert not [phrase for phrase in found if "أعلن" in phrase or "قررت" in phrase]


def test_punctuation_parts_phrases() -> None:
    assert "السفينة، الميناء" not in phrases("رأى السفينة، الميناء والبحر.")


def test_a_name_that_was_found_is_a_phrase_whatever_its_words_are() -> None:
    body = "وصل إلى قره باغ وفد من المراقبين."
    read = document(body, None)
    start = body.index("قره")
    name = Entity(text="قره باغ", type="LOC", canonical="قره باغ", spans=(Span(start, start + 7),))
    candidates, _ = read_phrases(read, (name,))
    assert any(phrase[:2] == (2, 3) for candidate in candidates for _, phrase in candidate.places)


def test_forms_of_one_name_are_one_tag() -> None:
    body = "قال سالم الورغي إن الورغي باق. وزار سالم بن علي الورغي الميناء."
    names = tuple(
        Entity(
            text=text,
            type="PER",
            canonical="سالم الورغي",
            spans=(Span(body.index(text), body.index(text) + len(text)),),
        )
        for text in ("سالم الورغي", "سالم بن علي الورغي", "الورغي")
    )
    found = {phrase.text for phrase in find_keyphrases(document(body, None), names)}
    assert len(found & {name.text for name in names}) <= 1


def test_what_the_archive_writes_about_daily_tells_less() -> None:
    candidates, texts = read_phrases(document())
    plain = features_of(candidates, texts, ())
    archive = ArchiveFrequencies(100_000, phrase_hashes([candidates[0].key]), np.array([90_000], np.uint32))
    known = features_of(candidates, texts, (), archive)
    column = FEATURES.index("log_articles")
    assert known[0, column] > plain[0, column]
    assert (known[1:, column] <= plain[1:, column]).all()


def test_an_archive_that_grows_alike_leaves_tags_as_they_are() -> None:
    shipped = load_phrase_frequencies()
    read = document()
    candidates, _ = read_phrases(read)
    hashes = hashes_of(candidates)
    counts, _ = shipped.of(hashes)
    grown = ArchiveFrequencies(shipped.articles, hashes, counts.astype(np.uint32))
    before = {phrase.text for phrase in find_keyphrases(read, ())}
    after = {phrase.text for phrase in find_keyphrases(read, (), archive=grown)}
    assert len(before & after) >= 0.8 * len(before)


def test_a_small_archive_hardly_moves_what_the_news_is_known_by() -> None:
    candidates, texts = read_phrases(document())
    shipped = load_phrase_frequencies()
    column = FEATURES.index("log_articles")
    plain = features_of(candidates, texts, ())[:, column]
    hashes = hashes_of(candidates)
    counts, _ = shipped.of(hashes)
    small = ArchiveFrequencies(500, hashes, np.ceil(counts * 500 / shipped.articles).astype(np.uint32))
    assert np.abs(features_of(candidates, texts, (), small)[:, column] - plain).max() < 0.75
    empty = ArchiveFrequencies(0, hashes[:0], counts[:0].astype(np.uint32))
    assert (features_of(candidates, texts, (), empty)[:, column] == plain).all()


def test_a_phrase_that_holds_another_is_left_out_and_one_that_shares_words_waits() -> None:
    keys = ["وزار دفاع", "دفاع", "دفاع روس", "ميناء"]
    scores = np.array([0.9, 0.8, 0.7, 0.5], dtype=np.float32)
    assert list(most_telling(keys, scores)) == [0, 3, 2]


def test_a_tree_answers_with_the_leaf_its_splits_lead_to() -> None:
    features = np.zeros(LEAVES - 1, dtype=np.intp)
    thresholds = np.full(LEAVES - 1, np.inf, dtype=np.float32)
    masks = np.full(LEAVES - 1, 0xFFFF, dtype=np.uint16)
    thresholds[0], masks[0] = 1.0, 0xFFFE  # higher than 1: not the first leaf
    values = np.zeros((1, LEAVES), dtype=np.float32)
    values[0, :2] = -2.0, 2.0
    scores = Ranker(features, thresholds, masks, values).score(np.array([[0.5], [1.5]], dtype=np.float32))
    assert scores[0] < 0.2 < 0.8 < scores[1]


def test_the_ranker_asks_for_features_there_are() -> None:
    assert int(load_ranker().features.max()) < len(FEATURES)


def test_a_body_of_spaces_adds_nothing_to_its_title() -> None:
    assert [phrase.text for phrase in find_keyphrases(document(" ", "توسعة ميناء صفاقس"), ())]


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_gives_tags_that_stand_in_it(body: str, title: str) -> None:
    found = find_keyphrases(document(body, title), ())
    assert len(found) <= MOST
    assert all(phrase.text and (phrase.text in body or phrase.text in title) for phrase in found)


_WORDS = (
    "الوزير وزير للوزير مدينة المدينة الكبيرة بوتين #ميناء_صفاقس في على و ، . « » 50 مليون دولار قال أعلن السفن وسفينة "
    "BBC"
)


@given(st.lists(st.sampled_from(_WORDS.split()), max_size=40).map(" ".join))
def test_tags_of_words_in_any_order_stand_in_the_text(body: str) -> None:
    assert all(phrase.text in body for phrase in find_keyphrases(document(body, None), ()))


def test_a_phrase_the_news_knows_whole_is_not_cut() -> None:
    body = (
        "أعلنت الوزارة الوقف الكامل لإطلاق النار على الحدود بين البلدين بعد أسبوع من القتال.\n"
        "وقال الوزير إن الجانبين اتفقا على وقف إطلاق النار في المدينة، وإن إطلاق النار توقف منذ الفجر.\n"
        "وأضاف أن لجنة من البلدين تراقب إطلاق النار على الحدود."
    )
    found = tags(body, "البلدان يتفقان على وقف إطلاق النار على الحدود")
    assert not {"إطلاق النار", "النار"} & set(found)
    assert any("وقف إطلاق النار" in tag for tag in found)
