"""Whether a date lies behind or ahead of the writer, and in which year: by its verb, and by what is nearest."""

from __future__ import annotations

from collections.abc import Iterator

from tawatur.analysis.date_terms import date_words
from tawatur.analysis.date_text import DateText
from tawatur.text.letters import normalised_text

__all__ = ["NEAREST_MONTHS", "is_told_of_the_day", "lies_ahead", "year_of_month"]

#: Months from the writer's within which a month of no year is looked for.
NEAREST_MONTHS = range(-6, 6)
#: The same behind a verb of the past: «وافق على إيفاد ممثل في أبريل» may still lie a little ahead.
_MONTHS_OF_THE_PAST = range(-9, 3)
# A month takes the year of a date this near before it in its sentence.
_NEAR_WORDS = 25
# How far back from a date the verb that tells whether it lies ahead is looked for.
_VERB_WORDS = 20
# The same before a month: «وحكم على … بالسجن 30 يوما بتهمة تنظيم تظاهرة في يناير».
_VERB_WORDS_OF_A_MONTH = 20
# «كان من المقرر أن تقام …»: words from its «كان» to a verb that is planned.
_WAS_WORDS = 5
# Days since a weekday that is tomorrow. A lead never tells of it six days later: of 46 read in the archive, all mean
# tomorrow, or the writer's own day where the stamp is of an hour before midnight in another zone.
_TOMORROW = 6
_LEAD_WORDS = 22
# Titles tell of the last days and of the next: of 24 weekdays read in them, four days back and more, all are ahead.
_LONG_AGO = 4
# «أن», and words before it that may tell what is expected.
_THAT, _LEADING_WORDS = "ان", 2
_IMPERFECT = tuple("يتنأ")
_VERBS = frozenset(("VERB", "AUX"))
# «على أن يكون الثلاثاء»: the verb before it tells.
_TELL_NOTHING = ("ليس", "يكون", "تكون")
_SHORTEST_PAST = 4
_ENDS_CLAUSE = frozenset((".", "؛", ":"))


def lies_ahead(text: DateText, first: int, last: int, back: int) -> bool:
    """Tell whether a weekday is still to come: what should happen, or a verb of the present and the day is near."""
    if text.tag(first - 1, "since"):
        return False
    if (back == _TOMORROW and first < _LEAD_WORDS) or (back >= _LONG_AGO and text.field == "title"):
        return True
    for place in _before(text, first, _VERB_WORDS):
        if text.opens_a_quotation(place):
            break  # «وقالت "اعتبارا من الأحد سنشكل …"»: the verb of what is quoted tells
        if text.folded(place) in date_words().future or _is_waited_for(text, place):
            return back > 0 and not _was_to(text, place)
        tense = _tense(text, place)
        if tense == 0 and text.folded(place - 1) == _THAT and _is_expected(text, place - 1):
            return back > 0 and not _was_to(text, place - 1)
        if tense is not None:
            return _may_come(0 if _decides(text, place) else tense, back)
    # «والأربعاء، ينضم إليهما …»
    tense = _tense(text, last + 1 + (text.text(last + 1) == "،"))
    return tense is not None and _may_come(tense, back)


def is_told_of_the_day(text: DateText, first: int, last: int) -> bool:
    """Tell whether a weekday is the writer's own: between commas, behind a verb of the past («أعلن …، السبت، …»)."""
    if text.text(first - 1) != "،" or text.text(last + 1) not in ("،", "."):
        return False
    tenses = (_tense(text, place) for place in _before(text, first, _VERB_WORDS))
    return next((tense for tense in tenses if tense is not None), 0) == -1


def _before(text: DateText, at: int, most: int) -> Iterator[int]:
    """Give the places of the words before one, back to where its clause or its paragraph begins."""
    for place in range(at - 1, max(-1, at - most), -1):
        if text.text(place) in _ENDS_CLAUSE or text.ends_line(place):
            return
        yield place


def _is_waited_for(text: DateText, at: int) -> bool:
    """«قبل مواجهة المكسيك»، «استعدادا للقاء …»، «في حال فوزه …»: the day behind it is still to come."""
    words = date_words()
    folded = text.folded(at)
    return folded in words.ahead_of or (folded in words.before and text.folded(at + 1) in words.occasions)


def _may_come(tense: int, back: int) -> bool:
    return (tense > 0 and back > 0) or (tense == 0 and back == _TOMORROW)


def _is_expected(text: DateText, at: int) -> bool:
    """Tell whether «أن» is led to by what is to come: «من المتوقع أن يتحسن الطقس … الجمعة»."""
    return any(text.folded(place) in date_words().future for place in range(at - _LEADING_WORDS, at))


def _was_to(text: DateText, at: int) -> bool:
    """«كان من المقرر»: what should have happened lies behind."""
    return any(text.tag(before, "was") for before in range(at - _WAS_WORDS, at))


def _tense(text: DateText, at: int) -> int | None:
    """Give -1 for a verb of the past, 0 of the present, 1 with س or of what is planned; None for what is no verb."""
    segments = text.words[at].segments if 0 <= at < len(text.words) else ()
    verb = next((part.text for part in segments if part.pos in _VERBS), None)
    if verb is None:
        return None
    is_cut = any(part.text == "س" for part in segments) and verb.startswith(_IMPERFECT)  # not «وسجل»
    if is_cut or (verb.startswith("س") and verb[1:].startswith(_IMPERFECT)):
        return 1
    if verb.startswith(_TELL_NOTHING):
        return None
    if normalised_text(verb) in date_words().schedules:
        return -1 if _was_to(text, at) else 1
    return 0 if verb.startswith(("ي", "ت")) and not _is_past(verb) else -1


def _decides(text: DateText, at: int) -> bool:
    """Tell whether a verb decides on what is to come: «قرر»، «دعت»."""
    return any(
        part.pos == "VERB" and normalised_text(part.text) in date_words().decides for part in text.words[at].segments
    )


def _is_past(verb: str) -> bool:
    """«تمكنت»، «تم»: no verb of the present ends in ت, but for the roots that do."""
    return verb in ("تم", "تمت") or (len(verb) > _SHORTEST_PAST and verb.endswith("ت"))


def _tense_before(text: DateText, at: int) -> int:
    """Give the tense of a date's clause, 0 where it tells nothing."""
    for place in _before(text, at, _VERB_WORDS_OF_A_MONTH):
        if text.folded(place) in date_words().behind:
            return 0
        if text.folded(place) in date_words().future:
            return 0 if _was_to(text, place) else 1
        tense = _tense(text, place)
        if tense is not None:
            return tense
    return 0


def _opens_a_past(text: DateText, at: int, last: int) -> bool:
    """Tell whether a date opens what lies behind: «ففي أكتوبر، علق …»، «إنه بحلول 30 مايو وصل …»."""
    opening = at - bool(at and text.text(at - 1) in date_words().opening)
    opens = opening <= 0 or text.text(opening - 1) in _ENDS_CLAUSE or text.ends_line(opening - 1)
    return (opens or _is_until(text, at)) and _tense(text, last + 1 + (text.text(last + 1) == "،")) == -1


def year_of_month(text: DateText, at: int, last: int, turn: int | None, month: int, day: int | None) -> int:
    """Give the year of a month that names none.

    A name known by its day («هجمات 11 سبتمبر») tells it, «الماضي»، «المقبل»، «منذ», a year nearby, the tense of the
    clause, or of the verb that the date is put before («ففي أكتوبر، علق …»); else the nearest is meant.
    """
    today = text.today
    if turn is None and (year := _remembered(text, at, month, day)) is not None:
        return year
    turn = -1 if turn is None and text.tag(at - 1, "since") else turn
    if turn is None and (year := _year_nearby(text, at)) is not None:
        return year
    if turn is None and _opens_a_past(text, at, last):
        return today.year - (month > today.month)
    if turn is None:
        turn = 1 if _is_until(text, at) else _tense_before(text, at) or None
        window = _MONTHS_OF_THE_PAST if turn == -1 else NEAREST_MONTHS
        if turn != 1 or _is_this_month(text, month, day):
            months = month - today.month
            return today.year + (months < window.start) - (months >= window.stop)
    here = (today.month, today.day if day else 0)
    asked = (month, day or 0)
    if turn < 0:
        return today.year - (asked >= here)
    return today.year + (turn > 0 and asked <= here)


def _year_nearby(text: DateText, at: int) -> int | None:
    """Give the year that the sentence told before; what is past is in no year ahead."""
    if text.year_told is None or not _is_near(text, text.year_told[0], at):
        return None
    year = text.year_told[1]
    return None if year > text.today.year and _tense_before(text, at) < 0 else year


def _is_until(text: DateText, at: int) -> bool:
    """Tell whether a month is an end that is still to come: «حتى أول مايو»."""
    return any(text.folded(place) in date_words().until for place in (at - 1, at - 2))


def _is_this_month(text: DateText, month: int, day: int | None) -> bool:
    return month == text.today.month and (day is None or day == text.today.day)


def _remembered(text: DateText, at: int, month: int, day: int | None) -> int | None:
    known = date_words().remembered.get(f"{month:02}-{day:02}" if day else f"{month:02}")
    if known is None or known[0] > text.today.year:
        return None
    before = {text.folded(place).removeprefix("ال") for place in (at - 1, at - 2)}
    return known[0] if before & known[1] else None


def _is_near(text: DateText, first: int, second: int) -> bool:
    return second - first < _NEAR_WORDS and all(text.text(place) != "." for place in range(first, second))
