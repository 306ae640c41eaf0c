"""
What of an article is shown: a passage around the words that answer the query, each marked, each with its reason.

Words are compared as the index compares them, on the text as it was published; spans are code points of what is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from itertools import islice

from tawatur.search.records import Reason, Why
from tawatur.search.schema import Stored
from tawatur.search.terms import LONGEST_WORD, RUN, fold, placed_words
from tawatur.search.word_forms import forms_of, words_having

__all__ = ["Marked", "Seeker", "Sought", "show"]

#: Letters of a passage, about two lines of a page of results.
PASSAGE_LETTERS = 240
# Words before the first one found, so that it does not stand at the very beginning.
_LEAD_LETTERS = 60
_PRONOUNS = ("هما", "ها", "هم", "هن", "كما", "كم", "كن", "نا", "ه", "ك", "ي")


@dataclass(frozen=True, slots=True)
class Sought:
    """A word that is looked for, and the words of the query it stands for."""

    letters: str
    typed: str
    #: Set when it is not the word as typed but another in its place; the reason of all its matches.
    via: Reason | None = None
    is_prefix: bool = False
    #: In quotation marks: clitics may be written to it, nothing else.
    is_phrase: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A word of the text that answers the query."""

    start: int
    end: int
    #: Which of the words sought.
    sought: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Marked:
    """What is shown of an article."""

    snippet: str
    highlights: tuple[tuple[int, int], ...]
    title_highlights: tuple[tuple[int, int], ...]
    why: tuple[Why, ...]


class Seeker:
    """Finds the words of one query in texts, and says why they match."""

    def __init__(self, sought: Sequence[Sought], *, strict: bool) -> None:
        self.sought = tuple(sought)
        self._strict = strict
        self._whole = {each.letters for each in sought}
        self._prefixes = [each for each in sought if each.is_prefix]
        of_sought = [forms_of(each.letters) for each in sought]
        self._forms = {form for forms in of_sought for form in (forms.bare, forms.stem, forms.light)}

    def marks(self, text: str, words: Sequence[str]) -> list[Mark]:
        """Give the words of a text that answer, in order; ``words`` are all of them, folded."""
        likely = self._likely(set(words)) if self.sought else ()
        answers = {word: answer for word in likely if (answer := self._compared(word)) is not None}
        found = [at for at, word in enumerate(words) if word in answers]
        if not found:
            return []
        return [Mark(*span, *answers[words[at]]) for at, span in zip(found, _spans(text, words, found), strict=True)]

    def _likely(self, words: set[str]) -> Set[str]:
        """Choose the words that may answer: few of a text."""
        if self._prefixes:
            return words
        if self._strict:
            return words & self._whole
        return words & (self._whole | words_having(words, self._forms))

    def _compared(self, letters: str) -> tuple[int, Reason] | None:
        """Tell which word of the query a word answers, and why."""
        found = [
            (_ORDER.index(reason), at, reason)
            for at, sought in enumerate(self.sought)
            if (reason := _reason(sought, letters, strict=self._strict)) is not None
        ]
        best = min(found, default=None)
        return None if best is None else (best[1], best[2])


_ORDER: tuple[Reason, ...] = ("letters", "clitic", "plural", "stem", "prefix", "alias", "typo", "keyboard", "meaning")


def _reason(sought: Sought, letters: str, *, strict: bool) -> Reason | None:
    reason = _plain_reason(sought, letters, strict=strict)
    return sought.via if reason is not None and sought.via is not None else reason


def _plain_reason(sought: Sought, letters: str, *, strict: bool) -> Reason | None:  # noqa: PLR0911 - in their order
    if letters == sought.letters:
        return "letters"
    if sought.is_prefix and letters.startswith(sought.letters):
        return "prefix"
    if strict:
        return None
    ours, theirs = forms_of(sought.letters), forms_of(letters)
    if ours.bare == theirs.bare:
        return "clitic"
    if sought.is_prefix and theirs.bare.startswith(sought.letters):
        return "prefix"
    if sought.is_phrase:
        return None
    if ours.stem != theirs.stem and ours.light != theirs.light:
        return None
    if ours.is_broken_plural != theirs.is_broken_plural:
        return "plural"
    return "clitic" if _differ_by_pronoun(ours.bare, theirs.bare) else "stem"


def _differ_by_pronoun(one: str, other: str) -> bool:
    """Tell whether a pronoun written to its end is all that sets two words apart (قوات، قواتها؛ حكومة، حكومتها)."""
    short, long = sorted((one, other), key=len)
    stems = (short, short[:-1] + "ت") if short.endswith("ه") else (short,)
    return any(long == stem + pronoun for stem in stems for pronoun in _PRONOUNS)


def _spans(text: str, words: Sequence[str], found: Sequence[int]) -> list[tuple[int, int]]:
    """Give where words stand in the text as published.

    Folding a whole text to know takes longer than all else. As a rule word ``n`` is the text's run ``n`` of letters
    and marks; those found are folded alone to be sure.
    """
    runs = [match.span() for match in islice(RUN.finditer(text), found[-1] + 1)]
    if len(runs) == found[-1] + 1:
        spans = [runs[at] for at in found]
        if all(
            fold(text[start:end])[:LONGEST_WORD] == words[at] for at, (start, end) in zip(found, spans, strict=True)
        ):
            return spans
    placed = placed_words(text)
    return [placed[at][1:] for at in found]


def show(stored: Stored, seeker: Seeker) -> Marked:
    """Choose the passage of a body that answers best, and mark it and the title."""
    title, body = stored.document.title, stored.document.body
    title_marks = seeker.marks(title, stored.title_words.split())
    body_marks = seeker.marks(body, stored.body_words.split())
    start, end = _passage(body, body_marks)
    inside = [mark for mark in body_marks if start <= mark.start and mark.end <= end]
    before, after = "…" if start > 0 else "", "…" if end < len(body) else ""
    shift = len(before) - start
    return Marked(
        snippet=before + body[start:end].replace("\n", " ") + after,
        highlights=tuple((mark.start + shift, mark.end + shift) for mark in inside),
        title_highlights=tuple((mark.start, mark.end) for mark in title_marks),
        why=_why(seeker, [(title, mark) for mark in title_marks] + [(body, mark) for mark in (*inside, *body_marks)]),
    )


def _why(seeker: Seeker, places: Iterable[tuple[str, Mark]]) -> tuple[Why, ...]:
    """Give the plainest match of each word of the query, in the order of the query."""
    best: dict[int, tuple[int, Why]] = {}
    for text, mark in places:
        rank = _ORDER.index(mark.reason)
        if mark.sought not in best or rank < best[mark.sought][0]:
            typed = seeker.sought[mark.sought].typed
            best[mark.sought] = rank, Why(term=typed, matched=text[mark.start : mark.end], reason=mark.reason)
    return tuple(best[at][1] for at in sorted(best))


def _passage(body: str, marks: Sequence[Mark]) -> tuple[int, int]:
    """Give the span of about ``PASSAGE_LETTERS`` that holds most of the different words sought, the earliest such."""
    if len(body) <= PASSAGE_LETTERS:
        return 0, len(body)
    best, first = (0, 0), 0
    for at, mark in enumerate(marks):
        limit = mark.start + PASSAGE_LETTERS - _LEAD_LETTERS
        inside = [other for other in marks[at : at + 40] if other.end <= limit]
        worth = len({other.sought for other in inside}), len(inside)
        if worth > best:
            best, first = worth, mark.start
    start = _word_start(body, max(0, first - _LEAD_LETTERS))
    end = _word_end(body, start + PASSAGE_LETTERS)
    return start, end


def _word_start(body: str, position: int) -> int:
    """Go to where a sentence begins, or else a word, at or after a position (not far)."""
    if position == 0:
        return 0
    for mark in ("\n", ". ", "؟ ", "! "):
        at = body.find(mark, position, position + _LEAD_LETTERS // 2)
        if at >= 0:
            return at + len(mark)
    space = body.find(" ", position, position + _LEAD_LETTERS)
    return position if space < 0 else space + 1


def _word_end(body: str, position: int) -> int:
    if position >= len(body):
        return len(body)
    space = max(body.rfind(" ", 0, position + 1), body.rfind("\n", 0, position + 1))
    return space if space > position - _LEAD_LETTERS else position
