"""
Who spoke: the speaker of each act of reporting, where the sentence names one and where it does not.

«وأضاف» goes back to the last who spoke, «مشيرا إلى» to the subject of its sentence. Gender decides between two: what a
verb before its speaker shows of them («قالت ميركل») holds for the article. Whom these rules give is weighed by a model
against others who may be meant (``speaker_choice``).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterator, Sequence

from tawatur.analysis.quotation_marks import Marked
from tawatur.analysis.reading import Reading
from tawatur.analysis.report import Report
from tawatur.analysis.speaker_choice import SPEECHES_BACK, Asked, Candidates, feminine_body
from tawatur.analysis.speaker_resolution import Bearer, Roster, bearer_of, gender_of_office
from tawatur.analysis.speaker_words import speaker_words
from tawatur.analysis.speakers import read_speaker
from tawatur.analysis.statement_models import StatementModel

__all__ = ["Speakers"]

# How far back a verb without a speaker looks, in speakers.
_SPEAKERS_BACK = 6
_WORDS_TO_SUBJECT = 16


class Speakers:
    """The speakers of an article; ``taken`` are the acts of reporting of each of its passages.

    Without a ``model`` the rules alone tell who is meant where nobody is named.
    """

    def __init__(self, roster: Roster, taken: Sequence[Sequence[Report]], model: StatementModel | None = None) -> None:
        self.roster = roster
        self._model = model
        self._of: dict[tuple[int, Report], Bearer | None] = {}
        self._genders: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        self._taken = taken
        self._candidates = Candidates(roster, taken, self._genders)
        self._spoke: list[list[tuple[int, Bearer]]] = [[] for _ in taken]
        for number, reports in enumerate(taken):
            for report in reports:
                if report.speaker is not None:
                    roster.enter(number, report.speaker)
        for number in sorted(range(len(taken)), reverse=True):
            for report in taken[number]:
                self.of(number, report)

    def of(self, number: int, report: Report) -> Bearer | None:
        """Give who spoke in an act of reporting of a passage, in full; acts are asked for in the order of the text."""
        key = (number, report)
        if key not in self._of:
            bearer = self._named(number, report) or self.meant(Asked(number, report.cue[0], report))
            self._of[key] = bearer
            if bearer is not None and not (_is_carrier(bearer) and report.apart and report.opening == "behind"):
                insort(self._spoke[number], (report.cue[0], bearer), key=_place)
        return self._of[key]

    def of_mark(self, number: int, mark: Marked, report: Report | None) -> Bearer | None:
        """Give who spoke words in marks."""
        if report is not None:
            return self.of(number, report)
        return self.meant(self.asked_by_mark(number, mark))

    def asked_by_mark(self, number: int, mark: Marked) -> Asked:
        """Give the question that words in marks without a cue ask."""
        passage = self.roster.readings[number].passage
        return Asked(number, passage.word_range(0, mark.outer_start).stop, None)

    def candidates(self, asked: Asked) -> Iterator[tuple[Bearer, set[str]]]:
        """Give all who may be meant, each with what tells of them."""
        spoke = self._spoke[asked.passage]
        end = bisect_left(spoke, asked.at, key=_place)
        before = spoke[max(0, end - SPEECHES_BACK) : end]
        reading = self.roster.readings[asked.passage]
        start, _ = reading.sentence_of[min(asked.at, len(reading.glances) - 1)]
        found = {
            "rule": self._by_rule(asked),
            "subject here": self._subject_of_verb(reading, asked.passage, start, asked.at),
            "subject before": self._subject_of_verb(reading, asked.passage, reading.sentence_of[start - 1][0], start)
            if start
            else None,
        }
        return self._candidates.of(asked, before, found)

    def meant(self, asked: Asked) -> Bearer | None:
        """Give who is meant where nobody is named."""
        if self._model is None or not self.roster.readings[asked.passage].glances:
            return self._by_rule(asked)
        score = self._model.score
        return max(self.candidates(asked), key=lambda one: score(one[1]), default=(None,))[0]

    def _by_rule(self, asked: Asked) -> Bearer | None:
        if asked.report is None:
            return self._last_before(asked.passage, asked.at, None)
        return self._unnamed(asked.passage, asked.report)

    def _named(self, number: int, report: Report) -> Bearer | None:
        if report.speaker is None:
            return None
        spoke = self._before(number, report.cue[0])[::-1]
        bearer = self.roster.fullest(bearer_of(self.roster.readings[number], number, report.speaker), spoke)
        if bearer.kind == "role":
            bearer = self._named_later(number, report, bearer) or bearer
        if report.form and report.side == "after" and report.form.gender and not report.form.plural:
            self._genders[bearer.name_words].add(report.form.gender)
        return bearer

    def _named_later(self, number: int, report: Report, bearer: Bearer) -> Bearer | None:
        """«هدد وزير الداخلية بكذا. وكتب فلان»: give the one who is named first where an office goes on speaking."""
        acts = self._taken[number]
        behind = range(bisect_right(acts, report.cue, key=lambda one: one.cue), len(acts))
        later = next((acts[at] for at in behind if acts[at].speaker is not None), None)
        unnamed = bearer.name_words[0] in speaker_words().unnamed or not gender_of_office(bearer)
        if later is None or later.speaker is None or unnamed:
            return None
        first = later.speaker.name[0]
        people = self.roster.people[number]
        nearest = bisect_right(people, first, key=lambda name: name.start) - 1
        if nearest < 0 or first not in people[nearest]:
            return None
        named = bearer_of(self.roster.readings[number], number, later.speaker)
        again = named.kind == "titled" and named.role_words[:1] == bearer.name_words[:1]
        known = any(other.at < bearer.at and other.keys & named.keys for other in self.roster.bearers)
        return self.roster.fullest(named) if (again or named.kind == "name") and not known else None

    def _unnamed(self, number: int, report: Report) -> Bearer | None:
        gender = report.form.gender if report.form and not report.form.plural else None
        at = report.cue[0]
        start, _ = self.roster.readings[number].sentence_of[at]
        if report.form and (report.form.form in ("participle", "noun") or at > start + 2):
            subject = self._subject(number, at, gender if report.form.form == "participle" else None)
            if subject is not None:
                return subject
        return self._last_before(number, at, gender)

    def _subject(self, number: int, at: int, gender: str | None) -> Bearer | None:
        """Give the last who spoke in the sentence before a word, or else the subject of its first verb."""
        reading = self.roster.readings[number]
        start, _ = reading.sentence_of[at]
        end = bisect_left(self._spoke[number], at, key=_place)
        while end and self._spoke[number][end - 1][0] >= start:
            end -= 1
            if self._agrees(self._spoke[number][end][1], gender):
                return self._spoke[number][end][1]
        subject = self._subject_of_verb(reading, number, start, at)
        return subject if subject and self._agrees(subject, gender) else None

    def _agrees(self, bearer: Bearer, gender: str | None) -> bool:
        """Tell whether a form of a verb may speak of somebody: «مشيرة» of the ministry, not of the minister."""
        known = self._genders[bearer.name_words] or gender_of_office(bearer)
        if not known and bearer.kind in ("body", "paper") and feminine_body(bearer):
            known = {"f"}
        return gender is None or not known or gender in known

    def _subject_of_verb(self, reading: Reading, number: int, start: int, at: int) -> Bearer | None:
        for place in range(start, min(at, start + _WORDS_TO_SUBJECT)):
            glance, following = reading.glances[place], reading.glances[min(place + 1, at)]
            told = glance.has_pronoun or following.preposition  # «نقلتها الوكالة», «كان للحكومة»
            if glance.tag in ("VERB", "AUX") and not told:
                phrase = read_speaker(reading, place + 1, at, self.roster.people[number])
                if (phrase is None or phrase.kind == "other") and place > start:
                    phrase = read_speaker(reading, start, place, self.roster.people[number])
                area = phrase and reading.glances[phrase.first].bare in speaker_words().areas
                if phrase is not None and phrase.kind != "other" and not area:
                    return self.roster.fullest(bearer_of(reading, number, phrase))
        return self._first_named(reading, number, start, at)

    def _first_named(self, reading: Reading, number: int, start: int, at: int) -> Bearer | None:
        """«وفلان متزوج، وقال»: give the person with whom a sentence without a verb begins."""
        people = self.roster.people[number]
        place = bisect_left(people, start, key=lambda name: name.start)
        name = people[place] if place < len(people) else None
        if name is None or name.start >= min(at, start + _WORDS_TO_SUBJECT):
            return None
        if any(reading.glances[place].preposition for place in range(start, name.start + 1)):
            return None
        if any(reading.glances[place].tag in ("VERB", "ADP") for place in range(start, name.start)):
            return None
        phrase = read_speaker(reading, name.start, at, people)
        return self.roster.fullest(bearer_of(reading, number, phrase)) if phrase else None

    def _acting(self, number: int, at: int, gender: str | None) -> Bearer | None:
        """«وكان بخاري زار الرئيس. وقال»: give the person of whom the sentence before tells, if nobody spoke since."""
        reading = self.roster.readings[number]
        start, _ = reading.sentence_of[at]
        if start == 0 or at > start + 2:
            return None
        before, _ = reading.sentence_of[start - 1]
        end = bisect_left(self._spoke[number], at, key=_place)
        if end and self._spoke[number][end - 1][0] >= before:
            return None
        subject = self._subject_of_verb(reading, number, before, start)
        if subject is None or subject.kind not in ("name", "titled") or not self._agrees(subject, gender):
            return None
        return subject

    def _before(self, number: int, at: int) -> list[Bearer]:
        """Give the last who spoke before a word."""
        end = bisect_left(self._spoke[number], at, key=_place)
        return [bearer for _, bearer in self._spoke[number][max(0, end - _SPEAKERS_BACK) : end]]

    def _last_before(self, number: int, at: int, gender: str | None) -> Bearer | None:
        spoke = self._before(number, at)
        acting = self._acting(number, at, gender)
        if acting is not None:
            return acting
        latest = spoke[::-1]
        for bearer in sorted(latest, key=lambda bearer: bearer.kind == "other"):
            known = self._genders[bearer.name_words] or gender_of_office(bearer)
            if gender is None or not known or gender in known:
                return bearer
        others = [one for one in self.roster.bearers if one.at < (number, at) and one.at[0] == number]
        for bearer in reversed(others):
            if gender and gender in gender_of_office(bearer):
                return self.roster.fullest(bearer)
        return spoke[-1] if spoke else None


def _is_carrier(bearer: Bearer) -> bool:
    """«نقلا عن موقع كذا»: it hands on what others said, and they go on speaking."""
    return bool({*bearer.role_words[:1], *bearer.name_words[:1]} & speaker_words().addressees)


def _place(spoke: tuple[int, Bearer]) -> int:
    return spoke[0]
