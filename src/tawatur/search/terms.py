"""
Terms: what of a text goes into the index, and what of a query is looked up; the same for both.

A text is brought to the ``index`` level (one alef, heh for teh marbuta, ASCII digits, no marks), cut into runs of
letters of one script, and each word stands in four forms: its *letters*, *bare* of clitics and article, its *stem* and
its *light stem*. Stem and light stem together find more than either (EVIDENCE: .791 against .776 and .759 MRR@10);
bare words answer phrases, letters the strict mode.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from tawatur.search.word_forms import Forms, forms_of_all
from tawatur.text import Normalised, normalise, normalised_text

__all__ = ["LONGEST_WORD", "RUN", "Analysed", "analyse", "analyse_many", "fold", "placed_words", "words_of"]

_ARABIC = "\u0620-\u063f\u0641-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c7"
#: A word at the ``index`` level: Arabic letters, or letters and digits of anything else (``لـBBC`` is two words).
WORD = re.compile(rf"[{_ARABIC}]+|[^\W_{_ARABIC}]+")
#: A word as published: letters of one script with the marks within and behind them.
RUN = re.compile(rf"[{_ARABIC}\u0610-\u061a\u0640\u064b-\u065f\u0670]+|[^\W_{_ARABIC}]+")

# The longest Arabic word form of 17 million tokens of news has 15 letters; longer is run together or noise.
LONGEST_WORD = 40


@dataclass(frozen=True, slots=True)
class Analysed:
    """A text as four lines of terms, word by word."""

    letters: str
    bare: str
    stems: str
    lights: str


def fold(text: str) -> str:
    """Bring a text to the level at which it is searched."""
    return normalised_text(text, "index")


def words_of(text: str) -> list[str]:
    """Give the words of a text as letters, in order.

    >>> words_of("قال مُحَمَّد لـBBC: #قره_باغ ٢٠٢٣")
    ['قال', 'محمد', 'ل', 'bbc', 'قره', 'باغ', '2023']
    """
    return [word[:LONGEST_WORD] for word in WORD.findall(fold(text))]


def placed_words(text: str) -> list[tuple[str, int, int]]:
    """Give the words of a text as letters, each with its span in the text as it was given.

    >>> placed_words("قال مُحَمَّد")
    [('قال', 0, 3), ('محمد', 4, 12)]
    """
    folded: Normalised = normalise(text, "index")
    return [
        (match.group()[:LONGEST_WORD], *folded.original_span(match.start(), match.end()))
        for match in WORD.finditer(folded.text)
    ]


def analyse(text: str) -> Analysed:
    """Give the lines of terms of a text; word ``n`` of each line is the same word."""
    return analyse_many((text,))[0]


def analyse_many(texts: Iterable[str]) -> list[Analysed]:
    """Give the lines of terms of many texts: the words that are new are worked out at once, thirty times as fast."""
    words_of_texts = [words_of(text) for text in texts]
    forms = iter(forms_of_all([word for words in words_of_texts for word in words]))
    return [_lines(words, list(islice(forms, len(words)))) for words in words_of_texts]


def _lines(words: list[str], forms: list[Forms]) -> Analysed:
    if not words:
        return Analysed("", "", "", "")
    bare, stems, lights, _ = zip(*forms, strict=True)
    return Analysed(" ".join(words), " ".join(bare), " ".join(stems), " ".join(lights))
