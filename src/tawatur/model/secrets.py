"""Keys that addresses hold: the address of a feed may carry one that was given to us alone."""

from __future__ import annotations

import re

__all__ = ["without_secrets"]

#: Credentials before a host, and the values of query fields that name a secret.
_USER = re.compile(r"(?<=://)[^/?#@\s]+@")
_FIELD = re.compile(r"(?i)([?&;](?:[^=&#\s]*(?:key|token|secret|passw|auth|sig|session)[^=&#\s]*)=)[^&#\s'\"]*")


def without_secrets(text: str) -> str:
    """Mask credentials in the addresses of a text: of a record that is shown, of a line that is logged.

    >>> without_secrets("could not capture https://desk:pw@example.org/a?api_key=123&page=2: timed out")
    'could not capture https://***@example.org/a?api_key=***&page=2: timed out'
    """
    return _FIELD.sub(r"\1***", _USER.sub("***@", text))
