"""
Carriers: what brings words from one who spoke to the outlet that prints them.

An agency, a paper or a channel («وكالة رويترز», «صحيفة "بيلد"», «وسائل إعلام إيطالية»); a platform («تويتر»); a paper
or an occasion («في بيان», «في مؤتمر صحفي»). Outlets are known by the registry, or by the word that says what they are.
Names that are words as well («الوطن», «سبق») need that word or marks beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tawatur.analysis.carrier_spelling import (
    country_of_adjective,
    end_of_name_in_marks,
    hangs,
    owned,
    without_article,
)
from tawatur.analysis.carrier_words import MARKS, CarrierKind, bare, carrier_words, known_outlet
from tawatur.analysis.cue_words import cue_words
from tawatur.analysis.reading import Reading
from tawatur.analysis.speaker_words import is_of_nation, speaker_words
from tawatur.analysis.speakers import read_speaker
from tawatur.sources.registry import Outlet
from tawatur.text.spans import Span

__all__ = ["Carrier", "find_carriers"]

#: What leads to a carrier, looked for before its first word.
_BEFORE = 3
# «صحيفة "لو جورنال دو ديمانش" الفرنسية اليومية»: longer ones run into the sentence.
_LONGEST = 9
# «بي بي سي» is a name wherever it stands, «أ ف ب» is bare letters.
_LETTERS_OF_SEVERAL = 5
# «صحيفة بليد أم سونتاغ الألمانية»
_WORDS_BEFORE_NATION = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """One mention of a carrier; numbers are places of words."""

    kind: CarrierKind
    first: int
    last: int
    #: As the text has it, without clitics and marks around it.
    name: Span
    #: The word that says what it is, folded, without clitics and article; the name itself where there is none.
    head: str
    #: The clitic or word before it that leads to it («ل», «في», «على»); empty when none does.
    led_by: str
    outlet: Outlet | None = None


def find_carriers(reading: Reading) -> list[Carrier]:
    """Find the carriers that a passage names, in order; none lies in another."""
    finder = _Finder(reading)
    found: list[Carrier] = []
    at = 0
    while at < len(reading.glances):
        carrier = finder.read(at)
        if carrier is None:
            at += 1
        else:
            found.append(carrier)
            at = carrier.last + 1
    return found


class _Finder:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.glances = reading.glances
        self.words = carrier_words()

    def read(self, at: int) -> Carrier | None:
        """Give the carrier that begins at a word."""
        glance = self.glances[at]
        if glance.is_sign:
            return None
        carrier = self._read(at)
        return None if carrier is not None and carrier.kind == "media" and self._is_app(carrier.first) else carrier

    def _is_app(self, at: int) -> bool:
        """«حملوا تطبيق بي بي سي»: an offer of the page, nobody's words."""
        return at > 0 and self.glances[at - 1].bare in self.words.apps

    def _read(self, at: int) -> Carrier | None:
        return self._phrase(at) or self._called(at) or self._named(at) or self._reporter(at) or self._occasion(at)

    def _phrase(self, at: int) -> Carrier | None:
        """«وسائل الإعلام الروسية», «مواقع التواصل الاجتماعي»."""
        for tokens, kind in self.words.phrases.get(self.glances[at].bare, ()):
            last = self._spells(at + 1, tokens[1:])
            if last is None or (len(tokens) == 1 and kind == "media" and not self._has_article(at)):
                continue
            if kind == "media":
                return self._made("media", at, self._end_of_phrase(last), tokens[0])
            following = last + 1
            if tokens[-1] == "اجتماعي":
                while following < len(self.glances) and self.glances[following].full in MARKS | {"،", ","}:
                    following += 1
                named = self._named(following) if following < len(self.glances) else None
                if named is not None and named.kind == "platform":
                    return self._made("platform", named.first, named.last, named.head, led_at=at)
            return self._made("platform", at, last, tokens[0])
        return None

    def _has_article(self, at: int) -> bool:
        return self.glances[at].plain != self.glances[at].bare

    def _called(self, at: int) -> Carrier | None:
        """«صحيفة "بيلد" الألمانية», «وكالة الأنباء السعودية»."""
        glance = self.glances[at]
        if glance.bare not in self.words.media or at + 1 >= len(self.glances) or glance.has_pronoun:
            return None
        following = at + 1
        while following < len(self.glances) and self.glances[following].full in MARKS:
            following += 1
        if following >= len(self.glances):
            return None
        inner = self._called(following) if self.glances[following].bare in self.words.media else None
        if inner is not None:
            return self._made(inner.kind, inner.first, inner.last, inner.head, inner.outlet, led_at=at)
        # «وكالة الأنباء» is no agency of the paper «الأنباء».
        named = None if self.glances[following].bare == "انباء" else self._spells_name(following)
        another = self.glances[following].bare in self.words.not_media
        if named is not None and glance.bare in self.words.vague:
            another = self._is_word(following, named[1])  # «موقع العين»
        if (named is None or glance.bare in self.words.vague) and another:
            return None
        inside_marks = self.glances[following - 1].full in MARKS
        if named is not None and not (inside_marks and self._marked_end(named[1]) == named[1]):
            outlet, last = named
            kind: CarrierKind = "platform" if outlet and outlet.kind == "platform" else "media"
            alone = inside_marks or kind == "platform" or self.glances[following].full.isascii()  # «شبكة CNN»
            first = following if alone else at
            return self._made(kind, first, last, glance.bare, outlet, led_at=at, whole=self._marked_end(last))
        return self._unknown(at, following)

    def _is_word(self, first: int, last: int) -> bool:
        """Tell whether a name of the registry is a word without marks that names other things as well."""
        bare_word = first == last and not self.glances[first].full.isascii()
        return (
            bare_word and self.glances[first].bare not in self.words.alone and self.glances[first - 1].full not in MARKS
        )

    def _unknown(self, at: int, following: int) -> Carrier | None:
        """Give a carrier that the registry does not have: a name in marks or a phrase behind its word."""
        glance = self.glances[at]
        _, stop = self.reading.sentence_of[at]
        if following > at + 1:
            closing = next(
                (place for place in range(following, min(stop, following + 8)) if self.glances[place].full in MARKS),
                None,
            )
            if closing is not None and closing > following:
                return self._made("media", following, closing - 1, glance.bare, led_at=at, whole=closing)
        next_word = self.glances[following]
        named = next_word.tag in ("PROPN", "X")
        if glance.bare in self.words.places or (glance.bare in self.words.vague and not named):
            return None
        if glance.bare in self.words.one and not named and not self._has_article(following):
            last = self._with_nation(at, stop)  # «صحيفة كردية» is any of them
            return self._made("media", at, last, glance.bare) if last > at else None
        phrase = read_speaker(self.reading, at, min(stop, at + _LONGEST))
        last = self._end_of_name(at, phrase.last) if phrase else at
        if last == at and not (glance.bare in ("صحافه", "صحف", "تلفزيون") and self._has_article(at)):
            return None
        last = self._with_short_name(last, stop)
        return (
            self._short_named(at, last)
            or self._named_behind(at, last, stop)
            or self._made("media", at, last, glance.bare, known_outlet(self._text(at, last)))
        )

    def _named_behind(self, at: int, last: int, stop: int) -> Carrier | None:
        """«للتلفزيون الحكومي "تي في جبل"»: give the name in marks behind what is said of an outlet."""
        opening, closing = last + 1, end_of_name_in_marks(self.glances, last + 1, stop)
        if closing is None or not self._has_article(last):
            return None
        name = self._text(opening + 1, closing - 1)
        head = self.glances[at].bare
        return self._made("media", opening + 1, closing - 1, head, known_outlet(name), led_at=at, whole=closing)

    def _end_of_name(self, first: int, last: int) -> int:
        """Give where a name of several words ends: before a day, or with its marks and the adjective behind them."""
        marks = 0
        for place in range(first + 1, last + 1):
            glance = self.glances[place]
            behind = marks > 1 and glance.bare not in speaker_words().nationalities
            second = glance.joined and marks != 1 and place > first + 1  # «التلفزيون السعودي والممثل»
            if glance.full in cue_words().not_subjects or behind or second:
                return place - 1
            marks += glance.full in MARKS
        return last

    def _with_nation(self, at: int, stop: int) -> int:
        """«صحيفة بليد أم سونتاغ الألمانية»: foreign words go to the adjective of their country."""
        for place in range(at + 1, min(stop, at + 1 + _WORDS_BEFORE_NATION)):
            glance = self.glances[place]
            if glance.is_sign or glance.joined or glance.tag not in ("NOUN", "PROPN", "ADJ", "X"):
                break
            if self._has_article(place):
                nation = is_of_nation(glance.bare)
                return place if nation and place > at + 1 else at
        return at

    def _with_short_name(self, last: int, stop: int) -> int:
        """«وكالة الأنباء السورية (سانا)»."""
        opening = last + 1
        if opening + 2 < stop and self.glances[opening].full in MARKS and self._spells_name(opening + 1):
            _, inner = self._spells_name(opening + 1) or (None, last)
            return self._marked_end(inner)
        return last

    def _short_named(self, at: int, last: int) -> Carrier | None:
        """Give the outlet that a longer name has in marks: «وكالة الأنباء السورية "سانا"»; brackets only explain."""
        for place in range(at + 1, last):
            named = self._spells_name(place + 1) if self.glances[place].full in MARKS else None
            if named is not None and self._marked_end(named[1]) > named[1]:
                outlet, end = named
                head, closing = self.glances[at].bare, self._marked_end(end)
                if self.glances[place].full == "(":
                    return self._made("media", at, closing, head, outlet)
                return self._made("media", place + 1, end, head, outlet, led_at=at, whole=closing)
        return None

    def _named(self, at: int) -> Carrier | None:
        """«رويترز», «فرانس برس», «"العربية"»."""
        named = self._spells_name(at)
        if named is None:
            return None
        outlet, last = named
        single = last == at
        marked = at > 0 and self.glances[at - 1].full in '"“«”(»' and self._marked_end(last) > last
        arabic = not self.glances[at].full.isascii()
        if single and arabic and self.glances[at].bare not in self.words.alone and not marked:
            return self._credited(at, self._outlets_of(at))
        spelled = tuple(glance.bare for glance in self.glances[at : last + 1])
        if not marked and spelled in self.words.need_marks:
            return None
        if not single and sum(len(word) for word in spelled) < _LETTERS_OF_SEVERAL and not marked:
            return None  # «أ ف ب»
        kind: CarrierKind = "platform" if outlet and outlet.kind == "platform" else "media"
        return self._made(kind, at, last, self.glances[at].bare, outlet, whole=self._marked_end(last))

    def _credited(self, at: int, outlets: Sequence[Outlet]) -> Carrier | None:
        """«نقلا عن اليوم», «بحسب الأهرام المصرية»: the words around tell that a word is the name of a paper."""
        before = [glance.unjoined for glance in self.glances[max(0, at - 2) : at]]
        country = country_of_adjective(self.glances[at + 1].bare) if at + 1 < len(self.glances) else None
        outlet = next((one for one in outlets if country is not None and one.country == country), None)
        if before == ["نقلا", "عن"]:
            only = outlets[0] if len(outlets) == 1 else None
            return self._made("media", at, at + (outlet is not None), self.glances[at].bare, outlet or only)
        carrier = self._made("media", at, at + 1, self.glances[at].bare, outlet) if outlet is not None else None
        form = cue_words().forms.get(before[-1]) if before else None
        carries = form is not None and form.verb in self.words.carries
        according = bool(cue_words().according & set(before[-1:]))
        led = carrier is not None and (carrier.led_by == "ل" or carrier.led_by in cue_words().according)
        return carrier if carries or according or led else None

    def _spells_name(self, at: int) -> tuple[Outlet | None, int] | None:
        """Give whose name of the registry begins at a word, and its last word."""
        glance = self.glances[at]
        for first in dict.fromkeys((bare(glance.full), glance.bare)):
            for tokens, outlets in self.words.names.get(first, ()):
                last = self._spells(at + 1, tokens[1:])
                if last is not None and (last > at or {glance.full, glance.plain} & self.words.printed):
                    return (outlets[0] if len(outlets) == 1 else None), last
        return None

    def _outlets_of(self, at: int) -> tuple[Outlet, ...]:
        """Give all whose name is a single word."""
        glance = self.glances[at]
        of_word = (self.words.names.get(first, ()) for first in dict.fromkeys((bare(glance.full), glance.bare)))
        return next((outlets for names in of_word for tokens, outlets in names if len(tokens) == 1), ())

    def _spells(self, at: int, tokens: Sequence[str]) -> int | None:
        """Give the last of the words from ``at`` on that are these."""
        if at + len(tokens) > len(self.glances):
            return None
        for place, token in enumerate(tokens, at):
            if without_article(self.glances[place]) != token:
                return None
        return at + len(tokens) - 1

    def _marked_end(self, last: int) -> int:
        """Give the closing mark behind a word, or the word."""
        return last + 1 if last + 1 < len(self.glances) and self.glances[last + 1].full in MARKS else last

    def _reporter(self, at: int) -> Carrier | None:
        """«مراسلنا», «مراسل "سكاي نيوز عربية"»."""
        glance = self.glances[at]
        if glance.full in self.words.reporters and glance.full.endswith("نا"):
            return self._made("media", at, at, "مراسلنا")
        return None

    def _occasion(self, at: int) -> Carrier | None:
        """«في بيان», «خلال مؤتمر صحفي»."""
        glance = self.glances[at]
        stem = owned(glance)
        if stem.endswith("ا") and stem[:-1] in self.words.occasions:
            stem = stem[:-1]  # «نشرت الوزارة بيانا رسميا»
        if stem not in self.words.occasions or glance.tag == "VERB":
            return None
        last = at
        while last + 1 < len(self.glances) and self._describes(last + 1):
            last += 1
        if stem in ("موتمر", "لقاء", "اتصال", "شريط", "موقع", "صفحه", "حساب") and last == at and not glance.has_pronoun:
            return None
        return self._made("occasion", at, last, stem)

    def _describes(self, at: int) -> bool:
        word = self.glances[at].bare
        return word in self.words.adjectives or word.removesuffix("ا") in self.words.adjectives

    def _end_of_phrase(self, last: int) -> int:
        """Go over the adjectives that agree with a word: «وسائل إعلام حكومية سورية»."""
        definite = self._has_article(last)
        while last + 1 < len(self.glances):
            glance = self.glances[last + 1]
            described = glance.tag == "ADJ" or glance.bare in speaker_words().nationalities or glance.bare[-2:] == "يه"
            if glance.full in cue_words().not_subjects:
                break  # «الصحافة الكورية الأحد»
            if not described or glance.joined or self._has_article(last + 1) != definite:
                break
            last += 1
        return last

    def _text(self, first: int, last: int) -> str:
        return self.reading.passage.text[self.reading.start(first) : self.reading.end(last)]

    def _made(
        self,
        kind: CarrierKind,
        first: int,
        last: int,
        head: str,
        outlet: Outlet | None = None,
        *,
        led_at: int | None = None,
        whole: int | None = None,
    ) -> Carrier:
        start = first if led_at is None else led_at
        end = last if whole is None else whole
        begin = self.reading.start(first)
        if self._is_whole(first):
            begin = self.reading.passage.words[first].start
        end_of_name = self.reading.end(last)
        text = self.reading.passage.text
        while end_of_name > begin + 1 and hangs(text, begin, end_of_name - 1):
            end_of_name -= 1  # a mark that the words were not parted from
        name = Span(begin, end_of_name, self.reading.passage.field)
        return Carrier(
            kind=kind, first=start, last=end, name=name, head=head, led_by=self._led_by(start), outlet=outlet
        )

    def _is_whole(self, at: int) -> bool:
        """«وول ستريت» looks like «و» and a word, «"واس"» in marks as well; the registry knows better."""
        glance = self.glances[at]
        if not glance.joined or bare(glance.full) not in self.words.names:
            return False
        marked = at > 0 and self.glances[at - 1].full in MARKS
        return marked or glance.bare not in self.words.names

    def _led_by(self, at: int) -> str:
        glance = self.glances[at]
        if glance.preposition:
            letters = self.reading.passage.words[at].text[: glance.cut]
            return next((letter for letter in letters if letter in "بلك"), "")
        for place in range(at - 1, max(-1, at - 1 - _BEFORE), -1):
            before = self.glances[place]
            if before.full in MARKS:
                continue
            if (
                before.tag == "ADP"
                or cue_words().according & {before.full, before.unjoined}
                or before.full in ("لـ", "ل")
            ):
                return before.unjoined.rstrip("ـ")
            if before.bare in self.words.reporters or before.bare in self.words.media:
                continue
            return ""
        return ""
