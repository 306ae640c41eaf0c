"""
The index on disk: one writer, any number of readers, no half states.

``folder/current`` names the generation in use; each generation is a folder of tantivy's. A writer holds
``folder/writer.lock``, which the system lets go when its process ends, however it ends. How far the change feed was
followed is a document of the index itself: it is committed with what it speaks of, so after a ``kill -9`` anywhere
the index is as the last commit left it and goes on from there. A rebuilt index is a new generation, put in place whole.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tantivy

from tawatur.errors import StoreError
from tawatur.search.records import Document
from tawatur.search.schema import (
    MARK,
    SCHEMA_VERSION,
    Stored,
    as_fields,
    make_schema,
    mark,
    read_mark,
    read_record,
    register_analyser,
)
from tawatur.search.terms import analyse_many
from tawatur.search.word_forms import ANALYSIS

__all__ = ["IndexReader", "IndexWriter", "Snapshot", "stamp"]

# Articles gathered in memory before tantivy writes a segment by itself; 64 MB hold some 10,000.
_WRITER_BYTES = 64_000_000


def stamp() -> str:
    """Give the stamp of an index made by this version; one with another stamp is built anew."""
    return f"{SCHEMA_VERSION}.{ANALYSIS}"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The index as one commit left it."""

    searcher: tantivy.Searcher
    schema: tantivy.Schema
    generation: str
    #: Sequence number of the newest document; zero when there is none.
    sequence: int

    def count(self) -> int:
        """Count the articles."""
        return max(0, int(self.searcher.num_docs) - (1 if self.sequence >= 0 else 0))

    def stored(self, address: tantivy.DocAddress) -> Stored:
        """Give the article at an address of this snapshot."""
        record: Any = self.searcher.doc(address).get_first("record")
        return read_record(bytes(record))

    def state(self) -> dict[str, Any]:
        """Give how far the feed was followed; empty before the first commit."""
        return _read_state(self.searcher, self.schema)


class IndexReader:
    """Reads the generation in use; follows commits and rebuilds of a writer in any process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open: tuple[str, tantivy.Index, tantivy.Schema] | None = None

    def snapshot(self) -> Snapshot | None:
        """Give the newest commit; None while there is no index of this version."""
        name = _current(self.folder)
        if name is None:
            return None
        if self._open is None or self._open[0] != name:
            with _told(self.folder):
                self._open = (name, *_open_index(self.folder / name))
        _, index, schema = self._open
        with _told(self.folder):
            index.reload()
            searcher = index.searcher()
        state = _read_state(searcher, schema)
        return Snapshot(searcher, schema, name, state.get("sequence", -1))


class IndexWriter:
    """The one writer of an index. Use it in ``with``.

    ``put`` and ``remove`` gather, ``commit`` makes all of it visible and lasting at once.
    """

    def __init__(self, folder: Path, *, anew: bool = False) -> None:
        """Open, or begin, the index.

        Args:
            folder: Where it lies.
            anew: Begin a new generation; readers keep the old one until ``publish``.

        Raises:
            StoreError: Another process writes it, or it cannot be written.
        """
        self.folder = folder
        with _told(folder):
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = (folder / "writer.lock").open("a")
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                self._lock.close()
                raise StoreError(f"another process writes the search index {folder}") from error
        try:
            self._begin(anew=anew)
        except BaseException:
            self._lock.close()
            raise

    def _begin(self, *, anew: bool) -> None:
        current = _current(self.folder)
        self._name = current if current and not anew else f"{stamp()}-{uuid.uuid4().hex[:8]}"
        self._published = self._name == current
        with _told(self.folder):
            self._sweep(keep={current, self._name})
            path = self.folder / self._name
            try:
                self._index, self._schema = _open_index(path)
            except StoreError:
                if not self._published:
                    raise
                # Damaged beyond opening: what it holds comes from the store, and will again.
                self._name, self._published = f"{stamp()}-{uuid.uuid4().hex[:8]}", False
                self._index, self._schema = _open_index(self.folder / self._name)
            self._writer = self._index.writer(_WRITER_BYTES, 1)
            # A commit that was killed before its last step left files, whose names the next would take again.
            self._writer.garbage_collect_files()
            self._index.reload()
            searcher = self._index.searcher()
        state = _read_state(searcher, self._schema)
        self.cursor: str | None = state.get("cursor")
        self._sequence: int = state.get("sequence", 0)
        self._known = searcher
        self._pending: dict[str, int] = {}
        if not self._published and not anew:
            self.commit(None)
            self.publish()

    def put_many(self, documents: Sequence[Document]) -> None:
        """Take in articles, each in place of what the index holds under its id; many at once are faster."""
        texts = iter(analyse_many(text for document in documents for text in (document.title, document.body)))
        for document, title, body in zip(documents, texts, texts, strict=True):
            sequence = self._known_sequence_of(document.id)
            if sequence is None:
                self._sequence += 1
                sequence = self._sequence
            else:
                self._writer.delete_documents_by_term("id", document.id)
            self._writer.add_document(as_fields(document, title, body, sequence))
            self._pending[document.id] = sequence

    def remove(self, ids: Iterable[str]) -> None:
        """Take articles out."""
        for id_ in ids:
            self._writer.delete_documents_by_term("id", id_)
            self._pending.pop(id_, None)

    def commit(self, cursor: str | None) -> None:
        """Make what was gathered visible, with the place in the feed it goes up to.

        Raises:
            StoreError: The disk refused; the last commit stands.
        """
        with _told(self.folder):
            self._writer.delete_documents_by_term("id", MARK)
            self._writer.add_document(mark({"cursor": cursor, "sequence": self._sequence}))
            self._writer.commit()
            self._index.reload()
            self._known = self._index.searcher()
        self.cursor = cursor
        self._pending.clear()

    def publish(self) -> None:
        """Put this generation in the place of the one before."""
        if self._published:
            return
        with _told(self.folder):
            beside = self.folder / "current.new"
            with beside.open("w") as file:
                json.dump({"generation": self._name, "stamp": stamp()}, file)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self.folder / "current")
            self._published = True

    def close(self) -> None:
        """Let the index go; what was not committed is dropped."""
        if self._lock.closed:
            return
        with contextlib.suppress(ValueError, RuntimeError):
            self._writer.rollback()
        with contextlib.suppress(ValueError, RuntimeError):
            self._writer.wait_merging_threads()
        self._lock.close()

    def __enter__(self) -> IndexWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _known_sequence_of(self, id_: str) -> int | None:
        """Give the number of an article that is known already: with it, pages that are being turned do not lose it."""
        known = self._pending.get(id_)
        if known is None and self._known.doc_freq("id", id_):
            query = tantivy.Query.term_query(self._schema, "id", id_)
            found = self._known.search(query, 1, count=False).hits
            values: list[Any] = self._known.fast_field_values("sequence", [found[0][1]]) if found else [None]
            known = values[0]
        return known

    def _sweep(self, keep: set[str | None]) -> None:
        """Remove generations that nobody will open again."""
        for path in self.folder.iterdir():
            if path.is_dir() and (path / "meta.json").exists() and path.name not in keep:
                shutil.rmtree(path, ignore_errors=True)


def _current(folder: Path) -> str | None:
    try:
        said = json.loads((folder / "current").read_text())
    except (OSError, ValueError):
        return None
    if not isinstance(said, dict) or said.get("stamp") != stamp():
        return None
    name = said.get("generation")
    return name if isinstance(name, str) and (folder / name).is_dir() else None


def _open_index(path: Path) -> tuple[tantivy.Index, tantivy.Schema]:
    path.mkdir(exist_ok=True)
    schema = make_schema()
    with _told(path):
        index = tantivy.Index(schema, path=str(path), reuse=True)
        register_analyser(index)
        index.config_reader("Manual")
    return index, schema


def _read_state(searcher: tantivy.Searcher, schema: tantivy.Schema) -> dict[str, Any]:
    found = searcher.search(tantivy.Query.term_query(schema, "id", MARK), 1, count=False).hits
    if not found:
        return {}
    record = searcher.doc(found[0][1]).get_first("record")
    return read_mark(bytes(record)) if record is not None else {}


@contextlib.contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Say what tantivy or the disk refused in our own words."""
    try:
        yield
    except (OSError, ValueError, RuntimeError) as error:
        raise StoreError(f"the search index {folder} cannot be used: {error}") from error
