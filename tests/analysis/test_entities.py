"""Names: found where they stand, clitics cut, carried through the article and joined to one name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.analysis.canonical import canonical_names
from tawatur.analysis.document import read_document
from tawatur.analysis.entities import find_entities, name_ranges
from tawatur.analysis.entity_evidence import evidence_of, read_form
from tawatur.analysis.entity_tagger import load_name_tagger, sentence_evidence
from tawatur.analysis.name_lists import country_of, load_name_lists, usual_country_name
from tawatur.model import Article
from tawatur.model.analysis import Entity, EntityType

_BODY = (
    "قال الرئيس الروسي فلاديمير بوتين في موسكو إن بلاده تدعم أرمينيا وأذربيجان. وأضاف بوتين أن وزارة الخارجية الروسية "
    "على اتصال بالأمم المتحدة، بحسب وكالة رويترز."
)


def _found(body: str) -> dict[str, Entity]:
    article = Article(id="a", url=None, source="outlet", title=None, body=body)
    return {entity.text: entity for entity in find_entities(read_document(article))}


def test_names_are_found_without_clitics() -> None:
    found = _found(_BODY)
    assert {text: found[text].type for text in ("فلاديمير بوتين", "موسكو", "أرمينيا", "أذربيجان")} == {
        "فلاديمير بوتين": "PER",
        "موسكو": "LOC",
        "أرمينيا": "LOC",
        "أذربيجان": "LOC",
    }
    assert found["أذربيجان"].country == "AZ"


def test_a_last_name_stands_for_the_full_one() -> None:
    found = _found(_BODY)
    assert found["بوتين"].canonical == found["فلاديمير بوتين"].canonical


@pytest.mark.parametrize("body", ["", " ", "!!!", "Reuters", "#قره_باغ", "\u0301\u0301", "و" * 500, "بوتين\n" * 50])
def test_odd_texts_are_answered(body: str) -> None:
    for entity in _found(body).values():
        assert all(span.of(body) == entity.text for span in entity.spans)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([*_BODY.split(), "\n", "«", "»", "(", "-", "للأمم"]), max_size=40).map(" ".join))
def test_every_name_stands_where_it_says(body: str) -> None:
    article = Article(id="a", url=None, source=None, title="بوتين في موسكو", body=body)
    document = read_document(article)
    for entity in find_entities(document):
        assert entity.spans
        assert all(document.slice(span) == entity.text for span in entity.spans)


def test_the_tagger_weighs_what_it_was_trained_on() -> None:
    document = read_document(Article(id="a", url=None, source=None, title="وصل بوتين إلى موسكو للقاء أردوغان"))
    forms = [
        read_form(word.text, word.kind, tuple((part.text, part.pos) for part in word.segments))
        for word in document.passages[0].words
    ]
    tagger = load_name_tagger()
    wanted = [
        sum(tagger.weights[tagger.rows[one]] for one in row if one in tagger.rows)
        for row in sentence_evidence(forms, load_name_lists())
    ]
    for ours, theirs in zip(tagger.scores(forms), wanted, strict=True):
        assert ours == pytest.approx(theirs, abs=1e-3)


def test_labels_are_read_as_names() -> None:
    assert list(name_ranges(["B-PER", "I-PER", "B-LOC", "O", "I-ORG"])) == [
        (0, 1, "PER"),
        (2, 2, "LOC"),
        (4, 4, "ORG"),
    ]


def test_an_article_swallowed_by_a_clitic_is_put_back() -> None:
    form = read_form("للأمم", "word", (("ل", "ADP"), ("لأمم", "NOUN")))
    assert (form.core, form.assimilated) == ("الامم", True)
    assert "w=الامم" in evidence_of(form).here


def test_spellings_and_kinds_are_one_bearer() -> None:
    names = canonical_names(
        [
            ("رافائيل غروسي", "PER", 2),
            ("جروسي", "PER", 1),
            ("صحيفة الوطن", "ORG", 1),
            ("الوطن", "ORG", 1),
            ("المملكة العربية السعودية", "LOC", 1),
            ("السعودية", "LOC", 4),
            ("الرياض", "LOC", 1),
        ]
    )
    assert names["جروسي", "PER"] == names["رافائيل غروسي", "PER"]
    assert names["صحيفة الوطن", "ORG"] == names["الوطن", "ORG"]
    assert names["المملكة العربية السعودية", "LOC"] == names["السعودية", "LOC"] == "السعودية"
    assert names["الرياض", "LOC"] == "الرياض"


@pytest.mark.parametrize(
    ("forms", "kind", "one"),
    [
        (("كتائب عز الدين القسام", "كتائب القسام"), "ORG", True),
        (("شرطة محافظة المرفأ", "شرطة المرفأ"), "ORG", True),
        (("ريال سوسيداد", "سوسيداد"), "ORG", True),
        (("تنظيم الدولة الإسلامية", "الدولة الإسلامية", "داعش"), "ORG", True),
        (("قوات حفظ السلام", "قوات حفظ السلام والجيش"), "ORG", False),
        (("الكونكاكاف", "الاتحاد الأوروبي واتحاد الكونكاكاف"), "ORG", False),
        (("مؤسسة المرفأ للثقافة والفنون", "مؤسسة المرفأ"), "ORG", True),
        (("البرلمان", "مجلس النواب"), "ORG", True),
        (("البرلمان المصري", "مجلس النواب الليبي"), "ORG", False),
        (("لجنة العلاقات الخارجية", "الخارجية"), "ORG", False),
        (("ولاية مينيسوتا الأمريكية", "مينيسوتا"), "LOC", True),
        (("غوطة دمشق الشرقية", "الغوطة الشرقية"), "LOC", True),
        (("مدينة الحديدة", "الحديدة"), "LOC", True),
        (("كوريا", "القاهرة"), "LOC", False),
        (("كوريا الشمالية", "بيونغ يانغ"), "LOC", False),
        (("كوريا", "كوريا الجنوبية"), "LOC", False),
        (("كريستيانو رونالدو", "كريتسيانو رونالدو"), "PER", True),
        (("محمدرضا نوري", "محمد رضا نوري"), "PER", True),
        (("منصور بن فهد بن راشد", "فهد بن راشد"), "PER", False),
        (("منصور بن فهد بن راشد", "منصور بن فهد"), "PER", True),
        (("وكالة الاستخبارات المركزية", "سي آي إيه"), "ORG", True),
        (("مقاطعة كيبيك", "كيبيك"), "LOC", True),
        (("جوزيه مورينيو", "جوزيه مورينيو جونيور"), "PER", False),
    ],
)
def test_what_is_one_bearer_and_what_is_not(forms: tuple[str, ...], kind: EntityType, *, one: bool) -> None:
    names = canonical_names([(form, kind, 1) for form in forms])
    assert (len(set(names.values())) == 1) is one


def test_two_of_one_family_stay_two() -> None:
    names = canonical_names([("فلاديمير بوتين", "PER", 3), ("إيغور بوتين", "PER", 1), ("بوتين", "PER", 2)])
    assert names["فلاديمير بوتين", "PER"] != names["إيغور بوتين", "PER"]
    assert names["بوتين", "PER"] == names["فلاديمير بوتين", "PER"]


def test_places_have_countries() -> None:
    assert (country_of("الرياض"), country_of("الشرق الأوسط"), country_of("زبد")) == ("SA", None, None)
    found = _found("وصل الوفد إلى منطقة عسير قادما من عسير، ثم عاد إلى منطقة عسير.")
    assert {entity.country for entity in found.values() if "عسير" in entity.text} == {"SA"}
    assert usual_country_name("أميركا") == usual_country_name("الولايات المتحدة")


def test_bodies_of_states_are_organisations() -> None:
    assert _found("أعلن الجيش المصري أن العملية انتهت.")["الجيش المصري"].type == "ORG"


def test_a_known_organisation_of_several_words_is_found_whole() -> None:
    found = _found("وتوقع صندوق النقد الدولي نمو الاقتصاد، ورحب مركز الملك سلمان للإغاثة بالقرار.")
    assert found["صندوق النقد الدولي"].type == found["مركز الملك سلمان للإغاثة"].type == "ORG"


def test_the_list_of_organisations_names_each_once_and_folds() -> None:
    kinds = load_name_lists().of_name
    assert kinds[("طالبان",)] == ("org",)
    assert all(words == tuple(" ".join(words).split()) for words in kinds)


def test_a_known_place_that_ends_a_name_is_a_name_too() -> None:
    found = _found("وأعلنت سلطات قره باغ وقف القتال في جمهورية قره باغ.")
    assert found["قره باغ"].type == "LOC"


def test_a_word_owed_to_another_person_is_no_part_of_a_name() -> None:
    assert "منتقد لتركي آل الشيخ" not in _found("وقال منتقد لتركي آل الشيخ في الرياض إن القرار خاطئ.")


def test_a_known_place_of_several_words_is_found_whole_wherever_it_stands() -> None:
    body = "غادر آلاف السكان قره باغ أمس. وتشهد قره باغ هدوءا، بحسب شهود في قره باغ."
    found = find_entities(read_document(Article(id="a", url=None, source=None, title="قره باغ: هدوء", body=body)))
    assert [(one.text, one.type, one.country, len(one.spans)) for one in found] == [("قره باغ", "LOC", "AZ", 4)]


def test_a_word_that_is_hardly_likelier_a_name_than_none_is_none() -> None:
    forms = [read_form(word, "word", ((word, tag),)) for word, tag in (("قال", "VERB"), ("بوتين", "PROPN"))]
    [(labels, margins)] = load_name_tagger().weigh([forms])
    assert labels == ["O", "B-PER"]
    assert set(margins) == {1}
    assert margins[1] > 0
    assert "راغبا" not in _found("نفذها راغبا أو مجبرا خلفه في الحكم.")
    assert "بوتين" in _found("وصل بوتين.")
