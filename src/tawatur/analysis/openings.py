"""
How what was said is opened: «إن», a colon, marks, or a noun alone; and where it begins.

Between the verb with its speaker and the opening stand occasions («في بيان»), days, and asides between dashes, which
are stepped over.
"""

from __future__ import annotations

from collections.abc import Sequence

from tawatur.analysis.cue_words import CueForm, cue_words, folded
from tawatur.analysis.person_names import is_office, is_place
from tawatur.analysis.quotation_marks import Marked
from tawatur.analysis.reading import Reading
from tawatur.analysis.report import WORDS_OF_SPEECH, Opening
from tawatur.analysis.speaker_words import speaker_words

__all__ = ["WORDS_TO_THAT", "Openings", "form_at", "is_that"]

#: «قال X، وزير كذا، في مقابلة مع كذا يوم الثلاثاء، إن»: further than this from the speaker no «إن» belongs to the verb.
WORDS_TO_THAT = 24
_DASHES = frozenset("-\u2013\u2014")
# Words; an aside is shorter than a sentence.
_LONGEST_ASIDE = 25
# Words; «في كلمة ألقاها أمام مجلس النواب إلى».
_LONGEST_OCCASION = 8
# Words; «أعرب فلان، الذي يزور كذا، عن».
_WORDS_TO_GOVERNED = 32
# Words; «، التي تسعى إلى كذا،» behind who speaks.
_LONGEST_RELATIVE = 16
_NOMINAL = frozenset(("NOUN", "PROPN", "ADJ", "X"))
# Words; «وبين مدير عام المركز الدكتور فلان أن».
_WORDS_TO_THAT_OF_SMALL = 10
# Words; «عبر رئيس النادي فلان عن أسفه».
_WORDS_TO_OBJECT = 14
_PRONOUNS = frozenset(("ه", "ها", "هم", "هما", "نا", "ني", "كم", "ك", "هن", "نه"))


def form_at(reading: Reading, at: int) -> CueForm | None:
    """Give the form of reporting verb that a word is; None when it is none."""
    glance = reading.glances[at]
    forms = cue_words().forms
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
        if at and reading.glances[at - 1].tag == "ADP":
            return None  # «في مدينة»
        ends = glance.unjoined[-1]  # «لافتا إلى» is one whatever its tag
        return form if ends == "ا" or (ends in "هن" and glance.tag != "VERB") else None
    # Without the tag of a verb «بين», «عبر» and «عدة» are other words.
    told = at and reading.glances[at - 1].unjoined in cue_words().before_verbs
    return form if told or glance.tag == "VERB" or _cannot_be_small_word(reading, at) else None


def _cannot_be_small_word(reading: Reading, at: int) -> bool:
    """«عبر عن», «وبين أنه», «وبين فلان إن»: what is tagged as a preposition and governs nothing is a verb."""
    glances, (start, stop) = reading.glances, reading.sentence_of[at]
    glance, following = glances[at], glances[at + 1 : min(stop, at + _WORDS_TO_THAT_OF_SMALL)]
    if glance.tag != "ADP" or not following:
        return False
    if following[0].full == "عن" or (following[0].unjoined not in cue_words().that and is_that(reading, at + 1)):
        return True
    if glance.unjoined == "عبر" and _opens_clause(reading, at) and is_office(following[0]):
        after = glances[at + 1 : min(stop, at + _WORDS_TO_OBJECT)]
        about = next((one for one in after if one.full == "عن" or one.tag == "VERB"), None)
        return about is not None and about.full == "عن" and not following[0].preposition
    that = next((place for place in range(at + 1, at + 1 + len(following)) if is_that(reading, place)), None)
    return glance.joined and at == start and that is not None and not any(one.joined for one in following[: that - at])


def _opens_clause(reading: Reading, at: int) -> bool:
    """«عبر رئيس النادي عن أسفه» at the beginning, behind a comma or «من جانبه»; «قدمه عبر ممثل عن الشركة» is inside."""
    start, _ = reading.sentence_of[at]
    before = reading.glances[at - 1]
    return at == start or before.is_sign or (at == start + 2 and before.has_pronoun)


def is_that(reading: Reading, place: int) -> bool:
    """Tell whether a word is «إن», «بأنه» and the like."""
    full = reading.glances[place].unjoined
    if full in cue_words().that:
        return full != "ان" or reading.glances[place - 1].unjoined not in cue_words().before_infinitives
    return any(full.startswith(stem) and full[len(stem) :] in _PRONOUNS for stem in ("ان", "بان", "لان"))


def _is_speech(reading: Reading, mark: Marked) -> bool:
    words = reading.passage.word_range(mark.start, mark.end)
    return sum(not reading.glances[at].is_sign for at in words) >= WORDS_OF_SPEECH


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


class Openings:
    """The openings of a passage."""

    def __init__(self, reading: Reading, marked: Sequence[Marked]) -> None:
        self.reading = reading
        self.glances = reading.glances
        self.words = cue_words()
        self.asides = _asides(reading)
        #: For each word of an aside the dash that closes it.
        self.aside_of = {at: end for first, end in self.asides.items() for at in range(first, end)}
        #: Words in marks: «إن» in «"سي إن إن"» opens nothing.
        self._inside = {
            at for mark in marked for at in reading.passage.word_range(mark.start, mark.end) if not mark.depth
        }
        self._opened = {mark.outer_start for mark in marked if _is_speech(reading, mark)}

    def read(self, at: int, after: int, stop: int) -> tuple[Opening, int]:
        """Give how what was said is opened behind a cue and its speaker, and its first word."""
        place, end = at, min(stop, after + WORDS_TO_THAT)
        while (place := self._next(place, end)) < end:
            glance = self.glances[place]
            if glance.full == ":":
                return ("marks" if self.opens(place + 1) else "colon"), place + 1
            if self.opens(place) and place >= after:
                return "marks", place
            if is_that(self.reading, place) and place not in self._inside:
                if glance.full[:1] == "و" and place > after:
                    break  # «توعدت بالرد وأنها ستقاوم»: what came before was said as well
                return ("marks" if self.opens(place + 1) else "that"), place + 1
            if place >= max(after, at + 2) and self._breaks_off(place) and self.glances[place - 1].full != "ان":
                break
        governed = self._governed(at, after, stop)
        return "object", self._behind_occasion(self._behind_asides(after, stop), stop) if governed is None else governed

    def _governed(self, at: int, after: int, stop: int) -> int | None:
        """«أعرب فلان، الذي يزور كذا، عن»: give where the preposition stands that a verb cannot do without."""
        form = form_at(self.reading, at)
        needed = self.words.governs.get(folded(form.verb), ()) if form else ()
        if not needed or after >= stop or not self._may_be_stepped_over(after):
            return None
        for place in range(after, min(stop, after + _WORDS_TO_GOVERNED)):
            glance = self.glances[place]
            if place > after and self._breaks_off(place):
                return None
            if glance.full in needed or (glance.full[:1] in needed and self._is_governed(place)):
                return place
        return None

    def _may_be_stepped_over(self, place: int) -> bool:
        glance, words = self.glances[place], self.words
        return glance.full in "،,-(" or glance.full in words.relatives | words.times | words.places_before

    def _behind_occasion(self, place: int, stop: int) -> int:
        """«أعلنت [أمس رسميا] تعاقدها», «أشار [في كلمته] إلى»: step over when and where it was said."""
        glances, words = self.glances, self.words
        place = self._over_times(place, stop - 1)
        told = self._behind_told_occasion(place, stop)
        if told is not None:
            return told
        if place < stop and glances[place].full in words.places_before:
            for at in range(place + 1, min(stop - 1, place + _LONGEST_OCCASION)):
                if glances[at].full in words.governed or self._is_governed(at):
                    return at
                if glances[at].full in ("،", ","):
                    behind = self._behind_day(at + 1, stop)
                    return behind if glances[behind].tag in ("NOUN", "ADP", "SCONJ") else place
                if glances[at].is_sign or glances[at].tag == "VERB":
                    break
        return place

    def _behind_day(self, place: int, stop: int) -> int:
        """«في بيان صادر، [الثلاثاء،] عدد النازحين»: step over when between commas."""
        at = self._over_times(place, stop - 2)
        return at + 1 if at > place and self.glances[at].full in ("،", ",") else place

    def _over_times(self, place: int, stop: int) -> int:
        while place < stop and self.glances[place].full in self.words.times:
            place += 1
        return place

    def _behind_told_occasion(self, place: int, stop: int) -> int | None:
        """«أكدت [في بيان لها] ولادة الطفلة», «نفى [في حديث صحفي] تورطه»: give the noun behind such words, if any."""
        glances, words = self.glances, self.words
        if place + 2 >= stop or glances[place].full not in words.places_before:
            return None
        occasion = glances[place + 1]
        if not {occasion.bare, occasion.plain, occasion.full} & words.occasions:
            return None
        at = place + 2
        while at < stop and not glances[at].joined and (glances[at].full in words.skipped or glances[at].tag == "ADJ"):
            at += 1
        owned = at > place + 2 or occasion.has_pronoun
        return at if owned and at < stop and glances[at].tag == "NOUN" and not glances[at].preposition else None

    def _is_governed(self, at: int) -> bool:
        """«طالب في تصريحات سابقة [بإعادة] البناء», but «في لقاء بالرياض»."""
        glance, words = self.glances[at], self.words
        told = glance.full.startswith("ب") and glance.preposition and glance.tag == "NOUN"
        return told and not (is_place(glance) or {glance.bare, glance.plain} & words.occasions)

    def _is_occasion(self, place: int) -> bool:
        """«، الأحد،», «، في بيان،», but «، التحكيم الآسيوي،» is what was said."""
        glance = self.glances[place]
        return glance.full in self.words.times or glance.tag not in _NOMINAL or glance.preposition

    def _next(self, place: int, stop: int) -> int:
        """Give the next word, behind an aside between dashes where one begins: «- في تصريح نقلته وكالة كذا -»."""
        aside = self.asides.get(place + 1)
        return aside + 1 if aside is not None and aside < stop else place + 1

    def _tells_of_noun(self, place: int) -> bool:
        """«في بيان نشرته الوزارة»: a verb with its object, that tells of the noun before it."""
        form = form_at(self.reading, place)
        return bool(form and form.has_object) and self.glances[place - 1].tag in _NOMINAL

    def opens(self, place: int) -> bool:
        """Tell whether speech in marks begins at a word."""
        if place >= len(self.glances) or self.reading.passage.words[place].start not in self._opened:
            return False
        before = self.glances[place - 1]
        return before.full not in ("لـ", "ل") and before.bare not in speaker_words().bodies

    def _starts_another(self, place: int) -> bool:
        form = form_at(self.reading, place)
        return form is not None and form.form in ("past", "present", "participle") and self.glances[place].tag == "VERB"

    def _breaks_off(self, place: int) -> bool:
        """Tell whether something else is told from a word on, and not of the noun before it."""
        told = self._starts_another(place) or self._goes_on_telling(place)
        return told and not (self._tells_of_noun(place) or self.glances[place - 1].full in self.words.relatives)

    def _goes_on_telling(self, place: int) -> bool:
        """«، مشيرا إلى أن»: behind a comma a participle tells something else."""
        form = form_at(self.reading, place)
        return form is not None and form.form == "participle" and self.glances[place - 1].full in ("،", ",")

    def _behind_asides(self, place: int, stop: int) -> int:
        """Step over «، الأحد،», brackets, «-رئيس الجمعية-» and «التي تسعى إلى كذا،»."""
        place = self.asides.get(place, place - 1) + 1
        if place < stop and self.glances[place].full in self.words.relatives:
            end = min(stop, place + _LONGEST_RELATIVE)
            place = next((at for at in range(place, end) if self.glances[at].full in "،,"), place - 1) + 1
        if place < stop and self.glances[place].full in "([":
            closing = next((at for at in range(place, min(stop, place + 8)) if self.glances[at].full in ")]"), place)
            place = closing + 1
        if place < stop and self.glances[place].full in "،,":
            relative = place + 1 < stop and self.glances[place + 1].full in self.words.relatives
            end = place + (_LONGEST_RELATIVE if relative else 6)
            closing = next((at for at in range(place + 1, min(stop, end)) if self.glances[at].full in "،,"), place)
            place = (closing if place + 1 < stop and self._is_occasion(place + 1) else place) + 1
        return min(place, stop)
