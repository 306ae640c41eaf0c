"""What is cut off is no tag: the whole is given for it, or nothing; nor is what stands before the report alone."""

from __future__ import annotations

import pytest

from tawatur.analysis.document import Document, read_document
from tawatur.analysis.keyphrases import find_keyphrases, printed_form
from tawatur.analysis.phrase_cuts import mended, words_of_dateline
from tawatur.analysis.phrase_features import read_phrases
from tawatur.model import article_from_json
from tawatur.model.analysis import Entity, EntityType
from tawatur.text.spans import Span


def _document(body: str) -> Document:
    return read_document(article_from_json({"id": "x", "title": None, "body": body}))


def _mended(body: str, text: str) -> str | None:
    """Give what is given for a phrase, as printed; None for nothing."""
    candidates, texts = read_phrases(_document(body))
    phrase = next(one for one in candidates if printed_form(one, texts) == text)
    whole = mended(phrase, candidates, texts)
    return printed_form(whole, texts) if whole else None


def _name(body: str, text: str, kind: EntityType, canonical: str | None = None) -> Entity:
    start = body.index(text)
    return Entity(
        text=text, type=kind, canonical=canonical or text, spans=(Span(start, start + len(text)),), country=None
    )


@pytest.mark.parametrize(
    ("body", "text", "whole"),
    [
        ("تراجع الناتج الصناعي في يناير.", "الصناعي", "الناتج الصناعي"),
        ("استقبله أمير منطقة الباحة في مكتبه.", "أمير منطقة", "أمير منطقة الباحة"),
        ("وقعت شركة الاتصالات التونسية عقدا.", "شركة الاتصالات", "شركة الاتصالات التونسية"),
        ("تراجع الناتج الصناعي في يناير.", "الناتج الصناعي", "الناتج الصناعي"),
        ("اشتراه بخمسين مليون دولار.", "مليون دولار", "خمسين مليون دولار"),
        ("أسعار النفط ترتفع.", "أسعار النفط", "أسعار النفط"),
    ],
)
def test_the_whole_is_given_for_what_was_cut_off(body: str, text: str, whole: str) -> None:
    assert _mended(body, text) == whole


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("أعرب عن قلقه.", "قلقه"),
        ("جمع المركز إنفاذاً للتوجيه أموالا.", "إنفاذاً للتوجيه"),
    ],
)
def test_what_has_a_pronoun_and_adverbs_are_no_tags(body: str, text: str) -> None:
    assert _mended(body, text) is None


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("سامي الورغي – صفاقس\nاستقبل الميناء سفينة.", 4),
        ("صفاقس (الميناء اليوم): استقبل الميناء سفينة.", 6),
        ("استقبل الميناء سفينة: أمواج.", 0),
        ("قال الوزير: سنعود.", 0),
    ],
)
def test_a_dateline_ends_before_the_report(body: str, words: int) -> None:
    _, texts = read_phrases(_document(body))
    assert [words_of_dateline(text) for text in texts] == [words]


def test_who_wrote_an_article_is_no_tag_of_it() -> None:
    body = "سامي الورغي – صفاقس\nاستقبل ميناء قابس سفينة حاويات عملاقة، وقال مدير الميناء نور السالمي إنها الأكبر."
    names = (_name(body, "سامي الورغي", "PER"), _name(body, "نور السالمي", "PER"), _name(body, "قابس", "LOC"))
    found = {phrase.text for phrase in find_keyphrases(_document(body), names)}
    assert "سامي الورغي" not in found
    assert "نور السالمي" in found


def test_a_person_is_tagged_by_the_name_in_full() -> None:
    body = "السالمي يعود إلى صفاقس. قال نور السالمي إن السالمي باق."
    names = (_name(body, "السالمي", "PER", "نور السالمي"), _name(body, "نور السالمي", "PER"))
    found = {phrase.text for phrase in find_keyphrases(_document(body), names)}
    assert "نور السالمي" in found
    assert "السالمي" not in found


def test_the_whole_of_two_parts_is_given_once() -> None:
    body = "احتفلوا بعيد الفطر المبارك. وهنأ بعيد الفطر المبارك. وصلى في عيد الفطر المبارك. وجاء الفطر المبارك والعيد."
    found = [phrase.text for phrase in find_keyphrases(_document(body), ())]
    assert len(found) == len(set(found))


def test_a_phrase_that_ends_inside_a_persons_name_is_no_tag() -> None:
    body = "زار مدير الميناء سالم الورغي المرفأ. وقال مدير الميناء سالم الورغي إنه كبير. وعاد مدير الميناء سالم الورغي."
    found = {phrase.text for phrase in find_keyphrases(_document(body), (_name(body, "سالم الورغي", "PER"),))}
    assert "مدير الميناء سالم" not in found
    assert "سالم الورغي" in found
