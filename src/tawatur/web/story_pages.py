"""The pages and feeds of stories and themes; an id that was merged leads on to where it went."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from tawatur.model.story import Story, Theme
from tawatur.web.conditional import answer
from tawatur.web.desk import Desk
from tawatur.web.edition import Edition, Links
from tawatur.web.feeds_out import Channel
from tawatur.web.machine_pages import FEED_ARTICLES, FeedForm, answer_feed
from tawatur.web.pages import HTML, METHODS
from tawatur.web.story_list import lines_of
from tawatur.web.story_view import view_story, view_timeline

__all__ = ["find_story", "find_theme", "story_router"]

#: Stories of a theme that its page and its feed hold: the newest.
THEME_STORIES = 60
#: Names and keyphrases beside a story.
SHOWN_NAMES, SHOWN_PHRASES = 16, 12

Gathered = TypeVar("Gathered", Story, Theme)


@dataclass(frozen=True, slots=True)
class _Kind(Generic[Gathered]):
    """What stories and themes have in common: an id that may lead on, a page, a feed of articles."""

    #: The first word of its addresses.
    path: str
    find: Callable[[Desk, str], Gathered]
    page: Callable[[Desk, Edition, Gathered], str]
    #: Ids of its articles, oldest first.
    articles: Callable[[Desk, Gathered], Sequence[str]]
    address: Callable[[Links, str], str]
    feed_address: Callable[[Links, str, str], str]


def story_router(desk: Desk, edition: Edition) -> APIRouter:
    """Make the pages and feeds of stories and themes of one edition."""
    router = APIRouter(prefix=edition.links.prefix, include_in_schema=False)
    _add(router, desk, edition, _STORY)
    _add(router, desk, edition, _THEME)
    return router


def _add(router: APIRouter, desk: Desk, edition: Edition, kind: _Kind[Gathered]) -> None:
    links = edition.links

    def feed(request: Request, gathered_id: str, form: FeedForm) -> Response:
        found = kind.find(desk, gathered_id)
        if found.id != gathered_id:
            return RedirectResponse(kind.feed_address(links, form, found.id), 308)
        return answer_feed(request, desk, form, _channel(desk, edition, kind, found))

    def page(request: Request, gathered_id: str) -> Response:
        found = kind.find(desk, gathered_id)
        if found.id != gathered_id:
            return RedirectResponse(kind.address(links, found.id), 308)
        return answer(request, kind.page(desk, edition, found), HTML)

    router.add_api_route(f"/{kind.path}/{{gathered_id:path}}/feed.{{form}}", feed, methods=METHODS)
    router.add_api_route(f"/{kind.path}/{{gathered_id:path}}", page, methods=METHODS)


def find_story(desk: Desk, story_id: str) -> Story:
    """Give a story, or the one its former id leads to.

    Raises:
        HTTPException: 404: there is none.
    """
    story = desk.store.stories.get(story_id)
    if story is None:
        raise HTTPException(404, f"there is no story {story_id!r}")
    return story


def find_theme(desk: Desk, theme_id: str) -> Theme:
    """Give a theme, or the one its former id leads to.

    Raises:
        HTTPException: 404: there is none.
    """
    theme = desk.store.stories.theme(theme_id)
    if theme is None:
        raise HTTPException(404, f"there is no theme {theme_id!r}")
    return theme


def _story(desk: Desk, edition: Edition, story: Story) -> str:
    theme = desk.store.stories.theme(story.theme) if story.theme else None
    if theme is not None and theme.stories == (story.id,):
        theme = None  # what was left of an affair is no file of its own
    before, after = _neighbours(desk, story, theme)
    return desk.templates.render(
        "story",
        edition,
        lambda links: links.story(story.id),
        story=story,
        view=view_story(desk, story),
        theme=theme,
        before=before,
        after=after,
        names=tuple(dict.fromkeys(entity.canonical for entity in story.entities))[:SHOWN_NAMES],
        phrases=tuple(dict.fromkeys(phrase.text for phrase in story.keyphrases))[:SHOWN_PHRASES],
    )


def _neighbours(desk: Desk, story: Story, theme: Theme | None) -> tuple[Story | None, Story | None]:
    """Give the stories of the theme before and after one."""
    if theme is None or story.id not in theme.stories:
        return None, None
    at = theme.stories.index(story.id)
    ids = [theme.stories[at - 1] if at else None, next(iter(theme.stories[at + 1 :]), None)]
    told = desk.store.stories.get_many([id_ for id_ in ids if id_])
    return told.get(ids[0] or ""), told.get(ids[1] or "")


def _theme(desk: Desk, edition: Edition, theme: Theme) -> str:
    stories = _stories_of(desk, theme)
    return desk.templates.render(
        "theme",
        edition,
        lambda links: links.theme(theme.id),
        theme=theme,
        lines=lines_of(desk, stories),
        timeline=view_timeline(desk, stories),
    )


def _stories_of(desk: Desk, theme: Theme) -> tuple[Story, ...]:
    ids = theme.stories[-THEME_STORIES:]
    told = desk.store.stories.get_many(ids)
    return tuple(told[id_] for id_ in ids if id_ in told)


def _articles_of(desk: Desk, theme: Theme) -> list[str]:
    return [id_ for story in _stories_of(desk, theme) for id_ in story.articles]


_STORY = _Kind("story", find_story, _story, lambda _, story: story.articles, Links.story, Links.story_feed)
_THEME = _Kind("theme", find_theme, _theme, _articles_of, Links.theme, Links.theme_feed)


def _channel(desk: Desk, edition: Edition, kind: _Kind[Gathered], found: Gathered) -> Channel:
    """Put the newest articles of a story or theme into a feed."""
    newest = kind.articles(desk, found)[-FEED_ARTICLES:][::-1]
    articles = tuple(desk.found(newest).values())
    return Channel(
        edition=edition,
        articles=articles,
        sources=desk.sources_of(articles),
        images=desk.images_of(articles),
        title=f"{found.title or found.id} · {edition.name}",
        page_path=kind.address(edition.links, found.id),
        feed_path=lambda form, _cursor: kind.feed_address(edition.links, form, found.id),
    )
