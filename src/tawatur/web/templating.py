"""
Templates: how records become pages.

Jinja escapes everything; ``shown`` cleans every text on its way out; a name a template uses and nobody gave is an
error. Templates get one ``edition`` and speak through it, so a template is written once for all languages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from tawatur.model.secrets import without_secrets
from tawatur.text.direction import text_direction
from tawatur.web.edition import Edition, Links, editions, image_path
from tawatur.web.finding import QUERY_LETTERS
from tawatur.web.moments import machine_moment
from tawatur.web.options import Language, SiteOptions
from tawatur.web.safety import safe_url, shown
from tawatur.web.statics import Statics, load_statics

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Templates:
    """Renders pages in any edition."""

    environment: Environment
    editions: dict[Language, Edition]
    statics: Statics

    def render(self, name: str, edition: Edition, address: Callable[[Links], str], **values: Any) -> str:
        """Render a page.

        Args:
            name: The template's file name without ``.html``.
            edition: The language it is rendered in.
            address: Gives the page's own path in the links of any edition.
            values: What the template shows.
        """
        others = [other for other in self.editions.values() if other is not edition]
        return self.environment.get_template(f"{name}.html").render(
            edition=edition,
            editions=list(self.editions.values()),
            others=others,
            address=address,
            t=edition.catalogue.text,
            tn=_plural_writer(edition),
            links=edition.links,
            moments=edition.moments,
            options=edition.options,
            **values,
        )


def load_templates(options: SiteOptions, *, searchable: bool = False) -> Templates:
    """Make the templates of a site ready; ``searchable`` puts a search box into every page."""
    environment = Environment(
        loader=PackageLoader("tawatur.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: shown(value) if isinstance(value, str) else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    statics = load_statics()
    environment.globals.update(
        static=statics.path, image_path=image_path, searchable=searchable, query_letters=QUERY_LETTERS
    )
    environment.filters.update(
        foreign=foreign, direction=text_direction, safe_url=safe_url, public=without_secrets, machine=machine_moment
    )
    environment.tests.update(instant=lambda moment: isinstance(moment, datetime))
    return Templates(environment, editions(options), statics)


def foreign(text: str) -> Markup:
    """Set a source's words apart from ours, in their own direction (by the majority of their letters)."""
    return Markup('<bdi dir="{}">{}</bdi>').format(text_direction(text), escape(shown(text)))


def _plural_writer(edition: Edition) -> Callable[[str, int], Markup]:
    def write(key: str, number: int) -> Markup:
        return edition.catalogue.plural(key, number, n=edition.moments.number(number))

    return write
