"""
Wording compared: the words in which outlets differ for the same thing («داعش»، «تنظيم الدولة»).

Looked for are the things of ``data/contested.tsv``. An outlet chooses the words that its own texts print, clitics and
article left aside; of two that hold one another («تنظيم الدولة الإسلامية»، «الدولة الإسلامية») the longer one counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from tawatur.model.article import Article
from tawatur.text.letters import normalised_text

__all__ = ["Choice", "Wording", "compare_wording"]

_CLITICS = "(?:[\u0648\u0641]?[\u0628\u0644\u0643]?)"
_WORD_EDGE = r"(?<!\w)"


@dataclass(frozen=True, slots=True)
class Choice:
    """Words for a thing, and the outlets that choose them, the most frequent user first."""

    words: str
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """A thing that outlets of one story name differently."""

    thing: str
    choices: tuple[Choice, ...]


def compare_wording(articles: Iterable[Article]) -> tuple[Wording, ...]:
    """Give the things that the outlets of some articles name differently."""
    counts: dict[str, dict[str, Counter[str]]] = {}
    pattern, meant = _table()
    for article in articles:
        text = normalised_text("\n".join(filter(None, (article.title, article.abstract, article.body))), "index")
        for match in pattern.finditer(text):
            for thing, words in meant[match[1]]:
                counts.setdefault(thing, {}).setdefault(words, Counter())[article.source or article.id] += 1
    found = (Wording(thing, tuple(_choices(by_words))) for thing, by_words in counts.items() if _differ(by_words))
    return tuple(found)


def _differ(by_words: dict[str, Counter[str]]) -> bool:
    """Tell whether outlets choose differently: not all who use one of the words use all of them."""
    return len(by_words) > 1 and len({frozenset(outlets) for outlets in by_words.values()}) > 1


def _choices(by_words: dict[str, Counter[str]]) -> Iterable[Choice]:
    for words, outlets in sorted(by_words.items(), key=lambda each: (-len(each[1]), each[0])):
        yield Choice(words, tuple(outlet for outlet, _ in outlets.most_common()))


@lru_cache(maxsize=1)
def _table() -> tuple[re.Pattern[str], dict[str, tuple[tuple[str, str], ...]]]:
    """Give what finds the words, and for each the things it names as printed in the table."""
    text = (files("tawatur.stories") / "data" / "contested.tsv").read_text(encoding="utf-8")
    meant: dict[str, tuple[tuple[str, str], ...]] = {}
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        thing, variants, _ = line.split("\t")
        for words in variants.split("|"):
            key = normalised_text(words, "index")
            for form in {key, *([f"\u0644\u0644{key[2:]}"] if key.startswith("\u0627\u0644") else [])}:
                meant[form] = (*meant.get(form, ()), (thing, words))
    longest = sorted(meant, key=lambda words: (-len(words), words))
    return re.compile(f"{_WORD_EDGE}{_CLITICS}({'|'.join(map(re.escape, longest))})(?!\\w)"), meant
