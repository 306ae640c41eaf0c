"""A passage as the finders of speech look at it: each word folded, without clitics, with one tag and its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tawatur.analysis.cue_words import folded
from tawatur.analysis.document import Passage
from tawatur.analysis.speaker_words import given_names
from tawatur.text.spans import Span
from tawatur.text.words import Word

__all__ = ["Glance", "Reading", "read_passage"]

_JOINED = re.compile("^[وف](?=..)")
#: Letters; shorter ones (ود، بن) are other words as well.
_SHORTEST_WHOLE_NAME = 3
_ABBREVIATED = re.compile(r"(?:^|\s)[^\W\d_]\.\s*$")
_BOUND_PRONOUNS = frozenset(("ه", "ها", "هم", "هما", "هن", "ك", "كم", "كن", "نا", "ي"))
_CLITICS = ("ADP", "CCONJ", "PART", "SCONJ", "DET")


@dataclass(frozen=True, slots=True)
class Glance:
    """A word at a glance."""

    #: Letters folded.
    full: str
    #: Without و and ف before it.
    unjoined: str
    #: Without clitics.
    plain: str
    #: Without clitics and article.
    bare: str
    #: The tag of the word itself, its clitics aside.
    tag: str
    joined: bool
    #: ب، ل، ك before it.
    preposition: bool
    #: Code points of the clitics before the word.
    cut: int
    has_pronoun: bool
    is_sign: bool

    @property
    def definite(self) -> bool:
        """With the article, or a name."""
        return self.tag == "PROPN" or self.plain != self.bare


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage's words at a glance, with the places where its sentences begin and end."""

    passage: Passage
    glances: Sequence[Glance]
    #: For each word the first word of its sentence, and the one after its last.
    sentence_of: Sequence[tuple[int, int]]

    def start(self, at: int) -> int:
        """Where a word begins without its clitics."""
        return self.passage.words[at].start + self.glances[at].cut

    def end(self, at: int) -> int:
        """Where a word ends."""
        return self.passage.words[at].end

    def span(self, first: int, last: int) -> Span:
        """Give the place of some words, without the clitics before the first."""
        return Span(self.start(first), self.end(last), self.passage.field)

    def whole_span(self, first: int, last: int) -> Span:
        """Give the place of some words with the clitics before the first."""
        return Span(self.passage.words[first].start, self.end(last), self.passage.field)


def read_passage(passage: Passage) -> Reading:
    """Look at the words of a passage."""
    sentence_of: list[tuple[int, int]] = []
    for start, end in _sentences(passage):
        words = passage.word_range(start, end)
        sentence_of += [(len(sentence_of), max(words.stop, len(sentence_of)))] * (words.stop - len(sentence_of))
    missing = len(passage.words) - len(sentence_of)
    sentence_of += [(len(sentence_of), len(passage.words))] * missing
    return Reading(passage, [_glance(word) for word in passage.words], sentence_of)


def _sentences(passage: Passage) -> Iterator[tuple[int, int]]:
    """Give the sentences; a full stop behind one letter («م. عادل») ends none."""
    start: int | None = None
    for sentence in passage.sentences:
        start = sentence.start if start is None else start
        if not _ABBREVIATED.search(passage.text[sentence.start : sentence.end]):
            yield start, sentence.end
            start = None
    if start is not None:
        yield start, passage.sentences[-1].end


def _glance(word: Word) -> Glance:
    return _seen(word.text, tuple((part.text, part.pos) for part in word.segments))


@lru_cache(maxsize=50_000)
def _seen(text: str, parts: tuple[tuple[str, str], ...]) -> Glance:
    full = folded(text)
    cut, core = 0, list(parts)
    if len(parts) > 1 and full != "باسم" and full in given_names() and len(full) > _SHORTEST_WHOLE_NAME:
        core = [(text, "PROPN")]  # وليد, فهد, بسام: the letter is their own
    joined = preposition = False
    while len(core) > 1 and core[0][1] in _CLITICS and len(core[0][0]) <= 2:
        joined |= core[0][0] in ("و", "ف")
        preposition |= core[0][0][0] in "بلك"
        cut += len(core[0][0])
        core = core[1:]
    if len(core) == 1 and core[0][0] in _BOUND_PRONOUNS:
        cut = int(joined)  # «نوهوا فيها بجهود»: no words begin with ها
    has_pronoun = len(core) > 1 and core[-1][1] == "PRON"
    tag = core[-2][1] if has_pronoun else core[-1][1]
    plain = folded("".join(letters for letters, _ in core))
    if preposition and plain.startswith("ل") and len(plain) > 3 and text[cut - 1] == "ل":
        cut, plain = cut + 1, "ا" + plain  # للمدعي: the article lost its alef
    bare = plain[2:] if plain.startswith("ال") and len(plain) > 4 else plain
    unjoined = _JOINED.sub("", full) if joined or full[:1] in "وف" else full
    is_sign = tag in ("PUNCT", "SYM")
    return Glance(full, unjoined, plain, bare, tag, joined, preposition, cut, has_pronoun, is_sign)
