"""
Broken plurals: from أسرى to أسير, which share no stem.

A table of the pairs that news has most (``data/broken_plurals.tsv``): no rule gives the one from the other with any
safety, since كتب is "books" and "he wrote". Sound plurals (صحفيون، قوات) need no table: they have the singular's stem.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from tawatur.text.letter_tables import INDEX_LETTERS

__all__ = ["singular_of", "singulars"]

_PRONOUNS = ("هما", "ها", "هم", "هن", "نا", "كم", "ه", "ي")


def singular_of(bare: str) -> str | None:
    """Give the singular of a broken plural without clitics before it, letters folded for the index.

    >>> singular_of("اسري"), singular_of("وزرايهم"), singular_of("بوتين")
    ('أسير', 'وزير', None)
    """
    table = singulars()
    if bare in table:
        return table[bare]
    for pronoun in _PRONOUNS:
        rest = bare.removesuffix(pronoun)
        if rest == bare or len(rest) < 3:
            continue
        # The hamza at a word's end is carried by the pronoun's vowel: وزراء, وزرائهم; teh marbuta opens: قادة, قادتهم.
        whole = (rest, rest[:-1] + "ء" if rest[-1] in "يو" else rest, rest[:-1] + "ه" if rest[-1] == "ت" else rest)
        found = next((table[form] for form in whole if form in table), None)
        if found is not None:
            return found
    return None


@lru_cache(maxsize=1)
def singulars() -> dict[str, str]:
    """Give the table: the singular of each broken plural, which is folded for the index."""
    text = (files("tawatur.text") / "data" / "broken_plurals.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {plural.translate(INDEX_LETTERS): singular for singular, plurals in rows for plural in plurals.split()}
