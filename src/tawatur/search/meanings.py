"""
Meaning: articles near to a question in any of sixteen languages, and near to each other.

Sentence vectors (the multilingual Universal Sentence Encoder, Yang et al. 2019, run in numpy) stand for what words
cannot: a question in English beside an article in Arabic. One vector an article, of headline and lead, finds the
nearest; they are then read again sentence by sentence. Vectors never touch the order of what words have found:
mixed with BM25 they make Arabic search worse (EVIDENCE: .617 against .753).
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tawatur.search.meaning_log import read_log
from tawatur.search.meaning_ranking import Embedders, rank_by_sentences
from tawatur.search.records import Document, Similar
from tawatur.text.vectors import WIDTH, embed

__all__ = ["MeaningIndex", "is_arabic", "lead_of"]

Vectors = NDArray[np.float32]

# The encoder reads 52-60 passages of 1,000 letters a second, 700-1,300 headlines: the lead is enough to propose.
LEAD_LETTERS = 500
# Up to here every vector is compared (17 ms at 200,000); beyond, an inverted file of cells is made.
MOST_COMPARED = 60_000
_PROBED_CELLS = 32
_BLOCK = 8_192
#: Articles read again: of the answers to questions the nearest 20 hold 90 to 96 in a hundred, the nearest 50 95 to 98.
READ_AGAIN = 60
# Unrelated headlines of one language have cosines of .06 to .26, paraphrases .35 to .56.
LEAST_LIKENESS = 0.35
#: A kilobyte each.
MOST_WORDS_REMEMBERED = 50_000
_LETTERS = re.compile(r"[^\W\d_]")


def lead_of(title: str, body: str) -> str:
    """Give what of an article its vector is made from."""
    text = f"{title}. {body}" if title else body
    return text if len(text) <= LEAD_LETTERS else text[:LEAD_LETTERS].rsplit(" ", 1)[0]


def is_arabic(text: str) -> bool:
    """Tell whether most letters of a text are Arabic."""
    letters: list[str] = _LETTERS.findall(text[:2_000])
    arabic = sum("\u0600" <= letter <= "\u08ff" or "\ufb50" <= letter <= "\ufefc" for letter in letters)
    return arabic * 2 > len(letters)


class WordVectors:
    """Vectors of single words, remembered: most words of an answer were in the one before."""

    def __init__(self) -> None:
        self._remembered: dict[str, NDArray[np.float16]] = {}

    def __call__(self, words: Sequence[str]) -> Vectors:
        """Give unit vectors of words, a row a word."""
        new = [word for word in dict.fromkeys(words) if word not in self._remembered]
        if len(self._remembered) + len(new) > MOST_WORDS_REMEMBERED:
            self._remembered = {}
            new = list(dict.fromkeys(words))
        self._remembered |= zip(new, embed(new).astype(np.float16), strict=True)
        return np.stack([self._remembered[word] for word in words]).astype(np.float32)


class MeaningIndex:
    """The meanings of one home, for searching; follows its writer's commits in any process."""

    def __init__(self, folder: Path, read: Callable[[Sequence[str]], Mapping[str, Document]]) -> None:
        """Set up over a folder; ``read`` gives articles by id as the text index holds them."""
        self._path = folder / "log"
        self._cells: Any = None
        self._celled = 0
        self._read = read
        self._lock = threading.Lock()
        self._words = WordVectors()
        self._position, self._file_id = 0, 0
        self._forget()

    def count(self) -> int:
        """Count the articles whose meaning is known."""
        self._follow()
        return len(self._rows)

    def wanted_for(self, text: str) -> bool:
        """Tell whether a query is in another script than most of the archive."""
        self._follow()
        known = len(self._rows)
        return bool(known) and _LETTERS.search(text) is not None and is_arabic(text) != (2 * self._arabic > known)

    def answers(self, text: str, limit: int) -> list[tuple[str, float, str]]:
        """Give the articles nearest to a text: id, likeness, the sentence of it that is nearest."""
        if not self.count():
            return []
        asked = embed([text])[0]
        near = self._nearest(asked, max(limit, READ_AGAIN))
        if not self.wanted_for(text):
            near = [(id_, likeness) for id_, likeness in near if likeness >= LEAST_LIKENESS]
        if not near:
            return []
        documents = self._read([id_ for id_, _ in near[:READ_AGAIN]])
        return rank_by_sentences(text, asked, near, documents, Embedders(embed, self._words))[:limit]

    def similar(self, article_id: str, limit: int) -> tuple[Similar, ...]:
        """Give the articles nearest to one, itself left out."""
        self._follow()
        row = self._rows.get(article_id)
        if row is None:
            return ()
        vector = _unit(self._packed[row])
        near = [(id_, likeness) for id_, likeness in self._nearest(vector, limit + 1) if id_ != article_id]
        return tuple(Similar(id=id_, likeness=round(likeness, 4)) for id_, likeness in near[:limit])

    def _nearest(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        self._follow()
        with self._lock:
            rows = self._candidates(vector, limit)
            if not len(rows):
                return []
            cosines = self._units(rows) @ vector
            pairs = [(self._ids[row], float(cosine)) for row, cosine in zip(rows, cosines, strict=True)]
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def _candidates(self, vector: Vectors, limit: int) -> NDArray[np.intp]:
        """Give rows that may be nearest: by cells when there are many, else all by bytes."""
        alive = self._alive[: len(self._ids)]
        if len(self._rows) <= MOST_COMPARED:
            likeness = np.concatenate(
                [self._packed[at : at + _BLOCK].astype(np.float32) @ vector for at in range(0, len(self._ids), _BLOCK)]
                or [np.zeros(0, np.float32)]
            )[: len(self._ids)]
            likeness = np.where(alive, likeness * self._scale[: len(self._ids)], -np.inf)
            wanted = min(2 * limit, len(self._rows))
            return np.argpartition(-likeness, wanted - 1)[:wanted] if wanted else np.zeros(0, np.intp)
        self._fill_cells()
        _, found = self._cells.search(vector[None, :], 4 * limit)
        return np.array([row for row in found[0] if row >= 0 and alive[row]], np.intp)

    def _fill_cells(self) -> None:
        """Make the inverted file, and put into it what came since."""
        import faiss

        faiss.omp_set_num_threads(1)
        count = len(self._ids)
        if self._cells is None:
            cells = int(4 * count**0.5)
            quantiser = faiss.IndexFlatIP(WIDTH)
            self._cells = faiss.IndexIVFScalarQuantizer(
                quantiser, WIDTH, cells, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
            )
            sample = np.random.default_rng(1).choice(count, min(count, 40 * cells), replace=False)
            self._cells.train(self._units(np.sort(sample)))
            self._cells.nprobe = _PROBED_CELLS
        while self._celled < count:
            until = min(count, self._celled + 20_000)
            self._cells.add(self._units(np.arange(self._celled, until)))
            self._celled = until

    def _units(self, rows: NDArray[Any]) -> Vectors:
        units: Vectors = self._packed[rows].astype(np.float32) * self._scale[rows, None]
        return units

    def _follow(self) -> None:
        """Take in what was committed since."""
        with self._lock:
            try:
                status = self._path.stat()
            except OSError:
                self._forget()
                return
            if status.st_ino != self._file_id or status.st_size < self._position:
                self._forget()
                self._file_id = status.st_ino
            if status.st_size == self._position:
                return
            for end, records in read_log(self._path, self._position):
                for record in records:
                    self._drop(record.id)
                    if record.vector is not None:
                        self._add(record.id, record.vector, arabic=record.is_arabic)
                self._position = end

    def _forget(self) -> None:
        self._position = 0
        self._file_id = 0
        self._ids: list[str] = []
        self._rows: dict[str, int] = {}
        self._packed = np.zeros((1024, WIDTH), np.int8)
        self._scale = np.zeros(1024, np.float32)
        self._alive = np.zeros(1024, bool)
        self._is_arabic = np.zeros(1024, bool)
        self._arabic = 0
        self._cells, self._celled = None, 0

    def _drop(self, id_: str) -> None:
        row = self._rows.pop(id_, None)
        if row is not None:
            self._alive[row] = False
            self._arabic -= int(self._is_arabic[row])

    def _add(self, id_: str, vector: NDArray[np.int8], *, arabic: bool) -> None:
        row = len(self._ids)
        if row == len(self._packed):
            self._packed = np.concatenate((self._packed, np.zeros_like(self._packed)))
            self._scale = np.concatenate((self._scale, np.zeros_like(self._scale)))
            self._alive = np.concatenate((self._alive, np.zeros_like(self._alive)))
            self._is_arabic = np.concatenate((self._is_arabic, np.zeros_like(self._is_arabic)))
        self._ids.append(id_)
        self._rows[id_] = row
        self._packed[row] = vector
        self._scale[row] = 1 / max(float(np.linalg.norm(vector.astype(np.float32))), 1e-9)
        self._alive[row], self._is_arabic[row] = True, arabic
        self._arabic += int(arabic)


def _unit(packed: NDArray[np.int8]) -> Vectors:
    vector = packed.astype(np.float32)
    return np.divide(vector, max(float(np.linalg.norm(vector)), 1e-9), dtype=np.float32)
