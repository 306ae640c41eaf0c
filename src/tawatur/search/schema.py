"""
Fields of the index, and how a document becomes them.

Titles and bodies stand in fields of their own, so that a headline can weigh more and be asked for alone; each as
letters and bare words (with places, for phrases), as stems and as light stems (without). What is shown and ranked
again is kept compressed beside them, the texts also as folded words: folding the candidates of a query anew took two
thirds of its time. An answer needs nothing but the index, and shows what the index knew.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, NamedTuple

import tantivy
import zstandard

from tawatur.search.records import FACETS, Document
from tawatur.search.terms import Analysed, analyse

__all__ = ["MARK", "SCHEMA_VERSION", "Stored", "as_fields", "make_schema", "read_record", "seconds_of"]

#: Raised when fields change: an index of another number is built anew.
SCHEMA_VERSION = 2
#: Id of the one document that is no article: where the change feed was when the index was committed.
MARK = "\x00mark"

_WORDS = "words"
_SECONDS_A_DAY = 86_400
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Level 3 of Zstandard: a record of 4,300 bytes takes 1,700 and 12 µs to unpack.
_PACK = zstandard.ZstdCompressor(level=3, write_checksum=False)
#: Fields of an article that hold several names each, and the field of the index that holds one of them.
NAMED = {"people": "person", "places": "place"}


class Stored(NamedTuple):
    """An article as the index keeps it."""

    document: Document
    #: Folded words with one space between, as ``terms.words_of`` gives them.
    title_words: str
    body_words: str


def make_schema() -> tantivy.Schema:
    """Give the schema."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for field in ("title", "body"):
        builder.add_text_field(f"{field}_letters", tokenizer_name=_WORDS, index_option="position")
        builder.add_text_field(f"{field}_bare", tokenizer_name=_WORDS, index_option="position")
        builder.add_text_field(f"{field}_stems", tokenizer_name=_WORDS, index_option="freq")
        builder.add_text_field(f"{field}_lights", tokenizer_name=_WORDS, index_option="freq")
    # Who speaks in an article, so that any part of the name finds it.
    builder.add_text_field("speaker", tokenizer_name=_WORDS, index_option="position")
    for field in FACETS:
        builder.add_text_field(field, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("shown_at", indexed=True, fast=True)
    builder.add_integer_field("day", fast=True)
    builder.add_integer_field("sequence", stored=True, indexed=True, fast=True)
    builder.add_bytes_field("record", stored=True)
    return builder.build()


def register_analyser(index: tantivy.Index) -> None:
    """Tell an index how our lines of terms are cut: at spaces, with nothing else done to them."""
    index.register_tokenizer(_WORDS, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())


def as_fields(document: Document, title: Analysed, body: Analysed, sequence: int) -> tantivy.Document:
    """Give a document as the fields of the index."""
    fields = tantivy.Document()
    fields.add_text("id", document.id)
    for name, analysed in (("title", title), ("body", body)):
        fields.add_text(f"{name}_letters", analysed.letters)
        fields.add_text(f"{name}_bare", analysed.bare)
        fields.add_text(f"{name}_stems", analysed.stems)
        fields.add_text(f"{name}_lights", analysed.lights)
    for name in ("source", "section", "language"):
        if value := getattr(document, name):
            fields.add_text(name, value)
    for name, field in NAMED.items():
        for value in getattr(document, name):
            fields.add_text(field, value)
    for speaker in document.speakers:
        fields.add_text("speaker", analyse(speaker).bare)
    seconds = seconds_of(document.shown_at)
    fields.add_integer("shown_at", seconds)
    fields.add_integer("day", seconds // _SECONDS_A_DAY)
    fields.add_integer("sequence", sequence)
    fields.add_bytes("record", _PACK.compress(_record(document, seconds, title, body)))
    return fields


def mark(state: dict[str, Any]) -> tantivy.Document:
    """Give the document that says how far the index has followed."""
    fields = tantivy.Document()
    fields.add_text("id", MARK)
    fields.add_bytes("record", json.dumps(state).encode())
    return fields


def read_mark(data: bytes) -> dict[str, Any]:
    """Read what ``mark`` wrote."""
    state: dict[str, Any] = json.loads(data)
    return state


def read_record(data: bytes) -> Stored:
    """Give the document back, as it went in, with its folded words."""
    shown, *texts = zstandard.ZstdDecompressor().decompress(data).decode("utf-8", "surrogatepass").split("\0")
    id_, title, body, url, source, section, language, title_words, body_words, *named = texts
    speakers, people, places = (tuple(each.split("\n")) if each else () for each in named)
    document = Document(
        id=id_,
        title=title,
        body=body,
        shown_at=instant_of(int(shown)),
        url=url or None,
        source=source or None,
        section=section or None,
        language=language or None,
        speakers=speakers,
        people=people,
        places=places,
    )
    return Stored(document, title_words, body_words)


def seconds_of(instant: datetime) -> int:
    """Count whole seconds from 1970 to an instant, down."""
    return int((instant - _EPOCH).total_seconds() // 1)


def instant_of(seconds: int) -> datetime:
    """Give the instant so many seconds from 1970."""
    return datetime.fromtimestamp(seconds, UTC)


def _record(document: Document, seconds: int, title: Analysed, body: Analysed) -> bytes:
    texts = (
        document.id,
        document.title,
        document.body,
        document.url or "",
        document.source or "",
        document.section or "",
        document.language or "",
        title.letters,
        body.letters,
        *("\n".join(named) for named in (document.speakers, document.people, document.places)),
    )
    # U+0000 stands between the texts; the store lets none into a text.
    return "\0".join((str(seconds), *(text.replace("\0", "\ufffd") for text in texts))).encode("utf-8", "surrogatepass")
