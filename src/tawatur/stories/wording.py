"""
Wording compared: the words in which outlets differ for the same thing («داعش»، «تنظيم الدولة»).

Looked for are the things of ``data/contested.tsv``. An outlet chooses the words that its own texts print, one time in
five at least; clitics, article, what it quotes of others and what it adds in brackets are left aside. Of two that hold
one another («تنظيم الدولة الإسلامية»، «الدولة الإسلامية») the longer one counts.
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
# What others say in so many words and more is quoted; fewer in quotation marks are a name: تنظيم "الدولة الإسلامية".
_QUOTED = re.compile(r"\"[^\"\n]*\"|\u00ab[^\u00bb\n]*\u00bb|\u201c[^\u201d\n]*\u201d")
_WORDS_QUOTED = 5
# «تنظيم الدولة الإسلامية (داعش)» explains.
_EXPLAINED = re.compile(r"\([^()\n]{1,60}\)")
# Words that an outlet prints less often, for one time of those that it prints most, slipped in.
_CHOSEN = 0.2
_BETWEEN = r"[\s\"\u00ab\u00bb\u201c\u201d]+"


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
    counts: dict[str, dict[int, Counter[str]]] = {}
    printed: Counter[tuple[str, int, str]] = Counter()
    pattern, meant = _table()
    for article in articles:
        text = "\n".join(filter(None, (article.title, article.abstract, article.body)))
        own = _EXPLAINED.sub(" ", _QUOTED.sub(_unquoted, text))
        for match in pattern.finditer(normalised_text(own, "index")):
            for thing, choice, words in meant[" ".join(re.split(_BETWEEN, match[1]))]:
                counts.setdefault(thing, {}).setdefault(choice, Counter())[article.source or article.id] += 1
                printed[thing, choice, words] += 1
    found = (
        Wording(
            thing, tuple(Choice(_most_printed(printed, thing, choice), outlets) for choice, outlets in _choices(of))
        )
        for thing, of in counts.items()
    )
    return tuple(wording for wording in found if len(wording.choices) > 1)


def _unquoted(match: re.Match[str]) -> str:
    return " " if len(match[0].split()) >= _WORDS_QUOTED else match[0]


def _most_printed(printed: Counter[tuple[str, int, str]], thing: str, choice: int) -> str:
    """Give the form of a choice that was printed most."""
    forms = {words: count for (of, at, words), count in printed.items() if (of, at) == (thing, choice)}
    return max(forms, key=lambda words: (forms[words], words))


def _choices(by_choice: dict[int, Counter[str]]) -> list[tuple[int, tuple[str, ...]]]:
    """Give what outlets choose, with the outlets, the most frequent user first; nothing where all choose alike."""
    most: Counter[str] = Counter()
    for outlets in by_choice.values():
        most |= outlets
    chosen = [
        (choice, tuple(outlet for outlet, count in outlets.most_common() if count >= _CHOSEN * most[outlet]))
        for choice, outlets in by_choice.items()
    ]
    used = [(choice, outlets) for choice, outlets in chosen if outlets]
    if len({frozenset(outlets) for _, outlets in used}) < len(used[:2]):
        return []
    return sorted(used, key=lambda each: (-len(each[1]), each[0]))


@lru_cache(maxsize=1)
def _table() -> tuple[re.Pattern[str], dict[str, tuple[tuple[str, int, str], ...]]]:
    """Give what finds the words, and for each the things it names, which choice it is and how the table prints it."""
    text = (files("tawatur.stories") / "data" / "contested.tsv").read_text(encoding="utf-8")
    meant: dict[str, tuple[tuple[str, int, str], ...]] = {}
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        thing, variants, _ = line.split("\t")
        choices = [choice.split("=") for choice in variants.split("|")]
        for at, words in [(at, words) for at, choice in enumerate(choices) for words in choice]:
            key = normalised_text(words, "index")
            if key:
                for form in {key, *([f"\u0644\u0644{key[2:]}"] if key.startswith("\u0627\u0644") else [])}:
                    meant[form] = (*meant.get(form, ()), (thing, at, words))
    longest = sorted(meant, key=lambda words: (-len(words), words))
    forms = "|".join(_BETWEEN.join(map(re.escape, words.split())) for words in longest)
    return re.compile(f"{_WORD_EDGE}{_CLITICS}({forms})(?!\\w)"), meant
