"""Stories, themes and related articles in the JSON API; an id that was merged redirects to where it went."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import Path, Query, Request
from starlette.responses import RedirectResponse, Response

from tawatur.web.conditional import answer_record
from tawatur.web.desk import Desk
from tawatur.web.findings_api import ArticleId, Cursor, Limit
from tawatur.web.related import related_to
from tawatur.web.search_api import Endpoint
from tawatur.web.story_pages import find_story, find_theme

__all__ = ["stories_endpoints"]

StoryId = Annotated[str, Path(max_length=500)]
LeastArticles = Annotated[int, Query(ge=1, le=1000, description="Only stories of so many articles.")]


def stories_endpoints(desk: Desk) -> tuple[Endpoint, ...]:
    """Give the endpoints with the records they answer."""

    def stories(
        request: Request, least_articles: LeastArticles = 1, limit: Limit = 20, cursor: Cursor = None
    ) -> Response:
        """Give stories as they were told last, that with the newest article first."""
        page = desk.page(desk.store.stories.newest, cursor, limit=limit, least_articles=least_articles)
        return answer_record(request, page)

    def story(request: Request, story_id: StoryId) -> Response:
        """Give one story; the id of one that was merged redirects."""
        found = find_story(desk, story_id)
        if found.id != story_id:
            return RedirectResponse(f"/api/v1/stories/{quote(found.id, safe='')}", 308)
        return answer_record(request, found)

    def theme(request: Request, theme_id: StoryId) -> Response:
        """Give one theme with the ids of its stories; the id of one that was merged redirects."""
        found = find_theme(desk, theme_id)
        if found.id != theme_id:
            return RedirectResponse(f"/api/v1/themes/{quote(found.id, safe='')}", 308)
        return answer_record(request, found)

    def related(request: Request, article_id: ArticleId) -> Response:
        """Give articles worth reading beside one, each with why; none where nothing fits."""
        found = related_to(desk, desk.article(article_id))
        return answer_record(request, {"related": found})

    return (
        ("/stories", stories, "StoryPage"),
        ("/stories/{story_id:path}", story, "Story"),
        ("/themes/{theme_id:path}", theme, "Theme"),
        ("/articles/{article_id:path}/related", related, "RelatedList"),
    )
