"""
Who is meant where an act of reporting names nobody («وأضاف», «مشيرا إلى»): all who may be, and what speaks for each.

They are the last who spoke, the subjects of the verbs before the cue, whom the last sentences name, and the one that
the rules of ``who_spoke`` give. A small model (``training/speakers.py``) weighs one against another.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tawatur.analysis.cue_words import CueForm
from tawatur.analysis.reading import Reading
from tawatur.analysis.report import Report
from tawatur.analysis.speaker_resolution import Bearer, Roster, bearer_of, gender_of_office
from tawatur.analysis.speaker_words import speaker_words
from tawatur.analysis.speakers import read_speaker
from tawatur.text.spans import Span

__all__ = ["SPEECHES_BACK", "Asked", "Candidates", "feminine_body"]

#: How many speeches before an act are looked at.
SPEECHES_BACK = 12
_SENTENCES_BACK = 3
_WORDS_TO_VERB, _VERBS = 30, 4
#: Counts above are one.
_MANY = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """An act of reporting without a speaker, or words in marks without one (no report)."""

    passage: int
    #: The word before which the speaker is looked for.
    at: int
    report: Report | None

    @property
    def form(self) -> CueForm | None:
        """The form of its verb."""
        return self.report.form if self.report else None

    @property
    def gender(self) -> str | None:
        """What the form tells of one who speaks."""
        return self.form.gender if self.form and not self.form.plural else None


@dataclass(slots=True)
class _Case:
    """One who may be meant, with what tells of them."""

    bearer: Bearer
    evidence: set[str] = field(default_factory=set)
    spoke: str = "spoke never"
    #: How many sentences before they spoke.
    before: str = ""
    named: str = "named never"

    def add(self, other: _Case) -> None:
        """Add what tells of the same one in another way."""
        self.evidence |= other.evidence
        if other.before:
            self.spoke, self.before = other.spoke, other.before
        if other.named != "named never":
            self.named = other.named


@dataclass(slots=True)
class Candidates:
    """Those who may be meant in the acts of an article; ``taken`` are the acts of reporting of each passage."""

    roster: Roster
    taken: Sequence[Sequence[Report]]
    #: The genders that verbs showed.
    genders: Mapping[tuple[str, ...], set[str]]
    _fullest: dict[Bearer, Bearer] = field(default_factory=dict)
    _sentences: dict[int, dict[int, int]] = field(default_factory=dict)

    def of(
        self, asked: Asked, spoke: Sequence[tuple[int, Bearer]], found: Mapping[str, Bearer | None]
    ) -> Iterator[tuple[Bearer, set[str]]]:
        """Give all who may be meant, each with what speaks for them and against.

        ``spoke`` are the last speeches before, ``found`` those whom a rule found, by its name.
        """
        gathered: dict[Span, _Case] = {}
        for case in (*self._speakers(asked, spoke), *self._subjects(asked), *self._mentioned(asked)):
            gathered.setdefault(case.bearer.name, _Case(case.bearer)).add(case)
        for name, bearer in found.items():
            if bearer is not None:
                gathered.setdefault(bearer.name, _Case(bearer)).evidence.add(name)
        for case in gathered.values():
            yield case.bearer, self._weighty(asked, case)

    def _speakers(self, asked: Asked, spoke: Sequence[tuple[int, Bearer]]) -> Iterator[_Case]:
        """Give the last who spoke."""
        reading = self._reading(asked)
        seen: set[Span] = set()
        for place, bearer in reversed(spoke):
            if bearer.name not in seen:
                last, head = not seen, place <= reading.sentence_of[place][0] + 2
                evidence = {f"reported {self._is_reported(asked.passage, place)} {last}", f"at the head {head} {last}"}
                before = f"before {min(self._sentences_between(asked, place), _MANY)}"
                yield _Case(bearer, {before, *evidence}, f"spoke {min(len(seen), _MANY)}", before)
                seen.add(bearer.name)

    def _subjects(self, asked: Asked) -> Iterator[_Case]:
        """Give the subjects of the verbs before the cue, the last first."""
        reading, people = self._reading(asked), self.roster.people[asked.passage]
        start, rank = self._start(asked), 0
        participle = asked.form is not None and asked.form.form == "participle"
        for place in range(asked.at - 2, max(start, asked.at - _WORDS_TO_VERB) - 1, -1):
            glance = reading.glances[place]
            if glance.tag != "VERB" or reading.glances[place + 1].preposition or rank == _VERBS:
                continue
            phrase = read_speaker(reading, place + 1, asked.at, people)
            if phrase is not None:
                shows = "f" if glance.unjoined.startswith("ت") or glance.unjoined.endswith("ت") else "m"
                agrees = shows == asked.gender if participle and asked.gender else None
                evidence = {
                    f"subject {min(rank, 2)} {phrase.kind == 'other'}",
                    f"verb agrees {agrees}",
                    f"first verb {place <= start + 1}",
                }
                yield _Case(self._in_full(bearer_of(reading, asked.passage, phrase)), evidence)
                rank += 1

    def _mentioned(self, asked: Asked) -> Iterator[_Case]:
        """Give those whom the last sentences name, the last first."""
        reading, glances = self._reading(asked), self._reading(asked).glances
        mentions: defaultdict[Span, list[Bearer]] = defaultdict(list)
        for bearer in self.roster.bearers:
            before = bearer.at[0] == asked.passage and bearer.at[1] < asked.at and bearer.kind != "other"
            if before and self._sentences_between(asked, bearer.at[1]) <= _SENTENCES_BACK:
                mentions[self._in_full(bearer).name].append(bearer)
        ordered = sorted(mentions.values(), key=lambda of_one: max(one.at for one in of_one), reverse=True)
        for rank, of_one in enumerate(ordered):
            last = max(of_one, key=lambda one: one.at)
            back = self._sentences_between(asked, last.at[1])
            evidence = {f"named {back}", f"named last {min(rank, _MANY)}", f"times named {min(len(of_one), _MANY)}"}
            for one in of_one:
                place, sentence = one.at[1], min(self._sentences_between(asked, one.at[1]), 2)
                if place - reading.sentence_of[place][0] <= 2:
                    evidence.add(f"heads {sentence}")
                if place and glances[place - 1].tag == "VERB":
                    evidence.add(f"behind a verb {sentence}")
            if glances[last.at[1]].preposition or (last.at[1] and glances[last.at[1] - 1].tag == "ADP"):
                evidence.add(f"governed {min(back, 2)}")
            yield _Case(self._in_full(last), evidence, named=f"named {back}")

    def _weighty(self, asked: Asked, case: _Case) -> set[str]:
        """Give all that tells of one."""
        kind, spoke, before, named = case.bearer.kind, case.spoke, case.before, case.named
        first = f"first {asked.at <= self._start(asked) + 1}"
        rule, gender = f"rule {'rule' in case.evidence}", self._agreement(asked, case.bearer)
        weighty = case.evidence | {
            *(spoke, named, rule, gender, f"kind {kind}"),
            f"{spoke} {before} {named} {first}",
            f"{spoke} {kind}",
            f"{gender} {kind}",
            f"{rule} {spoke} {named}",
        }
        if asked.form is not None:
            weighty.add(f"verb {asked.form.verb} {spoke}")
            if asked.form.plural:
                weighty.add(f"plural {kind}")
        if {*case.bearer.role_words[:1], *case.bearer.name_words[:1]} & speaker_words().addressees:
            weighty.add("carrier")
        return weighty

    def _agreement(self, asked: Asked, bearer: Bearer) -> str:
        """Tell whether the form of a verb may speak of somebody."""
        if asked.gender is None:
            return "gender not told"
        known = self.genders.get(bearer.name_words) or gender_of_office(bearer)
        if not known and bearer.kind in ("body", "paper"):
            known = {"f" if feminine_body(bearer) else "m"}
        return f"gender {asked.gender in known}" if known else "gender unknown"

    def _is_reported(self, passage: int, place: int) -> bool:
        """Tell whether a word lies in what another act of its sentence reports."""
        acts, start = self.taken[passage], self.roster.readings[passage].sentence_of[place][0]
        before = range(bisect_left(acts, start, key=_cue), bisect_left(acts, place, key=_cue))
        return any(acts[at].content <= place < acts[at].stop and acts[at].opening != "behind" for at in before)

    def _sentences_between(self, asked: Asked, place: int) -> int:
        reading = self._reading(asked)
        if asked.passage not in self._sentences:
            starts = dict.fromkeys(start for start, _ in reading.sentence_of)
            self._sentences[asked.passage] = {start: number for number, start in enumerate(starts)}
        numbers = self._sentences[asked.passage]
        return numbers[self._start(asked)] - numbers[reading.sentence_of[place][0]]

    def _in_full(self, bearer: Bearer) -> Bearer:
        if bearer not in self._fullest:
            self._fullest[bearer] = self.roster.fullest(bearer)
        return self._fullest[bearer]

    def _reading(self, asked: Asked) -> Reading:
        return self.roster.readings[asked.passage]

    def _word(self, asked: Asked) -> int:
        return min(asked.at, len(self._reading(asked).glances) - 1)

    def _start(self, asked: Asked) -> int:
        return self._reading(asked).sentence_of[self._word(asked)][0]


def feminine_body(bearer: Bearer) -> bool:
    """«وزارة», «السلطات»."""
    return bearer.name_words[0].endswith(("ه", "ات"))


def _cue(report: Report) -> int:
    return report.cue[0]
