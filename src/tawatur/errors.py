"""The error tree, and what the pipeline does for each.

::

    TawaturError
    ├── ConfigError          stop, and name the setting
    ├── RecordError          refuse that line or file, go on with the rest (exit code 1)
    ├── AddressError         a URL that cannot be used: refuse that entry
    ├── FetchError           try again later, with back-off; the source's health shows it
    │   ├── ForbiddenAddress   never tried again: the address lies in a network the operator has not allowed
    │   ├── Disallowed         robots.txt forbids it: asked again when robots.txt is read again
    │   ├── Blocked            slow down: 401, 403, 429 or 503; ``retry_after`` when the server said
    │   └── Gone               404 or 410: the entry is given up; a feed that is gone is followed no more on 410
    ├── FeedError            the bytes are no feed, or an unsafe one: the source's health shows it
    ├── ExtractionError      the page is put aside with its capture and the reason
    └── StoreError           the transaction is rolled back; nothing of it was kept
        └── LedByAnother       another process follows this store: stop at once

A message is written lowercase without a full stop, names the input, says what is wrong and, where
there is something to do, what to do: ``could not capture https://…: timed out after 30 s``.
"""

from __future__ import annotations

from typing import Literal

__all__ = [
    "AddressError",
    "Blocked",
    "ConfigError",
    "Disallowed",
    "ExtractionError",
    "FeedError",
    "FetchError",
    "ForbiddenAddress",
    "Gone",
    "LedByAnother",
    "RecordError",
    "RefusalReason",
    "StoreError",
    "TawaturError",
]

#: Why a page was not taken as an article. Each has a text in the message catalogues.
RefusalReason = Literal[
    "not_html",  # the media type or the bytes are no page and no text
    "no_text",  # nothing that could be an article was found
    "too_short",  # fewer words than any article has
    "consent_wall",  # a cookie or consent page stands in the article's place
    "error_page",  # an error page served with status 200
    "login_wall",  # the text is kept for subscribers
    "repeated_text",  # the same text stands on other addresses of this host
    "video_without_text",  # a player and a caption, no article
    "listing",  # a page that lists articles and is none
]


class TawaturError(Exception):
    """Anything Tawatur says no to."""


class ConfigError(TawaturError):
    """A setting is missing or cannot be understood."""


class RecordError(TawaturError):
    """A record given to Tawatur does not hold."""


class AddressError(TawaturError):
    """A text is not a usable http(s) URL."""


class FetchError(TawaturError):
    """A URL could not be captured.

    Attributes:
        url: The address that was asked for.
        status: The HTTP status, None when there was no answer.
    """

    def __init__(self, url: str, what: str, *, status: int | None = None) -> None:
        super().__init__(f"could not capture {url}: {what}")
        self.url = url
        self.what = what
        self.status = status


class ForbiddenAddress(FetchError):
    """The name leads into a private, loopback, link-local or metadata network."""


class Disallowed(FetchError):
    """The site's robots.txt does not let us read this page."""


class Blocked(FetchError):
    """The server refuses us for now.

    Attributes:
        retry_after: Seconds the server asked us to wait, None when it did not say.
    """

    def __init__(self, url: str, what: str, *, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(url, what, status=status)
        self.retry_after = retry_after


class Gone(FetchError):
    """There is nothing at this address (404), or there never will be again (410)."""


class FeedError(TawaturError):
    """A capture is not a feed that can be read."""


class ExtractionError(TawaturError):
    """A page holds no article that can be taken.

    Attributes:
        url: The page.
        reason: One of the known reasons, for counting and for the source's page.
    """

    def __init__(self, url: str | None, reason: RefusalReason, what: str) -> None:
        super().__init__(f"refused {url or 'the text'}: {what}")
        self.url = url
        self.reason: RefusalReason = reason
        self.what = what


class StoreError(TawaturError):
    """The database refused; nothing of that transaction was kept."""


class LedByAnother(StoreError):
    """Another process is the one follower of this store."""
