"""
Acts of reporting: a cue, who speaks beside it, and where what was said begins.

Each verb of reporting, each «بحسب», and each colon of a headline is read as one, whether it reports anything or not:
``statement_models`` judges that. The order is that of Arabic news: verb, speaker, occasion, then «إن», a colon, marks
or a noun; or speaker, verb («ماكرون قد أعلن», «الذي قال»); or what was said, then «بحسب» and the source.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tawatur.analysis.cue_words import CueForm, cue_words
from tawatur.analysis.papers import issuer_of
from tawatur.analysis.person_names import is_office
from tawatur.analysis.quotation_marks import Marked
from tawatur.analysis.reading import Glance, Reading
from tawatur.analysis.report import WORDS_OF_SPEECH, Opening, Report, Side
from tawatur.analysis.speaker_words import speaker_words
from tawatur.analysis.speakers import Phrase, read_speaker

__all__ = ["Report", "find_reports"]

# «قال X، وزير كذا، في مقابلة مع كذا يوم الثلاثاء، إن»: further than this from the speaker no «إن» belongs to the verb.
_WORDS_TO_THAT = 24
_WORDS_TO_SPEAKER_BEFORE = 26
# Words. No labelled clause is half as long: a text without sentences is no clause.
_LONGEST_CLAUSE = 250
# More words before «بحسب» than those of «ولكن، » are what was said.
_WORDS_BEFORE_CLAUSE = 8
_SKIPPED = frozenset(
    (
        "ايضا",
        "كذلك",
        "بدوره",
        "بدورها",
        "له",
        "لها",
        "لهم",
        "لنا",
        "عليه",
        "عليها",
        "اليه",
        "اليها",
        "مجددا",
        "لي",
        "به",
        "بها",
        "فيه",
        "فيها",
        "عنه",
        "عنها",
        "ذلك",
    )
)
_AUXILIARIES = frozenset(
    ("قد", "كان", "كانت", "وكان", "وكانت", "فقد", "وقد", "لقد", "ايضا", "بدوره", "بدورها", "كانوا")
)
_STANDS_FOR = frozenset(("معال", "سموه", "سموه", "سياد", "فضيل", "سعاد", "جلال", "فخام", "سماح", "نياف", "حضرت"))
#: «بعد أن»: what follows dates or hedges and is not what was said.
_BEFORE_INFINITIVES = frozenset(
    ("بعد", "قبل", "منذ", "دون", "يمكن", "يجب", "شان", "شانه", "شانها", "لمجرد", "بمجرد", "الا")
)
_DASHES = frozenset("-\u2013\u2014")
# Words; an aside is shorter than a sentence.
_LONGEST_ASIDE = 25
_NOMINAL = frozenset(("NOUN", "PROPN", "ADJ", "X"))
_MARKS = frozenset("\"\u201c\u201d\u201e\u00ab\u00bb'")
_BEFORE_VERBS = frozenset(("ما", "لما", "كما", "حسبما", "فيما", "وفقما", "مثلما"))
#: Behind these a clause of its own begins, with a speaker before the verb: «فيما الوزير قال».
_CLAUSES = frozenset(("ان", "لكن", "فيما", "بينما", "حين", "كان", "كانت", "الا", "—", "-"))
_LEADS = frozenset(
    (
        "و",
        "وكان",
        "وكانت",
        "كان",
        "كانت",
        "لكن",
        "ولكن",
        "فيما",
        "بينما",
        "كما",
        "اما",
        "في",
        "حين",
        "كذلك",
        "غير",
        "ان",
        "الا",
        "ومن",
        "من",
    )
)


def find_reports(reading: Reading, marked: Sequence[Marked], people: Sequence[range]) -> list[Report]:
    """Find what may be acts of reporting in a passage, in order."""
    opened = {mark.outer_start for mark in marked if _is_speech(reading, mark)}
    inside = _inside_marks(reading, marked)
    for name in people:  # «صلاح حسب الله» is no «حسب»
        inside[name.start + 1 : name.stop] = [True] * (len(name) - 1)
    reader = _Reader(reading, people, opened)
    found: list[Report] = []
    for at in range(len(reading.glances)):
        if not inside[at] and not (found and found[-1].apart and at <= found[-1].cue[1]):
            found += reader.read(at)
    return found


def _is_pronoun(glance: Glance) -> bool:
    """«معاليه»، «سموه»: they stand for one who was named."""
    return glance.has_pronoun and glance.bare[:4] in _STANDS_FOR


def _is_speech(reading: Reading, mark: Marked) -> bool:
    words = reading.passage.word_range(mark.start, mark.end)
    return sum(not reading.glances[at].is_sign for at in words) >= WORDS_OF_SPEECH


def _inside_marks(reading: Reading, marked: Sequence[Marked]) -> list[bool]:
    inside = [False] * len(reading.glances)
    for mark in marked:
        if not mark.depth:
            for at in reading.passage.word_range(mark.start, mark.end):
                inside[at] = True
    return inside


def _asides(reading: Reading) -> dict[int, int]:
    """Give the dashes that open an aside, each with the one that closes it."""
    found: dict[int, int] = {}
    opened: int | None = None
    for at, glance in enumerate(reading.glances):
        if opened is not None and (at - opened > _LONGEST_ASIDE or at >= reading.sentence_of[opened][1]):
            opened = None
        if glance.full in _DASHES:
            if opened is None:
                opened = at
            else:
                found[opened] = at
                opened = None
    return found


class _Reader:
    def __init__(self, reading: Reading, people: Sequence[range], opened: set[int]) -> None:
        self.reading = reading
        self.glances = reading.glances
        self.people = people
        self.opened = opened
        self.words = cue_words()
        self.asides = _asides(reading)
        self.aside_of = {at: end for first, end in self.asides.items() for at in range(first, end)}

    def read(self, at: int) -> Iterator[Report]:
        """Give the act of reporting whose cue begins at a word, if any."""
        glance = self.glances[at]
        if glance.full == ":" and self.reading.passage.field == "title":
            yield from self._headline(at)
        elif self.words.according & {glance.full, glance.unjoined}:  # the و of «وفقا» is its own
            yield from self._according(at, self._behind_preposition(at))
        elif glance.unjoined in self.words.with_verb:
            yield from self._according(at, at + 1)
        elif glance.unjoined == "حد" and at and self.glances[at - 1].unjoined == "علي":
            yield from self._according(at - 1, at + 1)
        else:
            form = self.form_of(at)
            if form is not None:
                yield self._verb(at, form)

    def form_of(self, at: int) -> CueForm | None:
        """Give the form of reporting verb that a word is."""
        glance = self.glances[at]
        forms = self.words.forms
        form = forms.get(glance.full) or forms.get(glance.unjoined)
        if form is None and glance.unjoined.startswith("س"):
            form = forms.get(glance.unjoined[1:])
            form = form if form and form.form == "present" else None
        if form is None and glance.preposition:
            form = forms.get(glance.plain)
            form = form if form and form.form == "noun" else None
        if form is None or form.form == "noun":
            return form
        if form.form == "participle":
            return form if glance.unjoined[-1] in "اهن" and glance.tag != "VERB" else None
        # Without the tag of a verb «بين», «عبر» and «عدة» are other words.
        return form if glance.tag == "VERB" or (at and self.glances[at - 1].unjoined in _BEFORE_VERBS) else None

    # ---- verbs

    def _verb(self, at: int, form: CueForm) -> Report:
        start, stop = self.reading.sentence_of[at]
        stop = self.aside_of.get(at, stop)
        speaker, side = self._speaker(at, form, start, stop)
        after = speaker.last + 1 if speaker and side in ("after", "from") else at + 1
        opening, content = self._opening(at, max(after, at + 1), stop)
        if opening == "colon" and self.reading.passage.field == "body":
            stop = self._speech_without_marks(content, stop)
        return Report((at, at), form, speaker, side, opening, content, min(stop, content + _LONGEST_CLAUSE))

    def _speech_without_marks(self, content: int, stop: int) -> int:
        """Give where words behind a colon end: with the paragraph, or before the sentence of the next cue."""
        words, text = self.reading.passage.words, self.reading.passage.text
        while stop < len(self.glances) and "\n" not in text[words[stop - 1].end : words[stop].start]:
            if self.form_of(stop) or self.glances[stop].full in _LEADS or content >= stop:
                break
            stop = self.reading.sentence_of[stop][1]
        return stop

    def _speaker(self, at: int, form: CueForm, start: int, stop: int) -> tuple[Phrase | None, Side]:
        if form.form == "noun":
            told = self._from(start, at)
            return (told, "from") if told and told.last < at else self._owner(at, form, stop)
        if form.form == "participle":
            return None, "none"
        if form.verb in ("جاء", "ورد") and at + 2 < stop and self.glances[at + 1].full == "في":
            stated = issuer_of(self.reading, read_speaker(self.reading, at + 2, stop, self.people), stop, self.people)
            return (stated, "after") if stated else (None, "none")
        told = self._carried(at, min(stop, at + _WORDS_TO_THAT)) if form.verb == "نقل" else None
        if told:
            return told, "from"
        return self._subject(at, form, start, stop)

    def _subject(self, at: int, form: CueForm, start: int, stop: int) -> tuple[Phrase | None, Side]:
        """Read the subject of a finite verb: right before it, behind it, or before it with words between."""
        before = self._before(at, start)
        links = at > start and self.glances[at - 1].tag in ("ADP", "SCONJ", "PUNCT")
        if before and before.last == at - 1 and not links and not self.glances[at].joined:
            return before, "before"
        after = self._after(at, stop)
        relative = at > start and self.glances[at - 1].full in self.words.relatives and not form.has_object
        if before and relative and not (after and after.kind in ("name", "titled", "role", "people")):
            return before, "before"
        if after and self._agree(form, after):
            return after, "after"
        return (before, "before") if before else (None, "none")

    def _agree(self, form: CueForm, phrase: Phrase) -> bool:
        """Tell whether a verb can have a subject: «واعتبرت السفير» has another."""
        head = self.glances[phrase.first]
        words = speaker_words()
        if form.plural or form.form == "noun" or phrase.kind in ("name", "people"):
            return True
        if form.gender == "f":
            return not (head.bare in words.roles and head.bare + "ه" in words.roles)
        feminine = self.reading.passage.words[phrase.first].text.endswith("\u0629")  # TEH MARBUTA, not «نظيره»
        return not (feminine and head.tag == "NOUN" and head.bare not in ("خليفه", "علامه"))

    def _owner(self, at: int, form: CueForm, stop: int) -> tuple[Phrase | None, Side]:
        """«تأكيد الوزير أن»."""
        if self.glances[at].has_pronoun or form.gender:
            return None, "none"
        after = self._after(at, stop)
        return (after, "after") if after else (None, "none")

    def _after(self, at: int, stop: int) -> Phrase | None:
        place = at + 1
        while place < min(stop, at + 3) and self.glances[place].full in _SKIPPED:
            place += 1
        place = self._behind_addressee(place, stop)
        behind_comma = place + 1 < stop and self.glances[place].full in ("،", ",")
        place += behind_comma
        if place < stop and (
            self.glances[place].preposition
            or self.glances[place].full.startswith("لـ")
            or _is_pronoun(self.glances[place])
        ):
            return None
        phrase = issuer_of(self.reading, read_speaker(self.reading, place, stop, self.people), stop, self.people)
        return phrase if phrase and (not behind_comma or phrase.kind in ("name", "titled", "role")) else None

    def _behind_addressee(self, place: int, stop: int) -> int:
        """«أوضح لـ"الرياض" أمين المنطقة», «قال لوكالة كذا المتحدث باسم الوزارة»: step over whom it was said to."""
        glances = self.glances
        if place + 2 >= stop:
            return place
        glance, end = glances[place], place
        if glance.full in ("لـ", "ل") and glances[place + 1].full in _MARKS:
            end = next((at + 1 for at in range(place + 2, min(stop, place + 7)) if glances[at].full in _MARKS), place)
        elif glance.full[:1] == "ل" and glance.bare in speaker_words().addressees:
            end = place + 1
            while end < min(stop, place + 7) and not self._names_somebody(end):
                end += 1
        return end if place < end < stop and self._names_somebody(end) else place

    def _names_somebody(self, at: int) -> bool:
        glance = self.glances[at]
        return (is_office(glance) and not glance.preposition) or any(at == name.start for name in self.people)

    def _carried(self, at: int, stop: int) -> Phrase | None:
        """«نقلت الوكالة عن الوزير», before what was said begins."""
        for place in range(at + 1, stop - 1):
            if self.glances[place].unjoined in ("عن", "لسان"):
                return read_speaker(self.reading, place + 1, self.reading.sentence_of[place][1], self.people)
            if self._opens(place) or self._is_that(place):
                break
        return None

    def _from(self, start: int, stop: int) -> Phrase | None:
        """«نقلت الوكالة عن الوزير قوله»، «على لسان الوزير»."""
        for place in range(stop - 1, max(start, stop - _WORDS_TO_SPEAKER_BEFORE) - 1, -1):
            if self.glances[place].unjoined in ("عن", "لسان") and place + 1 < len(self.glances):
                return read_speaker(self.reading, place + 1, self.reading.sentence_of[place][1], self.people)
        return None

    def _before(self, at: int, start: int) -> Phrase | None:
        start, last = max(start, at - 2 * _WORDS_TO_SPEAKER_BEFORE), at - 1
        while last >= start and self.glances[last].full in _AUXILIARIES:
            last -= 1
        if last >= start and self.glances[last].full in self.words.relatives:
            return self._ending_at(last - 1, start)
        if last == at - 1 and last > start and not self.glances[at].joined and self.glances[last].tag in _NOMINAL:
            told = self._ending_at(last, start)
            inside = at + 1 < len(self.glances) and self.glances[at + 1].full in ("فيه", "فيها")
            if told and told.kind in (
                ("paper", "people", "titled", "role") if inside else ("people", "titled", "role")
            ):
                return told
        first = start
        while first < last and (self.glances[first].full in _LEADS or self.glances[first].full in _AUXILIARIES):
            first += 1
        begins = [first]
        begins += [place + 1 for place in range(last - 1, start, -1) if self.glances[place].unjoined in _CLAUSES]
        for begin in begins:
            if last - begin > _WORDS_TO_SPEAKER_BEFORE:
                continue
            glance = self.glances[begin]
            phrase = (
                None if glance.has_pronoun or glance.preposition else read_speaker(self.reading, begin, at, self.people)
            )
            if phrase and self._adjoins(phrase.last, last):
                return phrase
        return None

    def _ending_at(self, last: int, start: int) -> Phrase | None:
        """Give the phrase before «الذي قال»."""
        while last >= start and self.glances[last].full in ("،", ","):
            last -= 1
        for begin in range(max(start, last - 8), last + 1):
            before = self.glances[begin - 1] if begin > start else None
            if before is None or before.tag in ("VERB", "ADP", "PUNCT", "SCONJ") or self.glances[begin].preposition:
                phrase = read_speaker(self.reading, begin, last + 1, self.people)
                if phrase and phrase.last == last:
                    return phrase
        return None

    def _adjoins(self, end: int, last: int) -> bool:
        """Tell whether nothing but a comma or an aside of three words lies between a phrase and the verb."""
        between = [self.glances[place] for place in range(end + 1, last + 1)]
        return (
            len(between) <= 5
            and (not between or between[0].full in ("،", ",", "-", "(") or len(between) <= 1)
            and not any(glance.tag == "VERB" for glance in between)
        )

    # ---- what was said

    def _opening(self, at: int, after: int, stop: int) -> tuple[Opening, int]:
        place, end = at, min(stop, after + _WORDS_TO_THAT)
        while (place := self._next(place, end)) < end:
            glance = self.glances[place]
            if glance.full == ":":
                return ("marks" if self._opens(place + 1) else "colon"), place + 1
            if self._opens(place) and place >= after:
                return "marks", place
            if self._is_that(place):
                return ("marks" if self._opens(place + 1) else "that"), place + 1
            if (
                place >= after
                and place > at + 1
                and self._starts_another(place)
                and not self._tells_of_noun(place)
                and self.glances[place - 1].full != "ان"
            ):
                break
        return "object", self._behind_asides(after, stop)

    def _next(self, place: int, stop: int) -> int:
        """Give the next word, behind an aside between dashes where one begins: «- في تصريح نقلته وكالة كذا -»."""
        aside = self.asides.get(place + 1)
        return aside + 1 if aside is not None and aside < stop else place + 1

    def _tells_of_noun(self, place: int) -> bool:
        """«في بيان نشرته الوزارة»: a verb with its object, that tells of the noun before it."""
        form = self.form_of(place)
        return bool(form and form.has_object) and self.glances[place - 1].tag in _NOMINAL

    def _opens(self, place: int) -> bool:
        if place >= len(self.glances) or self.reading.passage.words[place].start not in self.opened:
            return False
        before = self.glances[place - 1]
        return before.full not in ("لـ", "ل") and before.bare not in speaker_words().bodies

    def _is_that(self, place: int) -> bool:
        full = self.glances[place].unjoined
        if full in self.words.that:
            return full != "ان" or self.glances[place - 1].unjoined not in _BEFORE_INFINITIVES
        for stem in ("ان", "بان", "لان"):
            if full.startswith(stem) and full[len(stem) :] in (
                "ه",
                "ها",
                "هم",
                "هما",
                "نا",
                "ني",
                "كم",
                "ك",
                "هن",
                "نه",
            ):
                return True
        return False

    def _starts_another(self, place: int) -> bool:
        form = self.form_of(place)
        return form is not None and form.form in ("past", "present", "participle") and self.glances[place].tag == "VERB"

    def _behind_asides(self, place: int, stop: int) -> int:
        """Step over «، الأحد،» and brackets."""
        if place < stop and self.glances[place].full in "([":
            closing = next((at for at in range(place, min(stop, place + 8)) if self.glances[at].full in ")]"), place)
            place = closing + 1
        if place < stop and self.glances[place].full in "،,":
            closing = next(
                (at for at in range(place + 1, min(stop, place + 6)) if self.glances[at].full in "،,"), place
            )
            place = closing + 1
        return min(place, stop)

    # ---- sources named apart

    def _headline(self, at: int) -> Iterator[Report]:
        stop = len(self.glances)
        speaker = read_speaker(self.reading, 0, at, self.people)
        if at + 2 < stop:
            opening: Opening = "marks" if self._opens(at + 1) else "colon"
            yield Report((at, at), None, speaker, "before", opening, at + 1, stop)

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
        form = self.form_of(place) if place < stop else None
        if form is not None and form.form != "participle":
            speaker = self._after(place, stop)
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
            if content < stop:
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

    def _begins_clause(self, at: int, start: int) -> bool:
        if at - start > _WORDS_BEFORE_CLAUSE:
            return False
        before = [self.glances[place] for place in range(start, at)]
        return len(before) <= 1 or all(glance.is_sign or glance.full in _LEADS for glance in before)
