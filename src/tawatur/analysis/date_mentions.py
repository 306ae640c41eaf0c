"""
Dates in running text: what moment a clause speaks of, as ISO 8601 in the outlet's own zone.

Unlike a date line, a clause leaves much unsaid: «في يوليو» is the July nearest to the writer, «الثلاثاء» the last one
unless something lies ahead, «منتصف أبريل» a month, «الأسبوع الماضي» seven days. A run of terms is read into its parts, and
the parts are resolved against the day of publication.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from hijridate import Gregorian, Hijri

from tawatur.analysis.date_terms import Term, date_words, read_terms
from tawatur.analysis.document import Passage
from tawatur.model.analysis import EventPrecision
from tawatur.text.date_tables import MonthName
from tawatur.text.letters import normalised_text
from tawatur.text.words import Word

__all__ = ["DateKind", "DateMention", "find_date_mentions"]

DateKind = Literal["named", "weekday", "day", "month", "year", "bare_year", "unit", "ago", "span"]

_SLASHES = frozenset("/-–—ـ(،")
_NUMERIC_DATE = re.compile(r"(\d{1,4})[/\-.](\d{1,2})[/\-.](\d{1,4})")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})")
_YEARS = range(1700, 2101)
_HIJRI = range(1250, 1500)
_MONTHS_A_HALF, _MONTHS_A_QUARTER = 6, 3
# The leagues rest in summer: «الموسم الماضي» is over in June, «الموسم المقبل» begins in September at the latest.
_LEAGUES_REST = range(6, 9)
# A month takes the year of a date this near in its sentence.
_NEAR_WORDS = 25
_IMPERFECT = "يتنا"
# Years of our calendar: how long a Hijri year lasts, and where they begin. One that begins within a fifth of a year of
# ours is that year; any other lies in two.
_HIJRI_YEAR, _HIJRI_EPOCH = 0.970224, 621.5774
_A_YEAR_BEGINS = 0.2


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a passage: ``first`` to ``last`` of its words."""

    first: int
    last: int
    kind: DateKind
    when: str
    precision: EventPrecision
    #: True where a second sign (a year, «الماضي», a weekday beside «أمس») leaves no doubt that it is a date.
    sure: bool = False


@dataclass(slots=True)
class _Parts:
    """What a run of terms has said so far."""

    named: int | None = None
    weekday: int | None = None
    day: int | None = None
    month: MonthName | None = None
    year: int | None = None
    turn: int | None = None
    part: str | None = None
    #: The last of several days: «16 و17 و18 مارس».
    until: int | None = None
    clock: str | None = None
    hijri: bool = False
    since: bool = False


def find_date_mentions(passage: Passage, today: date) -> list[DateMention]:
    """Find the dates in a passage, in order; no word is in two of them."""
    terms = read_terms(passage.words)
    found: list[DateMention] = []
    reader = _Reader(passage, terms, today)
    at = 0
    while at < len(terms):
        mention = reader.read(at) if terms[at] is not None or passage.words[at].kind == "date" else None
        if mention is None:
            at += 1
        else:
            found.append(mention)
            reader.told = mention.when
            at = mention.last + 1
    return _joined(found, passage, terms)


class _Reader:
    """Reads one passage's terms into dates."""

    def __init__(self, passage: Passage, terms: list[Term | None], today: date) -> None:
        self.words: Sequence[Word] = passage.words
        self.terms = terms
        self.today = today
        #: The date before this one, as written there: «الشهر ذاته» is its month.
        self.told = ""
        #: The year that a date before this one in the same sentence stated.
        self.year_told: tuple[int, int] | None = None

    def read(self, at: int) -> DateMention | None:
        """Read the date that begins at a word; None when none does."""
        for way in (
            self._numeric,
            self._ago,
            self._span_of_unit,
            self._season,
            self._decade,
            self._calendar,
            self._year,
        ):
            if (mention := way(at)) is not None:
                return mention
        return None

    # ---- what stands at a place

    def _term(self, at: int) -> Term | None:
        return self.terms[at] if 0 <= at < len(self.terms) else None

    def _tag(self, at: int, tag: str) -> object:
        term = self._term(at)
        return term.tags.get(tag) if term else None

    def _text(self, at: int) -> str:
        return self.words[at].text if 0 <= at < len(self.words) else ""

    def _number(self, at: int, of: range) -> int | None:
        term = self._term(at)
        return term.number if term and term.is_number and term.number is not None and term.number in of else None

    # ---- ways to write a date

    def _numeric(self, at: int) -> DateMention | None:
        """``20/09/2023``، ``1 / 10 / 1436 هـ``."""
        last, match = at, _NUMERIC_DATE.fullmatch(self._text(at))
        if match is None:
            joined = [self._text(place) for place in range(at, at + 5)]
            if joined[1:4:2] not in (["/", "/"], ["-", "-"]):
                return None
            last, match = at + 4, _NUMERIC_DATE.fullmatch("".join(joined))
        if match is None:
            return None
        first, month, third = (int(part) for part in match.groups())
        day, year = (third, first) if first > 31 else (first, third)
        if year not in _YEARS and year not in _HIJRI:
            return None
        found = _day(year, month, day, hijri=year in _HIJRI)
        if found is None:
            return None
        last = self._era(last)
        last, clock = self._clock(last)
        return _mention(at, last, "day", found, clock, sure=True)

    def _ago(self, at: int) -> DateMention | None:
        """«قبل ثلاثة أيام»، «منذ نحو شهر»."""
        if not self._tag(at, "ago"):
            return None
        since, place = bool(self._tag(at, "since")), at + 1
        while self._tag(place, "about") and place < at + 4:
            place += 1
        count = None
        term = self._term(place)
        if term and (term.is_number or term.tags.get("count")):
            count, place = term.number, place + 1
        unit, term = self._tag(place, "unit"), self._term(place)
        if unit is None or term is None or term.bare.startswith("ال"):
            return None
        if count is None:
            if term.tags.get("plurals"):
                return None
            count = 2 if term.tags.get("duals") else 1
        counts_a_span = since and unit in ("month", "year")  # «منذ 23 عاما»: how long, not when
        counts_from_another = self._text(place + 1) == "من"  # «قبل أسبوعين من سقوط المدينة»
        names_a_year = self._number(place + 1, _YEARS) is not None or self._number(place + 1, _HIJRI) is not None
        moment = _back(self.today, count, str(unit))
        if moment is None or counts_a_span or counts_from_another or names_a_year:
            return None
        when, precision = moment
        return DateMention(at, place, "ago", when, precision, sure=not since)

    def _span_of_unit(self, at: int) -> DateMention | None:
        """«الأسبوع الماضي»، «هذا العام»، «النصف الأول من 2019»، «نهاية العام الماضي»، «الأيام القليلة الماضية»."""
        part, place = self._tag(at, "part"), at
        ordinal = None
        if part in ("half", "quarter"):
            ordinal = self._term(at + 1)
            if ordinal is None or ordinal.tags.get("ordinal") is None:
                return None
            place = at + 2
        elif part:
            place = at + 1
        while self._tag(place, "of") and place < at + 4:
            place += 1
        early_turn = self._tag(place, "turn") if self._text(place) else None
        if early_turn == 0 and self._tag(place + 1, "unit"):
            place += 1
        else:
            early_turn = None
        unit, term = self._tag(place, "unit"), self._term(place)
        if part and not unit:
            year = self._number(place, _YEARS)
            if year and not (self._term(place - 1) or Term("", "")).tags.get("months"):
                return self._part_of_year(at, place, str(part), ordinal, year)
            return None
        if unit is None or term is None:
            return None
        week = self._week_of_month(at, place) if unit == "week" else None
        if week is not None:
            return week
        last, turn = place, early_turn
        vague = False
        count = 2 if term.tags.get("duals") else None
        while turn is None and last < place + 3:
            following = self._term(last + 1)
            if following is None:
                if unit == "year" and self._text(last + 1) in ("المالي", "الميلادي", "الهجري"):
                    last += 1
                    continue
                break
            if following.tags.get("turn") is not None and following.tags["turn"] != 0:
                turn, last = following.tags["turn"], last + 1
            elif following.tags.get("turn") == 0 and following.bare not in ("هذا", "هذه"):
                turn, last = 0, last + 1
            elif following.tags.get("vague"):
                vague, last = True, last + 1
            elif following.tags.get("count") and term.tags.get("plurals"):
                count, last = following.number, last + 1
            elif following.is_number and following.number in _YEARS and unit == "year" and part:
                return self._part_of_year(at, last + 1, str(part), ordinal, following.number or 0)
            else:
                break
        if turn is None:
            return None
        turn = int(str(turn))
        if vague or (term.tags.get("plurals") and not count):
            return None
        return self._counted_span(at, last, str(unit), turn, count, str(part) if part else None, ordinal)

    def _week_of_month(self, at: int, place: int) -> DateMention | None:
        """«الأسبوع الأول من يونيو»."""
        number = self._tag(place + 1, "ordinal")
        if number not in range(1, 5) or not self._tag(place + 2, "of"):
            return None
        parts, last = self._date_of_month(place + 3, _Parts())
        month = self._resolve(place + 3, last, parts, None) if parts.month and parts.day is None else None
        if month is None or month.precision != "month":
            return None
        first = date.fromisoformat(f"{month.when}-01") + timedelta(days=7 * (int(str(number)) - 1))
        return _between(at, last, first, first + timedelta(days=6))

    def _counted_span(
        self, at: int, last: int, unit: str, turn: int, count: int | None, part: str | None, ordinal: Term | None
    ) -> DateMention | None:
        today = self.today
        if count:
            moment = _back(today, count if turn < 0 else -count, unit)
            if moment is None or turn == 0:
                return None
            ends = sorted((moment[0], today.isoformat()[: len(moment[0])]))
            return DateMention(at, last, "span", "/".join(ends), "interval", sure=True)
        if unit == "day":
            return None
        if unit == "week":
            sunday = today - timedelta(days=(today.weekday() + 1) % 7) + timedelta(days=7 * turn)
            if part in ("first", "last"):
                saturday = sunday - timedelta(days=1) if turn == 0 else sunday + timedelta(days=6)
                return _between(at, last, saturday, saturday + timedelta(days=1))
            return _between(at, last, sunday, sunday + timedelta(days=6))
        if unit == "month":
            year, month = divmod(today.year * 12 + today.month - 1 + turn, 12)
            return DateMention(at, last, "unit", f"{year:04}-{month + 1:02}", "month", sure=True)
        if unit == "season_of_sport" and turn < 0:
            start = _season_of_sport(today, turn)
            return DateMention(at, last, "unit", f"{start:04}/{start + 1:04}", "interval", sure=True)
        if unit == "year":
            if part:
                return self._part_of_year(at, last, part, ordinal, today.year + turn)
            return DateMention(at, last, "unit", f"{today.year + turn:04}", "year", sure=turn != 0)
        return None

    def _part_of_year(self, at: int, last: int, part: str, ordinal: Term | None, year: int) -> DateMention | None:
        if part in ("half", "quarter"):
            size = _MONTHS_A_HALF if part == "half" else _MONTHS_A_QUARTER
            number = int(ordinal.tags["ordinal"]) if ordinal else 1
            if number * size > 12:
                return None
            end = _month_end(year, number * size)
            return _between(at, last, date(year, (number - 1) * size + 1, 1), end)
        if part == "middle":
            return DateMention(at, last, "unit", f"{year:04}", "year", sure=True)
        month = 1 if part == "first" else 12
        return DateMention(at, last, "unit", f"{year:04}-{month:02}", "month", sure=True)

    def _season(self, at: int) -> DateMention | None:
        """«صيف 2017»، «الصيف الماضي»."""
        months = self._tag(at, "season")
        if not isinstance(months, tuple):
            return None
        place = at + 1
        if self._tag(place, "year_words"):
            place += 1
        year = self._number(place, _YEARS)
        if year is not None:
            return DateMention(at, place, "year", f"{year:04}", "year", sure=True)
        turn = self._tag(place, "turn")
        if turn is None or place != at + 1:
            return None
        first, last = months
        year = self.today.year
        if turn == -1 and (year, first) >= (self.today.year, self.today.month):
            year -= 1
        if turn == 1 and first <= self.today.month:
            year += 1
        return _months(at, place, year, first, last)

    def _decade(self, at: int) -> DateMention | None:
        """«الستينيات من القرن الماضي»."""
        decade = self._tag(at, "decade")
        of_a_life = self._text(at + 2) in ("العمر", "عمره", "عمرها", "عمرهم")
        of_a_century = self._text(at + 2) == "القرن"
        if not decade or of_a_life or not (of_a_century or self._tag(at - 1, "before_a_year")):
            return None
        when = f"{decade}/{int(str(decade)) + 9}"
        return DateMention(at, at + 2 * of_a_century, "span", when, "interval")

    def _calendar(self, at: int) -> DateMention | None:
        """Read a day or a month of the calendar, a weekday or a named day, with what stands beside it."""
        parts = _Parts()
        last = self._day_part(at)
        place = last if last > at else at
        parts, last = self._named_or_weekday(place, parts)
        if last < place:
            parts, last = self._date_of_month(place, parts)
        else:
            glue = last + 1 + (self._text(last + 1) in ("،", "الموافق", "("))
            beside, end = self._date_of_month(glue, _Parts())
            if end > last and beside.day is not None:
                parts = replace_parts(parts, beside)
                last = self._closed(end)
            elif (numeric := self._numeric(glue)) is not None:
                return replace(numeric, first=at)
        if last < place:
            return None
        end, clock = self._clock(last)
        return self._resolve(at, end, parts, clock or self._clock_before(at))

    def _clock_before(self, at: int) -> str | None:
        """Read «الساعة 09:05 ت غ من صباح الاثنين»."""
        for place in range(at - 1, max(-1, at - 6), -1):
            if self._text(place) == "الساعة":
                return self._clock(place - 1)[1]
        return None

    def _day_part(self, at: int) -> int:
        """Pass «مساء»، «يوم»، «في الساعة 07:37 صباح» before a day."""
        place = at
        if self._tag(place, "parts_of_day") or self._text(place) in ("يوم", "يومي"):
            place += 1
            if self._text(place) in ("يوم",):
                place += 1
        return place

    def _named_or_weekday(self, at: int, parts: _Parts) -> tuple[_Parts, int]:
        term, last = self._term(at), at - 1
        if term is None:
            return parts, last
        words = date_words()
        if "named_day" in term.tags and not self._is_a_name(at, term):
            parts.named = term.tags["named_day"]
            last = at
            before, after = self._term(at - 1), self._term(at + 1)
            if parts.named == -1 and before and before.bare in ("اول", "قبل"):
                parts.named = -2
            if parts.named == -1 and after and after.bare == "الاول":
                parts.named, last = -2, at + 1
            if parts.named == 1 and before and before.bare == "بعد":
                parts.named = 2
            at = last + 1
            if self._text(at) in ("(", "،") and (self._term(at + 1) or Term("", "")).weekday is not None:
                at += 1 if self._text(at) == "(" else 0
            if self._text(at) == "يوم":
                at += 1
            term = self._term(at)
        if term is not None and term.weekday is not None:
            before = self._term(at - 1)
            name = self._text(at - 1)
            if parts.named is None and (name in words.not_weekdays or (before and before.bare in words.not_weekdays)):
                return parts, last
            parts.weekday, last = term.weekday, at
            turn = self._tag(at + 1, "turn")
            if turn is not None and turn != 0:
                parts.turn, last = int(str(turn)), at + 1
        return parts, last

    def _is_a_name(self, at: int, term: Term) -> bool:
        words, before, after = date_words(), self._text(at - 1), self._text(at + 1)
        if term.tags["named_day"] == 1:
            return before in words.not_tomorrow or (term.bare == "غد" and before != "بعد")
        if term.tags["named_day"] == 0:
            return before in words.not_today_before or after in words.not_today_after or after == "من"
        return False

    def _date_of_month(self, at: int, parts: _Parts) -> tuple[_Parts, int]:
        """Read «18 من شباط/فبراير 2018»، «العاشر من يوليو تموز»، «19 من الشهر الجاري»، «مطلع مايو»."""
        start, place = at - 1, at
        day = self._number(place, range(1, 32))
        term = self._term(place)
        if day is not None:
            place += 1
            while self._text(place) in ("و", "-") and self._number(place + 1, range(day + 1, 32)):
                parts.until, place = self._number(place + 1, range(day + 1, 32)), place + 2
        elif term and term.tags.get("ordinal") and self._of_a_month(place + 1):
            day, place = term.tags["ordinal"], place + 1
            tens = self._term(place)
            if tens and tens.folded.startswith("و") and tens.tags.get("ordinal") in (20, 30):
                day, place = day + tens.tags["ordinal"], place + 1
            elif self._text(place) in ("عشر", "عشرة"):
                day, place = day + 10, place + 1
        elif term and term.tags.get("part") in ("first", "middle", "last"):
            parts.part, place = str(term.tags["part"]), place + 1
        with_of = place
        while self._tag(with_of, "of") and with_of < place + 3:
            with_of += 1
        if day is not None and with_of > place and self._text(with_of) in ("الشهر", "الشهرِ", "منه"):
            turn = self._tag(with_of + 1, "turn")
            same = self._text(with_of + 1) in ("ذاته", "نفسه") or self._text(with_of) == "منه"
            told = self.told[:7] if same and len(self.told) >= 7 else self.today.isoformat()[:7]
            if turn is not None or same:
                year, month = divmod(int(told[:4]) * 12 + int(told[5:7]) - 1 + int(str(turn or 0)), 12)
                parts.day, parts.month, parts.year = day, MonthName("gregorian", month + 1), year
                return parts, with_of + (self._text(with_of) != "منه")
        month, last = self._month(with_of, strict=day is None and with_of == place)
        if month is None:
            return parts, start
        parts.day, parts.month = day, month
        last = self._closed(last)
        return self._year_or_turn(last, parts)

    def _of_a_month(self, at: int) -> bool:
        """Tell whether «من يوليو» follows an ordinal, so that it is a day."""
        return any(self._tag(place, "of") and self._month(place + 1, strict=False)[0] for place in range(at, at + 3))

    def _month(self, at: int, *, strict: bool) -> tuple[MonthName | None, int]:
        """Read a month's name, in one naming or two; ``strict`` where nothing else says that it is one."""
        month, last = self._month_name(at)
        if month is None:
            return None, at
        term = self._term(at)
        second = last + 1 + (self._text(last + 1) in _SLASHES - {"،"})
        twin, end = self._month_name(second)
        if twin is not None and (twin.number == month.number or month.number < 0):
            return twin, self._closed(end)
        if month.number < 0:
            return None, at
        if strict and term and term.doubtful:
            following = self._term(last + 1)
            certain = following is not None and (
                following.tags.get("turn") is not None
                or following.tags.get("year_words")
                or (following.is_number and (following.number in _YEARS or following.number in _HIJRI))
            )
            if not certain and self._text(at - 1) not in ("شهر", "لشهر"):
                return None, at
        return month, last

    def _month_name(self, at: int) -> tuple[MonthName | None, int]:
        term = self._term(at)
        if term is None or not term.months:
            if term is None and self._text(at) in ("تشرين", "كانون"):
                return MonthName("gregorian", -1), at
            return None, at
        for phrase, month in term.months:
            rest = phrase[1:]
            if all(self._folded(at + number) == word for number, word in enumerate(rest, 1)):
                return month, at + len(rest)
        if term.bare in ("تشرين", "كانون"):
            return MonthName("gregorian", -1), at
        return None, at

    def _folded(self, at: int) -> str:
        term = self._term(at)
        return term.folded if term is not None else normalised_text(self._text(at))

    def _closed(self, last: int) -> int:
        return last + 1 if self._text(last + 1) in (")", "/") and self._text(last + 1) else last

    def _year_or_turn(self, last: int, parts: _Parts) -> tuple[_Parts, int]:
        turn = self._tag(last + 1, "turn")
        if turn is not None:
            parts.turn = int(str(turn))
            return parts, last + 1
        place = last + 1
        while (
            self._tag(place, "of") or self._tag(place, "year_words") or self._text(place) == "،"
        ) and place < last + 4:
            place += 1
        for years, hijri in ((_YEARS, False), (_HIJRI, True)):
            year = self._number(place, years)
            if year is not None:
                parts.year, parts.hijri = year, hijri
                if not hijri:
                    self.year_told = (place, year)
                return parts, self._era(place)
        unit = place - (self._tag(place - 1, "unit") == "year")
        turn = self._tag(unit + 1, "turn")
        if self._tag(unit, "unit") == "year" and turn is not None:  # «في أكتوبر من العام الماضي»
            parts.year = self.today.year + int(str(turn))
            return parts, unit + 1
        return parts, last

    def _era(self, last: int) -> int:
        if self._text(last + 1) in ("م", "هـ"):
            return last + 1
        if self._text(last + 1) == "ه":
            return last + 2 if self._text(last + 2) == "ـ" else last + 1
        return last

    def _clock(self, last: int) -> tuple[int, str | None]:
        """Read «الساعة 13:00» behind a day."""
        place = last + 1
        while self._text(place) in ("،", "عند", "في", "على", "تمام") and place < last + 4:
            place += 1
        if self._text(place) not in ("الساعة", "الساعه"):
            return last, None
        match = _CLOCK.fullmatch(self._text(place + 1))
        if match is None:
            return last, None
        hour, minute = int(match[1]), int(match[2])
        end = place + 1
        if self._text(end + 1) in ("مساء", "مساءً", "عصرا", "عصراً", "م"):
            hour, end = hour + 12 * (hour < 12), end + 1
        elif self._text(end + 1) in ("صباحا", "صباحاً", "ص", "فجرا", "فجراً"):
            end += 1
        return (end, f"{hour:02}:{minute:02}") if hour < 24 and minute < 60 else (last, None)

    def _year(self, at: int) -> DateMention | None:
        """«عام 2015»، «في 1964»، «موسم 2002 - 2003»."""
        term = self._term(at)
        place = at
        if term is not None and (term.tags.get("year_words") or self._text(at) in ("موسم", "الموسم")):
            place = at + 1
            if self._text(place) in ("الميلادي", "الهجري"):
                place += 1
        year = self._number(place, _YEARS)
        hijri = year is None and self._number(place, _HIJRI) is not None
        if hijri:
            return self._hijri_year(at, place)
        if year is None:
            return None
        if place == at:
            before = self._term(at - 1)
            kind: DateKind = "year" if before and before.tags.get("before_a_year") else "bare_year"
            if self._text(at + 1) in (
                "%",
                "ريال",
                "دولار",
                "متر",
                "كلم",
                "كم",
                "شخص",
                "مليون",
                "ألف",
                "طن",
                "جولة",
                "نقطة",
            ):
                return None
        else:
            kind = "year"
        last = self._era(place)
        if kind == "bare_year" and last > place:
            kind = "year"
        end = self._text(place + 1) in ("-", "–", "ـ", "/", "—")
        second = self._number(place + 2, _YEARS) if end else None
        if second is not None:
            low, high = sorted((year, second))
            return DateMention(at, place + 2, "span", f"{low:04}/{high:04}", "interval", sure=True)
        return DateMention(at, last, kind, f"{year:04}", "year", sure=kind == "year")

    def _hijri_year(self, at: int, place: int) -> DateMention | None:
        era = self._era(place)
        if era == place and place == at:
            return None
        year = self._number(place, _HIJRI) or 0
        first = year * _HIJRI_YEAR + _HIJRI_EPOCH
        if _A_YEAR_BEGINS < first % 1 < 1 - _A_YEAR_BEGINS:
            return DateMention(at, era, "span", f"{int(first)}/{int(first) + 1}", "interval", sure=True)
        return DateMention(at, era, "year", f"{round(first)}", "year", sure=True)

    # ---- what it means

    def _resolve(self, at: int, last: int, parts: _Parts, clock: str | None) -> DateMention | None:
        today = self.today
        if parts.month is not None:
            return self._resolve_month(at, last, parts, clock)
        if parts.named is not None:
            found = today + timedelta(days=parts.named)
            if parts.weekday is not None and found.weekday() != parts.weekday:
                found = _nearest_weekday(found, parts.weekday)
            return _mention(at, last, "named", found, clock, sure=parts.weekday is not None)
        if parts.weekday is None:
            return None
        back = (today.weekday() - parts.weekday) % 7
        found = today - timedelta(days=back)
        if parts.turn == -1 and back == 0:
            found -= timedelta(days=7)
        elif parts.turn == 1 or (parts.turn is None and self._lies_ahead(at, back)):
            found += timedelta(days=7)
        return _mention(at, last, "weekday", found, clock, sure=parts.turn is not None)

    def _lies_ahead(self, at: int, back: int) -> bool:
        """Tell whether an undated weekday is still to come: what should happen, or happens, and the day is near."""
        place = at - 1
        words = date_words().future
        while place >= 0 and at - place < 12 and self._text(place) not in (".", "؛", ":"):
            text = self._text(place)
            if text in words:
                return not any(self._text(before) in ("كان", "كانت") for before in range(max(0, place - 3), place))
            segments = self.words[place].segments
            if segments and segments[-1].pos == "VERB" or any(part.pos == "VERB" for part in segments):
                verb = next(part.text for part in segments if part.pos == "VERB")
                if segments[0].text == "س" or (verb.startswith("س") and verb[1:2] in tuple(_IMPERFECT)):
                    return True
                near = 7 - back <= 2 and back != 0
                return verb[:1] in "يت" and near and len(verb) > 3
            place -= 1
        return False

    def _resolve_month(self, at: int, last: int, parts: _Parts, clock: str | None) -> DateMention | None:
        month = parts.month
        assert month is not None
        if month.calendar == "hijri":
            return self._resolve_hijri(at, last, parts)
        sure = parts.year is not None or parts.turn is not None or parts.day is not None
        year = parts.year if parts.year is not None and not parts.hijri else None
        if year is None:
            year = self._year_of(month.number, parts, at)
        if parts.day is None:
            return DateMention(at, last, "month", f"{year:04}-{month.number:02}", "month", sure=sure)
        found = _day(year, month.number, parts.day)
        end = _day(year, month.number, parts.until) if parts.until else None
        if found is not None and end is not None:
            return _between(at, last, found, end)
        return None if found is None else _mention(at, last, "day", found, clock, sure=True)

    def _year_of(self, month: int, parts: _Parts, at: int) -> int:
        """Give the year of an undated month: the nearest, unless «الماضي»، «المقبل» or «منذ» tell."""
        today, turn = self.today, parts.turn
        if turn is None and self._tag(at - 1, "since"):
            turn = -1
        if turn == 0:
            return today.year
        if turn is None and self.year_told and self._same_sentence(self.year_told[0], at):
            return self.year_told[1]
        here = (month, parts.day or 0) <= (today.month, today.day if parts.day else 99)
        if turn == -1:
            passed = month < today.month or (month == today.month and bool(parts.day) and here)
            return today.year if passed else today.year - 1
        if turn == 1:
            ahead = month > today.month or (month == today.month and bool(parts.day) and not here)
            return today.year if ahead else today.year + 1
        months = month - today.month
        if months > 5:
            return today.year - 1
        if months < -6:
            return today.year + 1
        return today.year

    def _same_sentence(self, first: int, second: int) -> bool:
        return all(self._text(place) != "." for place in range(first, second)) and second - first < _NEAR_WORDS

    def _resolve_hijri(self, at: int, last: int, parts: _Parts) -> DateMention | None:
        month = parts.month
        assert month is not None
        try:
            now = Gregorian(self.today.year, self.today.month, self.today.day).to_hijri()
        except (ValueError, OverflowError):
            return None
        year = parts.year if parts.hijri and parts.year else now.year
        if not parts.hijri:
            if parts.turn == -1 and month.number >= now.month:
                year -= 1
            elif parts.turn == 1 and month.number <= now.month:
                year += 1
            elif parts.turn is None and month.number - now.month > 6:
                year -= 1
            elif parts.turn is None and month.number - now.month < -6:
                year += 1
        if parts.day is not None:
            found = _day(year, month.number, parts.day, hijri=True)
            return None if found is None else _mention(at, last, "day", found, None, sure=True)
        first = _day(year, month.number, 1, hijri=True)
        if first is None:
            return None
        size = Hijri(year, month.number, 1).month_length()
        return _between(at, last, first, first + timedelta(days=size - 1))


def replace_parts(parts: _Parts, beside: _Parts) -> _Parts:
    """Let a day of the month beside a weekday tell the date."""
    beside.weekday = parts.weekday
    return beside


def _day(year: int, month: int, day: int, *, hijri: bool = False) -> date | None:
    try:
        return Hijri(year, month, day).to_gregorian() if hijri else date(year, month, day)
    except (ValueError, OverflowError):
        return None


def _month_end(year: int, month: int) -> date:
    return (date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)) - timedelta(days=1)


def _mention(at: int, last: int, kind: DateKind, day: date, clock: str | None, *, sure: bool) -> DateMention:
    if clock is not None:
        return DateMention(at, last, kind, f"{day.isoformat()}T{clock}", "minute", sure=True)
    return DateMention(at, last, kind, day.isoformat(), "day", sure=sure)


def _between(at: int, last: int, first: date, end: date) -> DateMention:
    return DateMention(at, last, "span", f"{first.isoformat()}/{end.isoformat()}", "interval", sure=True)


def _months(at: int, last: int, year: int, first: int, end: int) -> DateMention:
    until = year + (end < first)
    return DateMention(at, last, "span", f"{year:04}-{first:02}/{until:04}-{end:02}", "interval", sure=True)


def _season_of_sport(today: date, turn: int) -> int:
    """Give the year in which a season of the leagues begins."""
    if turn < 0:
        return today.year - (1 if today.month >= _LEAGUES_REST.start else 2)
    if turn > 0:
        return today.year + (today.month >= _LEAGUES_REST.stop)
    return today.year - (today.month < _LEAGUES_REST.start)


def _nearest_weekday(day: date, weekday: int) -> date:
    back = (day.weekday() - weekday) % 7
    return day - timedelta(days=back) if back <= 3 else day + timedelta(days=7 - back)


def _back(today: date, count: int, unit: str) -> tuple[str, EventPrecision] | None:
    """Go ``count`` units back, or ahead when negative."""
    try:
        if unit in ("day", "week"):
            return (today - timedelta(days=count * (7 if unit == "week" else 1))).isoformat(), "day"
        if unit == "month":
            year, month = divmod(today.year * 12 + today.month - 1 - count, 12)
            return (f"{year:04}-{month + 1:02}", "month") if 0 < year < 3000 else None
        if unit == "year" and 0 < today.year - count < 3000:
            return f"{today.year - count:04}", "year"
    except OverflowError:
        return None
    return None


def _joined(found: list[DateMention], passage: Passage, terms: list[Term | None]) -> list[DateMention]:
    """Join «من … إلى …» and «بين … و…» into one interval."""
    joined: list[DateMention] = []
    for mention in found:
        if joined and (interval := _interval(joined[-1], mention, passage, terms)):
            joined[-1] = interval
        else:
            joined.append(mention)
    return joined


def _interval(
    before: DateMention, after: DateMention, passage: Passage, terms: list[Term | None]
) -> DateMention | None:
    if "/" in before.when + after.when or before.when[:10] >= after.when[:10]:
        return None
    between = passage.words[before.last + 1 : after.first]
    if len(between) > 2:
        return None
    lead = {passage.words[place].text for place in range(max(0, before.first - 3), before.first)}
    texts = {word.text for word in between}
    to = any(
        (term := terms[place]) is not None and term.tags.get("to") for place in range(before.last + 1, after.first)
    )
    and_between = "بين" in lead and ("و" in texts or passage.words[after.first].text.startswith("و"))
    if and_between or (to and lead & {"من", "منذ", "الفترة", "بين", "خلال"}):
        return DateMention(before.first, after.last, "span", f"{before.when}/{after.when}", "interval", sure=True)
    return None


def today_of(published: datetime | date | None) -> date | None:
    """Give the writer's day of a moment in the outlet's own zone."""
    return published.date() if isinstance(published, datetime) else published
