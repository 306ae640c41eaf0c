"""The pages and feeds of stories and themes; an id that was merged leads on to where it went."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from tawatur.model.story import Story, Theme
from tawatur.web.conditional import answer
from tawatur.web.desk import Desk
from tawatur.web.edition import Edition
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


def story_router(desk: Desk, edition: Edition) -> APIRouter:
    """Make the pages and feeds of stories and themes of one edition."""
    router = APIRouter(prefix=edition.links.prefix, include_in_schema=False)
    links = edition.links

    @router.api_route("/story/{story_id:path}/feed.{form}", methods=METHODS)
    def story_feed(request: Request, story_id: str, form: FeedForm) -> Response:
        story = find_story(desk, story_id)
        if story.id != story_id:
            return RedirectResponse(links.story_feed(form, story.id), 308)
        return answer_feed(request, desk, form, _story_channel(desk, edition, story))

    @router.api_route("/story/{story_id:path}", methods=METHODS)
    def story_page(request: Request, story_id: str) -> Response:
        story = find_story(desk, story_id)
        if story.id != story_id:
            return RedirectResponse(links.story(story.id), 308)
        return answer(request, _story(desk, edition, story), HTML)

    @router.api_route("/theme/{theme_id:path}/feed.{form}", methods=METHODS)
    def theme_feed(request: Request, theme_id: str, form: FeedForm) -> Response:
        theme = find_theme(desk, theme_id)
        if theme.id != theme_id:
            return RedirectResponse(links.theme_feed(form, theme.id), 308)
        return answer_feed(request, desk, form, _theme_channel(desk, edition, theme))

    @router.api_route("/theme/{theme_id:path}", methods=METHODS)
    def theme_page(request: Request, theme_id: str) -> Response:
        theme = find_theme(desk, theme_id)
        if theme.id != theme_id:
            return RedirectResponse(links.theme(theme.id), 308)
        return answer(request, _theme(desk, edition, theme), HTML)

    return router


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
    before, after = _neighbours(desk, story, theme)
    view = view_story(desk, story)
    return desk.templates.render(
        "story",
        edition,
        lambda links: links.story(story.id),
        story=story,
        view=view,
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


def _story_channel(desk: Desk, edition: Edition, story: Story) -> Channel:
    links = edition.links
    return _channel(
        desk,
        edition,
        story.articles,
        story.title or story.id,
        links.story(story.id),
        lambda form, _cursor: links.story_feed(form, story.id),
    )


def _theme_channel(desk: Desk, edition: Edition, theme: Theme) -> Channel:
    links = edition.links
    return _channel(
        desk,
        edition,
        [id_ for story in _stories_of(desk, theme) for id_ in story.articles],
        theme.title or theme.id,
        links.theme(theme.id),
        lambda form, _cursor: links.theme_feed(form, theme.id),
    )


def _channel(
    desk: Desk,
    edition: Edition,
    ids: Sequence[str],
    title: str,
    page_path: str,
    feed_path: Callable[[str, str | None], str],
) -> Channel:
    """Put the newest articles of some, which stand oldest first, into a feed."""
    articles = tuple(desk.found(ids[-FEED_ARTICLES:][::-1]).values())
    return Channel(
        edition=edition,
        articles=articles,
        sources=desk.sources_of(articles),
        images=desk.images_of(articles),
        title=f"{title} · {edition.name}",
        page_path=page_path,
        feed_path=feed_path,
    )
