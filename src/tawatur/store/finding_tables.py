"""The tables of what was found in articles and across them, in the manner of ``tables.py``."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Double, Index, Integer, LargeBinary, Table

from tawatur.store.columns import metadata, needed
from tawatur.store.texts import DigestText, JsonText, KeyText, PlainText

analyses = Table(
    "analyses",
    metadata,
    needed("article_id", KeyText, primary_key=True),
    needed("made_by", KeyText),
    #: Of the state of the article that was analysed.
    needed("words_digest", DigestText),
    needed("shown_at", BigInteger),
    Column("source", KeyText),
    #: The record as its finders gave it, JSON under Zstandard; the authority file is applied as it is read.
    needed("document", LargeBinary),
    #: Its phrases are among those counted.
    needed("counted", Boolean),
    Index(None, "made_by", "article_id"),
    Index(None, "shown_at", "article_id"),
)

#: The noun phrases of articles that are to be added up, four bytes each.
phrases_waiting = Table(
    "phrases_waiting",
    metadata,
    needed("article_id", KeyText, primary_key=True),
    needed("hashes", LargeBinary),
)

#: One row: the articles that are added up, and the articles of each phrase, under Zstandard.
phrase_counts = Table(
    "phrase_counts",
    metadata,
    needed("id", Integer, primary_key=True, autoincrement=False),
    needed("articles", BigInteger),
    needed("document", LargeBinary),
)

#: The forms of names in articles.
mentions = Table(
    "mentions",
    metadata,
    needed("article_id", KeyText, primary_key=True),
    needed("type", KeyText, primary_key=True),
    needed("form", KeyText, primary_key=True),
    #: The name that the finder joined the form to, and the one that holds after the authority file.
    needed("found_name", KeyText),
    needed("name", KeyText),
    needed("times", Integer),
    needed("shown_at", BigInteger),
    Index(None, "type", "found_name", "form"),
    Index(None, "name", "type", "shown_at", "article_id"),
)

quotes = Table(
    "quotes",
    metadata,
    needed("article_id", KeyText, primary_key=True),
    #: Its place in ``Analysis.quotes``.
    needed("place", Integer, primary_key=True, autoincrement=False),
    #: The speaker as the text has it, and the name that holds for it.
    Column("form", KeyText),
    Column("speaker", KeyText),
    Column("source", KeyText),
    needed("shown_at", BigInteger),
    Index(None, "shown_at", "article_id", "place"),
    Index(None, "speaker", "shown_at", "article_id", "place"),
    Index(None, "source", "shown_at", "article_id", "place"),
)

#: The names of the archive with the number of articles that bear each, kept as these are written.
names = Table(
    "names",
    metadata,
    needed("type", KeyText, primary_key=True),
    needed("name", KeyText, primary_key=True),
    #: For finding it whatever its spelling.
    needed("folded", PlainText),
    Column("country", PlainText),
    needed("articles", BigInteger),
    Index(None, "articles", "name", "type"),
    Index(None, "type", "articles", "name"),
)

#: The authority file: which name a name (``form`` is ``""``) or one form of it is to be joined to.
name_rules = Table(
    "name_rules",
    metadata,
    needed("type", KeyText, primary_key=True),
    needed("name", KeyText, primary_key=True),
    needed("form", KeyText, primary_key=True),
    needed("into", KeyText),
)

#: The story an article stands in.
placements = Table(
    "placements",
    metadata,
    needed("article_id", KeyText, primary_key=True),
    needed("story", KeyText),
    Column("copy_of", KeyText),
    #: For a copy: the share in common, and what was changed.
    Column("reprint", JsonText),
    Index(None, "story", "article_id"),
    Index(None, "copy_of"),
)

#: What is worth reading beside an article.
related = Table(
    "related",
    metadata,
    needed("article_id", KeyText, primary_key=True),
    needed("other", KeyText, primary_key=True),
    needed("why", PlainText),
    needed("score", Double),
    Index(None, "other"),
)

stories = Table(
    "stories",
    metadata,
    needed("id", KeyText, primary_key=True),
    Column("theme", KeyText),
    #: The story it went into; None for one that stands.
    Column("into", KeyText),
    #: Whether the document tells of all its articles as they are now.
    needed("told", Boolean),
    #: Microseconds: the time its newest article is shown under.
    needed("latest_at", BigInteger),
    needed("articles", Integer),
    needed("origins", Integer),
    needed("outlets", Integer),
    Column("document", LargeBinary),
    Index(None, "articles", "latest_at", "id"),
    Index(None, "latest_at", "id"),
    Index(None, "told", "id"),
    Index(None, "theme", "latest_at", "id"),
    Index(None, "into"),
)

themes = Table(
    "themes",
    metadata,
    needed("id", KeyText, primary_key=True),
    #: The theme it went into; None for one that stands.
    Column("into", KeyText),
)
