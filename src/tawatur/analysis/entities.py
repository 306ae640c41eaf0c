"""
Entities: the people, places and organisations of an article, each surface form with its canonical name.

The tagger reads each sentence by itself (``entity_tagger``); here the article is read as a whole. A form is of the type
it is most often read as; a form found once is found wherever it stands; the last name of a person named in full is one
too. ``canonical`` then says which forms are one bearer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import cast

from tawatur.analysis.canonical import canonical_names
from tawatur.analysis.document import Document, Passage
from tawatur.analysis.entity_evidence import (
    Form,
    is_body_of_state,
    is_common_verb,
    is_joined_word,
    is_no_name,
    is_owed_word,
    read_form,
)
from tawatur.analysis.entity_heads import LIKELY, Mention, Run, find_runs, load_head_model, signs_of
from tawatur.analysis.entity_tagger import load_name_tagger
from tawatur.analysis.name_lists import country_of, is_listed, load_name_lists, long_names
from tawatur.model.analysis import Entity, EntityType
from tawatur.text.names import canonical_name
from tawatur.text.spans import Span
from tawatur.text.words import Word

__all__ = ["VERSION", "find_entities"]

VERSION = 5

# Longer sentences are lists and tables.
_LONGEST_SENTENCE_WORDS = 200
_LONGEST_NAME_WORDS = 12
_FULL_NAME_WORDS = 2
_SHORTEST_LAST_NAME = 3
_NAME_TAGS = frozenset(("PROPN", "X"))
# By how much the tagger holds a name of one word that stands once for likelier than none. Below, 13 of 58 were names in
# the articles of the train labels that their tagger had not seen, above it two in three.
_LEAST_MARGIN: dict[EntityType, float] = {"PER": 40.0, "LOC": 30.0, "ORG": 30.0}
_SURE = float("inf")

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Mention:
    """A name in a passage: its words ``first`` to ``last`` of it."""

    passage: int
    first: int
    last: int
    type: EntityType


@dataclass(frozen=True, slots=True)
class _Read:
    """A passage with the forms of its words."""

    passage: Passage
    forms: tuple[Form, ...]

    def key(self, first: int, last: int) -> Key:
        return tuple([form.core for form in self.forms[first : last + 1]])


def find_entities(document: Document) -> tuple[Entity, ...]:
    """Find the names in an article, clitics cut, in the order of their first place."""
    reads, mentions = read_mentions(document)
    mentions = [*mentions, *_opened(reads, mentions)]
    mentions = sorted((*mentions, *_inside(reads, mentions)), key=lambda one: (one.passage, one.first, -one.last))
    spans: dict[tuple[str, EntityType], list[Span]] = {}
    for mention in mentions:
        span = _span(reads[mention.passage], mention)
        if text := span.of(reads[mention.passage].passage.text):
            spans.setdefault((text, mention.type), []).append(span)
    canonical = canonical_names([(text, kind, len(places)) for (text, kind), places in spans.items()])
    countries = _countries(canonical)
    return tuple(
        Entity(
            text=text,
            type=kind,
            canonical=canonical[text, kind],
            spans=tuple(places),
            country=countries.get(canonical[text, kind]) if kind == "LOC" else None,
        )
        for (text, kind), places in spans.items()
    )


def _countries(canonical: Mapping[tuple[str, EntityType], str]) -> dict[str, str]:
    """Give the country of each place that a list knows by one of its forms: «منطقة عسير» has that of «عسير»."""
    found: dict[str, str] = {}
    for (text, kind), name in canonical.items():
        if kind == "LOC" and (country := country_of(name) or country_of(text)):
            found.setdefault(name, country)
    return found


def read_mentions(document: Document) -> tuple[list[_Read], list[_Mention]]:
    """Read the texts of an article and the names that the tagger finds in them, wherever they stand."""
    reads = [_Read(passage, tuple([form_of(word) for word in passage.words])) for passage in document.passages]
    tagged = _without_doubtful(reads, list(_tagged(reads)))
    mentions = _agree(reads, _with_known(reads, [*tagged, *_of_states(reads, tagged)]))
    return reads, [*mentions, *_carried(reads, mentions)]


def text_of(read: _Read, first: int, last: int) -> str:
    """Give words of a passage as a name, its clitics cut."""
    return _span(read, _Mention(0, first, last, "ORG")).of(read.passage.text)


def form_of(word: Word) -> Form:
    """Read a word as the tagger of names sees it."""
    return read_form(word.text, word.kind, tuple([(part.text, part.pos) for part in word.segments]))


def sentence_ranges(passage: Passage) -> Iterator[range]:
    """Part the words of a passage into its sentences, every word in one."""
    at = 0
    for sentence in passage.sentences:
        stop = passage.word_range(sentence.start, sentence.end).stop
        for first in range(at, stop, _LONGEST_SENTENCE_WORDS):
            yield range(first, min(first + _LONGEST_SENTENCE_WORDS, stop))
        at = max(at, stop)
    if at < len(passage.words):
        yield range(at, len(passage.words))


def name_ranges(labels: Sequence[str]) -> Iterator[tuple[int, int, EntityType]]:
    """Read labels as names: first and last word, and type."""
    first: int | None = None
    for at, label in enumerate((*labels, "O")):
        if first is not None and (label[0] != "I" or label[2:] != labels[first][2:]):
            yield first, at - 1, cast("EntityType", labels[first][2:])
            first = None
        if label != "O" and first is None:
            first = at


def _tagged(reads: list[_Read]) -> Iterator[tuple[_Mention, float]]:
    """Give what the tagger finds, each with how much likelier it is than none."""
    places = [(number, words) for number, read in enumerate(reads) for words in sentence_ranges(read.passage)]
    tagged = load_name_tagger().weigh([reads[number].forms[words.start : words.stop] for number, words in places])
    for (number, words), (labels, margins) in zip(places, tagged, strict=True):
        for first, last, kind in name_ranges(labels):
            mention = _trimmed(reads[number], _Mention(number, words.start + first, words.start + last, kind))
            if mention is not None:
                yield mention, margins.get(first, _SURE) if first == last else _SURE


def _without_doubtful(reads: list[_Read], tagged: Sequence[tuple[_Mention, float]]) -> list[_Mention]:
    """Leave out names of one word that stand once and are hardly likelier than none: «راغبا», «فرادى».

    Those that a list holds stay, and last names of who is named in full.
    """
    keys = [reads[one.passage].key(one.first, one.last) for one, _ in tagged]
    counts = Counter(keys)
    counts.update({key[-1:]: 1 for key in set(keys) if len(key) >= _FULL_NAME_WORDS})
    return [
        one
        for (one, margin), key in zip(tagged, keys, strict=True)
        if margin >= _LEAST_MARGIN[one.type] or counts[key] > 1 or is_listed(key) or canonical_name(key[0])
    ]


def _of_states(reads: list[_Read], tagged: list[_Mention]) -> Iterator[_Mention]:
    """Find bodies of states that corpora leave unlabelled: «الحكومة الأمريكية»; 32 of 34 in the labels are names."""
    taken = {(one.passage, at) for one in tagged for at in range(one.first, one.last + 1)}
    for number, read in enumerate(reads):
        for at, (body, state) in enumerate(pairwise(read.forms)):
            if is_body_of_state(body, state) and taken.isdisjoint(((number, at), (number, at + 1))):
                yield _Mention(number, at, at + 1, "ORG")


def _with_known(reads: list[_Read], found: list[_Mention]) -> list[_Mention]:
    """Add names of several words that are known («قره باغ») where the tagger found none whole.

    Of what it found across the edge of one («باغ فلان») the rest is kept.
    """
    of_word = {(one.passage, at): one for one in found for at in range(one.first, one.last + 1)}
    added: list[_Mention] = []
    parts: set[_Mention] = set()
    for name in _listed(reads):
        beneath = {of_word[key] for at in range(name.first, name.last + 1) if (key := (name.passage, at)) in of_word}
        if any(one.first <= name.first and name.last <= one.last for one in beneath):
            continue
        added.append(name)
        parts |= beneath
        rests = [replace(one, last=name.first - 1) for one in beneath if one.first < name.first]
        rests += [replace(one, first=name.last + 1) for one in beneath if one.last > name.last]
        added += [rest for one in rests if (rest := _trimmed(reads[one.passage], one)) is not None]
    return [*(one for one in found if one not in parts), *added]


def _listed(reads: list[_Read]) -> Iterator[_Mention]:
    for number, read in enumerate(reads):
        cores = [form.core for form in read.forms]
        for words in long_names().names_in(cores):
            kind = cast("EntityType", long_names().of_name[tuple(cores[words.start : words.stop])][0])
            yield _Mention(number, words[0], words[-1], kind)


def _trimmed(read: _Read, mention: _Mention) -> _Mention | None:
    """Leave out what is no part of a name; None where nothing, or more than a name can be, is left."""
    first, last = mention.first, mention.last
    if mention.type == "PER":
        joined = (at for at in range(first + 1, last + 1) if is_joined_word(read.forms[at]))
        last = next(joined, last + 1) - 1
        owed = next((at for at in range(first + 1, last + 1) if is_owed_word(read.forms[at])), None)
        if owed is not None:
            is_named = any(form.tag in _NAME_TAGS for form in read.forms[first:owed])
            first, last = (first, owed - 1) if is_named else (owed, last)
    while first <= last and not _is_word(read.passage.words[first]):
        first += 1
    while last >= first and not _is_word(read.passage.words[last]):
        last -= 1
    if mention.type == "PER" and last - first >= _FULL_NAME_WORDS and is_common_verb(read.forms[last]):
        last -= 1
    if not 0 <= last - first < _LONGEST_NAME_WORDS or (first == last and is_no_name(read.forms[first])):
        return None
    return _Mention(mention.passage, first, last, mention.type)


def _is_word(word: Word) -> bool:
    return any(map(str.isalpha, word.text))


def _agree(reads: list[_Read], mentions: list[_Mention]) -> list[_Mention]:
    """Give each form the type it is read as most often, the first of equals; what lists know as a body is one."""
    votes: dict[Key, Counter[EntityType]] = defaultdict(Counter)
    for mention in mentions:
        key = reads[mention.passage].key(mention.first, mention.last)
        votes[key]["ORG" if load_name_lists().of_name.get(key) == ("org",) else mention.type] += 1
    return [
        _Mention(
            one.passage, one.first, one.last, votes[reads[one.passage].key(one.first, one.last)].most_common(1)[0][0]
        )
        for one in mentions
    ]


def _carried(reads: list[_Read], mentions: list[_Mention]) -> Iterator[_Mention]:
    """Find names where the tagger missed them: those it found elsewhere, and last names of people named in full."""
    known = {reads[one.passage].key(one.first, one.last): one.type for one in mentions}
    for key, kind in list(known.items()):
        if kind == "PER" and len(key) >= _FULL_NAME_WORDS and len(key[-1]) > _SHORTEST_LAST_NAME:
            known.setdefault(key[-1:], kind)
    starts: dict[str, list[Key]] = defaultdict(list)
    for key in sorted(known, key=len, reverse=True):
        starts[key[0]].append(key)
    taken = {(one.passage, at) for one in mentions for at in range(one.first, one.last + 1)}
    for number, read in enumerate(reads):
        for at, form in enumerate(read.forms):
            for key in starts.get(form.core, ()):
                places = [(number, place) for place in range(at, at + len(key))]
                if read.key(at, at + len(key) - 1) != key or not taken.isdisjoint(places):
                    continue
                if len(key) == 1 and form.tag not in _NAME_TAGS:
                    continue
                taken.update(places)
                yield _Mention(number, at, at + len(key) - 1, known[key])
                break


def _opened(reads: list[_Read], mentions: list[_Mention]) -> Iterator[_Mention]:
    """Find names that a common word opens («منطقة عسير»), beside what was found; of one word, the likeliest."""
    runs = [(number, run) for number, read in enumerate(reads) for run in find_runs(read.passage, read.forms)]
    counts = Counter(reads[number].key(run.first, run.last) for number, run in runs)
    known = {reads[one.passage].key(one.first, one.last): one.type for one in mentions}
    tagged: list[list[Mention]] = [[] for _ in reads]
    for one in sorted(mentions, key=lambda one: (one.passage, one.first, one.last)):
        tagged[one.passage].append((one.first, one.last, one.type))
    best: dict[tuple[int, int], tuple[float, Run]] = {}
    for number, run in runs:
        signs = signs_of(reads[number].forms, run, tagged[number], counts)
        likely = load_head_model().likelihood(signs)
        if likely > best.get((number, run.first), (0.0, run))[0]:
            best[number, run.first] = likely, run
    taken = {(one.passage, one.first, one.last) for one in mentions}
    for (number, _), (likely, run) in best.items():
        if likely >= LIKELY and (number, run.first, run.last) not in taken:
            kind = known.get(reads[number].key(run.first, run.last), run.type)
            yield _Mention(number, run.first, run.last, kind)


def _inside(reads: list[_Read], mentions: list[_Mention]) -> Iterator[_Mention]:
    """Find the known places of several words that end another name: «سلطات قره باغ»."""
    taken = {(one.passage, one.first, one.last) for one in mentions}
    for one in mentions:
        cores = reads[one.passage].key(one.first, one.last)
        for at in range(1, len(cores) - 1):
            place = (one.passage, one.first + at, one.last)
            if long_names().of_name.get(cores[at:]) == ("LOC",) and place not in taken:
                taken.add(place)
                yield _Mention(*place, "LOC")


def _span(read: _Read, mention: _Mention) -> Span:
    """Give a name's place, its clitics cut; ل stays where it has swallowed the article: «للأمم المتحدة»."""
    word, form = read.passage.words[mention.first], read.forms[mention.first]
    start = word.start + form.cut - int(form.assimilated)
    end = read.passage.words[mention.last].end
    text = read.passage.text[start:end]
    return read.passage.span(start + len(text) - len(text.lstrip("#\uff03_")), end)
