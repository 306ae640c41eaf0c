"""Who may be meant where nobody is named, and who is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.analysis.document import Document, read_document
from tawatur.analysis.entities import find_entities
from tawatur.analysis.reading import read_passage
from tawatur.analysis.speaker_choice import Asked
from tawatur.analysis.speaker_resolution import Roster
from tawatur.analysis.statement_models import StatementModel
from tawatur.analysis.statements import hear, listen, people_in
from tawatur.analysis.who_spoke import Speakers
from tawatur.model import Article

TALKS = (
    "قال وزير الخارجية الأردني أيمن الصفدي إن المحادثات كانت مفيدة.\n"
    "وأكدت المبعوثة الأممية فاطمة الزهراني أن الحل السياسي ممكن.\n"
    "وأضافت أن اللقاءات ستتواصل في الأيام المقبلة."
)


def document_of(body: str) -> Document:
    return read_document(Article(id="a", url=None, source=None, title=None, abstract=None, body=body))


def last_asked(body: str, model: StatementModel | None = None) -> tuple[Document, Speakers, Asked]:
    document = document_of(body)
    readings = [read_passage(passage) for passage in document.passages]
    people = [people_in(reading, find_entities(document)) for reading in readings]
    heard = [hear(reading, known) for reading, known in zip(readings, people, strict=True)]
    speakers = Speakers(Roster(readings, people), [one.believed for one in heard], model)
    unnamed = [report for report in heard[-1].believed if report.speaker is None]
    return document, speakers, Asked(len(heard) - 1, unnamed[-1].cue[0], unnamed[-1])


def may_be_meant(body: str) -> dict[str, set[str]]:
    document, speakers, asked = last_asked(body)
    return {document.slice(bearer.name): evidence for bearer, evidence in speakers.candidates(asked)}


def speakers_of(body: str) -> list[str | None]:
    document = document_of(body)
    found = listen(document, find_entities(document)).statements
    return [document.slice(one.speaker.name) if one.speaker else None for one in found]


def test_those_who_spoke_may_be_meant_the_last_first() -> None:
    found = may_be_meant(TALKS)
    assert {"spoke 0", "before 1", "gender True", "rule"} <= found["فاطمة الزهراني"]
    assert {"spoke 1", "before 2", "gender False", "rule False"} <= found["أيمن الصفدي"]


def test_the_subject_of_a_verb_before_may_be_meant() -> None:
    found = may_be_meant("أطلقت وزارة الصحة السودانية حملة جديدة، مؤكدة أن الوضع في المستشفيات صعب.")
    assert {"subject 0 False", "verb agrees True", "spoke never"} <= found["وزارة الصحة السودانية"]


def test_whom_a_sentence_before_names_may_be_meant() -> None:
    body = (
        "قال المتحدث باسم الشرطة سامي الخالد إن التحقيق مستمر.\n"
        "والتقى المدير فادي حداد أسر الضحايا.\nوقال إن الجميع سيحصلون على تعويضات."
    )
    assert {"named 1", "spoke never"} <= may_be_meant(body)["فادي حداد"]


def test_the_one_with_most_weight_is_meant() -> None:
    for feature, name in (("spoke 0", "فاطمة الزهراني"), ("spoke 1", "أيمن الصفدي")):
        document, speakers, asked = last_asked(TALKS, StatementModel({feature: 1.0}, 0.0))
        bearer = speakers.meant(asked)
        assert bearer is not None
        assert document.slice(bearer.name) == name


@pytest.mark.parametrize(
    ("body", "speaker"),
    [
        pytest.param(TALKS, "فاطمة الزهراني", id="the last who spoke"),
        pytest.param(
            "دانت نقابة المعلمين في الجنوب القرار الجديد، معتبرة أنه يمس حقوق آلاف الموظفين.",
            "نقابة المعلمين",
            id="the subject of the sentence",
        ),
    ],
)
def test_a_verb_without_a_subject_has_its_speaker(body: str, speaker: str) -> None:
    assert (speakers_of(body)[-1] or "").startswith(speaker)


@settings(max_examples=40)
@given(
    st.lists(
        st.sampled_from([*TALKS.split(), "\n", '"', "وأضاف", "مشيرا", "إلى", "أن", "«", "»", ":", "،"]), max_size=40
    )
)
def test_whoever_is_meant_is_a_slice(words: list[str]) -> None:
    document = document_of(" ".join(words))
    for statement in listen(document, find_entities(document)).statements:
        if statement.speaker is not None:
            assert document.slice(statement.speaker.name).strip()
