"""Names that a common word opens: which runs are asked, and what is told of each."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.analysis.document import Document, read_document
from tawatur.analysis.entities import find_entities, form_of
from tawatur.analysis.entity_heads import Run, find_runs, load_head_model, signs_of
from tawatur.model import Article


def _read(body: str) -> Document:
    return read_document(Article(id="a", url=None, source="outlet", title=None, body=body))


def _runs(body: str) -> list[str]:
    (passage,) = _read(body).passages
    forms = [form_of(word) for word in passage.words]
    return [
        passage.text[passage.words[run.first].start + forms[run.first].cut : passage.words[run.last].end]
        for run in find_runs(passage, forms)
    ]


def test_runs_begin_at_a_word_that_names_a_kind_and_stop_at_verbs_and_signs() -> None:
    assert _runs("وصل الوزير إلى منطقة عسير، وقال إن الأمطار غزيرة.") == ["منطقة عسير"]
    assert _runs("قال الوزير إن الأمطار غزيرة.") == []
    runs = _runs("أعلنت هيئة المرور الوطنية إغلاق الطريق.")
    assert {"هيئة المرور", "هيئة المرور الوطنية"} <= set(runs)
    assert not any("أعلنت" in run for run in runs)


def test_what_the_tagger_found_there_is_told() -> None:
    (passage,) = _read("وصل الوزير إلى منطقة عسير أمس.").passages
    forms = [form_of(word) for word in passage.words]
    (run,) = (run for run in find_runs(passage, forms) if run.last - run.first == 1)
    assert run == Run(run.first, run.first + 1, "LOC")
    counts = Counter({tuple(form.core for form in forms[run.first : run.last + 1]): 2})
    assert "r=restLOC" in signs_of(forms, run, [(run.last, run.last, "LOC")], counts)
    assert {"r=sameLOC", "n=2"} <= set(signs_of(forms, run, [(run.first, run.last, "LOC")], counts))
    assert "r=none" in signs_of(forms, run, [], counts)


def test_the_model_carries_its_card() -> None:
    assert {"learnt from", "licence"} <= set(load_head_model().card)
    assert 0 < load_head_model().likelihood([]) < 1


@pytest.mark.parametrize(
    ("body", "name", "kind"),
    [
        ("أعلنت وزارة الدفاع الأذربيجانية أن العملية انتهت.", "وزارة الدفاع الأذربيجانية", "ORG"),
        ("هطلت أمطار غزيرة على محافظة ذمار مساء أمس.", "محافظة ذمار", "LOC"),
        ("أصدرت المحكمة العليا حكمها في القضية.", "المحكمة العليا", "ORG"),
    ],
)
def test_names_behind_a_common_word_are_found_whole(body: str, name: str, kind: str) -> None:
    found = {entity.text: entity.type for entity in find_entities(_read(body))}
    assert found.get(name) == kind


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet="منطقة وزارة ال،.«»اب\n#9a", max_size=80))
def test_every_name_is_a_slice_of_any_text(body: str) -> None:
    document = _read(body)
    for entity in find_entities(document):
        assert all(document.slice(span) == entity.text for span in entity.spans)
