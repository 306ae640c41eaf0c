"""
Differences: what a page says otherwise than it did, sentence by sentence.

Compared are words as a reader hears them: letters that look alike, vowel marks, quotation marks and spaces make no
difference. What is shown are the sentences as printed. An edit is silent when the page bears no new stamp of change.
A live blog grows as it should, and is not compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from itertools import islice, pairwise

from tawatur.model.article import Article
from tawatur.model.story import Edit, PageChange
from tawatur.text.letters import normalised_text
from tawatur.text.sentences import find_sentences
from tawatur.text.spans import Field

__all__ = ["find_changes", "find_edits"]

# Below this share of words in common two sentences are two, not one edited («web/compare.py» draws the same line).
_ALIKE = 0.5
# What is shown of one page is a selection; its history has all of it.
_MOST_EDITS = 12
# Compared are texts of some hundred sentences; difflib's worst case grows with the square.
_MOST_SENTENCES = 400

_WORD = re.compile(r"\w+")


def find_changes(states: Sequence[tuple[datetime, Article]]) -> tuple[PageChange, ...]:
    """Give what changed between the states of an article, oldest first; nothing for those that read alike.

    Args:
        states: Each with the instant it was first seen, oldest first.
    """
    if any(article.updates for _, article in states):
        return ()
    return tuple(
        PageChange(article=new.id, kind="edited", seen_at=seen_at, silent=new.modified == old.modified, edits=edits)
        for (_, old), (seen_at, new) in pairwise(states)
        if (edits := find_edits(old, new))
    )


def find_edits(old: Article, new: Article) -> tuple[Edit, ...]:
    """Give the sentences in which two states of an article differ, headline first, a dozen at most.

    >>> old = Article(id="1", url=None, source=None, title="خبر", body="قتل 20 شخصا. التحقيق جار.")
    >>> from dataclasses import replace
    >>> [(edit.before, edit.after) for edit in find_edits(old, replace(old, body="قُتل 68 شخصا. التحقيق جارٍ."))]
    [('قتل 20 شخصا.', 'قُتل 68 شخصا.')]
    """
    return tuple(islice(_edits(old, new), _MOST_EDITS))


def _edits(old: Article, new: Article) -> Iterator[Edit]:
    texts: tuple[tuple[Field, str, str], ...] = (
        ("title", old.title or "", new.title or ""),
        ("abstract", old.abstract or "", new.abstract or ""),
        ("body", old.body, new.body),
    )
    for field, was, now in texts:
        if was == now:
            continue
        before, after = _sentences(was), _sentences(now)
        matcher = SequenceMatcher(None, list(map(_words, before)), list(map(_words, after)), autojunk=False)
        for operation, i1, i2, j1, j2 in matcher.get_opcodes():
            if operation != "equal":
                yield from _replaced(field, before[i1:i2], after[j1:j2])


def _sentences(text: str) -> list[str]:
    return [sentence.text for sentence in find_sentences(text)][:_MOST_SENTENCES]


def _words(sentence: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(normalised_text(sentence, "index")))


def _replaced(field: Field, before: Sequence[str], after: Sequence[str]) -> Iterator[Edit]:
    """Set each new sentence beside the next former one that it was made of; the others went or came."""
    at = 0
    for sentence in after:
        found = next((place for place in range(at, len(before)) if _is_made_of(before[place], sentence)), None)
        if found is None:
            yield Edit(field=field, before=None, after=sentence)
            continue
        yield from (Edit(field=field, before=gone, after=None) for gone in before[at:found])
        yield Edit(field=field, before=before[found], after=sentence)
        at = found + 1
    yield from (Edit(field=field, before=gone, after=None) for gone in before[at:])


def _is_made_of(before: str, after: str) -> bool:
    return SequenceMatcher(None, _words(before), _words(after), autojunk=False).ratio() >= _ALIKE
