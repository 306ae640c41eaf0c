"""
What the tagger of names sees of a word: its letters, clitics, part of speech, kin among the words of the news, and the
lists of names it stands in.

Evidence is strings, as a conditional random field takes them. What a word says of itself is worked out once a form.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files

import numpy as np

from tawatur.analysis.name_lists import known_words
from tawatur.analysis.speaker_words import given_names
from tawatur.text.letters import normalised_text
from tawatur.text.recurrent import Floats
from tawatur.text.vocabulary import load_vocabulary

__all__ = [
    "Form",
    "FormEvidence",
    "evidence_of",
    "is_body_of_state",
    "is_common_verb",
    "is_joined_word",
    "is_no_name",
    "is_owed_word",
    "pair_evidence",
    "read_form",
    "words_of_list",
]

_PROCLITICS = frozenset(("ADP", "CCONJ", "SCONJ", "PART"))
_SHORTEST_WITH_ARTICLE, _SHORTEST_ASSIMILATED = 4, 3
_SHAPE_LENGTH = 6
_JOINING = "وفبلك"
_SHORTEST_KNOWN = 4
#: Logarithm of the count of a form that the news uses every day.
_COMMON = 6
_REMEMBERED_FORMS = 100_000


@dataclass(frozen=True, slots=True)
class Form:
    """A word form, its clitics cut."""

    #: Without clitics, letters folded; the article is kept, and put back where ل swallowed it.
    core: str
    #: The same as printed.
    printed: str
    #: Of the clitics before it, letters.
    before: str
    #: It ends in a pronoun.
    has_pronoun: bool
    tag: str
    kind: str
    #: How many letters of the printed word its first clitics take.
    cut: int
    #: The letters of the article's ل alone are left of it: «للأمم».
    assimilated: bool

    @property
    def bare(self) -> str:
        """Without the article."""
        return self.core[2:] if self.has_article else self.core

    @property
    def has_article(self) -> bool:
        """Whether it begins with ال."""
        return len(self.core) >= _SHORTEST_WITH_ARTICLE and self.core.startswith("ال")


@dataclass(frozen=True, slots=True)
class FormEvidence:
    """What a form says where it stands, one place away, and two places away."""

    here: tuple[str, ...]
    beside: tuple[str, ...]
    near: tuple[str, ...]
    tag: str
    #: Of the two coarser sorts of kin.
    kin: str
    core: str


@lru_cache(maxsize=_REMEMBERED_FORMS)
def read_form(text: str, kind: str, segments: tuple[tuple[str, str], ...]) -> Form:
    """Read a word; ``segments`` are its parts with their tags."""
    segments = _by_known_names(text, kind, segments)
    last = len(segments) - 1
    at = 0
    while at < last and segments[at][1] in _PROCLITICS:
        at += 1
    before = "".join(part for part, _ in segments[:at])
    stem, tag = segments[at]
    core = normalised_text(stem, "index").strip()
    assimilated = before.endswith("ل") and core.startswith("ل") and len(core) > _SHORTEST_ASSIMILATED and tag != "VERB"
    if assimilated:
        core, stem = "ا" + core, "ا" + stem
    if kind == "hashtag":
        core = normalised_text(text, "index").strip("#_ ")
    return Form(core or text, stem, normalised_text(before, "index"), at < last, tag, kind, len(before), assimilated)


def _by_known_names(text: str, kind: str, segments: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Cut a word as the places and outlets that are known want it: لبنان whole, وروسيا after its و."""
    folded, known = normalised_text(text, "index"), known_words()
    if kind != "word" or len(folded) != len(text):
        return segments
    if folded in known and len(segments) > 1:
        return ((text, "PROPN"),)
    if len(segments) > 2 and text[0] in "وف" and folded[1:] in known:
        return ((text[0], "CCONJ"), (text[1:], "PROPN"))  # «وبريطانيا», not و + ب + ريطانيا
    if len(segments) == 1 and text[0] in _JOINING and len(folded) > _SHORTEST_KNOWN and folded[1:] in known:
        return ((text[0], "CCONJ" if text[0] == "و" else "ADP"), (text[1:], "PROPN"))
    return segments


def is_body_of_state(body: Form, state: Form) -> bool:
    """Tell whether two words are a body and, as an adjective, the state it is of: «الجيش المصري»."""
    definite = body.has_article and state.has_article and not state.before
    return definite and "l=state" in _lists().get(body.bare, ()) and "l=nationality" in _lists().get(state.bare, ())


def is_common_verb(form: Form) -> bool:
    """Tell whether a word at the end of a person's name is a verb that follows it."""
    often = load_vocabulary().log_count(form.printed) >= _COMMON
    return form.tag == "VERB" and often and "l=given" not in _lists().get(form.bare, ())


def is_joined_word(form: Form) -> bool:
    """Tell whether a word is another one after «و», not a name that begins with the letter (واتسون)."""
    return _stands_behind("و", form)


def is_owed_word(form: Form) -> bool:
    """Tell whether a word inside a name is another one after «ل» («منتقد لتركي»), not one with the letter (لحود)."""
    return _stands_behind("ل", form)


def _stands_behind(letter: str, form: Form) -> bool:
    """Tell whether a clitic was cut from a word that is common, and more so than with the letter."""
    count = load_vocabulary().log_count
    return form.before == letter and count(form.printed) > max(count(letter + form.printed), _COMMON)


def is_no_name(form: Form) -> bool:
    """Tell whether a word alone is no name, whatever stands around it: an adjective of nationality, God's name."""
    listed = _lists().get(form.bare, ())
    if form.core in known_words():
        return False
    return form.has_pronoun or "l=nationality" in listed or "l=never" in listed


@lru_cache(maxsize=_REMEMBERED_FORMS)
def evidence_of(form: Form) -> FormEvidence:
    """Tell what a form says."""
    core, bare = form.core, form.bare
    kin = _kin(form)
    lists = tuple(_lists().get(bare, ()))
    shape = _shape(form)
    own = (
        f"w={core}",
        f"b={bare}",
        f"t={form.tag}",
        f"p={form.before}",
        f"e={int(form.has_pronoun)}",
        f"a={int(form.has_article)}",
        f"s={shape}",
        f"n={min(len(core), 9)}",
        f"f={_frequency(form.printed)}",
        *(f"<{bare[:n]}" for n in (1, 2, 3) if len(bare) > n),
        *(f">{bare[-n:]}" for n in (1, 2, 3, 4) if len(bare) > n),
        *kin,
        *lists,
    )
    beside = (
        f"w={core}",
        f"t={form.tag}",
        f"a={int(form.has_article)}",
        f"p={form.before}",
        f"s={shape}",
        f">{bare[-2:]}",
        *kin,
        *lists,
    )
    near = (f"w={core}", f"t={form.tag}", *kin[:2], *lists)
    return FormEvidence(
        own, beside, near, f"{form.tag}{'a' if form.has_article else ''}{form.before[:1]}", kin[0], core
    )


def pair_evidence(left: FormEvidence, right: FormEvidence) -> tuple[str, ...]:
    """Tell what two neighbours say together."""
    return (f"tt={left.tag}|{right.tag}", f"kk={left.kin}|{right.kin}", f"ww={left.core}|{right.core}")


def _shape(form: Form) -> str:
    core = form.core
    if form.kind != "word":
        return form.kind if core.isalnum() else core[:2]
    if core.isascii():
        return "".join(dict.fromkeys("A" if c.isupper() else "a" if c.isalpha() else "0" for c in core))[:_SHAPE_LENGTH]
    return "ar"


def _frequency(printed: str) -> int:
    return round(load_vocabulary().log_count(printed))


def _kin(form: Form) -> tuple[str, ...]:
    vocabulary = load_vocabulary()
    vector = None
    for text in _spellings(form):
        vector = vocabulary.vector(text)
        if vector is not None:
            break
    if vector is None:
        return tuple(f"k{n}=?" for n in range(len(_centres())))
    return tuple(f"k{n}={int(np.argmax(centres @ vector))}" for n, centres in enumerate(_centres()))


def _spellings(form: Form) -> Sequence[str]:
    return (form.printed, form.printed[2:] if form.has_article else "ال" + form.printed, form.core)


@lru_cache(maxsize=1)
def _centres() -> tuple[Floats, ...]:
    with as_file(files("tawatur.analysis") / "data" / "word_kin.npz") as path, np.load(path) as file:
        return tuple(file[name].astype(np.float32) for name in sorted(file.files))


@lru_cache(maxsize=16)
def words_of_list(name: str) -> frozenset[str]:
    """Give the words of one of the lists, folded and without article."""
    return frozenset(word for word, lists in _lists().items() if f"l={name}" in lists)


@lru_cache(maxsize=1)
def _lists() -> dict[str, list[str]]:
    """The lists of words that announce names, by word."""
    data = tomllib.loads((files("tawatur.analysis") / "data" / "name_words.toml").read_text(encoding="utf-8"))
    lists: dict[str, list[str]] = {}
    for name, words in data.items():
        for word in normalised_text(words, "index").split():
            lists.setdefault(word, []).append(f"l={name}")
    for word in given_names():
        lists.setdefault(word, []).append("l=given")
    return lists
