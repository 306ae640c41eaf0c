"""The press's own index: its outlets for people and as OPML, its time, what stands now, its truth."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

from tawatur.model import Source, as_json
from tawatur.press.clock import PressClock
from tawatur.press.edition import Edition
from tawatur.press.site import Answer
from tawatur.press.truth import read_truth

_NAME = "صحافة تواتر"


@dataclass(frozen=True, slots=True)
class PressIndex:
    """Answers on the press's own port."""

    edition: Edition
    clock: PressClock
    sources: tuple[Source, ...]

    def answer(self, target: str, headers: Mapping[str, str]) -> Answer:
        """Answer a GET for a path; the headers play no part."""
        del headers
        pages: dict[str, Callable[[], Answer]] = {
            "/": self._front,
            "/press.opml": self._opml,
            "/clock.json": lambda: _json({"moment": self.clock.now(), "opening": self.edition.almanac.opening}),
            "/standing.json": lambda: _json(self._standing()),
            "/truth.json": lambda: _json(read_truth()),
        }
        return pages.get(target.partition("?")[0], lambda: Answer(404))()

    def _standing(self) -> dict[str, list[dict[str, str]]]:
        moment = self.clock.now()
        return {
            outlet: [
                {"article": version.draft.id, "path": version.path, "title": version.title}
                for version in self.edition.standing(outlet, moment)
            ]
            for outlet in self.edition.outlets
        }

    def _front(self) -> Answer:
        rows = "".join(f'<li><a href="{escape(s.home)}">{escape(s.name)}</a></li>' for s in self.sources)
        page = f'<!doctype html><html lang="ar" dir="rtl"><title>{_NAME}</title><h1>{_NAME}</h1><ul>{rows}</ul></html>'
        return Answer(200, page.encode(), {"Content-Type": "text/html; charset=utf-8"})

    def _opml(self) -> Answer:
        rows = "\n".join(
            f'<outline type="rss" text="{escape(s.name)}" xmlUrl="{escape(s.feeds[0])}" htmlUrl="{escape(s.home)}"/>'
            for s in self.sources
        )
        head = f'<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0"><head><title>{_NAME}</title></head>'
        text = f"{head}<body>\n{rows}\n</body></opml>\n"
        return Answer(200, text.encode(), {"Content-Type": "text/x-opml; charset=utf-8"})


def _json(value: object) -> Answer:
    body = json.dumps(as_json(value), ensure_ascii=False, indent=1).encode("utf-8")
    return Answer(200, body, {"Content-Type": "application/json; charset=utf-8"})
