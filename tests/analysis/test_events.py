"""Happenings that a text dates, resolved against the day it was published where it was published."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.analysis.document import read_document
from tawatur.analysis.events import find_events
from tawatur.model import article_from_json
from tawatur.model.analysis import Entity, Event
from tawatur.text.spans import Span

# A Wednesday.
PUBLISHED = "2023-09-20T15:00:00+03:00"
FIRST_OF_A_YEAR = "0000-01-01"
RIYADH = timezone(timedelta(hours=3))


def events(body: str, published: str | None = PUBLISHED, **fields: str) -> tuple[Event, ...]:
    article = article_from_json({"id": "x", "body": body, "published": published, **fields})
    return find_events(read_document(article, RIYADH), ())


def dates(body: str, published: str | None = PUBLISHED) -> list[str | None]:
    return [event.when for event in events(body, published)]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("وصلت السفينة إلى المرفأ أمس.", "2023-09-19"),
        ("وصلت السفينة إلى المرفأ أول أمس.", "2023-09-18"),
        ("وصلت السفينة إلى المرفأ أمس الأول.", "2023-09-18"),
        ("وصلت السفينة إلى المرفأ اليوم الأربعاء.", "2023-09-20"),
        ("وصلت السفينة إلى المرفأ مساء الثلاثاء.", "2023-09-19"),
        ("وصلت السفينة إلى المرفأ يوم الأربعاء الماضي.", "2023-09-13"),
        ("تصل السفينة إلى المرفأ يوم الأحد المقبل.", "2023-09-24"),
        ("قال المدير: سنفتتح المرفأ السبت.", "2023-09-23"),
        ("وقع العقد في 20 سبتمبر 2023 الساعة 13:00 في المرفأ.", "2023-09-20T13:00"),
        ("غادرت السفينة عند الساعة 09:05 من صباح الثلاثاء.", "2023-09-19T09:05"),
        ("وقع العقد في العاشر من تموز/يوليو الماضي.", "2023-07-10"),
        ("وقع العقد في 18 من فبراير/ شباط 2015.", "2015-02-18"),
        ("وقع العقد ليلة 10 تشرين نوفمبر 2020.", "2020-11-10"),
        ("وقع العقد في 5 تشرين الأول عام 1998.", "1998-10-05"),
        ("وقع العقد في 19 من الشهر الجاري.", "2023-09-19"),
        ("وقع العقد يوم الجمعة 1 / 10 / 1436 هـ.", "2015-07-17"),
        ("استمر العرض أيام 16 و17 و18 مارس 2018.", "2018-03-16/2018-03-18"),
        ("استؤنفت الأعمال في نهاية سبتمبر 2020.", "2020-09"),
        ("يبدأ العمل في منتصف نوفمبر المقبل.", "2023-11"),
        ("تولى المنصب في أكتوبر من العام الماضي.", "2022-10"),
        ("بدأت الأعمال في يوليو.", "2023-07"),
        ("افتتح المرفأ عام 2015.", "2015"),
        ("افتتح المرفأ في1968 بعد سنوات.", "1968"),
        ("انتقل إلى النادي في صيف 2017.", "2017"),
        ("انتقل إلى النادي العام الماضي.", "2022"),
        ("توقف العمل منذ نهاية العام الماضي.", "2022-12"),
        ("ارتفعت الأسعار الأسبوع الماضي.", "2023-09-10/2023-09-16"),
        ("ارتفعت الأسعار الشهر الماضي.", "2023-08"),
        ("تجرى الانتخابات في النصف الأول من عام 2024.", "2024-01-01/2024-06-30"),
        ("عمل في السفارة في الفترة ما بين العام 1987 إلى العام 1997.", "1987/1997"),
        ("حققت انتصارات بين 2012 و2013.", "2012/2013"),
        ("انطلقت البطولة موسم 2002 - 2003.", "2002/2003"),
        ("انقطعت أخبار السفينة قبل ثلاثة أيام.", "2023-09-17"),
        ("تولى الإمام الحكم سنة 1308هـ وبنى القلعة.", "1890/1891"),
        ("وصلت السفينة إلى المرفأ أول من أمس.", "2023-09-18"),
        ("نشر الإعلان بتاريخ 29 - شعبان 1436هـ في الصحيفة.", "2015-06-16"),
        ("غادرت السفينة عند الساعة السابعة والنصف من مساء أمس.", "2023-09-19T19:30"),
        ("غادرت السفينة أمس الساعة الواحدة ظهرا.", "2023-09-19T13:00"),
        ("عقدت الجمعية يوم الثلاثاء بتاريخ 04/03/1445هـ الموافق 19/09/2023م في مقر الشركة.", "2023-09-19"),
        ("والخميس، يصل الوزير إلى المرفأ.", "2023-09-21"),
        ("وتستعد الفرق، وسيلعبون المباراة الأولى السبت في المرفأ.", "2023-09-23"),
        ("تولى الوزارة بعد أحداث 11 سبتمبر وبقي فيها.", "2001-09-11"),
        ("سيتقاعدون في يناير من العمل.", "2024-01"),
        ("قتل صيادون في يناير في المرفأ.", "2023-01"),
        ("قتل صيادون في ديسمبر في المرفأ.", "2022-12"),
        ("جرى تعليق الرسوم حتى أول يناير في المرفأ.", "2024-01"),
    ],
)  # fmt: skip
def test_a_clause_is_dated_as_a_reader_would(text: str, when: str) -> None:
    assert dates(text) == [when]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        pytest.param("ويلتقي الفريقان السبت على ملعب المدينة.", "2023-09-23", id="what is planned"),
        pytest.param("وتستضيف المدينة منذ السبت معرض الكتاب.", "2023-09-16", id="since is behind"),
        pytest.param("كان من المقرر أن تقام المباراة السبت لكنها ألغيت.", "2023-09-16", id="what was planned"),
        pytest.param("وتحدث المدرب قبل مواجهة الهلال على ملعبه يوم السبت.", "2023-09-23", id="before a match"),
        pytest.param("وتأهل الفريق إلى الدور قبل النهائي يوم السبت.", "2023-09-16", id="a semi-final"),
        pytest.param("ويتدرب الفريق استعدادا للقاء الهلال الأحد.", "2023-09-24", id="made ready for"),
        pytest.param("ويتأهل الفريق في حال فوزه على الهلال السبت.", "2023-09-23", id="in the event of"),
        pytest.param("وأعلنت أن الوقوف سيكون الجمعة.", "2023-09-22", id="what will be"),
        pytest.param("وكان أفضل أداء للسوق في شهر يوليو.", "2023-07", id="what was"),
        pytest.param("ودعت الوزارة إلى اجتماع طارئ الخميس.", "2023-09-21", id="what is decided on"),
        pytest.param("ودعت الوزارة إلى اجتماع طارئ الاثنين.", "2023-09-18", id="any other day"),
        pytest.param("ارتفعت الصادرات خلال التسعة أشهر الأولى من 2022.", "2022-01/2022-09", id="count first"),
        pytest.param("تمكنت الشرطة من اعتقال المتهم في أغسطس.", "2023-08", id="a past that begins as a present"),
        pytest.param("أنشئت الشركة قبل سنتين ونصف في المدينة.", "2021-03", id="two years and a half"),
        pytest.param("ارتفعت الصادرات في الأشهر السبعة الأولى من العام الحالي.", "2023-01/2023-07", id="seven months"),
        pytest.param("ارتفعت الصادرات في أول سبعة أشهر من 2022.", "2022-01/2022-07", id="the first seven"),
        pytest.param("عاد إلى المدينة في أواخر الستينيات من القرن الماضي.", "1967/1969", id="the late sixties"),
        pytest.param("انخفض العجز خلال النصف الأول من العام المالي الجاري.", "2023-07-01/2023-12-31", id="fiscal"),
        pytest.param("وقع الهجوم مطلع الأسبوع في المدينة.", "2023-09-16/2023-09-17", id="the weekend"),
        pytest.param("نما الاقتصاد في الربع الثالث من العام المالي 2017-2018.", "2018-01-01/2018-03-31", id="told"),
        pytest.param("انخفض العجز خلال النصف الأول من عام 2023/2022.", "2022-07-01/2022-12-31", id="fiscal, in years"),
        pytest.param(
            "زادت الإيرادات في الأشهر الستة الأولى من العام المالي الحالي.", "2023-07-01/2023-12-31", id="six"
        ),
        pytest.param("اندلع الحريق ليل الاثنين الثلاثاء في المرفأ.", "2023-09-18", id="one night"),
        pytest.param("اندلع الحريق ليل الاثنين - الثلاثاء في المرفأ.", "2023-09-18", id="one night, dashed"),
        pytest.param('وقالت المديرة "اعتبارا من السبت سنعيد فتح المرفأ".', "2023-09-23", id="the verb of a quotation"),
        pytest.param("ويبدأ التسجيل مطلع شهر ربيع الآخر المقبل.", "2023-10", id="the first days of a Hijri month"),
        pytest.param("كشف المدرب أنه لا يفضل فريقا على آخر في قمة الخميس.", "2023-09-21", id="tomorrow in a lead"),
        pytest.param("وبحلول 30 نوفمبر وصل آلاف السياح إلى المدينة.", "2022-11-30", id="by a day that is past"),
        pytest.param("واختلطت الأمور في الغرب، فمنذ 11 سبتمبر شاعت الشائعات.", "2001-09-11", id="a day known"),
        pytest.param("واستمرت الفوضى في البلاد منذ ثورة فبراير.", "2011-02", id="a month known by name"),
        pytest.param("عرضت الحلقة الأولى في السابع من الشهر الجاري.", "2023-09-07", id="a day told in words"),
        pytest.param("ففي نوفمبر، علق رجل على التسجيل.", "2022-11", id="a month before its verb"),
        pytest.param("عرضت الحلقة في الأسبوع الأخير من شهر أغسطس.", "2023-08-25/2023-08-31", id="last week of ours"),
        pytest.param("نوقشت الخطة في اجتماع اليوم الأخير من فبراير الماضي.", "2023-02-28", id="last day"),
        pytest.param("وأصدرت الحكم بحق ضحايا حادث 11 سبتمبر.", "2001-09-11", id="victims of a day"),
        pytest.param("ومن المتوقع أن يتحسن الطقس بدءا من يوم الجمعة.", "2023-09-22", id="what is expected"),
        pytest.param("وسيكون التضخم من قضايا الوزير بعد فوزه في الانتخابات في 24 أغسطس.", "2023-08-24", id="after"),
        pytest.param("أعلنت المحكمة غرة شهر ربيع الأول الجاري.", "2023-09-16", id="the first of a Hijri month"),
        pytest.param("سافر في الأسبوع الأخير من شهر صفر الماضي.", "2023-09-09/2023-09-15", id="last week of theirs"),
        pytest.param("ويقام المعرض يومي السبت والأحد المقبلين.", "2023-09-23/2023-09-24", id="two days ahead"),
        pytest.param("وزار الوزير المدينة الجمعة والسبت الماضيين.", "2023-09-15/2023-09-16", id="two days behind"),
        pytest.param("وارتفعت الأرباح في الربع المالي الثاني إلى مليون.", "2023-04-01/2023-06-30", id="a quarter"),
        pytest.param("وارتفعت الأرباح خلال الربع الرابع إلى مليون.", "2022-10-01/2022-12-31", id="the last quarter"),
        pytest.param("وزار الموقع آلاف أيام الجمعة والسبت والأحد.", "2023-09-15/2023-09-17", id="three days"),
        pytest.param("ونشر المقال في عدد يوم الجمعة؛ 14 يوليو 2023 للصحيفة.", "2023-07-14", id="a day told twice"),
        pytest.param("في مثل هذا اليوم من عام 1947 افتتح المرفأ.", "1947-09-20", id="this day of another year"),
    ],
)
def test_what_stands_beside_a_date_tells_which_it_is(text: str, when: str) -> None:
    assert dates(text) == [when]


def test_the_same_time_of_another_year_is_that_told_before() -> None:
    body = "ارتفعت الأرباح خلال الربع الثاني من عام 2023 إلى مليون، بعد أن بلغت نصفه في الفترة نفسها من العام الماضي."
    assert dates(body) == ["2023-04-01/2023-06-30", "2022-04-01/2022-06-30"]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("ومارس المحتجون الضغط على الحكومة.", id="a verb"),
        pytest.param("وكانت في منتصف الأربعينات حين توفيت.", id="an age"),
        pytest.param("وباشرت الفرق أكثر من 2000 بلاغ في المدينة.", id="more than"),
        pytest.param("وسجلت 1913 بلاغا في المدينة.", id="what was counted"),
        pytest.param("ويستعد المنتخب للمشاركة في كأس العالم 2018 بثقة.", id="an edition"),
        pytest.param("وتجذب #كأس_العالم 2018 المعلنين.", id="an edition in a hashtag"),
        pytest.param('ومن خلال "مرفأ 2030" تسعى المدينة إلى النمو.', id="a name in marks"),
        pytest.param("ولم تزل الحجج نفسها تتداول حتى اليوم.", id="until now"),
        pytest.param("وفي اليوم قبل الأخير من جولتها زارت المتحف.", id="a day of a journey"),
        pytest.param("وتقدم الفريق في الربع الثاني من المباراة.", id="a quarter of a match"),
        pytest.param("واتخذ منبر الجمعة وسيلة للتأثير.", id="a pulpit"),
        pytest.param("نقلا عن اليوم السعودية.", id="a paper named today"),
        pytest.param("ويشتد الزحام في المطعم أيام الجمعة.", id="any Friday"),
        pytest.param("ويأتي الهجوم قبل شهر تماما من الاقتراع.", id="counted from something else"),
        pytest.param("نقلا عن الغد الأردنية.", id="a paper named tomorrow"),
        pytest.param("وفاز الزائر بسيارة موديل 2015 من البلدية.", id="a model"),
        pytest.param("وخسر بطل نسخة عام 2014 أمام ضيفه.", id="an edition of a year"),
        pytest.param("وخطف التنظيم خمسة آلاف شخص، وتم تحرير 2014 منهم.", id="so many of them"),
        pytest.param("وتعاني المصانع البالغة 2000 مصنع من الأزمة.", id="so many things"),
        pytest.param("وودع المنتخب تصفيات مونديال 2018 أمام جمهوره.", id="another"),
    ],
)
def test_what_is_no_time_is_no_date(body: str) -> None:
    assert dates(body) == []


def test_a_month_in_the_name_of_a_person_is_no_date() -> None:
    body = "وكتب لويجي دي مايو رسالة إلى الناخبين."
    name = Entity(text="لويجي دي مايو", canonical="لويجي دي مايو", type="PER", spans=(Span(5, 18),))
    article = article_from_json({"id": "x", "body": body, "published": PUBLISHED})
    assert find_events(read_document(article, RIYADH), (name,)) == ()


def test_what_only_a_credit_dates_does_not_reach_into_the_clause_before_it() -> None:
    body = "يغادر المدير منصبه نهاية نوفمبر المقبل، وفق ما نقله موقع الشركة، الثلاثاء."
    assert [event.what for event in events(body)] == [
        "يغادر المدير منصبه نهاية نوفمبر المقبل",
        "وفق ما نقله موقع الشركة، الثلاثاء",
    ]


def test_last_year_told_in_a_sentence_is_the_year_of_its_months() -> None:
    body = "وفي العام الماضي، غرق خمسون صيادا خلال الفترة من مارس إلى يونيو، منهم ثلاثون في نوفمبر."
    assert dates(body)[-1] == "2022-11"


def test_the_same_month_of_two_years_is_none_but_the_day_counts_from_publication() -> None:
    assert dates("فازوا في موسم 2015/2016 ووقع العقد في 19 منه.") == ["2015/2016", "2023-09-19"]


@pytest.mark.parametrize(
    ("body", "when"),
    [
        pytest.param(
            "وصلت السفينة اليوم الثلاثاء. وغادر الوزير أمس إلى الجزيرة.", ["2023-09-19", "2023-09-18"], id="one"
        ),
        pytest.param(
            "وصلت السفينة اليوم الثلاثاء. وغادر الوزير اليوم الاثنين إلى الجزيرة. وزار المدير المصنع أمس.",
            ["2023-09-19", "2023-09-18", "2023-09-19"],
            id="two that differ tell nothing",
        ),
    ],
)
def test_the_text_tells_its_own_day(body: str, when: list[str]) -> None:
    assert dates(body, "2023-09-20T01:30:00+03:00") == when


def test_what_somebody_else_said_tells_not_the_day_of_the_writer() -> None:
    body = 'في بيان صدر ليل الأربعاء اعترض المدرب على القرار. ونقلت عنه الوكالة قوله "حصل هذا ليلة الأمس (الاثنين)".'
    assert dates(body)[0] == "2023-09-20"


def test_a_title_tells_of_the_last_days_and_of_the_next() -> None:
    told = [events("", title=title)[0].when for title in ("الوزير في المرفأ السبت", "قتلى في غارات الاثنين")]
    assert told == ["2023-09-23", "2023-09-18"]


@pytest.mark.parametrize("same", ["من العام ذاته", "من ذات العام", "من العام نفسه"])
def test_a_month_of_the_same_year_is_of_the_year_told_before(same: str) -> None:
    assert dates(f"افتتح المرفأ في مارس 2014. وفي يونيو {same} غادرته أول سفينة.") == ["2014-03", "2014-06"]


def test_what_is_quoted_counts_from_the_day_it_was_said() -> None:
    body = 'وقالت الشركة في بيان الاثنين "تعطلت الرافعة أمس في المرفأ". وأضافت الوكالة أن السفينة غادرت أمس.'
    assert dates(body) == ["2023-09-18", "2023-09-17", "2023-09-19"]


def test_a_verb_of_another_paragraph_says_nothing_of_a_day() -> None:
    assert dates("وسيطرت المعارضة على المدينة، وستنسحب منها\nوالأحد، بدأ وفد زيارة إلى العاصمة.") == ["2023-09-17"]


@pytest.mark.parametrize(("hour", "when"), [("22:20", "2023-09-21"), ("12:20", "2023-09-14")])
def test_late_in_the_evening_the_writers_day_may_be_the_next(hour: str, when: str) -> None:
    body = (
        "وتعمل في المرفأ ثلاثون سفينة " + "من السفن الصغيرة والكبيرة " * 6 + ".\nوصدر أمر ملكي، الخميس، بإعفاء المدير."
    )
    assert dates(body, f"2023-09-20T{hour}:00+03:00") == [when]


def test_a_date_of_a_credit_dates_what_was_said() -> None:
    body = 'وقال الوزير تعليقا على الأزمة -وفقا لقناة "المرفأ" الإخبارية اليوم الأربعاء- إن السفن ستعود.'
    (said,) = events(body)
    assert (said.when, said.evidence) == ("2023-09-20", body[: body.index("-", 40)])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("يعيش الصياد في المدينة منذ 23 عاما.", id="how long is not when"),
        pytest.param("شددت السلطات الإجراءات في السنوات الأخيرة.", id="years without a number"),
        pytest.param("كتبت صحيفة اليوم أن المرفأ جاهز.", id="a paper named the day"),
        pytest.param("أدى المصلون صلاة الجمعة في المسجد.", id="a prayer named for a day"),
        pytest.param("فاز الفريق 1-صفر على ضيفه.", id="a score"),
        pytest.param("تبلغ المساحة 2000 متر.", id="a number of metres"),
        pytest.param("توفيت امرأة في الخمسينات من العمر.", id="the fifties of a life"),
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert dates(text) == []


def test_yesterday_is_counted_where_the_outlet_is() -> None:
    article = article_from_json({"id": "x", "body": "وصلت السفينة أمس.", "published": "2023-09-19T22:30:00Z"})
    in_riyadh, in_utc = (find_events(read_document(article, zone), ()) for zone in (RIYADH, UTC))
    assert [event.when for event in (*in_riyadh, *in_utc)] == ["2023-09-19", "2023-09-18"]


def test_an_undated_article_has_the_dates_it_tells_in_full() -> None:
    assert dates("وقع العقد في 12 مارس 2018 ووصلت السفينة أمس.", None) == ["2018-03-12"]
    assert dates("قتل عاملان الأسبوع الماضي. واجتمع الوزراء في 26 آذار. وينتهي المعرض في 20 تموز الجاري.", None) == []
    assert dates("وقع العقد بين 3 و5 مايو 2016، وافتتح المصنع في نهاية سبتمبر 2020.", None) == [
        "2016-05-03/2016-05-05",
        "2020-09",
    ]


def test_a_happening_told_twice_is_one_event() -> None:
    lead = "افتتح وزير النقل الاثنين رصيفا جديدا في المرفأ"
    assert len(events(f"{lead}.\n{lead} بحضور عدد من السفراء.", abstract=f"{lead}.")) == 1


def test_two_happenings_of_one_sentence_are_two() -> None:
    found = events("افتتح الوزير المرفأ الاثنين، وأعلنت الشركة شراء سفينة جديدة الثلاثاء.")
    assert [event.when for event in found] == ["2023-09-18", "2023-09-19"]
    assert "السفينة" not in found[0].evidence
    assert "المرفأ" not in found[1].evidence


def test_the_clause_tells_what_happened_and_where() -> None:
    body = "وكانت شركة أمواج قد أطلقت سفينة الشحن في صفاقس أمس، وسط إجراءات مشددة."
    place = Span(body.index("صفاقس"), body.index("صفاقس") + 5)
    entity = Entity(text="صفاقس", type="LOC", canonical="صفاقس", spans=(place,))
    article = article_from_json({"id": "x", "body": body, "published": PUBLISHED})
    (event,) = find_events(read_document(article, RIYADH), (entity,))
    assert event.where == "صفاقس"
    assert event.what.startswith("كانت شركة أمواج قد أطلقت سفينة الشحن")
    assert event.evidence == body[event.start : event.end]


_WORDS = (
    "قال وصل أمس اليوم غدا في من عام سنة يوم شهر الأحد الماضي المقبل مارس آب رمضان 31 2018 1436 هـ / ، . « » الساعة "
    "13:00 و قبل منذ النصف الأول الأسبوع"
)


@given(st.lists(st.sampled_from(_WORDS.split()), max_size=30).map(" ".join))
def test_every_event_stands_in_its_text_with_a_date_that_exists(body: str) -> None:
    for event in events(body):
        assert body[event.start : event.end] == event.evidence
        assert event.what in event.evidence
        ends = (event.when or "").split("/")
        assert all(datetime.fromisoformat(end + FIRST_OF_A_YEAR[len(end) :]) for end in ends)


@given(st.text(max_size=200))
def test_any_text_is_read(body: str) -> None:
    assert all(body[event.start : event.end] == event.evidence for event in events(body))


@pytest.mark.parametrize(
    ("body", "place", "where"),
    [
        pytest.param("قتل ثلاثة عمال في انفجار بمدينة الموصل أمس.", "الموصل", "الموصل", id="a head between"),
        pytest.param("وقع الانفجار أمس قرب الموصل.", "الموصل", "الموصل", id="a preposition"),
        pytest.param("وشهدت إسبانيا أمس إضرابا عاما.", "إسبانيا", "إسبانيا", id="what saw it"),
        pytest.param("هددت كندا أمس المصدرين بالعقوبات.", "كندا", None, id="a state that acts"),
        pytest.param("وانتقد الوزير أمس سياسة كندا.", "كندا", None, id="a state that is spoken of"),
    ],
)
def test_where_is_a_place_that_something_happened_in(body: str, place: str, where: str | None) -> None:
    article = article_from_json({"id": "x", "body": body, "published": PUBLISHED})
    at = body.index(place)
    name = Entity(text=place, canonical=place, type="LOC", spans=(Span(at, at + len(place)),))
    (event,) = find_events(read_document(article, RIYADH), (name,))
    assert event.where == where


@pytest.mark.parametrize(
    ("body", "when"),
    [
        pytest.param("احتفل أهالي الحي صباح اليوم الجمعة.", "2023-09-15", id="put out days later"),
        pytest.param("احتفل أهالي الحي صباح اليوم الخميس.", "2023-09-21", id="put out before midnight elsewhere"),
        pytest.param("وصلت السفينة السبت قبل الماضي.", "2023-09-09", id="the weekday before the last"),
        pytest.param("وصلت السفينة الأربعاء قبل الماضي.", "2023-09-06", id="the same weekday"),
        pytest.param("وصلت السفينة الشهر قبل الماضي.", "2023-07", id="the month before the last"),
        pytest.param("تصل السفينة السبت بعد المقبل.", "2023-09-30", id="the weekday after the next"),
    ],
)
def test_the_day_that_a_weekday_means(body: str, when: str) -> None:
    assert dates(body) == [when]


def test_a_mark_whose_other_stands_elsewhere_is_left_out() -> None:
    body = 'وقال الطبيب: "اللاعب سيخضع لفحص جديد الأحد المقبل. وبعدها نقرر". وافتتح معرض "ألوان" أمس.'
    assert [event.what for event in events(body)] == [
        "اللاعب سيخضع لفحص جديد الأحد المقبل",
        'افتتح معرض "ألوان" أمس',
    ]


def test_a_clause_too_long_to_be_told_whole_begins_behind_that() -> None:
    body = "قال مصدر مسؤول بالهيئة العامة للأنفاق إن التشغيل التجريبي لعدد من محطات الخط الثالث للمترو يبدأ الخميس."
    (event,) = events(body)
    assert event.what.startswith("التشغيل التجريبي")
