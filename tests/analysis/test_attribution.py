"""Sources and the carriers of their words, on texts in the manner of the news."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.analysis.attribution import find_sources
from tawatur.analysis.carriers import find_carriers
from tawatur.analysis.document import Document, read_document
from tawatur.analysis.reading import read_passage
from tawatur.analysis.signatures import find_signatures
from tawatur.analysis.source_groups import group_mentions
from tawatur.analysis.source_kinds import Types, kind_features
from tawatur.analysis.source_mentions import find_mentions
from tawatur.analysis.statements import listen
from tawatur.model import Article
from tawatur.model.analysis import Entity, InformationSource
from tawatur.text.spans import Span


def document(body: str, title: str | None = None) -> Document:
    return read_document(Article(id="1", url=None, source=None, title=title, body=body))


def sources(body: str, title: str | None = None) -> dict[str, InformationSource]:
    read = document(body, title)
    found, _ = find_sources(read, (), listen(read, ()))
    return {source.name: source for source in found}


def carriers(text: str) -> list[tuple[str, str]]:
    read = document(text)
    return [(carrier.kind, read.slice(carrier.name)) for carrier in find_carriers(read_passage(read.passages[0]))]


def test_who_speaks_is_a_source() -> None:
    found = sources("أعلنت وزارة الصحة المصرية في بيان، الأحد، أن عدد المصابين بلغ مئة شخص.")
    assert [(one.kind, one.via) for one in found.values()] == [("official", "بيان")]
    assert next(iter(found)).startswith("وزارة الصحة")


def test_an_agency_that_is_named_apart_is_a_source() -> None:
    found = sources("ارتفعت أسعار النفط اليوم، بحسب وكالة رويترز، بعد اجتماع المنتجين.")
    source = found["وكالة رويترز"]
    assert (source.kind, source.registry) == ("agency", "reuters")
    assert "بحسب" in source.evidence


def test_sources_without_a_name_are_anonymous() -> None:
    found = sources("وقالت مصادر طبية إن خمسة أشخاص أصيبوا في الحادث، وأكد الوزير أحمد سالم أن الطريق أغلق.")
    assert {name: one.anonymous for name, one in found.items() if "مصادر" in name} == {"مصادر طبية": True}
    assert not any(one.anonymous for name, one in found.items() if "سالم" in name)


@pytest.mark.parametrize(
    ("text", "outlet", "at_head"),
    [
        ("دبي، الإمارات العربية المتحدة (CNN) -- أعلنت الشرطة القبض على المتهم.", "cnn", True),
        ("سبق - الرياض: أغلقت الأمانة المحل.", "sabq", True),
        ("أغلقت الأمانة المحل أمس.\n(أ ف ب)", "afp", False),
        ("أغلقت الأمانة المحل أمس.\nرويترز", "reuters", False),
    ],
)
def test_signatures(text: str, outlet: str, at_head: bool) -> None:
    (found,) = find_signatures(document(text).passages[0])
    assert (found.outlet.id, found.at_head) == (outlet, at_head)


@pytest.mark.parametrize(
    "text",
    [
        "أحمد سالم ـ الرياض\n\nأغلقت الأمانة المحل.",
        "وصل الرئيس إلى الرياض: الزيارة الثانية.",
        "قال مدير الشركة. وال محمد.",
        "",
        "\n\n",
        "((((",
    ],
)
def test_what_is_no_signature(text: str) -> None:
    assert not [one for passage in document(text).passages for one in find_signatures(passage)]


def test_two_who_sign_one_text() -> None:
    found = find_signatures(document("أغلقت الأمانة المحل أمس.\nفرانس24/ أ ف ب").passages[0])
    assert [(one.outlet.id, one.at_head, one.linked) for one in found] == [
        ("france24", False, False),
        ("afp", False, False),
    ]


def test_a_signature_before_the_address_of_the_page_is_told_apart() -> None:
    (found,) = find_signatures(document("أغلقت الأمانة المحل. رابط الخبر بصحيفة الوئام: إغلاق محل").passages[0])
    assert found.linked


def test_the_adjective_of_its_country_closes_a_foreign_name() -> None:
    assert carriers("وقال المدير لصحيفة برن أم زونتاغ الألمانية إن العمل بدأ")[0][1].endswith("أم زونتاغ الألمانية")
    assert carriers("وقال المدير لصحيفة كردية إن العمل بدأ") == []


def test_marks_hold_the_whole_name() -> None:
    assert ("media", "رويترز الصغيرة") in carriers('وذكر موقع "رويترز الصغيرة" أن العمل بدأ')


def test_a_reporter_of_an_outlet_whose_name_is_of_short_words() -> None:
    assert ("media", "بي بي سي") in carriers("وقال مراسل بي بي سي في المدينة إن الطريق أغلق")


def test_papers_with_all_their_words() -> None:
    assert ("occasion", "موقعها الإلكتروني") in carriers("ونشرت الوزارة عبر موقعها الإلكتروني أسماء الفائزين")
    assert ("occasion", "بيانا رسميا") in carriers("وأصدر النادي بيانا رسميا نفى فيه الخبر")


def test_carriers_of_the_registry_and_others() -> None:
    assert carriers('وقال لصحيفة "صدى الجبل" المحلية') == [("media", "صدى الجبل")]
    assert ("platform", "تويتر") in carriers("وكتب في تغريدة على تويتر أنه باق")
    assert carriers("عاد إلى الوطن وزار المدينة") == []
    assert carriers("نقلت وسائل إعلام روسية الخبر") == [("media", "وسائل إعلام روسية")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ارتفعت الأسعار بحسب الأهرام المصرية أمس.", "الأهرام المصرية"),
        ("وصل الوفد أمس، نقلا عن الرياض السعودية", "الرياض السعودية"),
        ("وأوضح ل»الرياض» أمين المنطقة أن الحديقة فتحت", "الرياض"),
        ('وأعلنت وكالة الأنباء السورية "سانا" الخبر', "سانا"),
        ('وفقا لوكالة الأنباء السعودية الرسمية "واس" أمس', "واس"),
        ("وفقا لوكالة الأنباء السعودية الرسمية (واس) أمس", "وكالة الأنباء السعودية الرسمية (واس)"),
        ("نقلت الصحافة الكورية الأحد الخبر", "الصحافة الكورية"),
        ("وقالت لشبكة CNN الأمريكية إن العمل بدأ", "CNN"),
        ('وقال في تصريح للتلفزيون الجبلي "تي في جبل" إن العمل بدأ', "تي في جبل"),
        ('وقال للتلفزيون السوري "العمل بدأ أمس وعاد الجميع إلى البيت"', "تلفزيون السوري"),
        ("بين التلفزيون السعودي والممثل أحمد سالم خلاف", "التلفزيون السعودي"),
    ],
)
def test_the_words_around_tell_that_a_word_is_an_outlet(text: str, name: str) -> None:
    assert [found for kind, found in carriers(text) if kind == "media"] == [name]


@pytest.mark.parametrize(
    "text", ["بحسب الاتحاد الدولي", "وصل القطار إلى محطة الشمال", "حملوا تطبيق بي بي سي عربي", "زار موقع العين القديم"]
)
def test_what_is_called_like_an_outlet_is_none(text: str) -> None:
    assert carriers(text) == []


def test_who_carried_the_words_of_a_source_is_one() -> None:
    found = sources('قال وزير الصناعة في مقابلة مع قناة "صدى الجبل" إن المصنع سيفتح الأحد.')
    assert found["وزير الصناعة"].via == "صدى الجبل"
    assert found["صدى الجبل"].kind == "outlet"


def test_the_agency_that_goes_on_is_the_one_named_before() -> None:
    text = "وذكرت وكالة أنباء الشرق الأوسط أن اللجنة اجتمعت. ونقلت الوكالة عن وزير الزراعة قوله إن القمح وفير."
    assert sources(text)["وزير الزراعة"].via == "وكالة أنباء الشرق الأوسط"


def test_a_name_that_is_written_like_a_small_word_is_one() -> None:
    read = document("قال الحارس علي إن المباراة صعبة. وقال علي إن الفريق جاهز. وأكد اللاعب السويسري أنه سيشارك.")
    people = Entity(text="علي", type="PER", canonical="علي", spans=(Span(11, 14, "body"), Span(38, 41, "body")))
    found, _ = find_sources(read, (people,), listen(read, (people,)))
    assert all(source.name for source in found)


def test_two_who_speak_together_carry_nothing_of_each_other() -> None:
    found = sources("أكدت وزارة الصحة ووسائل الإعلام المحلية أن خمسة أشخاص أصيبوا في الحادث.")
    assert found["وزارة الصحة"].via is None


def test_all_who_speak_together_are_sources() -> None:
    text = (
        "وثمن كل من رئيس اللجنة الكشفية السابق أحمد سالم، والأمين العام للرابطة الدكتور خالد حسن، "
        "ومسؤول المخيمات في الرابطة عمر نجيب، دعم المدينة للمشروع."
    )
    assert [name for name, _ in mentions(text)] == ["أحمد سالم", "خالد حسن", "عمر نجيب"]
    assert [name for name, _ in mentions("قال خبراء طقس ومسؤولون محليون إن المطر سيستمر.")] == [
        "خبراء طقس",
        "مسؤولون محليون",
    ]
    assert [name for name, _ in mentions("قال سكان وشهود إن الطريق أغلق أمس.")] == ["سكان وشهود"]


def test_what_ends_in_a_plural_holds_no_noun_behind_it() -> None:
    assert [name for name, _ in mentions("ووصف مراقبون محكمة المدينة بالمسرحية.")] == ["مراقبون"]


def test_words_told_by_the_tongue_of_another() -> None:
    text = 'ونقلت "صدى" على لسان المتحدث باسم الرابطة في جنيف، أحمد سالم، أن الأطفال بخير.'
    assert ("أحمد سالم", ["صدى"]) in mentions(text)


def test_a_tag_is_called_as_the_article_writes_it_elsewhere() -> None:
    found = sources("أعلنت #كوريا_الشمالية الأحد أن المحادثات توقفت، وهذا موقف لكوريا الشمالية منذ شهر.")
    assert "كوريا الشمالية" in found


def test_who_expresses_regret_speaks() -> None:
    assert ("أحمد سالم", []) in mentions("عبر رئيس النادي الجبلي أحمد سالم عن أسفه بسبب القرار.")
    assert mentions("قدم الطلب عبر ممثل عن الشركة.") == []


def test_a_long_name_before_the_short_one_in_marks() -> None:
    text = 'أعلن الاتحاد الجبلي لكرة اليد "صدى" أن البطولة ستبدأ الأحد. وأكد "صدى" أن الملاعب جاهزة.'
    assert list(sources(text)) == ['الاتحاد الجبلي لكرة اليد "صدى"']


def test_an_outlet_that_is_called_by_what_it_is() -> None:
    text = (
        "وقال الحارس أحمد سالم لصحيفة ديلي ميل إن المباراة صعبة. "
        "وأكد المدرب خالد حسن لوكالة رويترز أن الفريق جاهز. "
        "وأضافت الصحيفة البريطانية أن الملعب أغلق."
    )
    assert not any("الصحيفة البريطانية" in name for name in sources(text))


def test_a_paper_leads_to_its_issuer() -> None:
    assert "مرصد الطرق" in " ".join(sources("وارتفع عدد المصابين إلى خمسة، بحسب حصيلة لمرصد الطرق أمس."))
    assert "تقارير صحفية محلية" in sources("وذكرت تقارير صحفية محلية أن المدرب رحل عن النادي.")


def test_a_paper_of_a_house_or_a_ministry_without_that_word() -> None:
    assert "بيت الأبيض" in sources('وقال بيان للبيت الأبيض أمس: "الجراحة كانت ناجحة ولا توجد أي مضاعفات".')
    assert "الخارجية المصرية" in sources("ووفقا لبيان الخارجية المصرية فمن المقرر أن يشارك الوزيران في بحث المشروع.")


def test_a_country_is_no_channel() -> None:
    assert sources("وأعلنت المملكة أن الحدود فتحت أمس.")["المملكة"].kind == "official"


def test_what_is_counted_tells_what_a_source_is() -> None:
    read = document("وذكرت بعض الصحف المحلية أن المدرب رحل عن النادي أمس.")
    groups = group_mentions(read, find_mentions(listen(read, ())))
    (counted,) = (group for group in groups if read.slice(group.name).startswith("بعض"))
    assert "head:صحف" in kind_features(read, counted, Types.of(read, ()))


def mentions(text: str) -> list[tuple[str, list[str]]]:
    read = document(text)
    return [
        (read.slice(one.name), [read.slice(way.carrier.name) for way in one.ways])
        for one in find_mentions(listen(read, ()))
    ]


def test_who_puts_a_paper_out() -> None:
    text = "أصدرت الرابطة الجبلية أمس بيانا صحفيا حول موعد البطولة، وفتحت الملاعب للجمهور."
    assert ("الرابطة الجبلية", ["بيانا صحفيا"]) in mentions(text)


def test_who_gave_a_paper_out() -> None:
    text = "وأشار سالم في بيان وزعته أمانة المنطقة إلى أن الشروط واضحة."
    assert ("أمانة المنطقة", ["بيان"]) in mentions(text)


def test_words_said_on_an_occasion_go_back_to_who_spoke() -> None:
    text = "قال الوزير أحمد سالم إن الطريق أغلق. وأكد في كلمته فتح الطريق غدا."
    assert ("أحمد سالم", ["كلمته"]) in mentions(text)


def test_the_paper_of_a_person_carries_their_words() -> None:
    assert ("أحمد سالم", ["بيان"]) in mentions('وجاء في بيان الوزير أحمد سالم "نفتح الطريق يوم الأحد المقبل".')


def test_a_paper_said_again_is_called_by_its_plainest_word() -> None:
    text = "قال النادي الجبلي في بيان الأحد إن اللاعب سيغيب شهرا. وأكد النادي في بيانه أن العلاج سيجري في الدوحة."
    assert sources(text)["النادي الجبلي"].via == "بيان"


def test_behind_the_adjective_of_a_nation_stands_what_is_told() -> None:
    assert "السلطات النيجيرية" in sources("أعلنت السلطات النيجيرية المزيد من الإجراءات لحماية المدارس.")


def test_a_body_that_tells_of_a_person_is_not_called_by_the_name() -> None:
    found = sources("أعلنت الهيئة الوطنية للانتخابات في مصر فوز الرئيس أحمد سالم بفترة جديدة.")
    assert not any("سالم" in name for name in found)
    assert any(name.startswith("الهيئة الوطنية") for name in found)


def test_one_entry_a_source() -> None:
    text = (
        "قال وزير الخارجية الفرنسي جان دوبوا إن الاتفاق قريب. وأضاف دوبوا أن المحادثات مستمرة. "
        "وأكد جان دوبوا أن اللقاء سيعقد غدا."
    )
    assert sum("دوبوا" in name for name in sources(text)) == 1


def test_a_ministry_whose_nation_is_spelled_in_two_ways_is_one() -> None:
    text = "قالت وزارة الدفاع الأذربيجانية إن القتال توقف.\nوأضافت وزارة الدفاع الآذرية أن المحادثات ستبدأ غدا."
    assert len([name for name in sources(text) if "الدفاع" in name]) == 1


def test_statements_lead_to_their_sources() -> None:
    read = document('قال وزير الخارجية الفرنسي جان دوبوا: "سنعود إلى طاولة المحادثات قريبا". وأضاف أن اللقاء مفيد.')
    heard = listen(read, ())
    found, links = find_sources(read, (), heard)
    assert all(0 <= at < len(heard.statements) and 0 <= place < len(found) for at, place in links.items())
    assert {found[place].name for place in links.values()} == {"جان دوبوا"}


WORDS = (
    "قال وأضاف بحسب رويترز (CNN) -- وزارة الدفاع الروسية في بيان على تويتر « » : ، . إن مصادر ( ) لصحيفة بيلد 12 ـ é"
)
PIECES = st.sampled_from([*WORDS.split(), "وفقا لـ", "نقلا عن", "أ ف ب", "وكالة الأنباء", '"', "\n", "👍", "\u200f"])


@given(st.lists(PIECES, max_size=40).map(" ".join))
def test_any_text_is_answered_and_every_evidence_stands_in_it(text: str) -> None:
    read = document(text, title=text[:40] or None)
    found, _ = find_sources(read, (), listen(read, ()))
    read = document(text, title=text[:40] or None)
    whole = "\n".join(passage.text for passage in read.passages)
    for source in found:
        passage = read.passage(source.field)
        assert passage is not None
        assert passage.text[source.start : source.end] == source.evidence
        assert source.name in whole
        assert all(hop in whole for hop in source.hops)
        assert source.via == (source.hops[0] if source.hops else None)
