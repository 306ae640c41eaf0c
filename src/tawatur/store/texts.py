"""Texts as a database takes them: cleaned of what no text may hold, keyed, digested, as JSON.

PostgreSQL refuses U+0000 inside a text and neither database takes half of a surrogate pair. Both become U+FFFD
REPLACEMENT CHARACTER, as the HTML standard's tokenizer does with U+0000, so a span of the text stays where it was.
Ids and addresses are keys: a key that cannot be kept as it is is refused, since nobody would find it again.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

from tawatur.errors import RecordError

# PostgreSQL indexes at most 2,704 bytes a row; ids made by us take 16, those of archives at hand at most 64.
KEY_BYTES_MAX = 512

_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
_NOT_WORDS = re.compile(r"[\W_\u0640]+")  # U+0640 ARABIC TATWEEL counts as a letter in Unicode
_MARKUP = re.compile(r"<[^<>]*>")


def clean(value: Any) -> Any:
    r"""Put U+FFFD for what no database keeps, in a text or in a list or mapping of texts.

    >>> clean(["قره\x00باغ", None]) == ["قره\N{REPLACEMENT CHARACTER}باغ", None]
    True
    """
    if isinstance(value, str):
        return _UNKEEPABLE.sub("\ufffd", value)
    if isinstance(value, (list, tuple)):
        return [clean(item) for item in value]
    if isinstance(value, dict):
        return {key: clean(item) for key, item in value.items()}
    return value


def key(value: str, what: str) -> str:
    """Check that a text can be kept as a key.

    Raises:
        RecordError: It is empty, too long, or holds a character that no database keeps.
    """
    if not value or _UNKEEPABLE.search(value) or len(value.encode("utf-8")) > KEY_BYTES_MAX:
        raise RecordError(f"{what} {value[:80]!r} cannot be a key: give 1 to {KEY_BYTES_MAX} bytes without U+0000")
    return value


def digest(*parts: str | None) -> str:
    """Give the SHA-256 of texts, in hexadecimal; None and an empty text differ."""
    sum_ = hashlib.sha256()
    for part in parts:
        encoded = b"" if part is None else part.encode("utf-8", "replace")
        sum_.update(b"-" if part is None else b"%d:" % len(encoded))
        sum_.update(encoded)
    return sum_.hexdigest()


def url_key(url: str) -> str:
    """Give the key of an address: addresses may be longer than an index entry, their digest is not.

    Raises:
        RecordError: The address holds a character that no database keeps.
    """
    if _UNKEEPABLE.search(url):
        raise RecordError(f"address {url[:80]!r} holds U+0000 or half a character: percent-encode it")
    return hashlib.sha256(url.encode("utf-8")).hexdigest()


def words_of(text: str | None) -> str:
    """Fold a text to its letters and digits, for comparing: markup, marks, spaces and case go.

    Canonical decomposition takes the hamza and madda off their alef, so two typings of one text are one.

    >>> words_of("<p>الأُولى  ــ الآن</p>")
    'الاولىالان'
    """
    if not text:
        return ""
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKD", _MARKUP.sub(" ", text)).casefold())


def text_key(url: str | None, body: str) -> str | None:
    """Give the key that articles of one host with one text share; None without an address or words."""
    host, words = _host(url), words_of(body)
    return digest(host, words) if host and words else None


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:  # "http://[x": the reader of addresses lets it be, records from elsewhere may hold it
        return ""


class PlainText(TypeDecorator[str]):
    """A text of any length, cleaned as it is written."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else _UNKEEPABLE.sub("\ufffd", value)


class KeyText(PlainText):
    """A key, ordered by its bytes in every database (PostgreSQL: collation C, whatever the server's language).

    What is asked for is cleaned too: a key that cannot be kept is one that is not there.
    """

    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return Text(collation="C") if dialect.name == "postgresql" else Text()


class DigestText(KeyText):
    """A SHA-256 in hexadecimal."""

    cache_ok = True


class JsonText(TypeDecorator[Any]):
    """Lists and mappings as JSON, Arabic left readable."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else write_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        return None if value is None else json.loads(value)


def write_json(value: Any) -> str:
    """Write cleaned JSON, compact and with its keys in order, so that equal values are equal texts."""
    return json.dumps(clean(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
