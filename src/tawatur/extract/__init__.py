"""Reading a page: a capture or a text becomes an ``Article``, or is refused with the reason."""

from tawatur.extract.following import join_pages
from tawatur.extract.plain_reading import read_plain_text
from tawatur.extract.reading import read_document, read_page
from tawatur.extract.record import Reading, refuse_repeated

__all__ = ["Reading", "join_pages", "read_document", "read_page", "read_plain_text", "refuse_repeated"]
