"""
Speakers: the noun phrase that says who speaks, cut into name and role.

Arabic news puts the office before the name («وزير الخارجية السعودي عادل الجبير»), or one of the two behind a comma
(«أليستر بيرت، وزير الدولة،»، «وزير العدل، عبد الحميد غل،»). The reader goes from a word to the right end of its phrase,
then behind a comma where one part is missing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tawatur.analysis.cue_words import cue_words
from tawatur.analysis.person_names import KIN, LONGEST_NAME, ends_name, guess_name, is_office, is_place
from tawatur.analysis.phrase_extent import ALL_OF, LONGEST_PHRASE, MARKS, last_word, over_brackets
from tawatur.analysis.reading import Glance, Reading
from tawatur.analysis.speaker_words import given_names, speaker_words

__all__ = ["Phrase", "PhraseKind", "read_speaker"]

#: What a phrase is headed by: a name alone, a name with what it is, an office, an organisation, a paper, people.
PhraseKind = Literal["name", "titled", "role", "body", "paper", "people", "other"]

_LONGEST_SHORT_NAME = 3
_IN_THE_NAME_OF = frozenset(("باسم", "بلسان"))
_NAMED_SO = frozenset(("يدعي", "تدعي", "اسمه", "اسمها", "يسمي", "تسمي"))
#: Given names that are written like small words.
_NAMES_LIKE_WORDS = frozenset(("علي", "صباح", "يوسف"))
_COMMAS = frozenset("،,")
_ENDS = frozenset('.:؛؟!«»"')
_DASHES = frozenset("-–—ـ")
_OPENING, _CLOSING = frozenset("(["), frozenset(")]")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A speaker's phrase in a passage: ``first`` to ``last`` of its words, name and role as places of words."""

    first: int
    last: int
    #: First and last word.
    name: tuple[int, int]
    role: tuple[int, int] | None
    kind: PhraseKind


def read_speaker(reading: Reading, at: int, stop: int, people: Sequence[range] = ()) -> Phrase | None:
    """Read the speaker's phrase that begins at a word; None when none does.

    ``people`` are the words of names of persons that another finder found in the passage, ``stop`` is where the
    sentence or clause ends.
    """
    people = _near(people, at)
    first = last_word(reading, at, stop, people)
    if first is None:
        return None
    name, role, last = _cut(reading, at, first, people)
    apart = _named_apart(reading, at, (first, last), name, people=people, stop=stop)
    if apart is not None:
        return apart
    behind = _after_aside(reading, last + 1, stop)
    if behind is not None and name is not None and role is None and is_office(reading.glances[behind]):
        second = last_word(reading, behind, stop, people)
        if second is not None and _ends_phrase(reading, second + 1, stop):
            return Phrase(at, second, name, (behind, second), "titled")
    if name is None:
        last = _with_short_name(reading, at, last, stop)
        return Phrase(at, last, _bare_of(reading, at, last), None, _kind(reading.glances[at]))
    return Phrase(at, last, name, role, "titled" if role else "name")


def _named_apart(
    reading: Reading,
    at: int,
    ends: tuple[int, int],
    name: tuple[int, int] | None,
    *,
    people: Sequence[range],
    stop: int,
) -> Phrase | None:
    """Read an office whose holder is named behind its phrase; ``name`` is the one that was read inside it, if any."""
    head = reading.glances[at]
    if not is_office(head):
        return None
    first, last = ends
    behind = _after_aside(reading, last + 1, stop)
    of_another = name is not None and head.bare in speaker_words().kin and name[0] > at + 1
    if behind is not None and (name is None or of_another):
        apposed = _name_between_commas(reading, behind, stop, people) or _behind_second(reading, behind, stop, people)
        if apposed is not None:
            return Phrase(at, apposed[1], apposed, (at, first), "titled")
    guessed = name is not None and name[0] > at and not any(name[0] in one for one in people)
    called = _called(reading, last + 1, stop, people) if name is None else None
    if called is None and (name is None or guessed):  # «قائد فريق IST بالوفد السعودي فلان»
        called = _further(reading, last + 1, stop, people)
    return Phrase(at, called[1], called, (at, last), "titled") if called is not None else None


def _near(people: Sequence[range], at: int) -> Sequence[range]:
    """Give the names that a phrase at a word may hold: a long text has thousands."""
    first = bisect_left(people, at - LONGEST_NAME, key=lambda name: name.start)
    return people[first : bisect_left(people, at + 3 * LONGEST_PHRASE, key=lambda name: name.start)]


def _behind_second(reading: Reading, at: int, stop: int, people: Sequence[range]) -> tuple[int, int] | None:
    """«مطور الألعاب، نائب المدير في الشركة، فلان»: the name behind a second office."""
    last = last_word(reading, at, stop, people) if is_office(reading.glances[at]) else None
    name = _after_aside(reading, last + 1, stop) if last is not None else None
    return _name_between_commas(reading, name, stop, people) if name is not None else None


def _called(reading: Reading, at: int, stop: int, people: Sequence[range]) -> tuple[int, int] | None:
    """«مسؤول آخر يدعى كوكب فاروقي»: the name behind the word that tells it."""
    if at + 1 < stop and reading.glances[at].unjoined in _NAMED_SO:
        return _name_between_commas(reading, at + 1, stop, people)
    return None


def _further(reading: Reading, at: int, stop: int, people: Sequence[range]) -> tuple[int, int] | None:
    """«المتحدث الرسمي للرئاسة والنهي عن المنكر الشيخ فلان أن»: the name at the end of an office that goes on and on."""
    name = next((name for name in people if at <= name.start < min(stop, at + LONGEST_PHRASE)), None)
    if name is None or name.start == at or name.stop > stop:
        return None
    if not _ends_phrase(reading, name.stop, stop) and not _opens_office(reading.glances[name.stop]):
        return None
    glances, cue = reading.glances, cue_words()
    for place in range(at, name.start):
        glance = glances[place]
        if glance.tag in ("VERB", "AUX", "SCONJ") or glance.full in cue.relatives | cue.that | _ENDS:
            return None
        occasion = glance.bare in cue.occasions or glance.plain in cue.occasions
        if occasion and glances[place - 1].tag == "ADP":
            return None
    if glances[name.start - 1].full in _COMMAS and _is_of_another(glances, at, name.start - 1):
        return None
    return (name.start, name.stop - 1) if _is_own(reading, at, name.start) else None


def _is_of_another(glances: Sequence[Glance], first: int, comma: int) -> bool:
    """«التقى الوزير بنظيره، فلان», «دافع المدرب عن لاعبه، فلان»: is the word before a comma another one?."""
    place = comma - 1
    while place > first and glances[place].tag == "ADJ":
        place -= 1
    other = glances[place]
    return other.has_pronoun and (other.preposition or (place > 0 and glances[place - 1].tag == "ADP"))


def _is_own(reading: Reading, at: int, name: int) -> bool:
    """Tell whether the words before a name leave it to the office: not «مع فلان», «برئاسة فلان», «للرئيس فلان»."""
    glances = reading.glances
    place = name - 1
    while place > at and (glances[place].tag == "ADJ" or is_office(glances[place])) and not glances[place].preposition:
        place -= 1
    before = glances[place]
    if is_office(before) or place == name - 1:
        held = before.tag == "NOUN" and before.plain == before.bare and not (is_office(before) or is_place(before))
        return not (before.tag == "ADP" or before.preposition or before.joined or held)
    return before.tag != "ADP"


def _with_short_name(reading: Reading, at: int, last: int, stop: int) -> int:
    """«وكالة الأنباء الرسمية (سانا)»: take in the short name of a body, which texts go on with."""
    glances = reading.glances
    if glances[at].bare not in speaker_words().bodies or last + 1 >= stop:
        return last
    closing = over_brackets(reading, last + 1, stop)
    inside = glances[last + 2 : closing] if closing is not None else ()
    named = inside and (len(inside) == 1 or all(one.tag in ("PROPN", "X") for one in inside))
    named = named and not any(one.full.isdigit() or one.preposition or one.tag == "VERB" for one in inside)
    return closing if closing is not None and named and len(inside) <= _LONGEST_SHORT_NAME else last


def _name_between_commas(reading: Reading, first: int, stop: int, people: Sequence[range]) -> tuple[int, int] | None:
    """Give the name in «وزير العدل، عبد الحميد غل،», whatever its tags."""
    last = first
    while last < min(stop, first + LONGEST_NAME) and not _ends_phrase(reading, last, stop, verbs=False):
        last += 1
    last -= 1
    given = next((name for name in people if first <= name.start <= last), None)
    if given is not None and all(is_office(reading.glances[at]) for at in range(first, given.start)):
        return given.start, given.stop - 1
    while first <= last and reading.glances[first].bare in speaker_words().honorifics:
        first += 1
    glances = reading.glances[first : last + 1]
    if not 1 <= len(glances) <= LONGEST_NAME - 1 or not _ends_phrase(reading, last + 1, stop, verbs=False):
        return None
    if glances[0].full in cue_words().relatives:
        return None
    if glances[0].unjoined in cue_words().not_subjects and reading.passage.words[first].text not in _NAMES_LIKE_WORDS:
        return None
    looks = any(
        glance.tag in ("PROPN", "X") or glance.bare in given_names() or glance.full in KIN for glance in glances
    )
    other = any(glance.is_sign or glance.preposition or glance.joined or is_office(glance) for glance in glances)
    return (first, last) if looks and not other and not is_place(glances[0]) else None


def _kind(head: Glance) -> PhraseKind:
    words = speaker_words()
    if head.bare in words.people:
        return "people"
    if head.bare in words.papers:
        return "paper"
    if head.bare in words.bodies:
        return "body"
    if head.bare in words.roles or head.bare in words.honorifics:
        return "role"
    return "name" if head.tag == "PROPN" or head.bare in given_names() or ends_name(head) else "other"


def _cut(
    reading: Reading, first: int, last: int, people: Sequence[range]
) -> tuple[tuple[int, int] | None, tuple[int, int] | None, int]:
    """Cut an unbroken phrase into name and role."""
    marks = [at for at in range(first, last + 1) if reading.glances[at].full in MARKS]
    name = _name_given(reading, first, last, people) or guess_name(reading, first, last)
    if name is not None and _is_owner(reading, first, name[0]):
        name = None
    if len(marks) >= 2 and (name is None or marks[0] < name[0] < marks[1]) and marks[1] > marks[0] + 1:
        if _is_whole_name(reading, first, marks[0]) or _is_of_body(reading, first, marks[0]):
            return None, None, last
        role = (first, last) if first < marks[0] else None
        return (marks[0] + 1, marks[1] - 1), role, last
    if name is None:
        return None, None, last
    before = _role_before(reading, first, name[0])
    if before is not None:
        return name, before, last
    if name[1] < last and is_office(reading.glances[name[1] + 1]):
        return name, (name[1] + 1, last), last
    return name, None, last


def _is_of_body(reading: Reading, first: int, mark: int) -> bool:
    """«مدير شركة "كذا"»: the marks name what the office is of."""
    return is_office(reading.glances[first]) and reading.glances[mark - 1].bare in speaker_words().bodies


def _is_whole_name(reading: Reading, first: int, end: int) -> bool:
    """«الاتحاد الدولي لكرة القدم "فيفا"», but «صحيفة "بيلد"»: the marks hold a short name of a body called in full."""
    words = speaker_words()
    head, following = reading.glances[first], reading.glances[first + 1]
    described = head.plain != head.bare and following.tag == "ADJ" and following.bare.startswith("م")
    if head.bare not in words.bodies or described:  # «الشركة المشغلة لدور السينما "AMC"»
        return False
    return any(glance.tag == "NOUN" and glance.bare not in words.bodies for glance in reading.glances[first + 1 : end])


def _is_owner(reading: Reading, first: int, name: int) -> bool:
    """«محامي كامير», «إدارة ترامب», «المتحدث باسم ماي»: who is named does not speak."""
    head, words = reading.glances[first], speaker_words()
    speaks_for = reading.glances[name].full in _IN_THE_NAME_OF and head.bare in words.kin  # «باسم يوسف» is a man
    if name > first and (speaks_for or reading.glances[name - 1].full in _IN_THE_NAME_OF):
        return True
    if head.plain != head.bare or first == name or head.bare in words.honorifics:
        return False
    called = is_office(head) or head.has_pronoun or head.bare in words.bodies | words.papers | words.kin
    if name == first + 1 and head.tag == "NOUN" and not called:
        return True  # «إقالة ترامب»
    return head.bare in words.offices_of or (name == first + 1 and head.bare in words.kin)


def _name_given(reading: Reading, first: int, last: int, people: Sequence[range]) -> tuple[int, int] | None:
    inside = [name for name in people if first <= name.start and name.stop - 1 <= last]
    inside = [name for name in inside if name.start == first or not reading.glances[name.start].preposition]
    if not inside:
        return None
    of_speaker = next((name for name in inside[:-1] if _opens_office(reading.glances[name.stop])), inside[-1])
    start, end = of_speaker.start, of_speaker.stop - 1
    while start < end and reading.glances[start].bare in speaker_words().bodies:
        start += 1  # «الكرملين دميتري بيسكوف»
    return start, end


def _opens_office(glance: Glance) -> bool:
    """«صالح الحربي رئيس نادي كذا»: whoever is named behind it only names what it is of."""
    return is_office(glance) and glance.plain == glance.bare and not (glance.joined or glance.preposition)


def _role_before(reading: Reading, first: int, name: int) -> tuple[int, int] | None:
    last, glances = name - 1, reading.glances
    bracketed = any(glances[at].full in _OPENING for at in range(first, name))
    closes = _CLOSING if bracketed else frozenset[str]()
    while last >= first and glances[last].full not in closes:
        if glances[last].bare not in speaker_words().honorifics and not glances[last].is_sign:
            break
        last -= 1
    if last < first:
        return None
    return first, last


def _after_aside(reading: Reading, place: int, stop: int) -> int | None:
    """Give the word behind the comma or the dash at a place; None when there is none."""
    if place + 1 < stop and reading.glances[place].full in _COMMAS | _DASHES:
        following = place + 1
        if reading.glances[following].full in ("وهو", "وهي"):
            following += 1
        return following if following < stop else None
    return None


def _ends_phrase(reading: Reading, place: int, stop: int, *, verbs: bool = True) -> bool:
    if place >= stop:
        return True
    glance = reading.glances[place]
    return (
        glance.full in _COMMAS | _DASHES | MARKS | {":", "."}
        or glance.full in cue_words().that | ALL_OF
        or (verbs and glance.full in cue_words().not_subjects)
        or (verbs and glance.tag in ("VERB", "ADP", "SCONJ", "AUX"))
        or (glance.tag == "PRON" and glance.full == "ه")
    )


def _bare_of(reading: Reading, first: int, last: int) -> tuple[int, int]:
    while last > first and reading.glances[last].is_sign and reading.glances[last].full not in _CLOSING | MARKS:
        last -= 1
    return first, last
