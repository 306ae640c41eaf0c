"""
Who speaks beside a cue: the subject behind the verb or before it, the one «عن» names, the owner of «قوله».

Whom it was said to («لـ"الرياض"»), pronouns and adverbs between verb and subject are stepped over.
"""

from __future__ import annotations

from collections.abc import Sequence

from tawatur.analysis.cue_words import CueForm, cue_words, folded
from tawatur.analysis.openings import WORDS_TO_THAT, Openings, is_that
from tawatur.analysis.papers import issuer_of
from tawatur.analysis.person_names import is_office
from tawatur.analysis.phrase_extent import MARKS
from tawatur.analysis.reading import Glance, Reading
from tawatur.analysis.report import Side
from tawatur.analysis.speaker_words import speaker_words
from tawatur.analysis.speakers import Phrase, read_speaker

__all__ = ["Subjects"]

_WORDS_TO_SPEAKER_BEFORE = 26
_SMALL_PARTS = frozenset(("ADP", "CCONJ", "SCONJ"))
# «بعضهم», «أحدهم» speak.
_OF_MANY = frozenset(
    ("بعض", "احد", "احدي", "جميع", "معظم", "اغلب", "غالبي", "غالبيه", "كل", "كلا", "اول", "اخر", "نفس")
)
# «اتهم الدول»: they are what is spoken of, the verb would be feminine.
_FEMININE_PLURALS = frozenset(("دول", "وسائل", "قوي", "امم", "اطراف", "صحف", "شركات", "كتائب"))
_HAD = frozenset(("قد", "لقد", "فقد"))
_OF_HUNDRED = frozenset(("%", "بالمئه", "بالمائه", "في", "المئه", "المائه"))
_NOMINAL = frozenset(("NOUN", "PROPN", "ADJ", "X"))


def _is_pronoun(glance: Glance) -> bool:
    """«معاليه»، «سموه»: they stand for one who was named."""
    return glance.has_pronoun and glance.bare[:4] in cue_words().stands_for


def _is_told(glance: Glance) -> bool:
    """«لرويترز»: whom the words were said to, read as one word."""
    return glance.full[:1] == "ل" and glance.full[1:] in speaker_words().addressees


class Subjects:
    """The speakers beside the cues of a passage; ``people`` are the words of persons' names."""

    def __init__(self, reading: Reading, people: Sequence[range], openings: Openings) -> None:
        self.reading = reading
        self.glances = reading.glances
        self.people = people
        self.openings = openings
        self.words = cue_words()
        self._named = frozenset(name.start for name in people)
        self._of_names = frozenset(place for name in people for place in name)

    def of(self, at: int, form: CueForm, start: int, stop: int) -> tuple[Phrase | None, Side]:
        """Give who speaks by a verb of the sentence ``start:stop``, and where that stands."""
        if form.form == "noun":
            told = self._from(start, at)
            return (told, "from") if told and told.last < at else self._owner(at, form, stop)
        if form.form == "participle":
            return None, "none"
        if form.verb in ("جاء", "ورد") and at + 2 < stop and self.glances[at + 1].full == "في":
            stated = issuer_of(self.reading, read_speaker(self.reading, at + 2, stop, self.people), stop, self.people)
            return (stated, "after") if stated else (None, "none")
        told = self._carried(at, min(stop, at + WORDS_TO_THAT)) if form.verb == "نقل" else None
        if told:
            return told, "from"
        return self._subject(at, form, start, stop)

    def _subject(self, at: int, form: CueForm, start: int, stop: int) -> tuple[Phrase | None, Side]:
        """Read the subject of a finite verb: right before it, behind it, or before it with words between."""
        before = self._before(at, form, start)
        if before and before.last == at - 2 and self.glances[at - 1].full in _HAD:
            return before, "before"  # «وكان الوزير قد أعلن»
        links = at > start and self.glances[at - 1].tag in ("ADP", "SCONJ", "PUNCT")
        if before and before.last == at - 1 and not links and not self.glances[at].joined:
            return before, "before"
        after = self.after(at, stop, form)
        relative = at > start and self.glances[at - 1].full in self.words.relatives and not form.has_object
        if before and relative and not (after and after.kind in ("name", "titled", "role", "people", "paper")):
            return before, "before"
        if after:
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
        feminine |= head.bare in _FEMININE_PLURALS or (head.bare.endswith("ات") and head.bare in words.bodies)
        return not (feminine and head.tag == "NOUN" and head.bare not in ("خليفه", "علامه"))

    def _owner(self, at: int, form: CueForm, stop: int) -> tuple[Phrase | None, Side]:
        """«تأكيد الوزير أن»."""
        if self.glances[at].has_pronoun or form.gender:
            return None, "none"
        after = self.after(at, stop)
        return (after, "after") if after else (None, "none")

    def after(self, at: int, stop: int, form: CueForm | None = None) -> Phrase | None:
        """Give the subject right behind a verb, one that its form agrees with where that is given."""
        place = at + 1
        while place < min(stop, at + 3) and self.glances[place].full in self.words.skipped:
            place += 1
        timed = place
        while place < min(stop, at + 4) and self.glances[place].full in self.words.times:
            place += 1  # «ذكرت الاثنين وكالة كذا»
        if place + 1 < stop and self.glances[place + 1].full in ("مرات", "مره"):
            place += 2  # «قالت عدة مرات»
        if place + 2 < stop and self.glances[place].full in ("كل", "كلا") and self.glances[place + 1].full == "من":
            place += 2  # «قال كل من فلان وفلان»
        share = place + 1 < stop and self.glances[place].full == "نسبه"  # «أشارت نسبة 80 % منهم»
        if place + share + 1 < stop and self.glances[place + share].tag == "NUM":
            return self._counted(place + share, stop)
        place = self._behind_addressee(place, stop)
        behind_comma = place + 1 < stop and self.glances[place].full in ("،", ",")
        place += behind_comma
        if place < stop and (
            self.glances[place].preposition
            or self.glances[place].full.startswith("لـ")
            or _is_told(self.glances[place])
            or _is_pronoun(self.glances[place])
            or self._is_his_own(place)
        ):
            return None
        phrase = read_speaker(self.reading, place, stop, self.people)
        if phrase is None or (form is not None and not self._agree(form, phrase)):
            return None
        if place > timed and phrase.kind == "other":
            return None  # «أعلن أمس القبض على»
        if form is not None and phrase.kind == "other" and self._is_object(at, phrase, stop):
            return None
        phrase = issuer_of(self.reading, phrase, stop, self.people)
        return phrase if phrase and (not behind_comma or phrase.kind in ("name", "titled", "role")) else None

    def _is_object(self, at: int, phrase: Phrase, stop: int) -> bool:
        """«ثمنوا دعم المملكة للمشروع»: a noun of no kind of speaker, with no clause behind it, is what was said."""
        head = self.glances[phrase.first]
        if head.tag != "NOUN" or head.plain != head.bare or head.has_pronoun:
            return False
        if head.bare.endswith(("ون", "و", "ان")) or (head.bare.endswith("اء") and head.bare[0] != "ا"):
            return False  # «خطباء جمعة»
        return self.openings.read(at, phrase.last + 1, stop)[0] == "object"

    def _counted(self, place: int, stop: int) -> Phrase | None:
        """«24 منظمة», «90 % من الأطباء»: so many of them."""
        behind = place + 1
        while behind < stop and self.glances[behind].full in _OF_HUNDRED:
            behind += 1
        behind += behind < stop and self.glances[behind].full == "من"
        many = read_speaker(self.reading, behind, stop, self.people) if behind < stop else None
        return Phrase(place, many.last, (place, many.last), None, "people") if many else None

    def _is_his_own(self, place: int) -> bool:
        """«أكد جاهزيته للعودة»: what is his was said and does not speak, but «قالت زوجته»."""
        glance, words = self.glances[place], speaker_words()
        if not glance.has_pronoun or place in self._of_names:
            return False
        parts = self.reading.passage.words[place].segments[:-1]
        stem = folded("".join(part.text for part in parts if part.pos not in _SMALL_PARTS))
        stems = {stem, stem[:-1] + "ه" if stem.endswith("ت") else stem, stem.rstrip("اوي")}
        return not any(stems & known for known in (words.roles, words.bodies, words.papers, words.people, _OF_MANY))

    def _behind_addressee(self, place: int, stop: int) -> int:
        """«أوضح لـ"الرياض" أمين المنطقة», «قال لوكالة كذا المتحدث باسم الوزارة»: step over whom it was said to."""
        glances = self.glances
        if place + 2 >= stop:
            return place
        glance, end = glances[place], place
        if glance.full in ("لـ", "ل") and glances[place + 1].full in MARKS:
            end = next((at + 1 for at in range(place + 2, min(stop, place + 7)) if glances[at].full in MARKS), place)
        elif glance.full[:1] == "ل" and glance.bare in speaker_words().addressees:
            end = place + 1
            while end < min(stop, place + 7) and not self._names_somebody(end):
                if glances[end].unjoined in self.words.that or glances[end].full == ":":
                    return place
                end += 1
        return end if place < end < stop and self._names_somebody(end) else place

    def _names_somebody(self, at: int) -> bool:
        glance = self.glances[at]
        return (is_office(glance) and not glance.preposition) or at in self._named

    def _carried(self, at: int, stop: int) -> Phrase | None:
        """«نقلت الوكالة عن الوزير», before what was said begins."""
        for place in range(at + 1, stop - 1):
            if self.glances[place].unjoined in ("عن", "لسان"):
                return read_speaker(self.reading, place + 1, self.reading.sentence_of[place][1], self.people)
            if self.openings.opens(place) or is_that(self.reading, place):
                break
        return None

    def _from(self, start: int, stop: int) -> Phrase | None:
        """«نقلت الوكالة عن الوزير قوله»، «على لسان الوزير»."""
        for place in range(stop - 1, max(start, stop - _WORDS_TO_SPEAKER_BEFORE) - 1, -1):
            if self.glances[place].unjoined in ("عن", "لسان") and place + 1 < len(self.glances):
                return read_speaker(self.reading, place + 1, self.reading.sentence_of[place][1], self.people)
        return None

    def _before(self, at: int, form: CueForm, start: int) -> Phrase | None:
        start, last = max(start, at - 2 * _WORDS_TO_SPEAKER_BEFORE), at - 1
        while last >= start and self.glances[last].full in self.words.auxiliaries:
            last -= 1
        if last >= start and self.glances[last].full in self.words.relatives:
            relates = {"التي": "f", "الذي": "m"}.get(self.glances[last].unjoined, form.gender)
            return self._ending_at(last - 1, start) if relates == form.gender else None
        if last == at - 1 and last > start and not self.glances[at].joined and self.glances[last].tag in _NOMINAL:
            told = self._ending_at(last, start)
            kinds = ("people", "titled", "role", "paper") if form.kind == "show" else ("people", "titled", "role")
            if told and told.kind in kinds:
                return told
        first = start
        while first < last and (
            self.glances[first].full in self.words.leads or self.glances[first].full in self.words.auxiliaries
        ):
            first += 1
        begins = [first]
        if not self.glances[at].joined:  # «إن الفريق جاهز، وأكد»
            begins += [
                place + 1 for place in range(last - 1, start, -1) if self.glances[place].unjoined in self.words.clauses
            ]
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
