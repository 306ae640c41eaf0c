"""
Acts of reporting: a cue, who speaks beside it, and where what was said begins.

Each verb of reporting, each «بحسب», and each colon of a headline is read as one, whether it reports anything or not:
``statement_models`` judges that. The order is that of Arabic news: verb, speaker, occasion, then «إن», a colon, marks
or a noun; or speaker, verb («ماكرون قد أعلن», «الذي قال»); or what was said, then «بحسب» and the source.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tawatur.analysis.cue_words import CueForm, cue_words
from tawatur.analysis.openings import Openings, form_at
from tawatur.analysis.papers import issuer_of
from tawatur.analysis.quotation_marks import Marked
from tawatur.analysis.reading import Glance, Reading
from tawatur.analysis.report import Opening, Report
from tawatur.analysis.speaker_words import speaker_words
from tawatur.analysis.speakers import Phrase, read_speaker
from tawatur.analysis.subjects import Subjects

__all__ = ["Report", "find_reports"]

# Words. No labelled clause is half as long: a text without sentences is no clause.
_LONGEST_CLAUSE = 250
# More words before «بحسب» than those of «ولكن، » are what was said.
_WORDS_BEFORE_CLAUSE = 8
# Words before «كما ذكر» that may be what was said.
_FEWEST_TOLD = 3
# Words before the colon of a line: «الأمير فلان: كذا».
_LONGEST_HEAD = 7
# Letters: «سند» and «نقل» are mostly nouns, «سنرد» and «نعمل» verbs of ours.
_LONGEST_NOUN = 3


def find_reports(reading: Reading, marked: Sequence[Marked], people: Sequence[range]) -> list[Report]:
    """Find what may be acts of reporting in a passage, in order."""
    inside = _inside_marks(reading, marked)
    for name in people:  # «صلاح حسب الله» is no «حسب»
        inside[name.start + 1 : name.stop] = [True] * (len(name) - 1)
    reader = _Reader(reading, people, marked)
    found: list[Report] = []
    for at in range(len(reading.glances)):
        if not inside[at] and not (found and found[-1].apart and at <= found[-1].cue[1]):
            found += reader.read(at)
    return found


def _inside_marks(reading: Reading, marked: Sequence[Marked]) -> list[bool]:
    inside = [False] * len(reading.glances)
    for mark in marked:
        if not mark.depth:
            for at in reading.passage.word_range(mark.start, mark.end):
                inside[at] = True
    return inside


class _Reader:
    def __init__(self, reading: Reading, people: Sequence[range], marked: Sequence[Marked]) -> None:
        self.reading = reading
        self.glances = reading.glances
        self.people = people
        self.words = cue_words()
        self.openings = Openings(reading, marked)
        self.subjects = Subjects(reading, people, self.openings)

    def read(self, at: int) -> Iterator[Report]:
        """Give the act of reporting whose cue begins at a word, if any."""
        glance = self.glances[at]
        if glance.full == ":" and self.reading.passage.field == "title":
            yield from self._headline(at)
        elif glance.full == ":" and self._is_line_of_speaker(at):
            yield from self._line(at)
        elif self.words.according & {glance.full, glance.unjoined}:  # the و of «وفقا» is its own
            yield from self._according(at, self._behind_preposition(at))
        elif glance.unjoined in self.words.with_verb:
            yield from self._according(at, at + 1)
        elif glance.unjoined == "حد" and at and self.glances[at - 1].unjoined == "علي":
            yield from self._according(at - 1, at + 1)
        else:
            form = form_at(self.reading, at)
            if form is not None:
                report = self._verb(at, form)
                yield self._told_behind(at, report) or report

    def _verb(self, at: int, form: CueForm) -> Report:
        start, stop = self.reading.sentence_of[at]
        stop = self.openings.aside_of.get(at, stop)
        speaker, side = self.subjects.of(at, form, start, stop)
        after = speaker.last + 1 if speaker and side in ("after", "from") else at + 1
        opening, content = self.openings.read(at, max(after, at + 1), stop)
        if opening == "colon" and self.reading.passage.field == "body":
            stop = self._speech_without_marks(content, stop)
        return Report((at, at), form, speaker, side, opening, content, min(stop, content + _LONGEST_CLAUSE))

    def _told_behind(self, at: int, report: Report) -> Report | None:
        """«قتل مئات، كما ذكر المرصد.», «على ما أعلنت الوزارة»: what was said stands before; None where it does not."""
        first = self._as_told(at)
        start, stop = self.reading.sentence_of[at]
        if first is None or report.opening != "object" or report.side != "after" or first - start < _FEWEST_TOLD:
            return None
        if report.speaker is None or not self._ends(report.speaker.last + 1, stop):
            return None
        while first - 1 > start and self.glances[first - 1].full in ("،", ","):
            first -= 1
        begin = max(start, first - _LONGEST_CLAUSE)
        return Report((at, at), report.form, report.speaker, "after", "behind", begin, first)

    def _as_told(self, at: int) -> int | None:
        """Give where «كما» or «على ما» before a verb begins."""
        before = self.glances[at - 1].full if at else ""
        if before == "كما":
            return at - 1
        return at - 2 if before == "ما" and at > 1 and self.glances[at - 2].full == "علي" else None

    def _ends(self, place: int, stop: int) -> bool:
        """Tell whether a clause ends before a word: at a sign, at when and where it was said, at the end."""
        if place >= stop:
            return True
        glance, words = self.glances[place], self.words
        return glance.is_sign or glance.full in words.times | words.places_before or glance.full in words.relatives

    def _speech_without_marks(self, content: int, stop: int) -> int:
        """Give where words behind a colon end: with the paragraph, or before the sentence of the next cue."""
        while stop < len(self.glances) and not self._begins_line(stop):
            if form_at(self.reading, stop) or self.glances[stop].full in self.words.leads or content >= stop:
                break
            stop = self.reading.sentence_of[stop][1]
        return stop

    def _headline(self, at: int) -> Iterator[Report]:
        stop = len(self.glances)
        speaker = read_speaker(self.reading, 0, at, self.people)
        if at + 2 < stop and not (speaker and self._is_rubric(speaker, at)):
            yield self._behind_colon(at, speaker, stop)

    def _is_rubric(self, phrase: Phrase, colon: int) -> bool:
        """Tell whether a headline begins with what it is about: «كأس العالم: …», «مصر: نقل المباراة».

        A state speaks in the first person («روسيا: لسنا من بادر») or in marks.
        """
        head = self.glances[phrase.first]
        if {head.plain, head.bare} & speaker_words().rubrics:
            return True
        is_place = head.full in speaker_words().places and phrase.last == colon - 1 <= phrase.first + 1
        return is_place and not self.openings.opens(colon + 1) and not any(map(_is_first_person, self.glances[colon:]))

    def _behind_colon(self, at: int, speaker: Phrase | None, stop: int) -> Report:
        opening: Opening = "marks" if self.openings.opens(at + 1) else "colon"
        return Report((at, at), None, speaker, "before", opening, at + 1, stop)

    def _is_line_of_speaker(self, at: int) -> bool:
        """«ماكرون: سنرد», a line of its own."""
        first = self._line_start(at)
        return 0 < at - first <= _LONGEST_HEAD

    def _begins_line(self, at: int) -> bool:
        words, text = self.reading.passage.words, self.reading.passage.text
        return at == 0 or "\n" in text[words[at - 1].end : words[at].start]

    def _line_start(self, at: int) -> int:
        first = at
        while at - first <= _LONGEST_HEAD and not self._begins_line(first):
            first -= 1
        return first

    def _line(self, at: int) -> Iterator[Report]:
        first, (_, stop) = self._line_start(at), self.reading.sentence_of[at]
        if form_at(self.reading, at - 1) is not None:
            return
        speaker = read_speaker(self.reading, first, at, self.people)
        if speaker is not None and speaker.last == at - 1 and speaker.kind in ("name", "titled") and at + 2 < stop:
            yield self._behind_colon(at, speaker, stop)

    def _behind_preposition(self, at: int) -> int:
        following = at + 1
        if following < len(self.glances) and self.glances[following].full in ("لـ", "ل", "عن", "الي", "علي", "لل"):
            following += 1
        return following

    def _according(self, at: int, place: int) -> Iterator[Report]:
        """«بحسب رويترز»، «وفقا لما ذكرته الوكالة»، «حسبما أفاد»."""
        start, stop = self.reading.sentence_of[at]
        last = place - 1
        while place < stop and self.glances[place].full in ("ما", "لما", "الي"):
            place += 1
        form = form_at(self.reading, place) if place < stop else None
        paper = form is not None and form.form == "noun" and form.plural  # «بحسب تصريحات الوزير»
        if form is not None and form.form != "participle" and not paper:
            speaker = self.subjects.after(place, stop)
            last = place
        else:
            form = None
            speaker = issuer_of(self.reading, read_speaker(self.reading, place, stop, self.people), stop, self.people)
        if speaker is None and form is None:
            return
        end = speaker.last if speaker else last
        if self._begins_clause(at, start):
            content = end + 1
            while content < stop and self.glances[content].full in (
                "،",
                ",",
                "فان",
                "فانه",
                "ان",
                "انه",
                "فقد",
                ":",
                "فانها",
            ):
                content += 1
            if content >= stop - 1:
                yield from self._of_sentence_before(at, last, form, speaker, start)
            else:
                yield Report(
                    (at, last),
                    form,
                    speaker,
                    "after",
                    "that",
                    content,
                    min(stop, content + _LONGEST_CLAUSE),
                    apart=True,
                )
        else:
            yield Report((at, last), form, speaker, "after", "behind", max(start, at - _LONGEST_CLAUSE), at, apart=True)

    def _of_sentence_before(
        self, at: int, last: int, form: CueForm | None, speaker: Phrase | None, start: int
    ) -> Iterator[Report]:
        """«… الاثنين. بحسب رويترز.»: what was said is the sentence before, of the same paragraph."""
        if not self._begins_line(start):
            begin = max(self.reading.sentence_of[start - 1][0], start - _LONGEST_CLAUSE)
            yield Report((at, last), form, speaker, "after", "behind", begin, start, apart=True)

    def _begins_clause(self, at: int, start: int) -> bool:
        if at - start > _WORDS_BEFORE_CLAUSE:
            return False
        before = [self.glances[place] for place in range(start, at)]
        return len(before) <= 1 or all(glance.is_sign or glance.full in self.words.leads for glance in before)


def _is_first_person(glance: Glance) -> bool:
    """«لسنا»، «سنلاحق»، «نحن»."""
    ours = glance.full in ("نحن", "لسنا") or (glance.has_pronoun and glance.full.endswith("نا"))
    if len(glance.full) <= _LONGEST_NOUN:
        return ours
    return ours or glance.full.startswith("سن") or (glance.tag in ("VERB", "AUX") and glance.full.startswith("ن"))
