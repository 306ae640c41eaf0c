"""
Affixes: which letters may open and close an Arabic word, and which may stand together.

A prefix is a conjunction, a preposition and the article (``وبال``), or a conjunction, a particle and the person of a
present-tense verb (``وسي``); a suffix is an ending of gender and number with a pronoun behind it (``اتهم``).
Letters are those of the ``index`` level (one alef, heh for teh marbuta, ya for alef maksura).
Source: the grammar; the slots are those of Buckwalter's morphological tables (Pref-0 to Pref-3, Suff-0 to Suff-2),
written anew.
"""

from __future__ import annotations

from itertools import product

__all__ = ["NOUN_PREFIXES", "PREFIXES", "SUFFIXES", "VERB_PREFIXES", "WITH_ARTICLE"]

_CONJUNCTIONS = ("", "و", "ف")
_ENDINGS = ("", "ه", "ات", "ان", "ين", "ون", "ا", "و", "ي", "ت", "تان", "تين", "تا", "تي", "وا", "تم", "نا", "ن")
_RELATIVES = ("يه", "يات", "يون", "يين", "يان", "يا", "يتان", "يتين", "يت", "يو", "يي")
_PRONOUNS = ("ه", "ها", "هم", "هن", "هما", "ك", "كم", "نا", "ي", "ني")
_BEFORE_PRONOUNS = ("", "ت", "ات", "ا", "و", "ي", "ين", "ون", "يت", "يات", "تي", "نا", "تا", "ن")

#: Prefixes that end in the article: ``وبال``, and ``لل`` in which its alef is swallowed.
WITH_ARTICLE = frozenset(before + article for before, article in product(_CONJUNCTIONS, ("ال", "بال", "كال", "لل")))
#: Prefixes of nouns, names and particles.
NOUN_PREFIXES = WITH_ARTICLE | {
    before + preposition for before, preposition in product((*_CONJUNCTIONS, "ا", "او", "اف"), ("", "ب", "ك", "ل"))
}
#: Prefixes of verbs.
VERB_PREFIXES = frozenset(
    before + particle + person
    for before, particle, person in product(_CONJUNCTIONS, ("", "س", "ل"), ("ي", "ت", "ن", "ا"))
    if (particle, person) != ("ل", "ا")
)
PREFIXES = NOUN_PREFIXES | VERB_PREFIXES
#: Endings, alone or with a pronoun behind them.
SUFFIXES = frozenset(
    (*_ENDINGS, *_RELATIVES, *(ending + pronoun for ending, pronoun in product(_BEFORE_PRONOUNS, _PRONOUNS)))
)
