"""The treebank as words: segments joined where no space stands between them."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from tawatur.text.word_evidence import ENCLITICS, PROCLITIC_LETTERS, is_arabic

_MARKS = re.compile("[\u064b-\u065f\u0670\u0640]")

#: A segment: its letters and its Universal Dependencies tag.
Piece = tuple[str, str]
#: A word: its opening clitics, its tag, its closing pronouns.
Reading = tuple[tuple[Piece, ...], str, tuple[Piece, ...]]


def read_treebank(path: Path) -> list[list[list[Piece]]]:
    """Read sentences of words of segments; letters without space between belong to one word."""
    sentences: list[list[list[Piece]]] = []
    sentence: list[list[Piece]] = []
    glued = arabic_before = False
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in [*lines, ""]:
            fields = line.rstrip("\n").split("\t")
            if len(fields) < 10:
                if sentence and not line.startswith("#"):
                    sentences.append(sentence)
                    sentence, glued = [], False
                continue
            form = _MARKS.sub("", fields[1]) or fields[1]
            # A tatweel printed for a dash stands beside words, not in them.
            arabic = is_arabic(form) and form.strip("\u0640") != ""
            if glued and arabic and arabic_before:
                sentence[-1].append((form, fields[3]))
            else:
                sentence.append([(form, fields[3])])
            glued, arabic_before = "SpaceAfter=No" in fields[9], arabic
    return sentences


def read_word(pieces: list[Piece]) -> Reading:
    """Tell clitics from stem: له is a preposition with its pronoun, وبكتابه a noun between clitics."""
    rest = list(pieces)
    opening: list[Piece] = []
    closing: list[Piece] = []
    while len(rest) > 1 and rest[0][0] in PROCLITIC_LETTERS and not _carries_pronoun(rest):
        opening.append(rest.pop(0))
    while len(rest) > 1 and rest[-1][0] in {*ENCLITICS, "كما", "كن"} and rest[-1][1] == "PRON":
        closing.insert(0, rest.pop())
    tag = max(rest, key=lambda piece: len(piece[0]))[1]
    return tuple(opening), tag, tuple(closing)


def _carries_pronoun(pieces: list[Piece]) -> bool:
    return len(pieces) == 2 and pieces[1][1] == "PRON" and pieces[1][0] in ENCLITICS and pieces[0][1] != "CCONJ"
