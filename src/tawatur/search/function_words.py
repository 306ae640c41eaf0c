"""
Words that nearly every article holds, and words that only ask: they are never looked for when a query has others.

The function words of the text core, the shortest of English, which a page quotes most, and how a question is put
(``ما اسم …``, ``كم عدد …``): the article that answers does not repeat it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from tawatur.text.stop_words import stop_words, words_by_section

__all__ = ["FUNCTION_WORDS", "is_question", "telling"]

_ENGLISH = "the a an of in on at to is are was were did do does what which who when where how and or for by from with"

FUNCTION_WORDS: frozenset[str] = stop_words("function") | frozenset(_ENGLISH.split())
# «في أي عام», «إلى متى»: what asks is the first word or stands behind a preposition.
_ASKING_WORDS = 2


def telling(words: Sequence[str], *, strict: bool = False) -> frozenset[str]:
    """Give the words of a query, as letters, that tell what is wanted; all of them when none does.

    Strictly, only function words do not.

    >>> sorted(telling(["ما", "اسم", "عاصمه", "قطر"])), sorted(telling(["اسم", "الورده"]))
    (['عاصمه', 'قطر'], ['اسم', 'الورده'])
    >>> sorted(telling(["من", "هو"]))
    ['من', 'هو']
    """
    plain = frozenset(words) - FUNCTION_WORDS or frozenset(words)
    if strict:
        return plain
    left = FUNCTION_WORDS | _question_words()["joined"]
    if is_question(words):
        left |= _question_words()["frame"]
    return frozenset(words) - left or plain


def is_question(words: Sequence[str]) -> bool:
    """Tell whether a query, as letters, asks.

    >>> is_question(["في", "اي", "عام"]), is_question(["الموقع", "في", "اي"])
    (True, False)
    """
    return not _question_words()["asking"].isdisjoint(words[:_ASKING_WORDS])


@lru_cache(maxsize=1)
def _question_words() -> dict[str, frozenset[str]]:
    return words_by_section(files("tawatur.search") / "data" / "question_words.txt")
