"""Who spoke, with the names that the article's own finder of names has found."""

from __future__ import annotations

import pytest

from tawatur.analysis.document import read_document
from tawatur.analysis.entities import find_entities
from tawatur.analysis.statements import find_statements
from tawatur.model import Article


def speakers_of(body: str) -> list[str | None]:
    document = read_document(Article(id="a", url=None, source=None, title=None, abstract=None, body=body))
    found = find_statements(document, find_entities(document))
    return [document.slice(one.speaker.name) if one.speaker else None for one in found]


@pytest.mark.parametrize(
    ("body", "speaker"),
    [
        pytest.param(
            "أوضح المتحدث الرسمي للهيئة العامة للأسرة والحد من العنف الدكتور خالد المنصور، أن البرنامج يبدأ غدا.",
            "خالد المنصور",
            id="a name at the end of an office that holds a small word",
        ),
        pytest.param(
            "أعلن مدير العلاقات العامة بإمارة منطقة القصيم سالم بن فهد الدوسري، أن الاجتماع سيعقد يوم الأحد المقبل.",
            "سالم بن فهد الدوسري",
            id="a name behind where the office is",
        ),
        pytest.param(
            "أكد الأستاذ محمد الحربي رئيس النادي العربي في مدينة الملك فهد أن الهيئة الإدارية ستشارك في الفعاليات.",
            "محمد الحربي",
            id="a name inside the office behind the name",
        ),
        pytest.param(
            "أكدت زوجة الرئيس السوري بشار الأسد، أسماء الأسد، أنها ستزور المستشفيات هذا الأسبوع.",
            "أسماء الأسد",
            id="the wife is not the husband",
        ),
        pytest.param(
            "قال المتحدث باسم ماي إن الحكومة لن تقدم أي تنازلات جديدة في هذه المفاوضات.",
            "المتحدث باسم ماي",
            id="who speaks in the name of another",
        ),
        pytest.param(
            "ذكرت الاثنين وكالة الأنباء التونسية أن الحكومة طلبت رسميا تأجيل الاجتماع.",
            "وكالة الأنباء التونسية",
            id="a day between the verb and who speaks",
        ),
        pytest.param(
            "أفادت مصادرنا أن القوات تقدمت في ريف المدينة خلال الساعات الماضية.", "مصادرنا", id="sources of ours"
        ),
        pytest.param(
            "التقى وزير الدفاع المغربي بنظيره، مارك إسبر، وأكد أن العلاقات بين البلدين جيدة جدا.",
            "وزير الدفاع المغربي",
            id="the name behind the comma is his counterpart's",
        ),
        pytest.param(
            "قال جمهور فيروز إن الحفلة ستبقى في الذاكرة سنوات طويلة.",
            "جمهور فيروز",
            id="whose followers",
        ),
        pytest.param(
            'قالت المستشارة القانونية لمجموعة "نور" إن المجموعة سترفع دعوى أمام المحكمة قريبا.',
            'المستشارة القانونية لمجموعة "نور"',
            id="whose adviser",
        ),
        pytest.param(
            "أعلن الوزير خلال لقاء مع الرئيس الفرنسي إيمانويل ماكرون أن بلاده ستوقع الاتفاق قريبا.",
            "الوزير",
            id="whom the speaker met",
        ),
    ],
)
def test_an_office_is_told_from_the_name_of_who_holds_it(body: str, speaker: str) -> None:
    assert speakers_of(body)[0] == speaker


@pytest.mark.parametrize(
    ("body", "speaker"),
    [
        pytest.param(
            'أعلن الاتحاد الدولي لكرة القدم "فيفا" أنه لن يعتمد على هذا المختبر في بطولة العام المقبل.',
            'الاتحاد الدولي لكرة القدم "فيفا"',
            id="a short name in marks behind the whole one",
        ),
        pytest.param(
            'أعلن الاتحاد الدولي لكرة القدم "فيفا" مواعيد البطولة. وقال فيفا إن جميع الفرق ستشارك فيها.',
            'الاتحاد الدولي لكرة القدم "فيفا"',
            id="a short name goes back to the whole one",
        ),
        pytest.param(
            "أعلن نادي وست هام يونايتد تعاقده مع لاعب جديد. وقال النادي اللندني إنه سيقدم اللاعب غدا الخميس.",
            "نادي وست هام يونايتد",
            id="a body called by its town",
        ),
        pytest.param(
            "زار الوفد وزارة الصحة في بيونغ يانغ. وقالت بيونغ يانغ إن البلاد لن توقف هذه التجارب.",
            "بيونغ يانغ",
            id="a town is not what lies in it",
        ),
        pytest.param(
            "أفاد 90% من ممثلي الجهات المانحة بأن جهاتهم تعمل على تقييم أثر البرامج في المجتمع.",
            "90% من ممثلي الجهات المانحة",
            id="so many of them",
        ),
        pytest.param(
            "التقى وفد الهيئة عبداللطيف البنيان. وأشار م. البنيان إلى أنه تم تطبيق العقوبات على هذه المنشآت.",
            "عبداللطيف البنيان",
            id="a title of one letter",
        ),
        pytest.param(
            "قال الفنان #سالم_المنصور إنه سيعود قريبا. وأوضح الفنان سالم المنصور أن المسلسل سيعرض في الشهر المقبل.\n"
            "وأكد #سالم_المنصور أن التصوير انتهى في مدينة بيروت.",
            "سالم المنصور",
            id="a name written as a tag",
        ),
        pytest.param(
            "التقى الوفد كيم جونغ-أون زعيم البلاد. وقال كيم إن بلاده لم تعد بحاجة إلى تجارب جديدة.",
            "كيم جونغ-أون",
            id="a name with a hyphen",
        ),
        pytest.param(
            "لفت إمام وخطيب الجامع الكبير عبدالرزاق بن صالح إلى أن الخطباء قادرون على ذلك.",
            "عبدالرزاق بن صالح",
            id="an imam is no small word",
        ),
    ],
)
def test_a_short_form_goes_back_to_the_full_one(body: str, speaker: str) -> None:
    assert speakers_of(body)[-1] == speaker


@pytest.mark.parametrize(
    ("body", "speaker"),
    [
        pytest.param(
            "قال المدرب خالد سمير إن الفريق جاهز، وأكد جاهزيته للعودة إلى الملاعب في المباراة المقبلة.",
            "خالد سمير",
            id="what is his does not speak",
        ),
        pytest.param(
            "قال الأمين العام سالم الحارثي إن الوضع خطير. ثم اتهم الدول الكبرى بأنها مسؤولة عن معاناة المدنيين.",
            "سالم الحارثي",
            id="a feminine plural behind a masculine verb",
        ),
        pytest.param(
            "قال وزير العدل سامي الخطيب إن التحقيق مستمر. ورفض وزير العدل التعليق على القضية، وأكد أنه سيتحدث غدا.",
            "سامي الخطيب",
            id="a noun of action behind the subject",
        ),
        pytest.param(
            "قال اللاعب سامي الخطيب إن القرار صعب. وكشف اللاعب الأسبوع الماضي أنه سيغادر الفريق في نهاية الموسم.",
            "سامي الخطيب",
            id="a time behind the subject",
        ),
        pytest.param(
            "قال الملك محمد السادس إن الوضع صعب. وانتقد الملك برامج الدعم التي «تعاني من ضعف التنسيق بينها».",
            "محمد السادس",
            id="a king without a name",
        ),
        pytest.param(
            "أوضح الوزير سالم الحارثي في تصريح لصحيفة محلية، أن عملية سحب السفير عادية، مؤكدا أنها لا تحتمل أي تفسير.",
            "سالم الحارثي",
            id="a clause behind the occasion",
        ),
        pytest.param(
            "وصف القضاء البلجيكي الهجوم الذي وقع في مدينة لييج بأنه «جريمة قتل إرهابية خطيرة».",
            "القضاء البلجيكي",
            id="a town is no cue",
        ),
        pytest.param(
            "ودعت المديرية العامة للمياه السكان المقيمين إلى ترشيد الاستهلاك في الصيف.",
            "المديرية العامة للمياه",
            id="whom a body calls upon",
        ),
        pytest.param(
            "وأعلنت العديد من الشركات الأجنبية الكبرى انسحابها من السوق المحلية.",
            "العديد من الشركات الأجنبية الكبرى",
            id="a quantifier with what it counts",
        ),
    ],
)
def test_an_object_is_told_from_the_subject(body: str, speaker: str) -> None:
    found = speakers_of(body)
    assert found
    assert set(found) == {speaker}


@pytest.mark.parametrize(
    ("body", "speaker"),
    [
        pytest.param(
            "قال وزير النفط سامي الخطيب إن الأسعار مستقرة.\nوزار رئيس الوزراء عادل المنصور المصنع الجديد أمس. "
            "وقال إن الحكومة ستدعم هذه الصناعة في السنوات المقبلة.",
            "عادل المنصور",
            id="of whom the sentence before tells",
        ),
        pytest.param(
            "قال وزير النفط سامي الخطيب إن الأسعار مستقرة، نقلا عن صحيفة الأخبار المحلية. "
            "وأكد أن الحكومة ستدعم هذه الصناعة في السنوات المقبلة.",
            "سامي الخطيب",
            id="who carried the words goes not on speaking",
        ),
        pytest.param(
            "وكان وزير النفط سامي الخطيب قد اعتبر قرار المنظمة خطوة مهمة، مشيرا إلى أن الأسعار ستستقر قريبا.",
            "سامي الخطيب",
            id="who had said it",
        ),
        pytest.param(
            "بمناسبة الذكرى التاسعة عشرة لتأسيس الجامعة العربية ألقى الأمين العام سالم المنصور كلمة مساء الأحد "
            "ودعا إلى إعادة النظر في المناهج وطرق التدريس.",
            "سالم المنصور",
            id="a long occasion before the verb",
        ),
        pytest.param(
            "استعرض السفير سالم العمادي منحة الإغاثة التي قال إنها ستوزع على الأسر الفقيرة خلال أيام قليلة.",
            "سالم العمادي",
            id="a masculine verb behind a feminine relative",
        ),
    ],
)
def test_a_verb_without_a_subject_goes_back_to_the_one_of_whom_is_told(body: str, speaker: str) -> None:
    assert speakers_of(body)[-1] == speaker


@pytest.mark.parametrize(
    ("body", "speaker"),
    [
        pytest.param(
            "أجرى معهد الاقتصاد العربي دراسة حول أسواق النفط. وأوضحت الدراسة أن الأسعار ستتراجع في العام المقبل.",
            "معهد الاقتصاد العربي",
            id="who made the study",
        ),
        pytest.param(
            "قال رئيس الأركان سالم المقدشي إن الجيش يتقدم. وأكد المسؤول اليمني أن تحرير العاصمة سيتم قريبا.",
            "سالم المقدشي",
            id="the official is who spoke",
        ),
        pytest.param(
            "قالت وزارة الصحة إن الوضع مستقر. وأكدت ضرورة التعاون مع جميع المؤسسات في هذه المرحلة الصعبة.",
            "وزارة الصحة",
            id="a noun of no speaker is what was said",
        ),
        pytest.param(
            "تعتمد البلاد على عائدات السياحة التي تقول تقارير إنها تراجعت كثيرا خلال الأعوام الماضية.",
            "تقارير",
            id="papers behind a relative",
        ),
    ],
)
def test_what_speaks_for_another(body: str, speaker: str) -> None:
    assert speakers_of(body)[-1] == speaker


def test_an_office_is_told_by_the_name_that_follows() -> None:
    body = (
        "هدد وزير الداخلية الإيطالي بإغلاق مطارات بلاده أمام جميع الرحلات. "
        "وكتب ماتيو سالفيني في حسابه أن المطارات ستبقى مغلقة حتى نهاية العام."
    )
    assert speakers_of(body) == ["ماتيو سالفيني"] * 2
