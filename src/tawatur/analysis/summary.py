"""
A summary made of the article's own sentences: aware of the lead, never repeating, never generated.

Arabic news tells the whole in its first sentence; a sentence or two more are taken where they bring keyphrases that the
lead does not name. A sentence that leans on the one before («وأضاف …») or is no part of the report («اقرأ أيضا», the
headline of another) stays out while another will do, and one that says again what was taken stays out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from tawatur.analysis.document import Document, Passage
from tawatur.model.analysis import KeyPhrase
from tawatur.text.letters import normalised_text
from tawatur.text.sentences import Sentence
from tawatur.text.spans import Span

__all__ = ["VERSION", "find_summary"]

VERSION = 3

# Words of an article up to which one sentence is enough, and up to which two are.
_ENOUGH = (90, 250)
_SHORTEST_WORDS, _LONGEST_WORDS = 6, 60
# A later sentence must bring this much of the weight of all keyphrases that none before it named.
LEAST_NEWS = 0.12
# What a sentence loses a place further down, and when it leans on another; the lead is taken before any is weighed.
_A_PLACE_DOWN = 0.01
_LEANING = 0.5
# Of the longer words of the shorter of two sentences, the share in the other from which it says the same again.
_SAID_AGAIN = 0.5
_LONGER_WORD = 4
# Of an article's sentences, the share from which they end in stops; one that does not is a headline of another report.
_STOPPED = 0.7
_STOPS = '.!?؟…:،,»"”)'


@dataclass(frozen=True, slots=True)
class _Choice:
    """A sentence that may be taken."""

    span: Span
    words: int
    leans: bool
    phrases: frozenset[int]
    told: frozenset[str]

    def says_again(self, other: _Choice) -> bool:
        """Tell whether two sentences tell the same in other words."""
        least = min(len(self.told), len(other.told))
        return len(self.told & other.told) >= _SAID_AGAIN * max(least, 1)


def find_summary(document: Document, keyphrases: tuple[KeyPhrase, ...]) -> tuple[Span, ...]:
    """Choose one to three sentences of the article, in its order."""
    passage = _told_in(document)
    if passage is None:
        return ()
    weights = [phrase.score for phrase in keyphrases]
    folded = [normalised_text(phrase.text, "index") for phrase in keyphrases]
    stopped = [sentence.text.rstrip().endswith(tuple(_STOPS)) for sentence in passage.sentences]
    ends_in_stops = sum(stopped) >= _STOPPED * len(stopped)
    choices = [
        _choice(passage, sentence, folded, is_whole=stop or not ends_in_stops)
        for sentence, stop in zip(passage.sentences, stopped, strict=True)
    ]
    lead = next((at for at, choice in enumerate(choices) if _can_lead(choice)), 0)
    taken, named = [lead], choices[lead].phrases
    most = 1 + sum(len(passage.words) > enough for enough in _ENOUGH)
    while len(taken) < most:
        gains = [
            (_gain(choice, at - lead, named, weights), -at)
            for at, choice in enumerate(choices)
            if at > lead
            and at not in taken
            and _SHORTEST_WORDS <= choice.words <= _LONGEST_WORDS
            and not any(choice.says_again(choices[other]) for other in taken)
        ]
        best, at = max(gains, default=(0.0, 0))
        if best < LEAST_NEWS * sum(weights) or not weights:
            break
        taken.append(-at)
        named = named | choices[-at].phrases
    return tuple(choices[at].span for at in sorted(taken))


def _told_in(document: Document) -> Passage | None:
    """Give the text that tells the report: the body, else the abstract, else the title."""
    told = (document.passage(field) for field in ("body", "abstract", "title"))
    return next((passage for passage in told if passage is not None and passage.sentences), None)


def _choice(passage: Passage, sentence: Sentence, phrases: Sequence[str], *, is_whole: bool) -> _Choice:
    text = normalised_text(sentence.text, "index")
    first = next(iter(text.split(maxsplit=1)), "")
    return _Choice(
        span=passage.span(sentence.start, sentence.end),
        words=text.count(" ") + 1,
        leans=not is_whole or first.strip('"«“(-–—•*.،') in _leaning_words(),
        phrases=frozenset(number for number, phrase in enumerate(phrases) if phrase in text),
        told=frozenset(word for word in text.split() if len(word) >= _LONGER_WORD),
    )


def _can_lead(choice: _Choice) -> bool:
    return choice.words >= _SHORTEST_WORDS and not choice.leans


def _gain(choice: _Choice, places: int, named: frozenset[int], weights: Sequence[float]) -> float:
    news = sum(weights[number] for number in choice.phrases - named)
    return news * (_LEANING if choice.leans else 1.0) - _A_PLACE_DOWN * places * sum(weights) / max(1, len(weights))


@lru_cache(maxsize=1)
def _leaning_words() -> frozenset[str]:
    text = (files("tawatur.analysis") / "data" / "summary_words.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return frozenset(normalised_text(word, "index") for line in lines for word in line.split())
