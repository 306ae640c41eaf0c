"""
Words that report: the tables of verbs, prepositions and nouns that speech is credited with, by form.

A verb is listed once (``data/cue_verbs.tsv``) and looked up in the forms news writes: he and she, singular and plural,
past and present, the participle that follows a comma («مشيرا إلى»), the verbal noun («قوله»).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

from tawatur.text.letters import normalised_text

__all__ = ["CueForm", "CueWords", "cue_words", "folded"]

VerbForm = Literal["past", "present", "participle", "noun"]
Gender = Literal["m", "f"]

# Where `cues.toml` has each table.
_TABLES = {
    "according": ("according", "words"),
    "with_verb": ("according", "with_verb"),
    "that": ("that", "words"),
    "not_subjects": ("not_subjects", "words"),
    "occasions": ("occasions", "words"),
    "breaks": ("breaks", "words"),
    "issued": ("issued", "words"),
    "relatives": ("relatives", "words"),
    "times": ("between", "times"),
    "places_before": ("between", "places"),
    "governed": ("between", "governed"),
    "skipped": ("around", "skipped"),
    "auxiliaries": ("around", "auxiliaries"),
    "stands_for": ("around", "stands_for"),
    "before_infinitives": ("around", "before_infinitives"),
    "before_verbs": ("around", "before_verbs"),
    "clauses": ("around", "clauses"),
    "leads": ("around", "leads"),
}
_FINAL_WEAK = "ىاي"
# Shorter ones with ا are other words.
_LETTERS_OF_DUAL = 4


@dataclass(frozen=True, slots=True)
class CueForm:
    """One form of a verb that reports."""

    verb: str
    #: say | tell | stance | show | write, as in the table of verbs.
    kind: str
    form: VerbForm
    #: None where the form has none («قوله»).
    gender: Gender | None
    plural: bool = False
    #: With the pronoun of what was said: «قالته», «ذكره».
    has_object: bool = False


@dataclass(frozen=True, slots=True)
class CueWords:
    """The tables."""

    forms: dict[str, CueForm]
    according: frozenset[str]
    with_verb: frozenset[str]
    that: frozenset[str]
    not_subjects: frozenset[str]
    occasions: frozenset[str]
    breaks: frozenset[str]
    issued: frozenset[str]
    relatives: frozenset[str]
    times: frozenset[str]
    places_before: frozenset[str]
    governed: frozenset[str]
    skipped: frozenset[str]
    auxiliaries: frozenset[str]
    stands_for: frozenset[str]
    before_infinitives: frozenset[str]
    before_verbs: frozenset[str]
    clauses: frozenset[str]
    leads: frozenset[str]
    #: The prepositions that a verb cannot do without, one letter for those that are joined to what follows.
    governs: dict[str, frozenset[str]]


@lru_cache(maxsize=50_000)
def folded(word: str) -> str:
    """Fold a word for the tables."""
    return normalised_text(word)


@lru_cache(maxsize=1)
def cue_words() -> CueWords:
    """Load the tables."""
    forms: dict[str, CueForm] = {}
    for line in _data("cue_verbs.tsv").splitlines():
        if line and not line.startswith("#"):
            for word, form in _forms(*line.split("\t")):
                forms.setdefault(folded(word), form)
    table: dict[str, dict[str, Any]] = tomllib.loads(_data("cues.toml"))
    governs = {folded(verb): _folded(words) for verb, words in table["governs"].items()}
    words = {name: _folded(table[part][key]) for name, (part, key) in _TABLES.items()}
    return CueWords(forms, **words, governs=governs)


def _data(name: str) -> str:
    return (files("tawatur.analysis") / "data" / name).read_text(encoding="utf-8")


def _folded(words: str) -> frozenset[str]:
    return frozenset(map(folded, words.split()))


def _forms(past: str, present: str, participle: str, noun: str, kind: str) -> Iterator[tuple[str, CueForm]]:
    yield from _past_forms(past, kind)
    if present != "-":
        yield from _present_forms(past, present, kind)
    if participle != "-":
        stem = participle[:-1] if participle.endswith("ي") and len(participle) > 4 else participle
        for word, gender, plural in (
            (participle + "ا", "m", False),
            (participle, "m", False),
            (participle + "ة", "f", False),
            (stem + "ين", "m", True),
            (stem + "ون", "m", True),
        ):
            yield word, CueForm(past, kind, "participle", "f" if gender == "f" else "m", plural)
    if noun != "-":
        for suffix in ("", "ه", "ها", "هم", "هما"):
            owner: Gender | None = "m" if suffix == "ه" else "f" if suffix == "ها" else None
            bare = noun[:-1] + "ت" if suffix and noun.endswith("ة") else noun
            form = CueForm(past, kind, "noun", owner, suffix == "هم")
            yield bare + suffix, form
            if suffix and noun.endswith("اء"):
                yield noun[:-1] + "ئ" + suffix, form
        many = noun.removesuffix("ة") + "ات"
        yield "ال" + noun, CueForm(past, kind, "noun", None)
        for word in (many, "ال" + many, many + "ه", many + "ها", many + "هم"):
            yield word, CueForm(past, kind, "noun", None, plural=True)


def _past_forms(past: str, kind: str) -> Iterator[tuple[str, CueForm]]:
    stem = past[:-1] if past[-1] in _FINAL_WEAK and len(past) > 2 else past
    she = past + "ت" if past[-1] == "ي" else stem + "ت"
    he_before_object = stem + "ا" if past[-1] == "ى" else past
    yield past, CueForm(past, kind, "past", "m")
    yield she, CueForm(past, kind, "past", "f")
    yield stem + "وا", CueForm(past, kind, "past", "m", plural=True)
    yield stem + "تا", CueForm(past, kind, "past", "f", plural=True)
    if stem == past and (len(stem) >= _LETTERS_OF_DUAL or stem[1] == "ا"):  # «قالا», but «علما» and «اقرأ»
        yield stem + "ا", CueForm(past, kind, "past", "m", plural=True)
    for suffix in ("ه", "ها", "هم", "هما"):
        yield he_before_object + suffix, CueForm(past, kind, "past", "m", has_object=True)
        yield she + suffix, CueForm(past, kind, "past", "f", has_object=True)


def _present_forms(past: str, present: str, kind: str) -> Iterator[tuple[str, CueForm]]:
    rest = present[1:]
    stem = rest[:-1] if rest[-1] in "ىيو" else rest
    before_object = stem + "ا" if rest[-1] == "ى" else rest
    yield "ي" + rest, CueForm(past, kind, "present", "m")
    yield "ت" + rest, CueForm(past, kind, "present", "f")
    yield "ي" + stem + "ون", CueForm(past, kind, "present", "m", plural=True)
    for suffix in ("ه", "ها", "هم"):
        yield "ي" + before_object + suffix, CueForm(past, kind, "present", "m", has_object=True)
        yield "ت" + before_object + suffix, CueForm(past, kind, "present", "f", has_object=True)
