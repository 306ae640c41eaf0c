"""
Dated events: the happenings that a text dates, outright or counted from its publication.

``date_mentions`` finds the dates, ``event_clauses`` the clause that each belongs to. A happening that the abstract, the
lead and the background tell again is one event.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from tawatur.analysis.date_mentions import find_date_mentions
from tawatur.analysis.date_terms import date_words
from tawatur.analysis.date_text import DateMention
from tawatur.analysis.document import Document, Passage
from tawatur.analysis.event_clauses import Clause, clause_around
from tawatur.analysis.event_places import place_of
from tawatur.model.analysis import Entity, Event
from tawatur.text.letters import normalised_text
from tawatur.text.sentences import LONGEST_QUOTATION, Sentence
from tawatur.text.spans import Field, Span
from tawatur.text.words import Word

__all__ = ["VERSION", "find_events"]

VERSION = 6

# Without a day of publication nothing can be counted: only what two days of another year, month and weekday read alike
# is told in full. Both lie ahead of every year that a text tells.
_UNKNOWN_TODAY = date(2200, 2, 5), date(2300, 9, 13)
# How long after its day an article is stamped.
_FURTHEST_STAMP = timedelta(days=2)
_DAY = len("2018-03-12")
# How far back, and how far before it in letters, the day of what is quoted is told.
_LAST_DAYS, _SPEECH = timedelta(days=6), 200
# From this hour on the writer's day may be the next: in an outlet's own zone, of which the stamp tells nothing.
_LATE_HOUR = 20
# Two clauses of one date that share four of ten words of the shorter tell one happening (measured on the train labels:
# a half finds as many and repeats more).
SAME_HAPPENING = 0.4
# «مقارنة بنحو 5% خلال النصف الأول من العام السابق»: what a figure is held against is no happening.
_COMPARED_WORDS = 7
# Clauses of one date that are held against later ones: more than any report has.
_REMEMBERED = 50
_OPENING, _CLOSING = "«“", "»”"
# «كأس الأمم الأفريقية 2019»: words from what an edition is of to its year.
_EDITION_WORDS = 3
# «بطل نسخة عام 2014».
_EDITION = "نسخه"
_HASHTAG = str.maketrans("#_", "  ")
_CLITIC = re.compile("^[ولبك](?:ال)?|^ال")
_BEGINS_ASIDE, _ENDS_ASIDE = "-–—(", "-–—)"
_ASIDE_WORDS = 12
# The longest opening of a sentence, up to the date of its credit, that tells what was said.
_REPORT_WORDS = 25


@dataclass(frozen=True, slots=True)
class _Dated:
    """A date with its clause."""

    passage: Passage
    mention: DateMention
    clause: Clause

    @property
    def start(self) -> int:
        return self.passage.words[self.clause.first].start

    @property
    def end(self) -> int:
        return self.passage.words[self.clause.last].end

    def stems(self) -> frozenset[str]:
        """Give the words that tell what happened, the date's own left out."""
        date_words = range(self.mention.first, self.mention.last + 1)
        return frozenset(
            word.light_stem
            for at, word in enumerate(self.passage.words[self.clause.first : self.clause.last + 1], self.clause.first)
            if at not in date_words and word.kind != "sign" and len(word.light_stem) > 2
        )


def find_events(document: Document, entities: tuple[Entity, ...]) -> tuple[Event, ...]:
    """Find the happenings the article dates, in the order of the text."""
    persons = sorted(
        (span.field, span.start, span.end) for entity in entities if entity.type == "PER" for span in entity.spans
    )
    places = sorted(
        (span for entity in entities if entity.type == "LOC" for span in entity.spans),
        key=lambda span: (span.field, span.start),
    )
    told: dict[str, list[frozenset[str]]] = {}
    found = []
    for dated in _all_dated(document, _read_dates(document)):
        if not _is_happening(dated):
            continue
        if _is_of_a_person(dated, persons):
            continue
        stems = dated.stems()
        same_date = told.setdefault(dated.mention.when, [])
        if not stems or _is_told(stems, same_date):
            continue
        if len(same_date) < _REMEMBERED:
            same_date.append(stems)
        found.append(_event(dated, places))
    return tuple(found)


def _read_dates(document: Document) -> list[list[DateMention]]:
    """Give the dates of each passage, counted from the writer's day.

    What went out after midnight, or in another zone, tells its own day: «اليوم الأربعاء» counts before the stamp, and
    so does «أعلن …، السبت، …» late on a Friday.
    """
    published = document.article.published
    if published is None:
        return [_told_in_full(passage) for passage in document.passages]
    stamp = published.astimezone(document.zone) if isinstance(published, datetime) else None
    today = stamp.date() if stamp else published
    mentions = [find_date_mentions(passage, today) for passage in document.passages]
    written = {
        one.written
        for passage, of_passage in zip(document.passages, mentions, strict=True)
        for one in of_passage
        if one.written is not None and not _is_quoted(passage, passage.words[one.first].start)
    }
    if stamp is None or stamp.hour < _LATE_HOUR:
        written = {one for one in written if one <= today}
    day = written.pop() if len(written) == 1 else today
    if day == today or day < today - _FURTHEST_STAMP:
        day = today
    else:
        mentions = [find_date_mentions(passage, day) for passage in document.passages]
    return [
        _as_spoken(passage, of_passage, day) for passage, of_passage in zip(document.passages, mentions, strict=True)
    ]


def _as_spoken(passage: Passage, mentions: list[DateMention], today: date) -> list[DateMention]:
    """Count what is quoted from the day it was said: «وقال في بيان الاثنين "تعطل الموقع أمس"»."""
    counted: list[DateMention] = []
    said, end = today, 0
    for mention in mentions:
        start = passage.words[mention.first].start
        is_day = mention.kind in ("named", "weekday") and len(mention.when) == _DAY
        if is_day and not _is_quoted(passage, start):
            said, end = date.fromisoformat(mention.when), passage.words[mention.last].end
        elif is_day and mention.kind == "named" and not mention.sure and today - _LAST_DAYS <= said < today:
            between = passage.text[end:start]
            if len(between) < _SPEECH and "\n" not in between:
                day = date.fromisoformat(mention.when) + (said - today)
                counted.append(replace(mention, when=day.isoformat()))
                continue
        counted.append(mention)
    return counted


def _told_in_full(passage: Passage) -> list[DateMention]:
    """Give the dates that no day of publication is needed for."""
    first, second = (find_date_mentions(passage, today) for today in _UNKNOWN_TODAY)
    alike = {(mention.first, mention.last, mention.when) for mention in second}
    return [mention for mention in first if (mention.first, mention.last, mention.when) in alike]


def _all_dated(document: Document, dates: list[list[DateMention]]) -> Iterator[_Dated]:
    for passage, mentions in zip(document.passages, dates, strict=True):
        sentences = iter(passage.sentences)
        sentence = next(sentences, None)
        for at, mention in enumerate(mentions):
            start = passage.words[mention.first].start
            while sentence is not None and sentence.end <= start:
                sentence = next(sentences, None)
            if sentence is None:
                break
            yield _Dated(passage, mention, _clause(passage, sentence, mentions, at))


def _clause(passage: Passage, sentence: Sentence, mentions: list[DateMention], at: int) -> Clause:
    mention = mentions[at]
    first = passage.word_range(sentence.start, sentence.end).start
    if mention.last - first < _REPORT_WORDS and _is_of_a_credit(passage, mention):
        return Clause(first, mention.last, has_verb=True)  # it dates what was said, not what the words before tell
    before = mentions[at - 1].last if at else -1
    if not any(
        segment.pos == "VERB" for word in passage.words[before + 1 : mention.first] for segment in word.segments
    ):
        before = mentions[at - 2].last if at > 1 else -1  # «بطل نسخة عام 2014، الأربعاء، …»: one clause, two dates
    behind = mentions[at + 1].first if at + 1 < len(mentions) else len(passage.words)
    return clause_around(passage, sentence, mention.first, mention.last, before=before, behind=behind)


def _is_happening(dated: _Dated) -> bool:
    """Tell whether a date dates something: «اليوم» may be our time, a number no year, a date what is compared with."""
    words, mention = dated.passage.words, dated.mention
    if any(
        word.text in date_words().compared for word in words[max(0, mention.first - _COMPARED_WORDS) : mention.first]
    ):
        return False
    before = words[mention.first - 1].text if mention.first else ""
    if mention.kind == "bare_year":
        behind = words[mention.last + 1].text if mention.last + 1 < len(words) else ""
        is_apart = dated.passage.field == "title" or before in ("(", "/", '"', "«") or behind in ('"', "»", "”")
        is_amount = _counts_things(words, mention.first) or _is_of_things(words, mention.last + 1)
        return not (is_apart or is_amount or _is_an_edition(words, mention.first))
    if mention.kind == "year" and normalised_text(_CLITIC.sub("", before)) == _EDITION:
        return False
    if mention.kind == "named" and not mention.sure and len(mention.when) == len("2018-03-12"):
        return not (words[mention.last].text == "اليوم" and _is_quoted(dated.passage, dated.start))
    return not (mention.kind == "unit" and not mention.sure and words[mention.first].text.endswith("هذا"))


def _counts_things(words: tuple[Word, ...], at: int) -> bool:
    """Tell whether a number without a sign of a year is an amount: «سجلت 1913 بلاغا»، «أكثر من 2000»، «الـ 2000»."""
    if not at:
        return False
    before = words[at - 1]
    if before.text == "من" and at > 1:
        before = words[at - 2]
    is_verb = before is words[at - 1] and any(segment.pos == "VERB" for segment in before.segments)
    return is_verb or before.text in date_words().amounts


def _is_of_things(words: tuple[Word, ...], at: int) -> bool:
    """Tell whether what stands behind a number is counted by it: «تحرير 2014 منهم»، «والبالغة 2000 مرفق»."""
    if at >= len(words):
        return False
    word = words[at]
    if normalised_text(word.text) in date_words().shares:
        return True
    is_noun = len(word.segments) == 1 and word.segments[0].pos == "NOUN"
    return is_noun and not word.text.startswith("ال")


def _is_an_edition(words: tuple[Word, ...], at: int) -> bool:
    """Tell whether a number is the name of an edition: «كأس العالم 2018»، «مونديال روسيا 2018»."""
    printed = " ".join(word.text.translate(_HASHTAG) for word in words[max(0, at - _EDITION_WORDS) : at])
    before = normalised_text(printed).split()  # #كأس_العالم 2018 too
    return not date_words().editions.isdisjoint((*before, *(_CLITIC.sub("", word) for word in before)))


def _is_of_a_person(dated: _Dated, persons: list[tuple[Field, int, int]]) -> bool:
    """Tell whether a date is part of a person's name: «لويجي دي مايو»."""
    word = dated.passage.words[dated.mention.last]
    at = bisect_left(persons, (dated.passage.field, word.start + 1)) - 1
    return at >= 0 and persons[at][0] == dated.passage.field and word.end <= persons[at][2]


def _is_of_a_credit(passage: Passage, mention: DateMention) -> bool:
    """Tell whether a date stands in an aside that says who reported: «-وفقا لقناة … اليوم الأربعاء-»."""
    words = passage.words
    if mention.last + 1 >= len(words) or words[mention.last + 1].text[0] not in _ENDS_ASIDE:
        return False
    for at in range(mention.first - 1, max(0, mention.first - _ASIDE_WORDS), -1):
        if any(segment.pos == "VERB" for segment in words[at].segments):
            return False
        if words[at - 1].text[0] in _BEGINS_ASIDE:
            return normalised_text(words[at].text) in date_words().credits
    return False


def _is_quoted(passage: Passage, at: int) -> bool:
    """Tell whether a place stands between quotation marks of its paragraph."""
    told = passage.text[max(passage.text.rfind("\n", 0, at) + 1, at - LONGEST_QUOTATION) : at]
    open_marks = sum(map(told.count, _OPENING)) - sum(map(told.count, _CLOSING))
    return open_marks > 0 or told.count('"') % 2 == 1


def _is_told(stems: frozenset[str], told: list[frozenset[str]]) -> bool:
    """Tell whether another clause of the same date has told this happening: mostly in the same words."""
    return any(len(stems & words) >= SAME_HAPPENING * min(len(stems), len(words)) for words in told)


def _event(dated: _Dated, places: list[Span]) -> Event:
    passage, start, end = dated.passage, dated.start, dated.end
    text = passage.text
    what = start
    opening = passage.words[dated.clause.first]
    joined = len(opening.segments) > 1 and opening.segments[0].text in ("و", "ف")
    if joined and normalised_text(opening.text) not in date_words().credits:  # وفق, whose و is its own
        what += len(opening.segments[0].text)
    where = place_of(passage, dated.clause, places)
    return Event(
        what=text[what:end],
        when=dated.mention.when,
        precision=dated.mention.precision,
        where=where.of(text) if where else None,
        evidence=text[start:end],
        field=passage.field,
        start=start,
        end=end,
    )
