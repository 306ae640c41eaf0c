"""
Clauses around dates: the words of a sentence that tell what happened then.

Arabic news puts the verb first, so a clause reaches back from its date to the nearest verb that opens one («وأعلنت …»،
«التي وقعت …»), and forward to the next comma, clause or date.
"""

from __future__ import annotations

from dataclasses import dataclass

from tawatur.analysis.date_terms import date_words
from tawatur.analysis.document import Passage
from tawatur.text.letters import normalised_text
from tawatur.text.sentences import Sentence
from tawatur.text.words import Word

__all__ = ["Clause", "clause_around"]

# What readers of the train labels marked: nine words in the middle, nineteen in twenty under eighteen.
WORDS_BEFORE = 12
WORDS_BEHIND = 9
# Beyond that, words that finish a noun phrase.
WORDS_TO_FINISH = 4
LEAST_BEFORE = 3
_HARD = frozenset(".!?؟؛:…•|")
_COMMAS = frozenset("،,")
_ASIDES = frozenset("-–—")
_PAIRS = {"«": "»", '"': '"', "“": "”", "(": ")"}
_OPENS, _CLOSES = frozenset(_PAIRS), frozenset(_PAIRS.values())
_OTHER = _PAIRS | {closing: opening for opening, closing in _PAIRS.items()}
_NOMINAL = frozenset(("NOUN", "ADJ", "PROPN", "NUM"))
_LEADING_ON = frozenset(("ADP", "CCONJ", "SCONJ", "DET", "PART"))
_THAT = frozenset(("ان", "بان"))
_RELATIVE = frozenset(
    ("الذي", "التي", "الذين", "اللذين", "اللتين", "عندما", "حين", "حيث", "بعدما", "فيما", "بينما", "لكنه", "لكن", "كما")
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A run of words of a passage: ``first`` to ``last``."""

    first: int
    last: int
    has_verb: bool


def clause_around(passage: Passage, sentence: Sentence, first: int, last: int, *, before: int, behind: int) -> Clause:
    """Give the clause around the words ``first`` to ``last``; it begins after ``before`` and ends before ``behind``."""
    inside = passage.word_range(sentence.start, sentence.end)
    begin = _begin(passage.words, first, max(inside.start, before + 1))
    end = _end(passage.words, last, min(inside.stop, behind))
    if begin > max(inside.start, before + 1) and first - begin >= WORDS_BEFORE:
        begin = _behind_that(passage.words, begin, first)
    begin, end = _trimmed(passage.words, begin, end, first, last)
    return Clause(begin, end, any(_is_verb(word) for word in passage.words[begin : end + 1]))


def _is_verb(word: Word) -> bool:
    return any(segment.pos == "VERB" for segment in word.segments)


def _leads_on(word: Word) -> bool:
    """Tell whether a word leaves its clause unfinished: «بين»، «أن»، «و»."""
    return len(word.segments) == 1 and word.segments[0].pos in _LEADING_ON


def _joins(word: Word) -> bool:
    return len(word.segments) > 1 and word.segments[0].text in ("و", "ف")


def _begin(words: tuple[Word, ...], first: int, floor: int) -> int:
    at, seen_verb, content = first, False, 0
    while at > floor and first - at < WORDS_BEFORE + 4 and content < WORDS_BEFORE:
        word = words[at - 1]
        if word.text[0] in _HARD:
            break
        if word.text in _COMMAS and seen_verb and content >= LEAST_BEFORE:
            break
        at -= 1
        if word.kind != "sign":
            content += 1
        if _is_verb(word):
            seen_verb = True
            if content >= LEAST_BEFORE and (_joins(word) or _opens_after(words, at, floor)):
                break
        elif word.text in _RELATIVE and seen_verb:
            break
    return at


def _behind_that(words: tuple[Word, ...], begin: int, first: int) -> int:
    """Give where a clause begins that was cut for its length: «… للأنفاق إن [التشغيل يبدأ الاثنين]»."""
    found = (at + 1 for at in range(begin, first - LEAST_BEFORE) if normalised_text(words[at].text) in _THAT)
    return next(found, begin)


def _opens_after(words: tuple[Word, ...], at: int, floor: int) -> bool:
    """Tell whether a verb opens its clause: after a comma, a mark, a relative or «أن»."""
    if at <= floor:
        return True
    before = words[at - 1]
    return before.kind == "sign" and before.text[0] not in _CLOSES


def _end(words: tuple[Word, ...], last: int, ceiling: int) -> int:
    at, content = last, 0
    while at + 1 < ceiling and content < WORDS_BEHIND + WORDS_TO_FINISH:
        word = words[at + 1]
        if word.text[0] in _HARD or (content >= WORDS_BEHIND and word.segments[0].pos not in _NOMINAL):
            break
        if (word.text in _COMMAS and (at > last or _opens_a_credit(words, at + 2))) or word.text in _ASIDES:
            break
        if at > last and (word.text in _RELATIVE or (_joins(word) and _is_verb(word))):
            break
        at += 1
        content += word.kind != "sign"
    return at


def _opens_a_credit(words: tuple[Word, ...], at: int) -> bool:
    """Tell whether what stands behind a comma only says who reported: «، وفق ما نقله الموقع، الأربعاء»."""
    return at < len(words) and normalised_text(words[at].text) in date_words().credits


def _trimmed(words: tuple[Word, ...], begin: int, end: int, first: int, last: int) -> tuple[int, int]:
    """Leave out signs at the ends, unless they close or open what stands inside."""
    while begin < first and words[begin].kind == "sign" and words[begin].text[0] not in _OPENS:
        begin += 1
    while end > last and (_leads_on(words[end]) if words[end].kind != "sign" else words[end].text[0] not in _CLOSES):
        end -= 1
    begin += begin < first and _is_alone(words, begin, end, at=begin)
    end -= end > last and _is_alone(words, begin, end, at=end)
    return begin, end


def _is_alone(words: tuple[Word, ...], begin: int, end: int, *, at: int) -> bool:
    """Tell whether a word is a mark or a bracket whose other one stands outside: «"صلاح سيعود الأحد المقبل»."""
    sign = words[at].text[0]
    other = _OTHER.get(sign)
    told = [word.text[0] for word in words[begin : end + 1] if word.kind == "sign"]
    return other is not None and told.count(other) == (other == sign)
