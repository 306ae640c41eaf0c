"""The sample press as Tawatur follows it: served, polled as its clock goes on, read, analysed, grouped and told.

Nothing here knows the press's truth. The steps are those of ``tawatur run`` one after another, so that two runs see
the same pages in the same order; the clock is the press's own, so that three weeks pass in seconds.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tawatur.fetch import FetchOptions
from tawatur.model import Article, article_id
from tawatur.pipeline import FollowOptions, NewsroomOptions, ReadingOptions, open_means
from tawatur.pipeline.analysing import Analyst
from tawatur.pipeline.follow import Follower
from tawatur.pipeline.grouping import Desk
from tawatur.pipeline.means import Means
from tawatur.pipeline.reading import Reader
from tawatur.pipeline.telling import tell_untold
from tawatur.pipeline.watching import Watcher
from tawatur.press import Press, drafts
from tawatur.store import Store, open_store

#: The real days: the affair began on 19 September 2023.
OPENING = datetime(2023, 9, 19, tzinfo=UTC)
#: The last looks at pages are three days after they were read.
DAYS_AFTER_THE_END = 4
HOUR = timedelta(hours=1)

OPTIONS = NewsroomOptions(
    fetch=FetchOptions(allowed_networks=("press=127.0.0.1/32",), seconds_between_requests=0, connections_per_host=4),
    follow=FollowOptions(shortest_seconds=1, longest_seconds=3600, conditional_polls=4),
    reading=ReadingOptions(workers=1, pictures=False),
)


@dataclass(frozen=True)
class FollowedPress:
    """What came of following the press to its end."""

    store: Store
    #: Our id of each article, by its name in the press.
    ids: dict[str, str]

    def name(self, id_: str) -> str:
        """Give an article's name in the press."""
        return next(name for name, own in self.ids.items() if own == id_)

    def article(self, name: str) -> Article:
        found = self.store.articles.get(self.ids[name])
        assert found is not None, name
        return found


def follow_press(folder: Path) -> FollowedPress:
    """Follow the press from its first page to days after its last."""
    store = open_store(f"sqlite:///{folder / 'press.sqlite3'}")
    with Press(OPENING, opening=OPENING.date()) as press:
        for source in press.sources():
            store.sources.add(source)
        ids = {name: article_id(press.url_of(name)) for name in drafts()}
        asyncio.run(_follow(press, store))
    return FollowedPress(store, ids)


async def _follow(press: Press, store: Store) -> None:
    desk = Desk(store)
    async with open_means(store, OPTIONS, clock=lambda: press.moment) as means:
        analyst = Analyst(store, means.workshop)
        for moment in visits(press):
            press.wind_to(moment)
            await _visit(means)
            while await analyst.step():
                pass
            while desk.step():
                pass
    while tell_untold(store, 50):
        pass


async def _visit(means: Means) -> None:
    """Poll every feed that is due, read what waits, and look again at what is to be looked at."""
    follower, reader, watcher = Follower(means), Reader(means), Watcher(means)
    # One after another: what came first must not hang on which answer was quicker.
    for state in await follower.due(50):
        await follower.poll(state)
    while pages := await reader.due(16):
        for page in pages:
            await reader.read(page)
    while watched := await watcher.due(16):
        await asyncio.gather(*map(watcher.look, watched))


def visits(press: Press) -> Sequence[datetime]:
    """Give the hours at which the press is visited: every twelfth one, and that after each publication."""
    edition = press.edition
    end = edition.last_moment() + timedelta(days=DAYS_AFTER_THE_END)
    first = edition.first_moment().replace(minute=0, second=0, microsecond=0)
    hours = {first + at * 12 * HOUR for at in range((end - first) // (12 * HOUR))}
    published = {edition.published(draft) for draft in drafts().values()}
    return sorted(hours | {moment.replace(minute=0, second=0, microsecond=0) + HOUR for moment in published})
