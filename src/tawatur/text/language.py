"""
Languages: which one a text, be it a headline, is written in.

The script is counted first; among the languages of one script decide letters that others lack (``پ چ ژ گ`` of Persian,
``ں ٹ ے`` of Urdu, ``ڵ ێ ە`` of Kurdish, ``ə ğ ı``), short frequent words, the Arabic article, and a trained identifier
(py3langid, a naive Bayes model over byte n-grams) whose answer weighs more the longer the text is. Dialects of Arabic
are Arabic here: a desk reads them alike.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from tawatur.text.letter_tables import MARKS

__all__ = ["UNKNOWN", "Language", "identify"]

#: The code of a text without letters (ISO 639-2: undetermined).
UNKNOWN = "und"
#: Letters that are looked at: enough for a sure answer at the cost of a short text.
LETTERS_READ = 1_500

# Codes of the trained identifier for what is one language here: Arabic of a region, Kurdish of the Arabic script.
_SAME_LANGUAGE = {"arz": "ar", "ary": "ar", "apc": "ar", "arb": "ar", "sdh": "ckb", "uzs": "fa"}
_SCRIPTS = {
    "Arab": re.compile("[\u0621-\u064a\u066e-\u06d5\u06ee-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]"),
    "Cyrl": re.compile("[\u0400-\u04ff]"),
    "Latn": re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff\u0259]"),
}
_WORD = re.compile(r"[^\W\d_]+(?:\u200c[^\W\d_]+)*(?:['’](?=\w))?")
_ARABIC_ARTICLE = re.compile("[وفبك]{0,2}(?:ال|لل).{2,}")
# Weights tried on bench/languages.py: a word says more than a letter, since names travel with their letters.
_LETTER_WEIGHT = 1.0
_WEAK_LETTER_WEIGHT = 0.4
_WORD_WEIGHT = 2.0
_ARTICLE_WEIGHT = 2.5
_IDENTIFIER_WEIGHT = 0.35
# What a newsroom of the region meets: a headline of three names is sooner English than Occitan.
_EXPECTED = frozenset(("ar", "fa", "ur", "ckb", "en", "ru", "fr", "tr", "es"))
_EXPECTED_BONUS = 0.7
_RARE_PENALTY = 2.0
# The identifier's certainty grows with the text's length without bound; letters and words must still be heard.
_LONGEST_ODDS = 12.0


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its ISO 639 code, and how sure that is (0 to 1)."""

    code: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Marks:
    script: str
    letters: frozenset[str]
    #: Letters of its keyboard that other languages of the script are typed with too.
    weak_letters: frozenset[str]
    words: frozenset[str]


def identify(text: str) -> Language:
    """Tell the language of a text; ``und`` for one without letters.

    >>> identify("الرئيس المصري يستقبل نظيره الفرنسي").code, identify("رئیس جمهور از مردم خواست").code
    ('ar', 'fa')
    """
    text = "".join(letter for letter in text[:LETTERS_READ] if letter not in MARKS)
    script = _script_of(text)
    if script is None:
        return _of_other_script(text)
    scores = _identifier_scores(text)
    words = Counter(word.lower() for word in _WORD.findall(text))
    letters = Counter(text.lower())
    known = {code: marks for code, marks in _marks().items() if marks.script == script}
    totals = {
        code: _IDENTIFIER_WEIGHT * scores.get(code, -_LONGEST_ODDS) + _weigh(code, marks, words, letters)
        for code, marks in known.items()
    }
    if script == "Latn":  # written by many more than are marked here
        totals |= {
            code: _IDENTIFIER_WEIGHT * score - _RARE_PENALTY for code, score in scores.items() if code not in _marks()
        }
    for code in _EXPECTED & totals.keys():
        totals[code] += _EXPECTED_BONUS
    best = max(totals, key=lambda code: totals[code])
    return Language(best, 1 / sum(math.exp(min(total - totals[best], 0.0)) for total in totals.values()))


def _script_of(text: str) -> str | None:
    """Give the script of most letters; a page that quotes a name in Latin letters is still Arabic."""
    counts = {script: len(text) - len(letters.sub("", text)) for script, letters in _SCRIPTS.items()}
    script = max(counts, key=lambda script: counts[script])
    others = sum(map(str.isalpha, text)) - sum(counts.values())
    return script if counts[script] > max(0, others) else None


def _of_other_script(text: str) -> Language:
    if not any(map(str.isalpha, text)):
        return Language(UNKNOWN, 0.0)
    code, confidence = _identifier().classify(text)
    return Language(str(code), float(confidence))


def _weigh(code: str, marks: _Marks, words: Counter[str], letters: Counter[str]) -> float:
    """Weigh what speaks for a language, by the word: a long text is no surer of a rare letter than a short one."""
    size = max(1, sum(words.values()))
    of_words = sum(count for word, count in words.items() if word in marks.words)
    of_letters = sum(min(letters[letter], size) for letter in marks.letters)
    of_weak = sum(min(letters[letter], size) for letter in marks.weak_letters)
    total = _WORD_WEIGHT * of_words + _LETTER_WEIGHT * of_letters + _WEAK_LETTER_WEIGHT * of_weak
    if code == "ar":
        total += _ARTICLE_WEIGHT * sum(n for word, n in words.items() if _ARABIC_ARTICLE.fullmatch(word))
    return 10 * total / (size + 3)


def _identifier_scores(text: str) -> dict[str, float]:
    """Give the log odds of each language against the best, of one code the best of its regions."""
    ranked = _identifier().rank(text)  # the likeliest first
    best = max(float(ranked[0][1]), 1e-12)
    least = best * math.exp(-_LONGEST_ODDS)
    scores: dict[str, float] = {}
    for label, score in ranked:
        if score <= least:
            break
        scores.setdefault(_SAME_LANGUAGE.get(str(label), str(label)), math.log(float(score) / best))
    return scores


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@lru_cache(maxsize=1)
def _marks() -> dict[str, _Marks]:
    table = tomllib.loads((files("tawatur.text") / "data" / "language_marks.toml").read_text(encoding="utf-8"))
    return {
        code: _Marks(
            row["script"],
            frozenset(row["letters"]),
            frozenset(row.get("weak_letters", "")),
            frozenset(row["words"].split()),
        )
        for code, row in table.items()
    }
