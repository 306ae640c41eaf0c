"""How far a speaker's phrase goes: to its last word, over what an office or a name of a body may hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tawatur.analysis.cue_words import cue_words
from tawatur.analysis.person_names import KIN, SPEAK_ALONE, is_office, is_place
from tawatur.analysis.reading import Glance, Reading
from tawatur.analysis.speaker_words import given_names, speaker_words

__all__ = ["ALL_OF", "LONGEST_PHRASE", "MARKS", "last_word", "over_brackets"]

#: Words; the longest phrase in the train labels takes 24.
LONGEST_PHRASE = 28
MARKS = frozenset("\"\u201c\u201d\u201e\u00ab\u00bb'")
_LONGEST_IN_BRACKETS = 8
_DIRECTIONS = frozenset(("غرب", "شرق", "شمال", "جنوب", "وسط", "غربي", "شرقي", "شمالي", "جنوبي"))
_COUNTED = frozenset(("عدد", "مجموعه", "كثير", "عديد", "احد", "قريب", "مزيد"))
#: Behind a closed phrase they open the next: «دعا الوزير جميع الطلاب».
ALL_OF = frozenset(("جميع", "كافه", "كل", "سائر"))
_OVER = frozenset(("مشرف", "مطلع", "مطلعه", "قائم", "قائد"))
# Folded it is «أمام», a small word.
_IMAM = "إمام"
# «نشرت صحيفة كذا صورة لفلان».
_SHOWN = frozenset(("صوره", "صور", "صورا", "مقطع", "مقطعا", "فيديو"))
_MORE = frozenset(("اكثر", "اقل"))
# By their patterns: تفعيل، انفعال، افتعال، استفعال.
_INFINITIVE = re.compile("ت..ي.|ان..ا.|ا.ت.ا.|است..ا.")
# نسبة، مفعول، فاعل، فعيل، أفعل، with their feminine forms.
_LIKE_ADJECTIVE = re.compile("..?|.*(?:ي|يه|يين|يون|ا)|م.+|.ا..ه?|..ي.ه?|ا...|مت.+")
_OPENING, _CLOSING = frozenset("(["), frozenset(")]")
_NOMINAL = frozenset(("NOUN", "PROPN", "ADJ", "X", "DET"))


def last_word(reading: Reading, at: int, stop: int, people: Sequence[range]) -> int | None:
    """Give the last word of the unbroken phrase that begins at a word."""
    glances = reading.glances
    is_name = at < stop and (reading.passage.words[at].text == _IMAM or any(at == name.start for name in people))
    if at >= stop or not (is_name or _may_begin(glances[at]) or _in_marks(reading, at, stop)):
        return None
    place, last = at, None
    head = glances[at]
    limit = min(stop, at + LONGEST_PHRASE)
    while place < limit:
        glance = glances[place]
        if glance.is_sign and place > at and _is_of_name(reading, place, people):
            place += 1
            continue
        if glance.is_sign:
            jumped = over_brackets(reading, place, limit) or _in_marks(reading, place, limit)
            if jumped is None:
                break
            if glance.full in MARKS:
                last = jumped
            place = jumped + 1
            continue
        named = any(place in name for name in people)
        behind_name = not named and any(place == name.stop for name in people)
        if behind_name and glance.tag == "NOUN" and not is_office(glance) and not glance.joined:
            break  # «اتهم دونالد ترامب مكتب التحقيقات»
        if place > at and not named and not _goes_on(reading, at, place, limit, head):
            break
        last = place
        place += 1
    return last


def _is_of_name(reading: Reading, place: int, people: Sequence[range]) -> bool:
    """«م. عادل الملحم», «كيم جونغ-أون»: a sign that belongs to a title or to a name."""
    shortens = reading.glances[place].full == "." and len(reading.glances[place - 1].full) == 1
    return shortens or any(name.start < place < name.stop for name in people)


def _may_begin(glance: Glance) -> bool:
    cue = cue_words()
    if glance.is_sign or glance.unjoined in cue.not_subjects or glance.full in cue.not_subjects | cue.relatives:
        return False
    words = speaker_words()
    return glance.tag in _NOMINAL or any(glance.bare in known for known in (words.roles, words.bodies, words.papers))


def _goes_on(reading: Reading, at: int, place: int, limit: int, head: Glance) -> bool:
    """Tell whether a word belongs to the phrase that began at ``at``."""
    glance, before = reading.glances[place], reading.glances[place - 1]
    words, cue = speaker_words(), cue_words()
    if (
        glance.full in cue.that | cue.relatives
        or glance.unjoined in cue.that
        or glance.unjoined in cue.not_subjects - words.inside
    ):
        counts = glance.full == "من" and before.bare in _COUNTED  # «العديد من الشركات»
        return counts or (glance.full == "في" and _takes_place(reading, at, place, limit, head))
    if glance.full in _DIRECTIONS or glance.full in ("باسم", "باسمه", "باسمها", "من", "علي", "بين", "او"):
        return _holds_small_word(glance, before, inside=place > at + 1)
    if glance.preposition:
        return _takes_complement(reading, at, place)
    form = cue.forms.get(glance.full)
    opens_clause = form is not None and (glance.has_pronoun if form.form == "noun" else form.form == "participle")
    opens_clause |= _compares(reading, place) or _is_called_upon(reading, place, limit, head)
    if opens_clause or _is_object(glance, head) or _is_not_of_name(glance, before):
        return False
    if glance.tag in _NOMINAL:
        following = reading.glances[place + 1] if place + 1 < limit else None
        leads_name = following is not None and (following.tag == "PROPN" or following.full in KIN) and is_office(head)
        return leads_name or not (_begins_another(glance, before) or _is_thing(glance, before, head))
    return glance.full in words.inside or (
        glance.tag == "NUM" and before.tag in ("NOUN", "ADJ") and before.bare == "مجموعه"
    )


def _is_called_upon(reading: Reading, place: int, limit: int, head: Glance) -> bool:
    """«دعت المديرية العامة المقيمين», «… الطلاب السعوديين», «… جميع الطلاب»: behind a closed phrase, whom it speaks to.

    A noun with article owns no other, and no plural in «ين» is its adjective.
    """
    glance, before = reading.glances[place], reading.glances[place - 1]
    if before.plain == before.bare or before.is_sign:
        return False
    if glance.full in ALL_OF:
        return True
    following = reading.glances[place + 1] if place + 1 < limit else None
    many = any(one is not None and one.plain != one.bare and one.plain.endswith("ين") for one in (glance, following))
    own = before.plain.endswith(("ين", "ون")) or head.plain.endswith(("ين", "ون"))
    return many and not own and head.plain != head.bare and head.bare in speaker_words().bodies and glance.definite


def _is_object(glance: Glance, head: Glance) -> bool:
    """«نشرت الوزارة بيانا», «حدد البيان الشروط التالية»: what is put out or told, and nobody's name."""
    papers = speaker_words().papers
    told_by_paper = head.bare in papers and head.plain != head.bare and glance.tag == "NOUN"
    shown = glance.full in _SHOWN and head.bare in speaker_words().bodies
    return told_by_paper or shown or (glance.full.endswith("ا") and glance.full[:-1] in papers)


def _is_not_of_name(glance: Glance, before: Glance) -> bool:
    """«أعلن نادي وست هام تعاقده», «الاتحاد "فيفا" مواعيد البطولة»: a name holds no noun that is another's."""
    if glance.tag != "NOUN" or glance.joined or is_office(glance) or glance.bare in given_names():
        return False
    closed = before.full in MARKS and glance.plain == glance.bare
    return closed or (glance.has_pronoun and before.tag == "PROPN")


def _compares(reading: Reading, place: int) -> bool:
    """«أكد الاتحاد أكثر من مرة»."""
    following = reading.glances[place + 1] if place + 1 < len(reading.glances) else None
    return reading.glances[place].full in _MORE and following is not None and following.full == "من"


def _holds_small_word(glance: Glance, before: Glance, *, inside: bool) -> bool:
    """«المتحدث باسم», «عدد من», «المشرف على», «محافظة الأنبار غرب العراق»."""
    if glance.full in _DIRECTIONS:
        return inside
    if glance.full == "من":
        return before.bare in _COUNTED or before.bare in speaker_words().people
    return glance.full.startswith("باسم") or (glance.full == "علي" and before.bare in _OVER)


def _begins_another(glance: Glance, before: Glance) -> bool:
    """Tell whether a noun opens the next phrase: «وأوضحت المديرية ملابسات الحادث»."""
    if is_place(glance) and glance.plain == glance.bare and before.tag == "ADJ" and before.plain != before.bare:
        return True  # «وصفت الأمم المتحدة إيران»
    if glance.tag != "NOUN" or glance.joined or is_office(glance) or glance.bare in given_names():
        return False
    if glance.full in KIN or before.full in KIN:
        return False
    if glance.plain != glance.bare:  # «المنظمة الحكومة»: a noun with article holds no other
        after_definite = before.tag in ("NOUN", "ADJ") and before.plain != before.bare
        closed = after_definite and (glance.bare in speaker_words().bodies or _is_infinitive(glance.bare))
        return closed or before.has_pronoun  # «دعا أحدهما المحكمة»
    alone = before.plain != before.bare and before.bare in SPEAK_ALONE  # «انتقد الملك برامج الدعم»
    if (before.bare in speaker_words().honorifics and not alone) or is_place(glance):
        return False
    return before.tag == "ADJ" or (before.tag == "NOUN" and before.plain != before.bare)


def _is_thing(glance: Glance, before: Glance, head: Glance) -> bool:
    """«وصف القضاء البلجيكي الهجوم»: behind a body with its adjective only another adjective is its own."""
    if glance.tag != "NOUN" or glance.plain == glance.bare or glance.joined or is_office(head):
        return False
    if before.tag not in ("ADJ", "NOUN") or head.bare in speaker_words().courtesy or glance.bare in given_names():
        return False
    return before.plain != before.bare and head.plain != head.bare and not _LIKE_ADJECTIVE.fullmatch(glance.bare)


def _is_infinitive(bare: str) -> bool:
    """«التعليق», «الانتباه», «الاستخدام»: a noun of action is no adjective of the noun before it."""
    return bool(_INFINITIVE.fullmatch(bare))


def _takes_place(reading: Reading, at: int, place: int, limit: int, head: Glance) -> bool:
    """«رئيس الأبحاث في شركة كذا», but «وقال الجيش في بيان»."""
    if place + 1 >= limit:
        return False
    following = reading.glances[place + 1]
    words = speaker_words()
    if following.bare in cue_words().occasions or following.plain in cue_words().occasions or following.tag == "NUM":
        return False
    if following.tag not in _NOMINAL or following.full.isdigit():
        return False
    offices = [at_word for at_word in range(at, place) if is_office(reading.glances[at_word])]
    if not offices and head.bare not in words.people and head.bare not in words.bodies:
        return False
    return reading.glances[place - 1].tag != "PROPN" or offices[-1:] != [at]


def _takes_complement(reading: Reading, at: int, place: int) -> bool:
    """«وزير الدولة لشؤون كذا», but «قال ترامب للصحفيين»."""
    glance, before = reading.glances[place], reading.glances[place - 1]
    words = speaker_words()
    if glance.bare in words.addressees or glance.bare in cue_words().occasions or glance.tag not in _NOMINAL:
        return False
    if glance.full[:1] == "ك" or glance.full.endswith("ـ") or glance.has_pronoun:
        return False
    if glance.full[:1] == "ب" and not (glance.definite or glance.bare in words.bodies or glance.bare in words.areas):
        return False  # «أفاد المرصد بوقوع سلسلة هجمات»
    called = before.bare in words.papers or before.bare in words.bodies or is_place(before)
    if before.tag == "PROPN" and not called:
        return False
    return before.tag in ("NOUN", "ADJ", "PROPN") and (
        place > at + 1 or glance.full.startswith("لل") or not before.definite or before.plain in words.papers
    )


def over_brackets(reading: Reading, place: int, limit: int) -> int | None:
    """Give the closing bracket of an aside that the phrase goes on behind or ends with."""
    if reading.glances[place].full not in _OPENING:
        return None
    for at in range(place + 1, min(limit, place + _LONGEST_IN_BRACKETS)):
        if reading.glances[at].full in _CLOSING:
            return at
    return None


def _in_marks(reading: Reading, place: int, limit: int) -> int | None:
    """Give the closing mark of a name in marks: «صحيفة "بيلد" الألمانية»."""
    if reading.glances[place].full not in MARKS:
        return None
    before = reading.glances[place - 1] if place else None
    for at in range(place + 1, min(limit, place + _LONGEST_IN_BRACKETS)):
        glance = reading.glances[at]
        if glance.full in MARKS:
            inside = reading.glances[place + 1 : at]
            called = before is not None and before.bare in speaker_words().bodies | speaker_words().roles
            named = all(one.tag in ("PROPN", "X", "NOUN", "ADJ") for one in inside) and len(inside) <= 3
            foreign = called and len(inside) <= 6 and not any(one.tag == "VERB" for one in inside)
            return at if inside and (foreign or (named and not inside[0].preposition)) else None
        if glance.is_sign and glance.full != ".":
            return None
    return None
