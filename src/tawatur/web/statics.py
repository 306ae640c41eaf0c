"""
The site's own files: styles, scripts, fonts, marks.

They are read once at the start and served under a name that holds a digest of their bytes, so that a browser keeps
them for ever and still sees a new version at once. Style sheets name fonts by their plain names; the digests are
put in here.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import PurePosixPath

_MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/vnd.microsoft.icon",
    ".woff2": "font/woff2",
}
_REFERENCE = re.compile(r'url\("([^"]+)"\)')


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file as it is served."""

    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Statics:
    """All files, by the name they are served under, and those names by the plain ones."""

    served: dict[str, StaticFile]
    names: dict[str, str]

    def path(self, name: str) -> str:
        """Give the address of a file by its plain name: ``site.css``, ``fonts/noto-naskh-latin.woff2``."""
        return f"/static/{self.names[name]}"


def load_statics() -> Statics:
    """Read the files that belong to the site."""
    folder = files("tawatur.web").joinpath("static")
    plain = {item.name: item.read_bytes() for item in folder.iterdir() if item.is_file()}
    plain |= {f"fonts/{item.name}": item.read_bytes() for item in folder.joinpath("fonts").iterdir()}
    plain = {name: data for name, data in plain.items() if PurePosixPath(name).suffix in _MEDIA_TYPES}
    statics = Statics({}, {})
    for name in sorted(plain, key=lambda name: name.endswith(".css")):  # style sheets last: they name the others
        data = plain[name]
        if name.endswith(".css"):
            data = _REFERENCE.sub(lambda found: f'url("{statics.names[found[1]]}")', data.decode("utf-8")).encode()
        path = PurePosixPath(name)
        served = str(path.with_name(f"{path.stem}.{hashlib.sha256(data).hexdigest()[:12]}{path.suffix}"))
        statics.served[served] = StaticFile(data, _MEDIA_TYPES[path.suffix])
        statics.names[name] = served
    return statics
