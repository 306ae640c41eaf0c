"""
Copies: texts that were printed before, whatever was done to headline, lead, tail and spelling.

An article comes in, the texts of the window that share sampled runs of words with it are laid beside it
(``alignment``), and it is a copy when most of it was borrowed. Which of two texts is the original is decided by credit
(the agency that one of them names), else by time. Template news, one formula with other names and numbers in it, is no
copy: see ``_is_template``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache

import numpy as np

from tawatur.model.analysis import Analysis
from tawatur.model.article import Article
from tawatur.model.story import Copies, CopyChange, Reprint
from tawatur.stories.alignment import Alignment, align
from tawatur.stories.copy_index import CopyIndex
from tawatur.stories.credits import credited, outlet_key
from tawatur.stories.facts import Fact, contradict, fact_of, facts_of, says_otherwise
from tawatur.stories.shingles import Words, body_words, runs_of, sample_of, word_hashes

__all__ = ["CopyFinder", "CopyOptions"]

# Shares in words. The gold's own line is .60 of the shorter and .45 of the longer text in runs of four words; where the
# later text is a small part of the other, less than .75 is background that an outlet prints again, or a list of guests.
# Measured with bench/copies.py.
_BORROWED = 0.75
_OF_SHORTER = 0.62
_OF_LONGER = 0.45
_OF_COPY_OF_COPY = 0.5
# A text of fewer words must be the same in nearly all of them, and its headline counts with it.
_SHORT_WORDS = 40
_SHORT_BORROWED = 0.8
# Formulas leave the same gaps: one contradiction of names or several of numbers to so many words.
_WORDS_A_CONTRADICTION = 80
_CONTRADICTIONS_OF_LONG_TEXTS = 4
_HOURS_OF_ONE_NEWS = 14.0
# A reprint comes within days; what comes later is a formula («نُفذ حكم القصاص …») unless nearly all of it is the same.
_HOURS_OF_REPRINTS, _LATER_OF_SHORTER = 72.0, 0.85
_NAMES_IN_ONE_PLACE = 3
# A text found by one run in common may share a proverb; those found by more are laid beside one another.
_LEAST_RUNS = 2
_MOST_LAID_BESIDE = 12
_MOST_OF_ONE_GROUP = 3
_LEAD_WORDS = 12
_FACTS_REMEMBERED = 256
_OWN_PASSAGE_WORDS = 12
_TAIL = 0.88


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyOptions:
    """What the finder keeps in memory."""

    #: The most texts in the window, some 6 kB each.
    most_live: int = 20_000
    #: Texts further apart are no copies: formulas come back every year.
    days_apart: float = 15.0


@dataclass(frozen=True, slots=True, eq=False)
class _Text:
    """A text as the finder keeps it."""

    id: str
    outlet: str | None
    url: str | None
    #: Hours since 1970; of a day its noon. None when undated.
    hours: float | None
    has_time: bool
    credits: frozenset[str]
    words: Words
    #: The same words as text, one space between two: names and numbers are looked for when a copy is likely.
    text: str
    title: str
    title_words: Words
    #: Hashes of the words before the body, where a short text counts them with it.
    before_body: int

    def written(self, place: tuple[int, int]) -> str:
        """Give the words of a place as one, however they are parted."""
        return "".join(self.text.split()[slice(*place)])


class CopyFinder:
    """Copies in a stream of articles, found as they come in."""

    def __init__(self, options: CopyOptions | None = None, *, outlets: Mapping[str, str] | None = None) -> None:
        """Make a finder; ``outlets`` gives ids of followed outlets by the names that others credit them under."""
        self._options = options or CopyOptions()
        self._outlets = dict(outlets or {})
        self._index = CopyIndex(self._options.most_live)
        self._texts: dict[int, _Text] = {}
        self._slots: dict[str, int] = {}
        self._urls: dict[str, int] = {}
        #: By slot: the original; and by original, its copies in the order they came.
        self._original: dict[int, int] = {}
        self._copies: dict[int, list[int]] = {}
        self._next = 0

    def find(self, article: Article, analysis: Analysis | None = None) -> str | None:
        """Take an article in; gives the id of the original it is a copy of, None when it is none.

        A later article can turn out to be the original of earlier ones (it came late, or is the agency's own):
        ``original_of`` tells how things stand.
        """
        if article.id in self._slots:
            return self.original_of(article.id)
        text = _read(article, analysis, self._outlets)
        slot = self._next
        self._next += 1
        sample = sample_of(runs_of(text.words))
        found = self._same_url(text) or self._originals(text, sample)
        self._texts[slot] = text
        self._slots[text.id] = slot
        if text.url is not None:
            self._urls.setdefault(text.url, slot)
        for root in dict.fromkeys(found):
            self._join(slot, root)
        first = self._index.add(slot, sample)
        if first is not None:
            self._let_go(first)
        return self.original_of(text.id)

    def original_of(self, article: str) -> str | None:
        """Give the id of the article that one was copied from; None for an original, and for one that is forgotten."""
        slot = self._slots.get(article)
        original = None if slot is None else self._original.get(slot)
        return None if original is None else self._texts[original].id

    def copies_of(self, article: str) -> Copies | None:
        """Give an original with its reprints, oldest first; None when it has none."""
        slot = self._slots.get(article)
        copies = self._copies.get(slot, []) if slot is not None else []
        if slot is None or not copies:
            return None
        order = sorted(copies, key=lambda copy: _order(self._texts[copy]))
        original = self._texts[slot]
        return Copies(original=original.id, reprints=tuple(_reprint(self._texts[copy], original) for copy in order))

    def all_copies(self) -> tuple[Copies, ...]:
        """Give all originals of the window that have reprints."""
        found = (self.copies_of(self._texts[slot].id) for slot in sorted(self._copies))
        return tuple(copies for copies in found if copies is not None)

    def _same_url(self, text: _Text) -> list[int]:
        slot = self._urls.get(text.url) if text.url is not None else None
        return [] if slot is None else [self._root(slot)]

    def _root(self, slot: int) -> int:
        return self._original.get(slot, slot)

    def _originals(self, text: _Text, sample: np.ndarray[tuple[int], np.dtype[np.uint64]]) -> list[int]:
        """Give the groups a text belongs to, the likest first."""
        least = min(_LEAST_RUNS, len(sample))
        seen: dict[int, int] = {}
        found: list[int] = []
        laid = 0
        for slot, count in self._index.holding(sample):
            if count < least or laid == _MOST_LAID_BESIDE:
                break
            root, other = self._root(slot), self._texts[slot]
            if root in found or seen.get(root, 0) == _MOST_OF_ONE_GROUP or self._is_too_far(text, other):
                continue
            seen[root] = seen.get(root, 0) + 1
            laid += 1
            if not _is_copy(text, other, strictly=bool(found)):
                continue
            originals = [self._texts[each] for each in found]
            if root != slot and not _may_be_copy(text, self._texts[root]):
                continue
            if all(_may_be_copy(self._texts[root], original) for original in originals):
                found.append(root)
        return found

    def _is_too_far(self, one: _Text, other: _Text) -> bool:
        apart = _hours_apart(one, other)
        return apart is not None and apart > self._options.days_apart * 24

    def _join(self, slot: int, root: int) -> None:
        """Make one group of two; the original of both is the credited or the earlier one."""
        own = self._root(slot)
        if own == root:
            return
        original, other = (root, own) if _comes_first(self._texts[root], self._texts[own]) else (own, root)
        moved = [other, *self._copies.pop(other, [])]
        self._copies.setdefault(original, []).extend(moved)
        for each in moved:
            self._original[each] = original

    def _let_go(self, first: int) -> None:
        """Forget the texts before a slot; copies whose original goes are called after the oldest that stays."""
        for slot in [slot for slot in self._texts if slot < first]:
            text = self._texts[slot]
            copies = [copy for copy in self._copies.pop(slot, []) if copy >= first]
            original = self._original.pop(slot, None)
            if original is not None and original in self._copies:
                self._copies[original].remove(slot)
                if not self._copies[original]:
                    del self._copies[original]
            if copies:
                heir, *rest = sorted(copies, key=lambda copy: _order(self._texts[copy]))
                self._original.pop(heir)
                self._original.update(dict.fromkeys(rest, heir))
                if rest:
                    self._copies[heir] = rest
            del self._texts[slot], self._slots[text.id]
            if text.url is not None and self._urls.get(text.url) == slot:
                del self._urls[text.url]


def _read(article: Article, analysis: Analysis | None, outlets: Mapping[str, str]) -> _Text:
    body = body_words(article.body)
    title = body_words(article.title or "")
    before = [*title, *body_words(article.abstract or "")] if len(body) < _SHORT_WORDS else []
    words = [*before, *body] if body or article.abstract else []
    hashes = word_hashes(words)
    hours, has_time = _moment(article.published)
    return _Text(
        id=article.id,
        outlet=outlet_key(article.source) if article.source else None,
        url=article.url,
        hours=hours,
        has_time=has_time,
        credits=frozenset(outlets.get(name, name) for name in credited(article, analysis)),
        words=hashes,
        text=" ".join(words),
        title=" ".join(title),
        title_words=word_hashes(title),
        before_body=len(before),
    )


def _moment(published: datetime | date | None) -> tuple[float | None, bool]:
    if published is None:
        return None, False
    if isinstance(published, datetime):
        return published.timestamp() / 3600, True
    return datetime(published.year, published.month, published.day, 12, tzinfo=UTC).timestamp() / 3600, False


def _hours_apart(one: _Text, other: _Text) -> float | None:
    return None if one.hours is None or other.hours is None else abs(one.hours - other.hours)


def _order(text: _Text) -> tuple[float, str]:
    return (float("inf") if text.hours is None else text.hours, text.id)


def _comes_first(earlier: _Text, later: _Text) -> bool:
    """Tell whether the one that came in first is the original: by credit, else by time, else by arrival."""
    if earlier.outlet != later.outlet:
        if later.outlet in earlier.credits and earlier.outlet not in later.credits:
            return False
        if earlier.outlet in later.credits and later.outlet not in earlier.credits:
            return True
    if earlier.hours is None or later.hours is None or earlier.url == later.url is not None:
        return True
    if earlier.has_time and later.has_time:
        return earlier.hours <= later.hours
    if earlier.hours // 24 == later.hours // 24:
        return earlier.has_time or not later.has_time  # nobody knows that a bare day was before the hour of another
    return earlier.hours < later.hours


def _is_copy(text: _Text, other: _Text, *, strictly: bool) -> bool:
    """Tell whether two texts are one; ``strictly`` where a text would join two groups."""
    if not len(text.words) or not len(other.words):
        return False
    original, derived = (other, text) if _comes_first(other, text) else (text, other)
    found = align(derived.words, original.words)
    words = min(len(derived.words), len(original.words))
    if words < _SHORT_WORDS and min(found.share_of_shorter, found.share_of_longer) < _SHORT_BORROWED:
        return False
    is_mostly_one = found.share_of_shorter >= _OF_SHORTER and found.share_of_longer >= _OF_LONGER
    if not is_mostly_one and (strictly or found.derived_share < _BORROWED):
        return False
    if (_hours_apart(text, other) or 0.0) > _HOURS_OF_REPRINTS:
        return found.share_of_shorter >= _LATER_OF_SHORTER and not _contradictions(derived, original, found)
    return not _is_template(derived, original, found)


def _may_be_copy(text: _Text, original: _Text) -> bool:
    """Tell whether a text that is a copy of a copy still has half of the original: chains must not lead elsewhere."""
    found = align(text.words, original.words)
    return found.share_of_shorter >= _OF_COPY_OF_COPY and not _is_template(text, original, found)


def _is_template(derived: _Text, original: _Text, found: Alignment) -> bool:
    """Tell whether two texts are one formula about two happenings.

    Names and numbers that stand where the other text has different ones speak for it, the more so when headlines name
    what the other text does not know, and when a day lies between the two. A reprint that was brought up to date
    differs in a figure or two.
    """
    pairs = _contradictions(derived, original, found)
    named = sum(_named(*pair) for pair in pairs)
    counted = sum(not _named(*pair) for pair in pairs)
    here, there = frozenset(_facts(derived).values()), frozenset(_facts(original).values())
    titles = facts_of(derived.title.split()), facts_of(original.title.split())
    unknown = says_otherwise(titles[0] - there, there), says_otherwise(titles[1] - here, here)
    # Both headlines name what the other text does not know, or the very names that took each other's place.
    crossed = all(unknown) or any(titles[0] & stated and titles[1] & instead for stated, instead in pairs)
    borrowed = int(found.borrowed.sum())
    if not pairs:
        return borrowed < _SHORT_WORDS and found.derived_share < _SHORT_BORROWED and any(unknown)
    apart = _hours_apart(derived, original)
    is_of_one_day = apart is not None and apart <= _HOURS_OF_ONE_NEWS
    weight = named + counted * 0.5 + (1.5 if crossed else 0.0) + (0.0 if is_of_one_day else 0.5)
    return weight >= max(1.5, min(_CONTRADICTIONS_OF_LONG_TEXTS, 2 * borrowed / _WORDS_A_CONTRADICTION))


def _named(stated: frozenset[Fact], instead: frozenset[Fact]) -> int:
    """Count the names that stand in each other's place: a person's name in full weighs more than a word of it."""
    names = [sum(fact.startswith("name:") for fact in facts) for facts in (stated, instead)]
    return min(names[0], max(names[1], 1), _NAMES_IN_ONE_PLACE)


def _contradictions(derived: _Text, original: _Text, found: Alignment) -> set[tuple[frozenset[Fact], frozenset[Fact]]]:
    """Give the facts that stand in each other's place, each two once."""
    here, there = frozenset(_facts(derived).values()), frozenset(_facts(original).values())
    pairs = set()
    swapped: Counter[tuple[bytes, bytes]] = Counter()
    for slot in found.slots:
        if derived.written(slot.derived) == original.written(slot.original):
            continue  # «أبو بكر» and «أبوبكر», «363,378» and «363378»
        stated = _facts_at(derived, slot.derived) - there
        instead = _facts_at(original, slot.original) - here
        if stated and instead and contradict(stated, instead):
            pairs.add((stated, instead))
        elif bool(stated) != bool(instead) and all(start < end for start, end in (slot.derived, slot.original)):
            # «مالي» is also a common word; it stood where «مالطا» does, and again.
            words = derived.words[slice(*slot.derived)].tobytes(), original.words[slice(*slot.original)].tobytes()
            swapped[words] += 1
            if swapped[words] > 1:
                pairs.add((stated or instead, frozenset()))
    return pairs


def _facts_at(text: _Text, place: tuple[int, int]) -> frozenset[Fact]:
    words = text.words[slice(*place)].tolist()
    facts = _facts(text)
    return frozenset(facts[word] for word in words if word in facts)


@lru_cache(maxsize=_FACTS_REMEMBERED)
def _facts(text: _Text) -> dict[int, Fact]:
    """Give the names and numbers of a text by the hashes of their words."""
    words = zip(text.text.split(), text.words.tolist(), strict=True)
    return {word_hash: fact for word, word_hash in words if (fact := fact_of(word)) is not None}


def _reprint(copy: _Text, original: _Text) -> Reprint:
    found = align(copy.words, original.words)
    return Reprint(
        article=copy.id,
        share=round(found.share_of_shorter, 3),
        share_of_longer=round(found.share_of_longer, 3),
        changed=tuple(_changes(copy, original, found)),
    )


def _changes(copy: _Text, original: _Text, found: Alignment) -> Iterable[CopyChange]:
    """Name what a reprint did to its original."""
    if not np.array_equal(copy.title_words, original.title_words):
        yield "headline"
    lead = found.borrowed[copy.before_body : copy.before_body + _LEAD_WORDS]
    has_lead = len(lead) > 0 and float(lead.mean()) < 0.5
    if has_lead:
        yield "lead"
    taken = np.flatnonzero(found.taken)
    if len(taken):
        end = int(taken[-1]) + 1
        if end < _TAIL * len(found.taken):
            yield "tail-cut"
        if _longest_gap(found.taken[int(taken[0]) : end]) >= _OWN_PASSAGE_WORDS:
            yield "middle-cut"
    if found.is_reordered:
        yield "reordered"
    if _longest_gap(found.borrowed[copy.before_body + (_LEAD_WORDS if has_lead else 0) :]) >= _OWN_PASSAGE_WORDS:
        yield "own-text"
    if any(slot.derived[1] - slot.derived[0] or slot.original[1] - slot.original[0] for slot in found.slots):
        yield "wording"


def _longest_gap(marked: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> int:
    """Count the words of the longest passage that is not marked."""
    longest = length = 0
    for is_marked in marked.tolist():
        length = 0 if is_marked else length + 1
        longest = max(longest, length)
    return longest
