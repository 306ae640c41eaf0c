"""
Disputes: accounts that cannot both be right, side by side with who gives them.

Two kinds are told, both of the articles' own words. A report that sets one side's denial behind the other's claim
(«واتهمت السلطات الجيش بخرق الهدنة، ونفت وزارة الدفاع ذلك»): the denial must point back («ذلك»، «الاتهام»), and what it
points to is what stands before it. And a count that cannot fall (the dead, the displaced) and was given lower by
somebody else later.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files

from tawatur.model.analysis import Analysis
from tawatur.model.article import Article
from tawatur.model.story import Claim, Dispute, Figure, FigureReading
from tawatur.stories.figures import said_by
from tawatur.stories.sentences_of import Said, sentences_of
from tawatur.text.letters import normalise

__all__ = ["denials", "find_disputes"]

_WORD = re.compile(r"\w+")
# A claim of fewer words says too little to stand by itself; the name of who denies takes no more than so many.
_CLAIM_WORDS, _NAME_WORDS = 5, 7
# Words between a verb of denial and what points back: the name of who denies.
_REACH = 9
_PLACES_OF_NEWS = 30
_MOST = 6
# A later figure that is lower by less is the same, rounded.
_LOWER = 0.9


def find_disputes(
    articles: Sequence[Article],
    analyses: Mapping[str, Analysis],
    copy_of: Mapping[str, str | None],
    figures: Sequence[Figure],
) -> tuple[Dispute, ...]:
    """Find accounts of a story that contradict one another, in the order they were given; a few at most."""
    found: list[Dispute] = []
    seen: set[str] = set()
    # Originals first: a reprint adds what it has of its own, and of its original nothing.
    for article in sorted(articles, key=lambda article: copy_of.get(article.id) is not None):
        for dispute in _denied(article, analyses.get(article.id)):
            denial = " ".join(_WORD.findall(normalise(dispute.claims[-1].text, "index").text))
            if denial not in seen:
                seen.add(denial)
                found.append(dispute)
    by_id = {article.id: article for article in articles}
    for figure in figures:
        found += _lowered(figure, by_id)
    return tuple(found[:_MOST])


def _denied(article: Article, analysis: Analysis | None) -> Iterator[Dispute]:
    sentences = [said for said in sentences_of(article)[:_PLACES_OF_NEWS] if said.field == "body"]
    for at, said in enumerate(sentences):
        denial = _denial_in(said)
        if denial is None:
            continue
        start, name = denial
        before = _span(said, 0, start)
        if len(before.text.split()) < _CLAIM_WORDS:
            if at == 0:
                continue
            before = sentences[at - 1]
        claim = _claim(before, said_by(analysis, before))
        yield Dispute(claims=(claim, _claim(_span(said, start, len(said.text)), name)))


def _denial_in(said: Said) -> tuple[int, str | None] | None:
    """Give where a denial that points back begins in a sentence, and who denies."""
    folded = normalise(said.text, "index")
    words = [(match[0], *folded.original_span(match.start(), match.end())) for match in _WORD.finditer(folded.text)]
    for at, (word, _, _) in enumerate(words):
        if word.removeprefix("\u0648") not in denials():
            continue
        reach = range(at + 1, min(len(words), at + 1 + _REACH))
        back = next((to for to in reach if words[to][0] in _words("points_back")), None)
        if back is None:
            continue
        named = (at + 1, back) if back > at + 1 else (back + 1, min(len(words), back + 1 + _NAME_WORDS))
        return _clause_start(said.text, words[at][1]), _name(said.text, words[slice(*named)])
    return None


def _clause_start(text: str, verb: int) -> int:
    """Give where the clause of a verb begins: after the last comma before it."""
    comma = max(text.rfind(mark, 0, verb) for mark in "\u060c,;\u061b")
    return comma + 1 if comma >= 0 else verb


def _name(text: str, words: Sequence[tuple[str, int, int]]) -> str | None:
    end = next((at for at, (word, _, _) in enumerate(words) if word in _words("ends_name")), len(words))
    taken = words[: min(end, _NAME_WORDS)]
    return text[taken[0][1] : taken[-1][2]] if taken else None


def _span(said: Said, start: int, end: int) -> Said:
    """Cut a sentence to a part of it, spaces and commas at its ends left out."""
    part = said.text[start:end]
    left = len(part) - len(part.lstrip(" \u060c,"))
    part = part.strip(" \u060c,")
    begin = said.start + start + left
    return replace(said, start=begin, end=begin + len(part), text=part)


def _claim(said: Said, who: str | None) -> Claim:
    return Claim(who=who, text=said.text, article=said.article, field=said.field, start=said.start, end=said.end)


def _lowered(figure: Figure, articles: Mapping[str, Article]) -> Iterator[Dispute]:
    """Give readings of a figure that cannot fall and did, by somebody else."""
    if figure.kind not in _words("never_fall"):
        return
    for at, reading in enumerate(figure.readings[1:], 1):
        higher = next((one for one in figure.readings[:at][::-1] if reading.value < one.value * _LOWER), None)
        if higher is None or higher.article == reading.article or _is_one_side(higher, reading):
            continue
        sides = [_sentence(articles.get(one.article), one) for one in (higher, reading)]
        if sides[0] is not None and sides[1] is not None:
            yield Dispute(claims=(_claim(sides[0], higher.said_by), _claim(sides[1], reading.said_by)))


def _is_one_side(one: FigureReading, other: FigureReading) -> bool:
    return one.said_by is not None and one.said_by == other.said_by


def _sentence(article: Article | None, reading: FigureReading) -> Said | None:
    """Give the sentence that a reading stands in."""
    if article is None:
        return None
    return next(
        (
            said
            for said in sentences_of(article)
            if said.field == reading.field and said.start <= reading.start < said.end
        ),
        None,
    )


@lru_cache(maxsize=1)
def denials() -> frozenset[str]:
    """Give the words by which one side says that another's claim is wrong, folded, without clitics."""
    text = (files("tawatur.stories") / "data" / "denials.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=4)
def _words(name: str) -> frozenset[str]:
    table = tomllib.loads((files("tawatur.stories") / "data" / "disputes.toml").read_text(encoding="utf-8"))
    return frozenset(table[name])
