"""An act of reporting: a cue with its surroundings in a passage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tawatur.analysis.cue_words import CueForm
from tawatur.analysis.speakers import Phrase

__all__ = ["WORDS_OF_SPEECH", "Opening", "Report", "Side"]

#: What stands before what was said: «إن», a colon, marks, nothing (a noun or clause follows); ``behind``: it stands
#: before the cue.
Opening = Literal["that", "colon", "marks", "object", "behind"]
#: Where the speaker stands: behind the verb, before it, behind «عن», nowhere.
Side = Literal["after", "before", "from", "none"]

#: Fewer words in marks are a name, a term or irony.
WORDS_OF_SPEECH = 3


@dataclass(frozen=True, slots=True)
class Report:
    """A cue with its surroundings; all numbers are places of words."""

    cue: tuple[int, int]
    #: None for «بحسب» and colons.
    form: CueForm | None
    speaker: Phrase | None
    side: Side
    opening: Opening
    #: The first word of what was said; for ``behind`` the first word of the clause before the cue.
    content: int
    #: Where it ends at the latest: the word after the last.
    stop: int
    #: «بحسب»: the source stands apart from what was said.
    apart: bool = False
