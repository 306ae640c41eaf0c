"""
Names of persons inside a speaker's phrase, guessed from tags, titles and the shape of words.

Used where no other finder found names, and beside them. An office comes before the name («وزير الخارجية عادل الجبير»)
or behind it; a title of courtesy is followed by a name; a noun without article holds the word behind it («مدرب
تشيلسي»).
"""

from __future__ import annotations

from collections.abc import Sequence

from tawatur.analysis.cue_words import cue_words
from tawatur.analysis.reading import Glance, Reading
from tawatur.analysis.speaker_words import given_names, speaker_words

__all__ = ["KIN", "LONGEST_NAME", "SPEAK_ALONE", "ends_name", "find_names", "guess_name", "is_office", "is_place"]

#: Words; «محمد بن عبدالعزيز بن سعود الفيصل».
LONGEST_NAME = 7
#: What joins the words of a name.
KIN = frozenset(
    ("بن", "ابن", "بنت", "ابو", "ابي", "ال", "دي", "دا", "دو", "فان", "فون", "لو", "ذي", "ديل", "عبد", "آل")
)
#: Titles that stand for who has them, without a name.
SPEAK_ALONE = frozenset(("ملك", "ملكه", "امير", "اميره", "شيخ", "لواء", "عميد", "عقيد", "فريق", "جنرال"))
_SMALL = frozenset(("في", "من", "الي", "عن", "مع"))
_CLOSING = frozenset(")]\"“”„«»'")


def guess_name(reading: Reading, first: int, last: int) -> tuple[int, int] | None:
    """Find the name of a person by the tags alone."""
    glances = reading.glances
    head, words = glances[first], speaker_words()
    if head.bare in words.bodies or head.bare in words.papers:
        return None
    end = last
    titled = _name_behind_title(glances, first, last)
    if titled is not None:
        return titled
    if not is_office(head):
        if not _may_be_name(head):
            return None
        end = first
        while end < last and not is_office(glances[end + 1]) and _continues_name(glances[end + 1]):
            end += 1
        if end == first and last == first + 1 and not (is_office(glances[last]) or glances[last].definite):
            end = last  # «لينا خليل»
        while head.plain != head.bare and end < last and glances[end + 1].tag == "ADJ" and glances[end + 1].definite:
            end += 1  # «البيت الأبيض»
        return first, end
    while end > first and glances[end].full in _CLOSING:
        end -= 1
    start = _name_start(glances, first, end)
    if start is None or (glances[start - 1].joined and glances[start - 1].tag != "ADJ"):
        return None
    return start, end


def _name_behind_title(glances: Sequence[Glance], first: int, last: int) -> tuple[int, int] | None:
    """«اللواء عبد القادر العمودي»: what follows a title of courtesy is a name."""
    bodies = speaker_words().bodies
    titles = [
        at  # «جامعة الأمير سطام» is no person
        for at in range(first, last)
        if _is_courtesy(glances[at]) and not (at > first and glances[at - 1].bare in bodies)
    ]
    if not titles:
        return None
    start = titles[-1] + 1
    shortened = start < last and glances[start].full == "." and len(glances[start - 1].full) == 1
    start += shortened  # «م. البنيان»
    end = start
    while end <= last and not (is_office(glances[end]) or glances[end].joined or glances[end].preposition):
        if glances[end].is_sign or is_place(glances[end]):
            break
        end += 1
    end -= 1
    named = start <= end < start + LONGEST_NAME - 1 and (shortened or glances[start].plain == glances[start].bare)
    alone = glances[titles[-1]].bare in SPEAK_ALONE and not _may_open_name(glances, start, last)
    return (start, end) if named and not alone and glances[start].bare not in speaker_words().bodies else None


def _may_open_name(glances: Sequence[Glance], at: int, last: int) -> bool:
    """«الملك محمد», but «انتقد الملك برامج الدعم»."""
    following = glances[at + 1].full if at < last else ""
    return (
        glances[at].tag in ("PROPN", "X")
        or glances[at].bare in given_names()
        or bool({glances[at].full, following} & KIN)
    )


def _is_courtesy(glance: Glance) -> bool:
    """«الأمير», but not «أمير منطقة»."""
    return (
        glance.bare in speaker_words().courtesy
        and not glance.has_pronoun
        and (glance.plain != glance.bare or len(glance.bare) == 1)
    )


def _may_be_name(head: Glance) -> bool:
    if is_place(head) or head.full in cue_words().not_subjects:
        return False
    return head.tag == "PROPN" or head.bare in given_names() or ends_name(head)


def _name_start(glances: Sequence[Glance], first: int, end: int) -> int | None:
    """Give where the name at the end of an office's phrase begins; None when there is no name."""
    words = speaker_words()
    start = end + 1
    while start - 1 > first and _is_name_word(glances, start - 1, end):
        start -= 1
    before = glances[start - 1]
    if start > end:
        return None
    if before.plain == before.bare and before.bare not in words.honorifics and glances[start].bare not in given_names():
        start += 1  # «مدرب تشيلسي جوزيه مورينيو»: the word after a noun without article belongs to it
    return start if start <= end and not is_place(glances[start]) else None


def _continues_name(glance: Glance) -> bool:
    if glance.joined or glance.preposition or glance.full in cue_words().not_subjects or is_place(glance):
        return False
    return (glance.tag in ("PROPN", "X") and glance.bare not in speaker_words().nationalities) or ends_name(glance)


def ends_name(glance: Glance) -> bool:
    """Tell whether a word may end a name by its shape: «السيسي», and no nationality."""
    if glance.bare in speaker_words().nationalities:
        return False
    return glance.full in KIN or (
        glance.tag in ("ADJ", "NOUN")
        and not glance.joined
        and not glance.preposition
        and glance.full.startswith("ال")
        and glance.full.endswith("ي")
        and not is_office(glance)
    )


def _is_name_word(glances: Sequence[Glance], at: int, end: int) -> bool:
    glance, before = glances[at], glances[at - 1]
    if glance.joined or glance.preposition or glance.is_sign or is_office(glance) or glance.full in _SMALL:
        return False
    following = glances[at + 1] if at < end else None
    if (following and following.full in KIN) or glance.full in KIN or glance.bare in given_names():
        return True
    has_article = glance.plain != glance.bare
    if following and following.tag == "PROPN" and before.tag == "ADJ" and not has_article:
        return True
    words = speaker_words()
    if glance.bare in words.nationalities or {glance.bare, before.bare} & words.bodies or is_place(glance):
        return False
    behind_name = at == end and (before.tag == "PROPN" or before.bare in given_names())
    behind_title = before.bare in words.honorifics and not has_article
    return glance.tag in ("PROPN", "X") or behind_title or (behind_name and ends_name(glance))


def find_names(reading: Reading) -> list[range]:
    """Find runs of two words or more that look like a person's name; for passages in which nobody else found names."""
    found: list[range] = []
    at = 0
    glances = reading.glances
    while at < len(glances):
        end = at
        while end < len(glances) and (_follows_in_name(glances[end]) if end > at else _begins_name(glances[end])):
            end += 1
        if end - at > 1 and not all(glances[place].full.isascii() for place in range(at, end)):
            found.append(range(at, end))
        at = max(end, at + 1)
    return found


def _follows_in_name(glance: Glance) -> bool:
    return _continues_name(glance) and not is_office(glance) and glance.bare not in speaker_words().bodies


def _begins_name(glance: Glance) -> bool:
    return glance.tag == "PROPN" and not glance.full.startswith("ال") and _follows_in_name(glance)


def is_place(glance: Glance) -> bool:
    """Tell whether a word is a country or a city, which is no person's name."""
    places = speaker_words().places
    return glance.plain in places or glance.full in places


def is_office(head: Glance) -> bool:
    """Tell whether a word is an office or a title; «أن مسؤولا» is one as well."""
    words = speaker_words()
    if head.tag == "NOUN" and head.bare.endswith("ا") and head.bare[:-1] in words.roles:
        return True
    return head.bare in words.roles or head.bare in words.honorifics
