"""Sources that are carriers: every outlet, agency and platform that an article names, and whoever signs its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tawatur.analysis.carrier_words import carrier_words
from tawatur.analysis.carriers import Carrier
from tawatur.analysis.cue_words import cue_words
from tawatur.analysis.reading import Reading
from tawatur.analysis.signatures import Signature
from tawatur.analysis.source_mention import Mention, Scene
from tawatur.text.spans import Span

__all__ = ["carried", "signed"]

_WORDS_FROM_OCCASION = 4
_WORDS_FROM_VERB = 3


def signed(signatures: Iterable[Signature]) -> Iterator[Mention]:
    """Give those who sign a text."""
    for signature in signatures:
        yield Mention(
            name=signature.name,
            role=None,
            here=signature.name,
            kind="signature",
            evidence=signature.evidence,
            features=frozenset(("signature", f"signature:{_place_of(signature)}")),
            outlet=signature.outlet,
        )


def _place_of(signature: Signature) -> str:
    return "head" if signature.at_head else "link" if signature.linked else "foot"


def carried(one: Scene) -> Iterator[Mention]:
    """Give the carriers that a text names."""
    glances = one.reading.glances
    speaking = {
        place: report
        for report in one.reports
        if report.speaker is not None
        for place in range(report.speaker.first, report.speaker.last + 1)
    }
    for carrier in one.carriers:
        if carrier.kind == "occasion":
            continue
        before = _behind_signs(one.reading, carrier.first)
        features = {
            "carrier",
            f"carrier:{carrier.kind}",
            f"carrier:{carrier.kind}:{carrier.led_by}",
            f"called:{carrier.head if carrier.outlet is None or carrier.head in carrier_words().media else 'name'}",
            f"known:{carrier.outlet is not None}",
            f"word before:{before}",
            f"carrier field:{one.reading.passage.field}",
        }
        report = speaking.get(carrier.first)
        if report is not None:
            features |= {"carrier speaks", f"carrier speaks:{report.form.kind if report.form else 'none'}"}
        if _on_occasion(one.reading, carrier.first):
            features |= {"on occasion", f"on occasion:{carrier.led_by}"}
        if brought := _brings(one.reading, carrier.first):
            features |= {"brings", f"brings:{brought}"}
        told = _told_to(one, carrier)
        if told:
            features.add(f"told:{told}")
        first = (
            max(0, carrier.first - 1) if carrier.led_by and not glances[carrier.first].preposition else carrier.first
        )
        first = first if one.reading.sentence_of[carrier.first][0] <= first else carrier.first
        yield Mention(
            name=carrier.name,
            role=None,
            here=carrier.name,
            kind=carrier.kind,
            evidence=Span(
                one.reading.passage.words[first].start,
                max(one.reading.end(carrier.last), carrier.name.end),
                carrier.name.field,
            ),
            features=frozenset(features),
            outlet=carrier.outlet,
        )


def _on_occasion(reading: Reading, at: int) -> bool:
    """«في مقابلة أجرتها معه صحيفة كذا»: something was said on an occasion that is named right before."""
    start, _ = reading.sentence_of[at]
    before = reading.glances[max(start, at - _WORDS_FROM_OCCASION) : at]
    return any(glance.bare in carrier_words().occasions for glance in before)


def _brings(reading: Reading, at: int) -> str:
    """«بثته قناة كذا», «نشرت صحيفة كذا»: the verb before, with what it has."""
    for place in range(at - 1, max(-1, at - 1 - _WORDS_FROM_VERB), -1):
        form = cue_words().forms.get(reading.glances[place].unjoined)
        if form is not None and form.verb in carrier_words().carries:
            return f"{form.verb}:{form.has_object}"
    return ""


def _behind_signs(reading: Reading, at: int) -> str:
    """Give the word before a place, as far as it is one that tells something."""
    for place in range(at - 1, max(-1, at - 4), -1):
        glance = reading.glances[place]
        if not glance.is_sign:
            return glance.unjoined if glance.tag in ("ADP", "VERB", "NOUN") else glance.tag
    return "none"


def _told_to(one: Scene, carrier: Carrier) -> str:
    """Tell how a carrier stands to the act of reporting before it in its sentence."""
    start, _ = one.reading.sentence_of[carrier.first]
    for report in reversed(one.reports):
        if start <= report.cue[0] < carrier.first:
            if report.side == "from" and report.speaker and carrier.first < report.speaker.first:
                return "from"
            spoken = report.speaker is None or report.speaker.last < carrier.first
            if spoken and carrier.first <= max(report.content, report.cue[1] + 1):
                return f"before words:{carrier.led_by}"
            return f"within words:{carrier.led_by}"
    return ""
