"""Found words in their text: spans become ``<mark>``, and nothing else becomes markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from tawatur.search.records import Reason, Why
from tawatur.web.safety import shown

#: Words named for one reason: a word that many words of the text answer would fill the screen.
WORDS_OF_A_REASON = 4
#: A word of the text is shown up to here; passages found by meaning are no words and not shown.
WORD_LETTERS = 40


@dataclass(frozen=True, slots=True)
class Matched:
    """Words of a text that answer the query for one reason."""

    reason: Reason
    words: tuple[str, ...]


def marked(text: str, spans: Iterable[Sequence[int]]) -> Markup:
    """Write a text with its spans marked.

    >>> marked("قال <الرئيس>", [(5, 11)])
    Markup('قال &lt;<mark>الرئيس</mark>&gt;')
    """
    pieces: list[Markup] = []
    at = 0
    for start, end in spans:
        if not at <= start < end <= len(text):
            continue  # a span that is none of this text marks nothing
        pieces += [_plain(text[at:start]), Markup("<mark>"), _plain(text[start:end]), Markup("</mark>")]
        at = end
    return Markup("").join([*pieces, _plain(text[at:])])


def matches(whys: Iterable[Why]) -> tuple[Matched, ...]:
    """Gather why a text was found: its words by reason, each word once, in the order given."""
    words: dict[Reason, dict[str, None]] = {}
    for why in whys:
        named = words.setdefault(why.reason, {})
        if why.reason != "meaning" and len(named) < WORDS_OF_A_REASON:
            named[shown(why.matched)[:WORD_LETTERS]] = None
    return tuple(Matched(reason, tuple(named)) for reason, named in words.items())


def _plain(text: str) -> Markup:
    return escape(shown(text))
