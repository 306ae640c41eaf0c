"""
Who is who among the mentions of an article: «بيسكوف», «ديمتري بيسكوف» and «المتحدث» are one source, with the fullest
name.

Outlets are joined by the registry, everybody else by the words of the names: the shorter's all stand in the longer's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from tawatur.analysis.carrier_words import bare, carrier_words, known_outlet
from tawatur.analysis.carriers import Carrier
from tawatur.analysis.document import Document
from tawatur.analysis.source_mention import Mention
from tawatur.analysis.speaker_words import speaker_words
from tawatur.sources.registry import Outlet
from tawatur.text.letters import normalised_text
from tawatur.text.spans import Span

__all__ = ["SourceGroup", "group_mentions", "name_words"]

# One word of fewer letters names too many.
_LETTERS_ALONE = 4
# A longer "name" has run into its sentence; a shorter one is preferred then.
_LETTERS_OF_NAME = 70
# «الوزير» may be any of several; «وزير الخارجية» is one.
_WORDS_OF_OFFICE = 2
_MARKED = re.compile(r"""["“”«(]([^"“”«»()]{2,40})["“”»)]""")
_PERSONS = frozenset(("name", "titled"))
#: Who may be a source though no cue stands beside the name.
_SPEAK_AGAIN = _PERSONS | {"body", "role"}
# Where a carrier stands that tells that somebody was heard: «قال في بيان», «نقلت الوكالة عن».
_BESIDE = frozenset(("place:after", "place:between", "relays"))
_CARRIERS = frozenset(("media", "platform", "signature"))


@dataclass(slots=True)
class SourceGroup:
    """All mentions of one source."""

    words: tuple[str, ...]
    outlet: Outlet | None
    mentions: list[Mention] = field(default_factory=list)
    #: Names that stand in marks or brackets in a longer one, as their words.
    called: set[tuple[str, ...]] = field(default_factory=set)
    #: Names that stand as a tag: «#مهرجان_كان».
    tags: set[Span] = field(default_factory=set)

    @property
    def name(self) -> Span:
        """The fullest name that is no sentence; the first of equals. Carriers are called as they were read."""
        named = [mention for mention in self.mentions if mention.named] or self.mentions
        named = [mention for mention in named if mention.name not in self.tags] or named
        if not any(mention.kind in _PERSONS for mention in named):
            named = [mention for mention in named if mention.kind in _CARRIERS] or named
        return max(named, key=_fullness).name

    @property
    def evidence(self) -> Mention:
        """The mention that credits most plainly: an act of reporting before a bare naming."""
        named = [mention for mention in self.mentions if mention.named] or self.mentions
        return min(named, key=lambda mention: ("carrier" in mention.features, "apart" not in mention.features))

    def ways(self, mention: Mention) -> Iterator[tuple[frozenset[str], Carrier]]:
        """Give the carriers that may have brought the words of a mention, each with what speaks for it."""
        for way in mention.ways:
            of = (f"of:{self._is_carrier}:{way.carrier.kind}", f"of:{mention.kind}:{way.carrier.kind}")
            yield way.features.union(of), way.carrier

    @property
    def _is_carrier(self) -> bool:
        return self.outlet is not None or any(mention.kind in _CARRIERS for mention in self.mentions)

    def is_called(self, head: str) -> bool:
        """Tell whether a word of media leads to one of its names: «صحيفة»."""
        return any(f"called:{head}" in mention.features for mention in self.mentions)

    def features(self) -> frozenset[str]:
        """What speaks for a source, over all its mentions."""
        union = {feature for mention in self.mentions for feature in mention.features}
        named = [mention for mention in self.mentions if mention.named]
        acts = sum("carrier" not in mention.features for mention in named)
        way = "acts" if acts else "named"
        union.add(f"{way} mentions:{min(len(named), 4)}")
        union.add(f"acts:{min(acts, 3)}")
        union.add(f"{way} words:{min(len(self.words), 4)}")
        union.add(f"{way} known as:{self.outlet.kind if self.outlet else 'none'}")
        union.add(f"{way} again:{min(len(self.mentions) - len(named), 2)}")
        union |= {
            f"{way} carried:{one.carrier.kind}:{one.carrier.led_by}"
            for mention in self.mentions
            for one in mention.ways
            if _BESIDE & one.features
        }
        return frozenset(union)


def _fullness(mention: Mention) -> int:
    letters = mention.name.end - mention.name.start
    return letters if letters <= _LETTERS_OF_NAME else 0


def group_mentions(document: Document, mentions: Sequence[Mention]) -> list[SourceGroup]:
    """Join mentions, fullest names first, so that short ones find theirs; groups are in the order of the text."""
    spelled = [(mention, name_words(document.slice(mention.name))) for mention in mentions]
    groups: list[SourceGroup] = []
    for mention, words in sorted(spelled, key=lambda one: (not one[0].named, -len(one[1]))):
        if not words:
            continue
        outlet = mention.outlet or _outlet_of(document.slice(mention.name), mention)
        home = next(_fitting(groups, words, outlet, mention), None) or _holder(document, groups, words, mention)
        if home is None:
            if not mention.named and mention.kind not in _SPEAK_AGAIN:
                continue  # a verb that goes back to a paper or to nobody in particular
            home = SourceGroup(words, outlet)
            groups.append(home)
        home.mentions.append(mention)
        name = document.slice(mention.name)
        home.called |= _in_marks(name)
        if "_" in name:
            home.tags.add(mention.name)
        home.outlet = home.outlet or outlet
    place = {id(mention): at for at, mention in enumerate(mentions)}
    for group in groups:
        group.mentions.sort(key=lambda mention: place[id(mention)])
    groups.sort(key=lambda group: place[id(group.mentions[0])])
    return _without_called_again(document, groups)


def _without_called_again(document: Document, groups: Sequence[SourceGroup]) -> list[SourceGroup]:
    """Join «الصحيفة البريطانية» to the paper that was named before: an outlet called by what it is."""
    kept: list[SourceGroup] = []
    for group in groups:
        head = _head_alone(document, group)
        home = next((one for one in reversed(kept) if one.is_called(head)), None) if head else None
        if home is None:
            kept.append(group)
        else:
            home.mentions += (replace(mention, named=False) for mention in group.mentions)
    return kept


def _head_alone(document: Document, group: SourceGroup) -> str:
    """Give the word of media that a group is called by, where all its names have the article and no name."""
    words = carrier_words()
    texts = {document.slice(mention.name) for mention in group.mentions if mention.named}
    if group.outlet is not None or not texts or not all(text.startswith("ال") for text in texts):
        return ""
    heads = {name_words(text)[:1] for text in texts}
    head = next(iter(heads))[0] if len(heads) == 1 and () not in heads else ""
    described = all(_describes(word) for text in texts for word in name_words(text)[1:])
    return head if head in words.one and described else ""


def _describes(word: str) -> bool:
    return word.endswith(("ي", "يه")) or word in carrier_words().adjectives


def _outlet_of(name: str, mention: Mention) -> Outlet | None:
    outlet = known_outlet(name) if mention.kind in ("body", "media", "platform") or " " in name else None
    carries = outlet is not None and outlet.kind in ("agency", "outlet")
    if carries and mention.kind == "body" and " " not in name and bare(name) not in carrier_words().alone:
        return None  # «أعلنت المملكة» is no channel
    return outlet if outlet is None or len(name) > _LETTERS_ALONE else None


def _fitting(
    groups: Sequence[SourceGroup], words: tuple[str, ...], outlet: Outlet | None, mention: Mention
) -> Iterator[SourceGroup]:
    for group in groups:
        if outlet is not None and group.outlet is not None:
            if outlet == group.outlet:
                yield group
            continue
        longer = not mention.named and set(group.words) <= set(words) and len(group.words) > 1
        called = words == group.words[1:] and group.words[0] in speaker_words().bodies  # «شركة غوغل», «غوغل»
        if (
            words == group.words
            or words in group.called
            or longer
            or called
            or _within(words, group.words, mention, group)
        ):
            yield group


def _in_marks(name: str) -> set[tuple[str, ...]]:
    """Give the words of what stands in marks or brackets in a name: «مجموعة "QNB" المصرفية» is «QNB»."""
    return {words for found in _MARKED.finditer(name) if (words := name_words(found[1]))}


def _holder(
    document: Document, groups: Sequence[SourceGroup], words: tuple[str, ...], mention: Mention
) -> SourceGroup | None:
    """Give the one whose office is named: «زعيم حزب الشعب» is «زعيم حزب الشعب الجمهوري كمال كيليتشدار أوغلو»."""
    if mention.kind != "role" or len(words) < _WORDS_OF_OFFICE:
        return None
    for group in groups:
        roles = (one.role for one in group.mentions if one.kind == "titled" and one.role is not None)
        if any(set(words) <= set(name_words(document.slice(role))) for role in roles):
            return group
    return None


def _lies_in(name: Span, group: SourceGroup) -> bool:
    """Tell whether a name is part of another at the same place: «سي تي كاي» of «وكالة الأنباء "سي تي كاي"»."""
    return any(
        other.name.field == name.field and other.name.start <= name.start and name.end <= other.name.end
        for other in group.mentions
    )


def _within(words: tuple[str, ...], longer: tuple[str, ...], mention: Mention, group: SourceGroup) -> bool:
    if not set(words) <= set(longer) or (len(words) == 1 and len(words[0]) < _LETTERS_ALONE):
        return False
    kinds = {one.kind for one in group.mentions}
    if kinds & _CARRIERS and _lies_in(mention.name, group):
        return True
    if mention.kind in _PERSONS or (mention.kind == "other" and kinds & _PERSONS):
        return bool(kinds & _PERSONS) or words[0] == longer[0]
    if mention.kind in _CARRIERS:
        return bool(kinds & _CARRIERS) or words[0] == longer[0]
    head = words[0] == longer[0]
    return head and (len(words) > 1 or words[0] in speaker_words().bodies | speaker_words().people)


@lru_cache(maxsize=20_000)
def name_words(name: str) -> tuple[str, ...]:
    """Give the words a name is compared by: letters folded, articles and signs left out, one adjective a nation.

    >>> name_words("وكالة الأنباء (سانا)")
    ('وكاله', 'انباء', 'سانا')
    """
    letters = "".join(letter if letter.isalnum() else " " for letter in normalised_text(name, "match"))
    words = (word.removeprefix("ال") if len(word) > _LETTERS_ALONE else word for word in letters.split())
    nations = speaker_words().one_nation
    return tuple(nations.get(word, word) for word in words)
