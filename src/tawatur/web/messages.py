"""
The site's own words, in Arabic and English.

A catalogue is a TOML file of sections; a key is ``section.name``. A table whose keys are CLDR plural categories is
one message with a form for each (Arabic has six: ``خبر واحد``، ``خبران``، ``٣ أخبار``، ``١١ خبرًا``). Values put into a
message are escaped, so a source's name can never bring markup along.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from babel.core import Locale
from markupsafe import Markup

from tawatur.web.options import Language

PLURAL_CATEGORIES = frozenset({"zero", "one", "two", "few", "many", "other"})

Message = str | Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All messages of one language."""

    language: Language
    messages: Mapping[str, Message]

    def text(self, key: str, **values: object) -> Markup:
        """Give a message with its values filled in.

        Raises:
            KeyError: There is no such message, or a value is missing: a mistake of ours that tests find.
        """
        message = self.messages[key]
        if not isinstance(message, str):
            raise KeyError(f"{key} is a plural: ask for it with a number")
        return Markup(message).format(**values)  # noqa: S704 - the catalogue is ours; values are escaped by format

    def plural(self, key: str, number: int, **values: object) -> Markup:
        """Give the form of a message that goes with a number; the number itself is ``{n}`` among the values."""
        forms = self.messages[key]
        if isinstance(forms, str):
            raise KeyError(f"{key} has no plural forms")
        category = Locale.parse(self.language).plural_form(number)
        return Markup(forms[category]).format(**values)  # noqa: S704 - as above

    def has(self, key: str) -> bool:
        return key in self.messages


@cache
def catalogue(language: Language) -> Catalogue:
    """Read the catalogue of a language."""
    source = files("tawatur.web").joinpath(f"messages/{language}.toml").read_text(encoding="utf-8")
    return Catalogue(language, dict(_flat(tomllib.loads(source))))


def placeholders(message: Message) -> frozenset[str]:
    """Name the values a message asks for, over all its plural forms."""
    forms = [message] if isinstance(message, str) else list(message.values())
    return frozenset(name for form in forms for name in re.findall(r"\{(\w+)\}", form))


def _flat(table: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Message]]:
    entries: list[tuple[str, Message]] = []
    for name, value in table.items():
        if isinstance(value, str) or value.keys() <= PLURAL_CATEGORIES:
            entries.append((prefix + name, value))
        else:
            entries.extend(_flat(value, f"{prefix}{name}."))
    return entries
