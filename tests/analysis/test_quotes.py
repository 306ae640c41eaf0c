"""Quotes: who said what, directly and indirectly, as Arabic news writes it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.analysis.document import read_document
from tawatur.analysis.entities import find_entities
from tawatur.analysis.quotation_marks import find_marked
from tawatur.analysis.quotes import quotes_of
from tawatur.analysis.reading import read_passage
from tawatur.analysis.statements import acts_in, find_statements, people_in
from tawatur.model import Article
from tawatur.model.analysis import Quote


def quotes_in(body: str, title: str | None = None, abstract: str | None = None) -> tuple[Quote, ...]:
    document = read_document(Article(id="a", url=None, source=None, title=title, abstract=abstract, body=body))
    return quotes_of(document, find_statements(document, ()), {})


def said(body: str) -> list[tuple[str, str | None, str]]:
    return [(quote.kind, quote.speaker, quote.text) for quote in quotes_in(body)]


# ---- marks


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        pytest.param("قال: «لن نتراجع أبدا».", ["لن نتراجع أبدا"], id="guillemets"),
        pytest.param('قال: "لن نتراجع أبدا".', ["لن نتراجع أبدا"], id="straight"),
        pytest.param("قال: ”لن نتراجع أبدا“.", ["لن نتراجع أبدا"], id="curly, the wrong way round"),
        pytest.param('قال: " لن نتراجع أبدا " ثم غادر', ["لن نتراجع أبدا"], id="spaces inside"),
        pytest.param('شاشة 55" وأخرى 40" للبيع', [], id="inches"),
        pytest.param('قال "نعم" و"لا" معا', ["نعم", "لا"], id="two, the second behind a clitic"),
        pytest.param('«قالوا "نعم" ثم ذهبوا»', ['قالوا "نعم" ثم ذهبوا', "نعم"], id="nested"),
        pytest.param("قال: «لن نتراجع.\nسنمضي قدما».", ["لن نتراجع.\nسنمضي قدما"], id="over two paragraphs"),
        pytest.param('قال "نعم ثم غادر.\nوقال "لا" أيضا', ["نعم ثم غادر.", "لا"], id="closed by its paragraph"),
        pytest.param("قال: “لن نتراجع أبدا\u2033.", ["لن نتراجع أبدا"], id="closed by a double prime"),
    ],
)
def test_marks_are_paired(text: str, inside: list[str]) -> None:
    assert [text[mark.start : mark.end] for mark in find_marked(text)] == inside


@given(st.text(alphabet="\"«»“”'( )\n.اب5", max_size=80))
def test_what_lies_between_marks_is_a_slice_without_spaces_at_its_ends(text: str) -> None:
    for mark in find_marked(text):
        assert 0 <= mark.outer_start < mark.start < mark.end <= mark.outer_end <= len(text)
        assert text[mark.start : mark.end].strip() == text[mark.start : mark.end]


# ---- who said what


def test_a_clause_behind_a_cue_is_told_with_name_and_role() -> None:
    (quote,) = quotes_in("قال المتحدث باسم الرئاسة الروسية ديمتري بيسكوف، الثلاثاء، إن بلاده لن تنسحب من الاتفاق.")
    assert (quote.kind, quote.cue) == ("indirect", "قال")
    assert quote.speaker == "ديمتري بيسكوف"
    assert quote.role == "المتحدث باسم الرئاسة الروسية"
    assert quote.text == "بلاده لن تنسحب من الاتفاق"


def test_words_in_marks_are_direct() -> None:
    (quote,) = quotes_in('وأضاف وزير المالية عمر ملحس: "لن نرفع الضرائب هذا العام".')
    assert (quote.kind, quote.speaker, quote.text) == ("direct", "عمر ملحس", "لن نرفع الضرائب هذا العام")


def test_a_clause_with_quoted_words_inside_stands_as_both() -> None:
    body = 'أكد وزير الخارجية الألماني هايكو ماس أن المحادثات التي جرت في بروكسل "كانت صعبة للغاية" لكنها مفيدة للجميع.'
    assert {(kind, speaker) for kind, speaker, _ in said(body)} == {("direct", "هايكو ماس"), ("indirect", "هايكو ماس")}


def test_a_verb_without_a_speaker_goes_back_to_the_last_who_spoke() -> None:
    body = 'قال الرئيس الفرنسي إيمانويل ماكرون إن الوقت ينفد.\nوأضاف: "علينا أن نتحرك الآن".'
    assert [speaker for _, speaker, _ in said(body)] == ["إيمانويل ماكرون"] * 2


@pytest.mark.parametrize("mention", ["ماكرون", "الرئيس الفرنسي", "الرئيس"])
def test_a_later_mention_is_told_by_its_full_name(mention: str) -> None:
    body = f"قال الرئيس الفرنسي إيمانويل ماكرون إن الوقت ينفد.\nوأكد {mention} أن بلاده مستعدة للحوار."
    assert [speaker for _, speaker, _ in said(body)] == ["إيمانويل ماكرون"] * 2


def test_a_participle_speaks_for_the_subject_of_its_sentence() -> None:
    body = "أعلنت وزارة الصحة المصرية أن عدد الإصابات تراجع، مشيرة إلى أن المستشفيات جاهزة لاستقبال الجميع."
    assert [speaker for _, speaker, _ in said(body)] == ["وزارة الصحة المصرية"] * 2


def test_a_name_between_commas_behind_an_office() -> None:
    (quote,) = quotes_in("أعلن وزير العدل التركي، عبد الحميد غل، الخميس، أن القضاء في بلاده مستقل تماما.")
    assert (quote.speaker, quote.role) == ("عبد الحميد غل", "وزير العدل التركي")


def test_a_woman_is_not_told_as_the_man_who_spoke_last() -> None:
    body = (
        "وصلت وزيرة الخارجية السويدية مارغو فالستروم إلى المدينة.\n"
        'وقال الوزير اليمني خالد اليماني إن المحادثات بدأت.\nوقالت: "نحن متفائلون جدا بما تحقق".'
    )
    assert said(body)[-1][1] == "مارغو فالستروم"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        pytest.param(
            "أكدت الممثلة نور السعيد في بيان لها ولادة طفلتها الأولى في لندن.",
            "ولادة طفلتها الأولى في لندن",
            id="a paper of hers",
        ),
        pytest.param(
            "نفى اللاعب سالم الهادي في حديث صحفي تورطه في أي خلاف مع المدرب.",
            "تورطه في أي خلاف مع المدرب",
            id="talk that is described",
        ),
    ],
)
def test_the_occasion_is_no_part_of_what_was_said(body: str, told: str) -> None:
    assert [text for _, _, text in said(body)] == [told]


def test_a_source_named_apart_speaks() -> None:
    body = "وبحسب المرصد السوري لحقوق الإنسان، فقد سيطر الجيش على البلدة بعد معارك عنيفة."
    (quote,) = quotes_in(body)
    assert quote.speaker == "المرصد السوري لحقوق الإنسان"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param('صدرت صحيفة "الشرق الأوسط الدولية" اليوم في لندن.', id="a newspaper"),
        pytest.param('فاز فيلم "رحلة إلى القمر البعيد" بالجائزة الأولى.', id="a film"),
        pytest.param('أقام النادي دورة بعنوان "كيف تدير حوارا ناجحا" في مقره.', id="a course"),
        pytest.param("وصل الوفد إلى المطار صباح اليوم وغادر مساء.", id="no statement"),
        pytest.param("", id="nothing"),
    ],
)
def test_names_in_marks_and_plain_telling_are_no_quotes(body: str) -> None:
    assert quotes_in(body) == ()


def test_a_statement_of_the_abstract_is_told_once() -> None:
    body = "قال وزير النفط العراقي جبار اللعيبي إن بلاده ستزيد صادراتها من النفط هذا العام."
    quotes = quotes_in(body, abstract=body)
    assert [(quote.field, quote.speaker) for quote in quotes] == [("body", "جبار اللعيبي")]


_PIECES = st.sampled_from(
    [
        *(
            "قال",
            "وأضاف",
            "مشيرا إلى أن",
            "بحسب",
            "نقلا عن",
            "إن",
            "أن",
            "في بيان",
            "الرئيس",
            "فلاديمير بوتين",
            "الذي",
            "وقالت",
        ),
        *(
            "وزير الخارجية",
            "المصدر",
            "«",
            "»",
            '"',
            "“",
            "”",
            ":",
            "،",
            ".",
            "\n",
            "(",
            ")",
            "جاء",
            "لـ",
            "قوله",
            "x",
            "9",
        ),
    ]
)


@settings(max_examples=150)
@given(st.lists(_PIECES, max_size=50).map(" ".join), st.none() | st.lists(_PIECES, max_size=8).map(" ".join))
def test_whatever_is_written_nothing_is_made_up(body: str, title: str | None) -> None:
    texts = {"title": title or "", "abstract": "", "body": body}
    for quote in quotes_in(body, title):
        assert texts[quote.field][quote.start : quote.end] == quote.text
        assert quote.text.strip()
        for span, text in ((quote.speaker_span, quote.speaker), (quote.cue_span, quote.cue)):
            assert (span is None) == (text is None)
            assert span is None or span.of(texts[span.field]) == text


@pytest.mark.parametrize(
    ("body", "speaker"),
    [
        pytest.param(
            'أوضح لـ"الجريدة" أمين المنطقة عادل الملحم أن الحديقة افتتحت أمس.', "عادل الملحم", id="whom it was said to"
        ),
        pytest.param(
            "أصيب سائحان بجروح طفيفة، وفق ما صرحت به السفارة الهولندية في مدريد.",
            "السفارة الهولندية في مدريد",
            id="a pronoun between the verb and its subject",
        ),
        pytest.param(
            "قال رئيس مركز المصالحة الروسي في سوريا، اللواء يوري بتروف، إن الاتفاق دخل حيز التنفيذ.",
            "يوري بتروف",
            id="a name behind the comma",
        ),
        pytest.param(
            "قال محامي كامير، في مستندات المحكمة، إن موكله لم يدل بشهادة بعد.",
            "محامي كامير",
            id="an owner does not speak",
        ),
        pytest.param("قال بيان لوزارة الصحة إن الإصابات في تراجع مستمر.", "وزارة الصحة", id="whose paper it is"),
        pytest.param(
            "شجب وزير العدل وليد الصمعاني الهجوم، وقال إن الجناة سيحاكمون قريبا.", "وليد الصمعاني", id="a و of the name"
        ),
        pytest.param(
            'ذكرت وكالة الأنباء الرسمية (سانا) أن "القتال توقف في كل الجبهات".',
            "وكالة الأنباء الرسمية (سانا)",
            id="a short name in brackets",
        ),
        pytest.param(
            'قال المتحدث باسم الرئاسة ديمتري بيسكوف -في تصريح نقلته وكالة (تاس) الروسية- "لا نرى ضرورة لذلك الآن".',
            "ديمتري بيسكوف",
            id="who carried it stands in an aside",
        ),
    ],
)
def test_the_one_who_speaks_is_found_among_those_who_are_named(body: str, speaker: str) -> None:
    read = read_document(Article(id="a", url=None, source=None, title=None, abstract=None, body=body))
    quotes = quotes_of(read, find_statements(read, find_entities(read)), {})
    assert {quote.speaker for quote in quotes} == {speaker}


def test_a_paper_said_again_is_its_issuer() -> None:
    quotes = quotes_in(
        "عين الملك وزيرا جديدا للمالية، بحسب بيان صادر عن الديوان الملكي.\nوأكد البيان أن التعديل يشمل ست حقائب."
    )
    assert quotes[-1].speaker == "الديوان الملكي"


def test_ministers_of_two_lands_are_two() -> None:
    quotes = quotes_in(
        "قال وزير الخارجية الإيراني جواد كريمي إن بلاده باقية في الاتفاق. وأكد وزير خارجية فرنسا أن الوقت يضيق جدا."
    )
    assert [quote.speaker for quote in quotes] == ["جواد كريمي", "وزير خارجية فرنسا"]


def test_a_clause_ends_where_another_speaks() -> None:
    quotes = quotes_in("قال الوزير كريم سالم إن البلاد لن تقبل التهديد، لافتا إلى أن القانون يسري على الجميع.")
    assert [quote.text for quote in quotes] == ["البلاد لن تقبل التهديد", "القانون يسري على الجميع"]


def test_what_was_said_begins_behind_the_occasion() -> None:
    (quote,) = quotes_in("أعلنت إدارة النادي أمس الثلاثاء رسميا تعاقدها مع المدرب الروماني لموسمين.")
    assert quote.text.startswith("تعاقدها")


@pytest.mark.parametrize(
    ("title", "speaker"),
    [
        pytest.param("كأس العالم: كندا تفوز على اليابان", None, id="a contest"),
        pytest.param("كندا: نقل مباراة النهائي إلى ملعب آخر", None, id="where it happened"),
        pytest.param("كندا: لسنا من بدأ الحرب التجارية", "كندا", id="a state that speaks"),
    ],
)
def test_a_headline_begins_with_who_speaks_or_what_it_is_about(title: str, speaker: str | None) -> None:
    assert [quote.speaker for quote in quotes_in("", title=title)] == ([speaker] if speaker else [])


def test_what_was_said_begins_with_a_whole_word() -> None:
    (quote,) = quotes_in("أكد التاجر كريم سالم بأن له خمس سنوات وهو يبحث عن أرض.")
    assert quote.text == "له خمس سنوات وهو يبحث عن أرض"


def test_what_was_said_begins_behind_the_day_and_the_paper() -> None:
    (quote,) = quotes_in("كشف مكتب الأمم المتحدة في بيان صادر، الثلاثاء، عدد النازحين من المدينة القديمة.")
    assert quote.text == "عدد النازحين من المدينة القديمة"


def test_an_office_between_dashes_is_of_who_speaks() -> None:
    (quote,) = quotes_in("أكد الأمير خالد الفيصل -رئيس مجلس إدارة الجمعية- أن المشروع سيكتمل قريبا.")
    assert (quote.speaker, quote.role) == ("خالد الفيصل", "رئيس مجلس إدارة الجمعية")


def test_a_man_called_by_a_name_that_is_written_as_a_small_word_speaks() -> None:
    (quote,) = quotes_in("قال علي إن الفريق جاهز للمباراة المقبلة.")
    assert quote.text == "الفريق جاهز للمباراة المقبلة"


# ---- what is an act of reporting, whatever is believed of it


def acts_of(body: str) -> list[tuple[str, str, str]]:
    """Give cue, opening and the first words of what may be reported."""
    document = read_document(Article(id="a", url=None, source=None, title=None, abstract=None, body=body))
    reading = read_passage(document.passages[0])
    acts = acts_in(reading, people_in(reading, find_entities(document)))
    words = [word.text for word in reading.passage.words]
    return [(words[act.cue[0]], act.opening, " ".join(words[act.content : act.content + 2])) for act in acts.reports]


@pytest.mark.parametrize(
    ("body", "act"),
    [
        pytest.param(
            "طالب المحافظ في تصريحات سابقة بإعادة بناء الجسر، مشيرا إلى أن الأموال متوفرة.",
            ("طالب", "object", "بإعادة بناء"),
            id="a participle behind a comma tells something else",
        ),
        pytest.param(
            "وبين أنه خصص مليوني دولار للمستشفيات.", ("وبين", "that", "خصص مليوني"), id="no preposition before «أنه»"
        ),
        pytest.param(
            "حيث عبر عن إعجابه بأداء اللاعبين.", ("عبر", "object", "عن إعجابه"), id="no preposition before «عن»"
        ),
        pytest.param("وقالا إنهما وجدا فتاة في البيت.", ("وقالا", "that", "وجدا فتاة"), id="two speak"),
        pytest.param(
            "قتل عشرون جنديا في المعارك، كما ذكرت وزارة الدفاع.", ("ذكرت", "behind", "قتل عشرون"), id="as somebody told"
        ),
        pytest.param(
            "توفيت المغنية في لندن على ما أعلنت وكيلة أعمالها.", ("أعلنت", "behind", "توفيت المغنية"), id="upon what"
        ),
        pytest.param(
            "سيعرض التصميم في المعرض يوم الاثنين. بحسب رويترز.",
            ("بحسب", "behind", "سيعرض التصميم"),
            id="a source that is a sentence of its own",
        ),
        pytest.param(
            "تحقق الشرطة في تقارير مفادها أن طالبة وزعت حلوى على زملائها.",
            ("مفادها", "that", "طالبة وزعت"),
            id="to the effect that",
        ),
        pytest.param(
            "وأعرب اللاعب، الذي يواجه منافسه للمرة الثانية بعد خسارة، عن سعادته بالفوز.",
            ("وأعرب", "object", "عن سعادته"),
            id="the preposition that a verb needs, behind a relative clause",
        ),
        pytest.param(
            "وتعهد الوزير ببناء مدارس جديدة وأنها ستفتح قريبا.",
            ("وتعهد", "object", "ببناء مدارس"),
            id="«وأنها» goes on from what was said before",
        ),
        pytest.param(
            'قالت شبكة "سي إن إن" الإخبارية إن الوزيرة ردت على الرسالة.',
            ("قالت", "that", "الوزيرة ردت"),
            id="«إن» in a name in marks",
        ),
        pytest.param(
            "وتقول اللاعبة التي تحمل جنسيتين إن البطولة رائعة.",
            ("وتقول", "that", "البطولة رائعة"),
            id="a verb of a relative clause tells nothing",
        ),
        pytest.param(
            "اجتمع الوزراء أمس.\nالرئيس إيمانويل ماكرون: سنرد على الهجوم\nوانتهى الاجتماع مساء.",
            (":", "colon", "سنرد على"),
            id="a headline among the paragraphs",
        ),
    ],
)
def test_acts_of_reporting(body: str, act: tuple[str, str, str]) -> None:
    assert act in acts_of(body)


def test_as_and_small_words_are_no_acts() -> None:
    assert [act[0] for act in acts_of("كما أعلن الوزير أن المصنع سيفتح قريبا.")] == ["أعلن"]
    assert acts_of("كما أعلن الوزير أن المصنع سيفتح قريبا.")[0][1] == "that"
    assert acts_of("مر الطريق بين الجبل والبحر عبر القرية.") == []
