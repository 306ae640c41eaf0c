"""
Words: a text read word by word, each with its place, its segments, their parts of speech and its stems.

Tokens are found, gathered into sentences, cut at clitics and tagged (``tagger``), and carried back to the text as it
was printed: vowel marks, tatweel, presentation forms and Persian letters stay in the segments, while the models see
the letters alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from tawatur.text.letter_tables import MARKS, MATCH_STRAYS, SAME_LETTER
from tawatur.text.letters import normalise
from tawatur.text.sentences import find_sentences
from tawatur.text.stems import learn, light_stem, stem
from tawatur.text.tagger import REMEMBERED_WORDS, Segment, load_tagger
from tawatur.text.tokens import Token, TokenKind, find_tokens
from tawatur.text.word_evidence import is_arabic

__all__ = ["Segment", "Word", "read_many", "read_words"]

# Longer "sentences" are lists and tables; forty words on either side of a word are ample for its tag.
LONGEST_SENTENCE_WORDS = 100
# A batch of sentences of about equal length; larger ones are no faster and take memory.
WORDS_IN_A_BATCH = 4_000

_PLAIN_WORD = re.compile("[\u0621-\u063a\u0641-\u064a]+")
_HASHTAG_PARTS = re.compile("[#\uff03]|_+|[^#\uff03_]+")
#: Letters that Persian, Urdu and Kurdish keyboards give; hamza, teh marbuta and alef maksura stay as they are.
_PERSIAN_LETTERS = {code: letter for code, letter in SAME_LETTER.items() if code > 0x0671}
_FIXED_TAGS: dict[TokenKind, str] = {
    "number": "NUM", "date": "NUM", "time": "NUM", "url": "X", "email": "X", "mention": "X",
}  # fmt: skip
#: Signs that stand for a word, read out when the text is read aloud.
_SYMBOLS = frozenset("%٪‰&@#*+=<>/\\|~^$€£_")


@dataclass(frozen=True, slots=True)
class Word:
    """A token read: the slice ``start:end`` of the text. The texts of its segments joined are its own text."""

    text: str
    start: int
    end: int
    kind: TokenKind
    #: Without clitics, article and endings; letters folded. A hashtag's are those of its words, joined by ``_``.
    stem: str
    light_stem: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class _Bare:
    """A token as the tagger sees it: letters alone, each with its place in the token."""

    letters: str
    #: None when each letter stands for itself.
    places: tuple[int, ...] | None


def read_words(text: str) -> tuple[Word, ...]:
    """Read the words of a text, in order. Every character that is no space is in exactly one of them.

    >>> [(word.text, [(part.text, part.pos) for part in word.segments]) for word in read_words("قال للرئیس بوتين")]
    [('قال', [('قال', 'VERB')]), ('للرئیس', [('ل', 'ADP'), ('لرئیس', 'NOUN')]), ('بوتين', [('بوتين', 'PROPN')])]
    """
    return read_many((text,))[0]


def read_many(texts: Iterable[str]) -> list[tuple[Word, ...]]:
    """Read many texts at once, which is faster than one by one; texts and words in the order given."""
    texts = list(texts)
    tokens = [find_tokens(text) for text in texts]
    parts = [[_parts(token) for token in of_text] for of_text in tokens]
    learn(part for of_text in parts for of_token in of_text for part in of_token)
    read = _tagged(
        [
            sentence
            for text, of_text, of_parts in zip(texts, tokens, parts, strict=True)
            for sentence in _sentences(text, of_text, of_parts)
        ]
    )
    return [
        tuple(_word(token, of_token, read) for token, of_token in zip(of_text, of_parts, strict=True))
        for of_text, of_parts in zip(tokens, parts, strict=True)
    ]


def _parts(token: Token) -> list[str]:
    """Give what the tagger reads apart: a hashtag's words and signs, any other token whole."""
    return _HASHTAG_PARTS.findall(token.text) if token.kind == "hashtag" else [token.text]


def _sentences(text: str, tokens: tuple[Token, ...], parts: list[list[str]]) -> Iterator[list[_Bare]]:
    """Give the parts of each sentence in order; all sentences together hold all parts of all tokens."""
    ends = iter([sentence.end for sentence in find_sentences(text)])
    end = next(ends, len(text))
    sentence: list[_Bare] = []
    for token, of_token in zip(tokens, parts, strict=True):
        while token.start >= end:
            end = next(ends, len(text))
            if sentence:
                yield sentence
                sentence = []
        for part in of_token:
            if len(sentence) >= LONGEST_SENTENCE_WORDS:
                yield sentence
                sentence = []
            sentence.append(_bare(part))
    if sentence:
        yield sentence


@lru_cache(maxsize=REMEMBERED_WORDS)
def _bare(text: str) -> _Bare:
    if _PLAIN_WORD.fullmatch(text) or text.isascii():
        return _Bare(text, None)
    shown = normalise(text, "display")
    kept = [at for at, letter in enumerate(shown.text) if letter not in MARKS and letter not in MATCH_STRAYS]
    if not kept:
        return _Bare(text, None)
    letters = "".join(shown.text[at] for at in kept).translate(_PERSIAN_LETTERS)
    return _Bare(letters, tuple(shown.original_span(at, at + 1)[0] for at in kept))


def _tagged(sentences: list[list[_Bare]]) -> Iterator[tuple[_Bare, tuple[Segment, ...]]]:
    """Tag sentences in batches of about equal length, and give their parts in the order of the text."""
    found: list[list[tuple[Segment, ...]]] = [[] for _ in sentences]
    batch: list[int] = []
    for at in sorted(range(len(sentences)), key=lambda at: len(sentences[at])):
        if batch and (len(batch) + 1) * len(sentences[at]) > WORDS_IN_A_BATCH:
            _tag_batch(sentences, batch, found)
            batch = []
        batch.append(at)
    if batch:
        _tag_batch(sentences, batch, found)
    for sentence, tagged in zip(sentences, found, strict=True):
        yield from zip(sentence, tagged, strict=True)


def _tag_batch(sentences: list[list[_Bare]], batch: list[int], found: list[list[tuple[Segment, ...]]]) -> None:
    tagged = load_tagger().tag([[part.letters for part in sentences[at]] for at in batch])
    for at, of_sentence in zip(batch, tagged, strict=True):
        found[at] = of_sentence


def _word(token: Token, parts: list[str], read: Iterator[tuple[_Bare, tuple[Segment, ...]]]) -> Word:
    segments: list[Segment] = []
    for part in parts:
        bare, tagged = next(read)
        segments += _surface(part, bare, tagged, token.kind)
    return Word(token.text, token.start, token.end, token.kind, *_stems(token.text, token.kind), tuple(segments))


@lru_cache(maxsize=REMEMBERED_WORDS)
def _stems(text: str, kind: TokenKind) -> tuple[str, str]:
    """Give stem and light stem; a hashtag's are those of its words."""
    if kind != "hashtag":
        return stem(text), light_stem(text)
    words = [part for part in _HASHTAG_PARTS.findall(text) if part[0] not in "#\uff03_"]
    return "_".join(map(stem, words)), "_".join(map(light_stem, words))


def _surface(text: str, bare: _Bare, tagged: tuple[Segment, ...], kind: TokenKind) -> list[Segment]:
    """Give the segments as printed. What is no word has one segment, whose tag its kind decides."""
    if kind == "sign" or not is_arabic(bare.letters):
        return [Segment(text, _tag_of_sign(text, tagged, kind))]
    if bare.places is None:
        return list(tagged)
    cuts, at = [0], 0
    for segment in tagged[:-1]:
        at += len(segment.text)
        cuts.append(bare.places[at])
    cuts.append(len(text))
    return [
        Segment(text[start:end], segment.pos)
        for (start, end), segment in zip(pairwise(cuts), tagged, strict=True)
        if start < end  # a ligature holds letters of two segments: it goes to the second
    ]


def _tag_of_sign(text: str, tagged: tuple[Segment, ...], kind: TokenKind) -> str:
    if kind in _FIXED_TAGS:
        return _FIXED_TAGS[kind]
    if kind != "sign" and any(map(str.isalpha, text)):
        return tagged[-1].pos
    if text[0] in _SYMBOLS or unicodedata.category(text[0])[0] == "S":
        return "SYM"
    return "PUNCT"
