"""The language of a text."""

from __future__ import annotations

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from tawatur.extract.page import Page

#: Letters that are looked at: enough for a sure answer, and the cost stays that of a short text.
_LETTERS = 700
#: Languages that the identifier takes Arabic of a region for.
_AS_ARABIC = frozenset(("ar", "arz", "ary", "apc", "arb"))
#: Written in Arabic letters, and told apart from Arabic by letters of their own.
_ARABIC_SCRIPT = frozenset(("ar", "fa", "ur", "ps", "ug", "ku", "sd", "ckb"))
_FEWEST_WORDS = 5
_DECLARED = re.compile(r"[a-z]{2,3}(?=$|[-_])")


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(text: str, page: Page | None = None) -> str | None:
    """Give the language a text is written in; what the page declares decides only where the text does not.

    >>> language_of("أعلنت وزارة الصحة اليوم عن افتتاح مستشفى جديد في العاصمة")
    'ar'
    """
    declared = _declared(page) if page is not None else None
    if len(text.split()) < _FEWEST_WORDS:
        return declared
    found, sureness = _identifier().classify(text[:_LETTERS])
    if found in _AS_ARABIC:
        return "ar"
    if declared is not None and sureness < 0.9:
        return declared
    return str(found)


def _declared(page: Page) -> str | None:
    for said in (page.tree.get("lang"), page.tree.get("xml:lang"), *page.said("og:locale", "inlanguage", "language")):
        found = _DECLARED.match((said or "").strip().lower())
        if found:
            return found.group(0)
    return page.source.language if page.source is not None else None
