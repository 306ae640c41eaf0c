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
from tawatur.stories.terms import terms_of
from tawatur.text.letters import normalise, normalised_text

__all__ = ["denials", "denier", "doubts", "find_disputes", "is_one_side"]

_WORD = re.compile(r"\w+")
# A claim of fewer words says too little to stand by itself; the name of who denies takes no more than so many.
_CLAIM_WORDS, _NAME_WORDS = 5, 7
# Words between a verb of denial and what points back: the name of who denies.
_REACH = 9
# A clause that denies begins with the first words of its sentence.
_FIRST_WORDS = 2
_PLACES_OF_NEWS = 30
_MOST = 6
# A later figure that is lower by less is the same, rounded.
_LOWER = 0.9
# One that is lower than this share counts something else: the dead of a day, not of a year.
_SAME_THING = 0.25
# «المتهم»، «بتهمة»، «اتهمت».
_ACCUSED = "\u062a\u0647\u0645"


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
        first = _first_word(before.text)
        if _first_word(said.text[start:]) in _words("aside") and _ACCUSED not in normalised_text(before.text, "index"):
            continue
        if len(before.text.split()) < _CLAIM_WORDS or first in _words("turns"):
            # «لكن …، ينفي ذلك»: what stands before in the sentence is who denies.
            if at == 0:
                continue
            start = 0 if first in _words("turns") else start
            before = sentences[at - 1]
        claim = _claim(before, said_by(analysis, before))
        if name is None or claim.who is None or not is_one_side(name, claim.who):
            yield Dispute(claims=(claim, _claim(_span(said, start, len(said.text)), name)))


def _first_word(text: str) -> str:
    words = normalised_text(text, "index").split()
    return words[0].removeprefix("\u0648") if words else ""


def _denial_in(said: Said) -> tuple[int, str | None] | None:
    """Give where a denial that points back begins in a sentence, and who denies."""
    folded = normalise(said.text, "index")
    words = [(match[0], *folded.original_span(match.start(), match.end())) for match in _WORD.finditer(folded.text)]
    for at, (word, start, _) in enumerate(words):
        verb = word.removeprefix("\u0648")
        if verb not in denials() or _is_quoted(said.text, start):
            continue
        reach = range(at + 1, min(len(words), at + 1 + _REACH))
        end = next((to for to in reach if words[to][0] in _words("says_what")), None)
        back = next((to for to in reach if words[to][0] in _pointing(verb) and (end is None or to < end)), None)
        clause = _clause_start(said.text, words, at)
        if back is None or words[back - 1][0] in _words("prepositions") or clause is None:
            continue
        name = _name(said.text, words[at + 1 : back]) if back > at + 1 else None
        if name is None and words[back][0] in _words("names_after") | _words("points_back_doubting"):
            name = _name(said.text, words[back + 1 : back + 1 + _NAME_WORDS])
        return clause, name
    return None


def _pointing(verb: str) -> frozenset[str]:
    """Give the words that point back after a verb of denial."""
    if verb in _words("refusing"):
        return _words("accusations")
    return _words("points_back") | (_words("points_back_doubting") if verb in _words("doubting") else frozenset())


def _is_quoted(text: str, at: int) -> bool:
    """Tell whether a place stands within quotation marks: the speaker denies, and what stands before is his too."""
    before = text[:at]
    return before.count('"') % 2 == 1 or before.count("\u00ab") > before.count("\u00bb")


def _clause_start(text: str, words: Sequence[tuple[str, int, int]], at: int) -> int | None:
    """Give where the clause of a verb begins: after the last comma before it, or with what sets it against another."""
    verb = words[at][1]
    comma = max(text.rfind(mark, 0, verb) for mark in "\u060c,;\u061b")
    against = next((start for word, start, _ in reversed(words[:at]) if word in _words("sets_against")), -1)
    begin = max(comma + 1, against)
    return begin if begin > 0 or at < _FIRST_WORDS else None


def _name(text: str, words: Sequence[tuple[str, int, int]]) -> str | None:
    """Give the name that words begin with, up to a mark or a word that ends it."""
    taken: list[tuple[str, int, int]] = []
    for word, start, end in words[:_NAME_WORDS]:
        if word in _words("ends_name") or (taken and not text[taken[-1][2] : start].isspace()):
            break
        taken.append((word, start, end))
    return text[taken[0][1] : taken[-1][2]] if taken else None


def denier(sentence: str) -> str | None:
    """Give who denies in a sentence that is a denial; "" when it does not say, None for another sentence."""
    folded = normalise(sentence, "index")
    words = [(match[0], *folded.original_span(match.start(), match.end())) for match in _WORD.finditer(folded.text)]
    for at, (word, _, _) in enumerate(words[:_FIRST_WORDS]):
        if word.removeprefix("\u0648") in _words("denies"):
            return _name(sentence, words[at + 1 :]) or ""
    return None


def doubts(sentence: str) -> bool:
    """Tell whether a sentence says that something is denied, or is only claimed."""
    words = {word.removeprefix("\u0648") for word in _WORD.findall(normalised_text(sentence, "index"))}
    return bool(words & (denials() | _words("only_claimed")))


def is_one_side(one: str, other: str) -> bool:
    """Tell whether two names are of one side: they have half of the lesser one's words in common."""
    here, there = frozenset(terms_of(one)), frozenset(terms_of(other))
    return 2 * len(here & there) >= max(1, min(len(here), len(there)))


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
        higher = next(
            (one for one in figure.readings[:at][::-1] if one.value * _SAME_THING < reading.value < one.value * _LOWER),
            None,
        )
        if higher is None or higher.article == reading.article or "title" in (higher.field, reading.field):
            continue  # a headline gives a round number
        if higher.said_by is not None and reading.said_by is not None and is_one_side(higher.said_by, reading.said_by):
            continue
        sides = [_sentence(articles.get(one.article), one) for one in (higher, reading)]
        if sides[0] is not None and sides[1] is not None:
            yield Dispute(claims=(_claim(sides[0], higher.said_by), _claim(sides[1], reading.said_by)))


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


@lru_cache(maxsize=16)
def _words(name: str) -> frozenset[str]:
    table = tomllib.loads((files("tawatur.stories") / "data" / "disputes.toml").read_text(encoding="utf-8"))
    return frozenset(table[name])
