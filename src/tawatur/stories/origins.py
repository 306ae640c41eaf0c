"""
Origins: the independent voices behind a story.

A reprint is no voice, and of texts that sign with one agency of the world only the first counts; reports of one outlet
are one voice. So nine outlets can be two original reports: that is what *tawatur* asks of a report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tawatur.model.article import Article
from tawatur.model.story import Origin
from tawatur.stories.credits import agency_signature

__all__ = ["find_origins"]


def find_origins(articles: Sequence[Article], copy_of: Mapping[str, str | None]) -> tuple[Origin, ...]:
    """Find the independent voices of a story, in the order they spoke.

    Args:
        articles: Of the story, oldest first.
        copy_of: The original of each article that is a copy.
    """
    inside = {article.id for article in articles}
    voices: dict[str, list[Article]] = {}
    heads: dict[str, str] = {}
    for article in articles:
        if copy_of.get(article.id) in inside:
            continue
        name = agency_signature(article) or article.source or article.id
        voices.setdefault(name, []).append(article)
        heads[article.id] = name
    carried: dict[str, list[str]] = {name: [] for name in voices}
    for article in articles:
        voice = heads.get(article.id) or heads.get(copy_of.get(article.id) or "")
        if voice is not None and article.id != voices[voice][0].id:
            carried[voice].append(article.id)
    return tuple(Origin(name=name, article=own[0].id, carried_by=tuple(carried[name])) for name, own in voices.items())
