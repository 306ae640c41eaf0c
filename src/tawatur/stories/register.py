"""
The register of stories: which article stands in which, under ids that stay.

A story is called after the article it began with. When stories are parted anew the largest part keeps the id, and an
id that all its articles left leads on to where most of them went: an address that was once given out never dies.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Sequence

from tawatur.model.story import Placement

__all__ = ["Register"]


class Register:
    """Places of articles; the oldest are forgotten when there are more than ``most``."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._places: OrderedDict[str, str] = OrderedDict()
        self._sizes: Counter[str] = Counter()
        self._copies: dict[str, list[str]] = {}
        self._copy_of: dict[str, str] = {}
        #: Ids that no article stands under any more; the oldest are forgotten with the articles.
        self._redirects: OrderedDict[str, str] = OrderedDict()

    def __contains__(self, article: str) -> bool:
        return article in self._places or article in self._copy_of

    def story_of(self, article: str) -> str | None:
        """Give the story an article stands in; None when it never came or is forgotten."""
        place = self._places.get(self._copy_of.get(article, article))
        return None if place is None else self.story(place)

    def story(self, story: str) -> str:
        """Give where a story's id leads: to itself, or to what it was merged into."""
        while story in self._redirects:
            story = self._redirects[story]
        return story

    def original(self, article: str) -> str:
        """Give the article whose text an article carries: itself when it is no copy."""
        return self._copy_of.get(article, article)

    def put(self, article: str, story: str) -> None:
        """Note a place that was known before."""
        self._move(article, story)
        self._redirects.pop(story, None)

    def put_copy(self, article: str, original: str) -> Placement | None:
        """Note a copy; gives its place when its original has one."""
        original = self.original(original)
        self._copy_of[article] = original
        self._copies.setdefault(original, []).append(article)
        story = self.story_of(original)
        return None if story is None else Placement(article=article, story=story, copy_of=original)

    def name(self, groups: Sequence[Sequence[str]]) -> list[Placement]:
        """Give groups of articles, each the oldest first, their ids; gives the places that changed."""
        order = sorted(groups, key=lambda group: (-len(group), group[0]))
        held = [Counter(self._places[article] for article in group if article in self._places) for group in order]
        claims = sorted((-count, at, story) for at, stories in enumerate(held) for story, count in stories.items())
        names: dict[int, str] = {}
        given: set[str] = set()
        for _, at, story in claims:
            if at not in names and story not in given:
                names[at] = story
                given.add(story)
        changed: list[Placement] = []
        for at, group in enumerate(order):
            changed += self._place(group, names.get(at) or self._new_name(group))
        self._lead_on(held, order)
        return changed

    def _new_name(self, group: Sequence[str]) -> str:
        free = (article for article in group if article not in self._sizes and article not in self._redirects)
        name = next(free, None)
        number = 2
        while name is None:
            candidate = f"{group[0]}-{number}"
            name = candidate if candidate not in self._sizes and candidate not in self._redirects else None
            number += 1
        return name

    def _place(self, group: Sequence[str], story: str) -> list[Placement]:
        changed = []
        for article in group:
            before = self._places.get(article)
            if before == story:
                continue
            self._move(article, story)
            changed.append(Placement(article=article, story=story, before=before))
            changed += [
                Placement(article=copy, story=story, copy_of=article, before=before)
                for copy in self._copies.get(article, ())
            ]
        return changed

    def _move(self, article: str, story: str) -> None:
        self._leave(article)
        self._places[article] = story
        self._sizes[story] += 1
        while len(self._places) > self._most:
            self._forget(next(iter(self._places)))

    def _leave(self, article: str) -> None:
        before = self._places.pop(article, None)
        if before is not None:
            self._sizes[before] -= 1
            if not self._sizes[before]:
                del self._sizes[before]

    def _forget(self, article: str) -> None:
        self._leave(article)
        for copy in self._copies.pop(article, ()):
            self._copy_of.pop(copy, None)

    def _lead_on(self, held: Sequence[Counter[str]], groups: Sequence[Sequence[str]]) -> None:
        goes: dict[str, tuple[int, str]] = {}
        for stories, group in zip(held, groups, strict=True):
            now = self._places[group[0]]
            for story, count in stories.items():
                if story not in self._sizes:
                    goes[story] = max(goes.get(story, (0, now)), (count, now))
        self._redirects.update({story: now for story, (_, now) in goes.items()})
        while len(self._redirects) > self._most:
            self._redirects.popitem(last=False)
