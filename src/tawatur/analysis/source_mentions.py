"""
Mentions of sources: all who may be credited in an article.

Those who speak (``spoken_sources``), every carrier that is named and whoever signs the text (``carried_sources``).
"""

from __future__ import annotations

from tawatur.analysis.carried_sources import carried, signed
from tawatur.analysis.carriers import find_carriers
from tawatur.analysis.put_out import put_out
from tawatur.analysis.signatures import find_signatures
from tawatur.analysis.source_mention import Mention, Scene
from tawatur.analysis.spoken_sources import spoken
from tawatur.analysis.statements import Hearing

__all__ = ["find_mentions"]


def find_mentions(hearing: Hearing) -> list[Mention]:
    """Find all mentions of an article, in the order title, abstract, body."""
    found: list[Mention] = []
    for number, heard in enumerate(hearing.passages):
        signatures = find_signatures(heard.reading.passage)
        signing = [signature.evidence for signature in signatures]
        # A carrier that signs the text carried no single words.
        carriers = [
            carrier
            for carrier in find_carriers(heard.reading)
            if not any(span.start <= carrier.name.start < span.end for span in signing)
        ]
        scene = Scene(number, heard, hearing.speakers.roster.people[number], tuple(heard.reports), carriers)
        found += signed(signatures)
        found += spoken(scene, hearing.speakers)
        found += put_out(scene, hearing.speakers)
        found += carried(scene)
    return found
