"""Read also: articles worth reading beside one, as they were found last; those held no more are left out."""

from __future__ import annotations

from tawatur.model import Article
from tawatur.model.story import Related
from tawatur.web.desk import Desk

__all__ = ["related_to"]


def related_to(desk: Desk, article: Article) -> tuple[Related, ...]:
    """Give related articles, the best first; empty where nothing fits."""
    return desk.store.stories.related([article.id]).get(article.id, ())
