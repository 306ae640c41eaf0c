"""Sources that put a paper out or hold an occasion: «أصدر الاتحاد بيانا», «عقد النادي مؤتمرا صحفيا»."""

from __future__ import annotations

from collections.abc import Iterator

from tawatur.analysis.carrier_words import carrier_words
from tawatur.analysis.carriers import Carrier
from tawatur.analysis.cue_words import cue_words
from tawatur.analysis.source_mention import Mention, Scene
from tawatur.analysis.speaker_resolution import bearer_of
from tawatur.analysis.speakers import Phrase, read_speaker
from tawatur.analysis.transmission import Way
from tawatur.analysis.who_spoke import Speakers

__all__ = ["put_out"]

# «أصدر الاتحاد أمس الأول بيانا»
_WORDS_BETWEEN = 3
_FURTHEST = 16


def put_out(one: Scene, speakers: Speakers) -> Iterator[Mention]:
    """Give those who put something out in a text, each with the paper or the occasion."""
    spoken = {report.cue[0] for report in one.reports if report.speaker is not None}
    papers = [carrier for carrier in one.carriers if carrier.kind == "occasion"]
    for paper in papers:
        found = (_who(one, paper) if not paper.led_by else None) or _issued(one, paper)
        if found is not None and found[0] not in spoken:
            verb, phrase = found
            first, last = min(verb, paper.first), max(phrase.last, paper.last)
            bearer = speakers.roster.fullest(bearer_of(one.reading, one.number, phrase))
            of_paper = f"puts out:{paper.head}"
            yield Mention(
                name=bearer.name,
                role=bearer.role,
                here=one.reading.span(phrase.first, phrase.last),
                kind=bearer.kind,
                evidence=one.reading.whole_span(first, last),
                features=frozenset(("puts out", f"puts out:{phrase.kind}", of_paper)),
                ways=(Way(paper, frozenset(("puts out", of_paper, "kind:occasion"))),),
            )


def _issued(one: Scene, paper: Carrier) -> tuple[int, Phrase] | None:
    """«في بيان وزعته الأمانة»: the verb behind a paper, and who put it out; media bring the papers of others."""
    verb, (_, stop) = paper.last + 1, one.reading.sentence_of[paper.first]
    if verb + 1 >= stop or not cue_words().issued & {
        one.reading.glances[verb].full,
        one.reading.glances[verb].unjoined,
    }:
        return None
    place = verb + (2 if one.reading.glances[verb + 1].full == "عن" else 1)
    phrase = read_speaker(one.reading, place, stop, one.people) if place < stop else None
    if phrase is None or phrase.kind not in ("body", "titled", "name"):
        return None
    carried = any(phrase.first <= carrier.first <= phrase.last for carrier in one.carriers)
    return None if carried else (verb, phrase)


def _who(one: Scene, paper: Carrier) -> tuple[int, Phrase] | None:
    """Give the verb before a paper that puts it out, and its subject right behind it."""
    start, _ = one.reading.sentence_of[paper.first]
    for verb in range(paper.first - 2, max(start, paper.first - _FURTHEST) - 1, -1):
        if one.reading.glances[verb].unjoined in carrier_words().puts_out:
            phrase = read_speaker(one.reading, verb + 1, paper.first, one.people)
            near = phrase is not None and paper.first - phrase.last <= 1 + _WORDS_BETWEEN
            return (verb, phrase) if phrase is not None and near else None
    return None
