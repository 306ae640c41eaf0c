"""
Query language: what a reader typed, as a tree.

Words, ``"phrases"`` (also « », “ ”), ``AND OR NOT`` in capitals (also ``&& || |`` and a ``-`` before a word),
parentheses, ``word*`` and fields (``source:bbc after:2023-09-19 in:title``). Whatever is typed can be read: what makes
no sense as language is taken as plain words, with a note where the searcher should know.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from tawatur.search.days import read_days
from tawatur.search.records import Note
from tawatur.search.terms import placed_words, words_of

__all__ = [
    "Asked",
    "Between",
    "Either",
    "FieldValue",
    "Node",
    "Phrase",
    "Prefix",
    "Together",
    "Word",
    "read_query",
]

# The longest headline of the real news has 230 letters; a whole pasted paragraph is still read.
LONGEST_QUERY = 2_000
MOST_WORDS = 64
DEEPEST = 12
# One letter would have to look at a thirtieth of the dictionary.
SHORTEST_PREFIX = 2


@dataclass(frozen=True, slots=True)
class Word:
    """A word, as letters of the ``index`` level and as typed."""

    letters: str
    typed: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words one after another."""

    words: tuple[str, ...]
    typed: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Prefix:
    """Any word that begins so."""

    letters: str


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A value of a field; of ``speaker`` words of the name."""

    field: Literal["source", "section", "language", "speaker", "person", "place"]
    value: str


@dataclass(frozen=True, slots=True)
class Between:
    """Shown in these days, both included, counted from 1970; None is open."""

    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class InTitle:
    """The inner part, in headlines alone."""

    part: Node


@dataclass(frozen=True, slots=True)
class Together:
    """Plain words, most of which are wanted; parts that must hold; parts that must not."""

    words: tuple[Word, ...] = ()
    required: tuple[Node, ...] = ()
    unwanted: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """One of the parts at least."""

    parts: tuple[Node, ...]


Node = Word | Phrase | Prefix | FieldValue | Between | InTitle | Together | Either


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, read."""

    #: None when it holds nothing to look for.
    root: Node | None
    title_only: bool
    notes: tuple[Note, ...]
    #: Whether it is nothing but words: such a query may be corrected and may find by meaning.
    is_plain: bool
    #: The plain text of it: everything but fields and operators.
    text: str


_TOKEN = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<phrase>"[^"]*"|«[^»]*»|“[^”]*”|„[^“”]*[“”]|‟[^”]*”)
    | (?P<open>\() | (?P<close>\))
    | (?P<or>\|\|?|OR(?=[\s("«“]|$)) | (?P<and>&&|AND(?=[\s("«“]|$)) | (?P<not>NOT(?=[\s("«“]|$)|-(?=[^\s\-]))
    | (?P<field>[^\W\d_]+:(?=[^\s:/]))
    | (?P<chunk>[^\s()"«»“”|]+|.)
    """,
    re.VERBOSE | re.DOTALL,
)

# Fields by the names they go by; Arabic ones without hamza and dots, as the `index` level has them.
_FIELDS = {
    **dict.fromkeys(("source", "site", "مصدر", "المصدر"), "source"),
    **dict.fromkeys(("section", "قسم", "القسم"), "section"),
    **dict.fromkeys(("lang", "language", "لغه", "اللغه"), "language"),
    **dict.fromkeys(("after", "since", "from", "بعد", "منذ"), "after"),
    **dict.fromkeys(("before", "until", "to", "قبل", "حتي"), "before"),
    **dict.fromkeys(("on", "day", "يوم"), "on"),
    **dict.fromkeys(("in", "في"), "in"),
    **dict.fromkeys(("title", "headline", "عنوان", "العنوان"), "title"),
    **dict.fromkeys(("speaker", "قال", "متحدث", "المتحدث"), "speaker"),
    **dict.fromkeys(("person", "شخص", "الشخص"), "person"),
    **dict.fromkeys(("place", "مكان", "المكان"), "place"),
}
_TITLE_NAMES = frozenset(("title", "headline", "عنوان", "العنوان"))


def read_query(text: str) -> Asked:
    """Read a query. Nothing that can be typed raises.

    >>> asked = read_query('قره باغ -باكو after:2023-09-19')
    >>> asked.root.words, asked.root.unwanted
    ((Word(letters='قره', typed='قره'), Word(letters='باغ', typed='باغ')), (Word(letters='باكو', typed='باكو'),))
    """
    reader = _Reader(text)
    root = reader.alternatives(0)
    while reader.more():  # closing parentheses that nothing opened
        reader.skip()
        following = reader.alternatives(0)
        root = _joined([part for part in (root, following) if part is not None])
    if root is None and reader.title_only is False:
        reader.note("nothing-asked")
    return Asked(
        root=root,
        title_only=reader.title_only,
        notes=tuple(dict.fromkeys(reader.notes)),
        is_plain=isinstance(root, Word) or (isinstance(root, Together) and not root.required and not root.unwanted),
        text=" ".join(reader.plain),
    )


@dataclass(slots=True)
class _Reader:
    """Goes through the pieces of a query once, from left to right."""

    text: str
    notes: list[Note] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    title_only: bool = False
    _pieces: list[tuple[str, str]] = field(default_factory=list)
    _at: int = 0
    _words: int = 0

    def __post_init__(self) -> None:
        if len(self.text) > LONGEST_QUERY:
            self.note("too-long")
        self._pieces = [
            (match.lastgroup or "chunk", match.group())
            for match in _TOKEN.finditer(self.text[:LONGEST_QUERY])
            if match.lastgroup != "space"
        ]

    def note(self, kind: str, detail: str = "") -> None:
        self.notes.append(Note(kind=kind, detail=detail[:80]))  # type: ignore[arg-type]

    def more(self) -> bool:
        return self._at < len(self._pieces)

    def skip(self) -> None:
        self._at += 1

    def _kind(self) -> str:
        return self._pieces[self._at][0] if self.more() else "end"

    def alternatives(self, depth: int) -> Node | None:
        """Read ``a OR b``."""
        parts = [self._sequence(depth)]
        while self._kind() == "or":
            self.skip()
            parts.append(self._sequence(depth))
        found = [part for part in parts if part is not None]
        if len(found) < 2:
            return found[0] if found else None
        return Either(tuple(found))

    def _sequence(self, depth: int) -> Node | None:
        """Read what stands side by side; words joined by ``AND`` must all be there."""
        wanted: list[Node] = []
        unwanted: list[Node] = []
        firm: set[int] = set()
        while (kind := self._kind()) not in ("end", "close", "or"):
            if kind == "and":
                self.skip()
                firm |= {len(wanted) - 1, len(wanted)}
                continue
            if kind == "not":
                self.skip()
                if self._kind() in ("and", "not", "or", "end", "close"):
                    continue
                unwanted += self._one(depth, counted=False)
                continue
            wanted += self._one(depth, counted=True)
        return _joined(wanted, unwanted, firm)

    def _one(self, depth: int, *, counted: bool) -> list[Node]:
        kind, text = self._pieces[self._at]
        self.skip()
        readers: dict[str, Callable[[], list[Node]]] = {
            "open": lambda: self._group(depth),
            "phrase": lambda: self._phrase(text[1:-1], counted=counted),
            "field": lambda: self._field(text[:-1], depth),
        }
        return readers.get(kind, lambda: self._chunk(text, counted=counted))()

    def _group(self, depth: int) -> list[Node]:
        if depth >= DEEPEST:
            self.note("unreadable-part", "(")
            return []
        inner = self.alternatives(depth + 1)
        if self._kind() == "close":
            self.skip()
        return [] if inner is None else [inner]

    def _phrase(self, text: str, *, counted: bool = True) -> list[Node]:
        words = self._counted(placed_words(text))
        if counted and words:
            self.plain.append(text.strip())
        return [Phrase(tuple(letters for letters, _, _ in words), text.strip())] if words else []

    def _chunk(self, text: str, *, counted: bool = True) -> list[Node]:
        words = self._counted(placed_words(text))
        if not words:
            return []
        if counted:
            self.plain.append(text)
        nodes: list[Node] = [Word(letters, text[start:end]) for letters, start, end in words]
        last = words[-1][0]
        if text.endswith("*") and len(last) >= SHORTEST_PREFIX:
            nodes[-1] = Prefix(last)
        return nodes

    def _counted(self, words: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
        left = MOST_WORDS - self._words
        if len(words) > left:
            self.note("too-long")
        self._words += min(len(words), left)
        return words[:left]

    def _field(self, typed: str, depth: int) -> list[Node]:
        name = _FIELDS.get(" ".join(words_of(typed)))
        if name is None:
            if typed.isascii():
                self.note("unknown-field", typed)
            return self._chunk(typed)
        if name == "title":
            inner = _joined(self._one(depth, counted=True)) if self.more() else None
            return [] if inner is None else [InTitle(inner)]
        kind, text = self._pieces[self._at] if self.more() else ("end", "")
        if kind not in ("chunk", "phrase", "and", "or", "not"):
            self.note("unreadable-part", f"{typed}:")
            return []
        self.skip()
        return self._value(name, typed, text.strip('"«»“”„‟ '))

    def _value(self, name: str, typed: str, value: str) -> list[Node]:
        if name == "in":
            if "".join(words_of(value)) in _TITLE_NAMES:
                self.title_only = True
                return []
            self.note("unknown-field", f"{typed}:{value}")
            return self._chunk(value)
        if name in ("after", "before", "on"):
            days = read_days(value)
            if days is None:
                self.note("bad-date", f"{typed}:{value}")
                return []
            first, last = days
            return [Between(None if name == "before" else first, None if name == "after" else last)]
        return [FieldValue(name, value)] if value else []  # type: ignore[arg-type]


def _joined(wanted: list[Node], unwanted: list[Node] | None = None, firm: set[int] | None = None) -> Node | None:
    """Make one part of those that stand side by side."""
    unwanted = unwanted or []
    if not wanted and not unwanted:
        return None
    if len(wanted) == 1 and not unwanted:
        return wanted[0]
    firm = firm or set()
    words = tuple(part for at, part in enumerate(wanted) if isinstance(part, Word) and at not in firm)
    required = tuple(part for at, part in enumerate(wanted) if not isinstance(part, Word) or at in firm)
    return Together(words, required, tuple(unwanted))
