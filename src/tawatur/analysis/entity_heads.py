"""
Names that a common word opens: «منطقة عسير»، «هيئة المرور»، «وزارة الدفاع الأذربيجانية».

The tagger learns from corpora that leave many of them unlabelled, or takes «عسير» alone. Every run of nouns behind a
word that names a kind of place or body («منطقة»، «هيئة») is asked by a logistic regression how likely a careful reader
takes it for a name, given its words, what stands behind it and what the tagger found. ``training/entity_heads.py``
makes the model, whose card is in its file.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from operator import itemgetter
from typing import Any

import numpy as np

from tawatur.analysis.document import Passage
from tawatur.analysis.entity_evidence import Form, words_of_list
from tawatur.analysis.name_lists import known_words, load_name_lists
from tawatur.model.analysis import EntityType

__all__ = ["LIKELY", "HeadModel", "Mention", "Run", "find_runs", "load_head_model", "signs_of"]

# A third of the articles left out by turns: names F1 .735 without, .748 at .35, .747 here (precision .78, recall .72),
# .745 at .5.
LIKELY = 0.45
_LONGEST_RUN = 7
_NOMINAL = frozenset(("NOUN", "PROPN", "ADJ", "X", "NUM"))
_TAGS = _NOMINAL | {"VERB", "ADP"}
_JOINING = frozenset(("", "و", "ل", "ب"))
_SHAPED = 3
# No name of the tagger is longer.
_LONGEST_NAME = 12

#: A mention of the tagger: its first and last word, and type.
Mention = tuple[int, int, EntityType]


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words of a passage, ``first`` to ``last``, that a word of one kind opens."""

    first: int
    last: int
    type: EntityType


@dataclass(frozen=True, slots=True)
class HeadModel:
    """The weights of the signs, and of none."""

    weights: dict[str, float]
    least: float
    card: dict[str, Any]

    def likelihood(self, signs: Sequence[str]) -> float:
        """Tell how likely a reader takes a run for a name."""
        return 1 / (1 + math.exp(-self.least - sum(self.weights.get(sign, 0.0) for sign in signs)))


def find_runs(passage: Passage, forms: Sequence[Form]) -> Iterator[Run]:
    """Give every run that may be a name, by its first word and then by its length."""
    for first, head in enumerate(forms):
        kind = _kind(head.bare)
        if not kind or head.tag == "VERB" or head.has_pronoun:
            continue
        named: EntityType = "ORG" if "b" in kind else "LOC"
        if head.has_article:
            yield Run(first, first, named)
        for last in range(first + 1, min(len(forms), first + _LONGEST_RUN)):
            if not _goes_on(passage, forms, first, last):
                break
            yield Run(first, last, named)


def _goes_on(passage: Passage, forms: Sequence[Form], first: int, at: int) -> bool:
    form, words = forms[at], passage.words
    if passage.text[words[at - 1].end : words[at].start] not in ("", " "):
        return False
    joined_at_once = at == first + 1 and form.before == "و"
    return form.kind != "sign" and form.tag in _NOMINAL and form.before in _JOINING and not joined_at_once


def signs_of(
    forms: Sequence[Form], run: Run, mentions: Sequence[Mention], counts: Counter[tuple[str, ...]]
) -> list[str]:
    """Give what tells whether a run is a name.

    Args:
        forms: Of the passage's words.
        run: The run.
        mentions: What the tagger found in the passage, by first word.
        counts: How often each run stands in the article, by its words.
    """
    first, last = run.first, run.last
    head, length, kind = forms[first], last - first + 1, _kind(forms[first].bare)
    behind = forms[last + 1] if last + 1 < len(forms) else None
    shapes = [_shape(form) for form in forms[first + 1 : last + 1]]
    second, end, following = shapes[0] if shapes else "_", _shape(forms[last]), _shape(behind)
    definite = int(head.has_article)
    key = tuple([form.core for form in forms[first : last + 1]])
    found = _relation(run, mentions)
    return [
        f"h={head.bare}{definite}",
        f"k={kind}{definite}{length}",
        f"c={kind}|{second}|{definite}",
        f"l={end}",
        f"nx={following}",
        f"nl={following}|{end}",
        f"L={length}",
        f"pv={forms[first - 1].tag if first else '_'}",
        f"s={definite}|{'|'.join(shapes[:_SHAPED])}|{length}",
        f"hL={head.bare}{length}",
        f"hc={head.bare}|{second}",
        f"r={found}",
        f"rk={found}|{kind}|{'' if kind == 'b' else head.bare}",
        f"rn={found}|{following}",
        f"n={min(counts[key], 4)}",
        *[f"g={listed}" for listed in load_name_lists().of_name.get(key, ())[:1]],
    ]


def _kind(word: str) -> str:
    return "".join(letter for letter, words in _head_words() if word in words)


def _shape(form: Form | None) -> str:
    if form is None:
        return "_"
    shape = ("a" if form.has_article else "") + (form.tag if form.tag in _TAGS else "o")
    if form.bare in words_of_list("nationality"):
        shape += "n"
    if form.core in known_words():
        shape += "k"
    return form.before[:1] + shape


def _relation(run: Run, mentions: Sequence[Mention]) -> str:
    """Tell how a run lies to what the tagger found."""
    found = "none"
    begin = bisect_left(mentions, run.first - _LONGEST_NAME, key=itemgetter(0))
    end = bisect_right(mentions, run.last, key=itemgetter(0))
    for first, last, kind in mentions[begin:end]:
        if (first, last) == (run.first, run.last):
            return f"same{kind}"
        if first == run.first:
            found = ("longer" if last > run.last else "shorter") + kind
        elif run.first < first <= run.last:
            if last == run.last:
                found = f"rest{kind}"
            elif last > run.last:
                found = f"over{kind}"
            elif found == "none":
                found = f"in{kind}"
        elif first < run.first <= last and found == "none":
            found = f"inside{kind}"
    return found


@lru_cache(maxsize=1)
def _head_words() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((name[0], words_of_list(name)) for name in ("body", "place", "direction"))


@lru_cache(maxsize=1)
def load_head_model() -> HeadModel:
    """Load the model that ships."""
    with as_file(files("tawatur.analysis") / "data" / "entity_heads.npz") as path, np.load(path) as arrays:
        names = arrays["signs"].tobytes().decode("utf-8").split("\n")
        weights = dict(zip(names, arrays["weights"].astype(float).tolist(), strict=True))
        return HeadModel(weights, float(arrays["least"]), json.loads(arrays["card"].tobytes().decode("utf-8")))
