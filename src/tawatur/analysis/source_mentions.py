"""
Mentions of sources: every place of an article that may credit somebody for information, with what speaks for it.

Those who speak beside a cue, in the sentence or known from one before it; a second one behind «و»; the owner of a paper
that speaks («بيان للديوان الملكي»); every outlet, agency and platform that is named; whoever signs the text. Whether a
mention is a source is judged elsewhere (``attribution``): features are names, there or not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tawatur.analysis.carriers import Carrier, carrier_words, find_carriers
from tawatur.analysis.cue_words import folded
from tawatur.analysis.document import Document
from tawatur.analysis.quotation_marks import find_marked
from tawatur.analysis.reading import Reading, read_passage
from tawatur.analysis.report import Report
from tawatur.analysis.reports import find_reports
from tawatur.analysis.signatures import find_signatures
from tawatur.analysis.speaker_resolution import Bearer, Roster, bearer_of
from tawatur.analysis.speaker_words import given_names, speaker_words
from tawatur.analysis.speakers import Phrase, read_speaker
from tawatur.analysis.transmission import Way, ways_of
from tawatur.analysis.who_spoke import Speakers
from tawatur.model.analysis import Entity
from tawatur.sources.registry import Outlet
from tawatur.text.spans import Span

__all__ = ["Mention", "find_mentions", "people_in"]

# Evidence is the crediting words: a cue and a speaker further apart than this many words are shown by the speaker.
_WORDS_OF_EVIDENCE = 22


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place that may credit a source."""

    #: In the fullest form the text has.
    name: Span
    role: Span | None
    #: As it stands here.
    here: Span
    #: What the name is headed by: a ``PhraseKind``, a ``CarrierKind`` or ``signature``.
    kind: str
    evidence: Span
    features: frozenset[str]
    outlet: Outlet | None = None
    #: What may have carried the words.
    ways: tuple[Way, ...] = field(default=())
    #: Names somebody here; False for a verb that goes back to one named before.
    named: bool = True


@dataclass(frozen=True, slots=True)
class _Passage:
    number: int
    reading: Reading
    people: Sequence[range]
    reports: Sequence[Report]
    carriers: list[Carrier]


def people_in(reading: Reading, entities: Sequence[Entity]) -> list[range]:
    """Give the words of persons' names, longest first where they lie in one another."""
    passage = reading.passage
    spans = (span for entity in entities if entity.type == "PER" for span in entity.spans)
    found: list[range] = []
    for span in sorted((one for one in spans if one.field == passage.field), key=lambda one: (one.start, -one.end)):
        first = passage.word_range(0, span.start + 1).stop - 1
        words = range(max(0, first), passage.word_range(span.start, span.end).stop)
        if words and (not found or words.start >= found[-1].stop):
            found.append(words)
    return found


def find_mentions(document: Document, entities: Sequence[Entity]) -> list[Mention]:
    """Find all mentions of an article, in the order title, abstract, body."""
    passages = []
    for number, passage in enumerate(document.passages):
        reading = read_passage(passage)
        people = people_in(reading, entities)
        reports = find_reports(reading, find_marked(passage.text), people)
        passages.append(_Passage(number, reading, people, reports, find_carriers(reading)))
    for one in passages:
        one.carriers[:] = _not_signing(one)
    roster = Roster([one.reading for one in passages], [one.people for one in passages])
    speakers = Speakers(roster, [[report for report in one.reports if _may_tell(report)] for one in passages])
    found: list[Mention] = []
    for one in passages:
        found += _signed(one)
        found += _spoken(one, roster, speakers)
        found += _carried(one)
    return found


def _may_tell(report: Report) -> bool:
    return report.speaker is not None or report.opening in ("that", "colon", "marks")


# ---- signatures


def _not_signing(one: _Passage) -> list[Carrier]:
    """Leave out the carriers that sign the text: they are found as signatures, and carried no single words."""
    signed = [signature.evidence for signature in find_signatures(one.reading.passage)]
    return [c for c in one.carriers if not any(span.start <= c.name.start < span.end for span in signed)]


def _signed(one: _Passage) -> Iterator[Mention]:
    for signature in find_signatures(one.reading.passage):
        yield Mention(
            name=signature.name,
            role=None,
            here=signature.name,
            kind="signature",
            evidence=signature.evidence,
            features=frozenset(("signature", f"signature:{'head' if signature.at_head else 'foot'}")),
            outlet=signature.outlet,
        )


# ---- speakers


def _spoken(one: _Passage, roster: Roster, speakers: Speakers) -> Iterator[Mention]:
    for report in one.reports:
        ways = ways_of(one.reading, report, one.carriers, one.reports)
        if report.speaker is None:
            if _may_tell(report) and (bearer := speakers.of(one.number, report)) is not None:
                yield _gone_back(one, report, bearer, ways)
            continue
        features = frozenset(_features(one, report, report.speaker))
        relay = _relay(one, report)
        if relay is not None:
            yield _mention(one, roster, report, relay, features | {"relays"}, ())
            ways = (Way(_as_carrier(one, relay), frozenset(("relays",))), *ways)
        owner = _owner(one, report.speaker)
        if owner is not None:
            paper = next((c for c in one.carriers if c.first == report.speaker.first), None)
            through = (Way(paper, frozenset(("owner", "kind:occasion", f"head:{paper.head}"))),) if paper else ()
            yield _mention(one, roster, report, owner, features | {"owner"}, (*through, *ways))
            continue
        if _speaks_again(one, report.speaker):
            continue
        first, second = _apart(one, _before_object(one, report.speaker))
        yield _mention(one, roster, report, first, features, ways)
        if second is not None:
            yield _mention(one, roster, report, second, features | {"second"}, ways)


def _relay(one: _Passage, report: Report) -> Phrase | None:
    """«نقلت هيئة المرور عن السائق»: who brings the words of another."""
    told = report.speaker
    if report.side != "from" or told is None or report.form is None or report.form.verb != "نقل":
        return None
    after = report.cue[1] + 1
    phrase = read_speaker(one.reading, after, told.first, one.people) if after < told.first - 1 else None
    return phrase if phrase is not None and phrase.last < told.first else None


def _as_carrier(one: _Passage, phrase: Phrase) -> Carrier:
    known = next((carrier for carrier in one.carriers if phrase.first <= carrier.first <= phrase.last), None)
    if known is not None:
        return known
    return Carrier(
        kind="media",
        first=phrase.first,
        last=phrase.last,
        name=_span(one.reading, *phrase.name),
        head=one.reading.glances[phrase.first].bare,
        led_by="",
    )


def _speaks_again(one: _Passage, phrase: Phrase) -> bool:
    """«وقال البيان»: a paper that was named before is no source beside the one who wrote it."""
    head = one.reading.glances[phrase.first]
    return head.bare in carrier_words().strong and head.plain != head.bare


def _before_object(one: _Passage, phrase: Phrase) -> Phrase:
    """«نشرت الوزارة بيانا»: the paper is what was issued, not who issued it."""
    for place in range(phrase.first + 1, phrase.last + 1):
        glance = one.reading.glances[place]
        if glance.bare.endswith("ا") and glance.bare[:-1] in carrier_words().occasions:
            last = place - 1
            name = (phrase.name[0], min(phrase.name[1], last))
            if name[0] <= name[1]:
                return Phrase(phrase.first, last, name, phrase.role, phrase.kind)
    return phrase


def _gone_back(one: _Passage, report: Report, bearer: Bearer, ways: tuple[Way, ...]) -> Mention:
    cue = _span(one.reading, *report.cue)
    verb = report.form.verb if report.form else "none"
    features = frozenset(("back", f"back:{report.opening}", f"back:{verb}"))
    return Mention(
        name=bearer.name,
        role=bearer.role,
        here=cue,
        kind=bearer.kind,
        evidence=cue,
        features=features,
        ways=ways,
        named=False,
    )


def _mention(
    one: _Passage,
    roster: Roster,
    report: Report,
    phrase: Phrase,
    features: frozenset[str],
    ways: tuple[Way, ...],
) -> Mention:
    bearer = roster.fullest(bearer_of(one.reading, one.number, phrase))
    carrier = next((c for c in one.carriers if c.kind != "occasion" and phrase.first <= c.first <= phrase.last), None)
    same = carrier is not None and carrier.first <= phrase.first + 1 and carrier.kind != "occasion"
    outlet = carrier.outlet if carrier is not None and same else None
    return Mention(
        name=_whole(one.reading, bearer.name),
        role=bearer.role,
        here=_span(one.reading, phrase.first, phrase.last),
        kind=bearer.kind,
        evidence=_evidence(one.reading, report, phrase),
        features=features | ({"is carrier"} if same else frozenset()),
        outlet=outlet,
        ways=tuple(
            way for way in ways if not phrase.first <= way.carrier.first <= phrase.name[1] or "owner" in way.features
        ),
    )


def _whole(reading: Reading, name: Span) -> Span:
    """Give back the «و» of «وليد»: what lies inside a phrase is no conjunction."""
    text = reading.passage.text
    if name.field != reading.passage.field or not name.start or text[name.start - 1] != "و":
        return name
    end = next((at for at in range(name.start, name.end) if not text[at].isalnum()), name.end)
    if folded(text[name.start - 1 : end]) in given_names():
        return Span(name.start - 1, name.end, name.field)
    return name


def _evidence(reading: Reading, report: Report, phrase: Phrase) -> Span:
    first, last = min(report.cue[0], phrase.first), max(report.cue[1], phrase.last)
    if last - first > _WORDS_OF_EVIDENCE:
        return _span(reading, phrase.first, phrase.last)
    return Span(reading.passage.words[first].start, reading.end(last), reading.passage.field)


def _features(one: _Passage, report: Report, phrase: Phrase) -> Iterator[str]:
    """Give what tells whether who is named beside a cue is credited for information."""
    glances = one.reading.glances
    head, form = glances[phrase.first], report.form
    verb = form.verb if form else ("apart" if report.apart else "colon")
    yield f"verb:{verb}"
    yield f"class:{form.kind if form else 'none'}"
    yield f"form:{form.form if form else 'none'}"
    yield f"opening:{report.opening}"
    yield f"class:{form.kind if form else 'none'}:{report.opening}"
    yield f"side:{report.side}"
    yield f"side:{report.side}:{report.opening}"
    yield f"phrase:{phrase.kind}"
    yield f"phrase:{phrase.kind}:{report.opening}"
    yield f"head:{head.bare}"
    yield f"definite:{head.plain != head.bare}:{phrase.first == phrase.last}"
    if report.apart:
        yield "apart"
    if report.cue[0] and glances[report.cue[0] - 1].full in ("لم", "لن", "لا", "ان", "لان"):
        yield f"before:{glances[report.cue[0] - 1].full}"
    if head.preposition:
        yield "preposition"
    start, _ = one.reading.sentence_of[report.cue[0]]
    yield f"begins:{report.cue[0] - start <= 1}"
    yield f"field:{one.reading.passage.field}"
    yield f"object:{bool(form and form.has_object)}"
    follows = glances[phrase.last + 1].full if phrase.last + 1 < len(glances) else ""
    yield f"follows:{follows if follows in ('،', ':', 'ان', 'في', 'عن', 'علي', 'الي', 'ل') else 'other'}"


def _apart(one: _Passage, phrase: Phrase) -> tuple[Phrase, Phrase | None]:
    """Cut «السلطات ووسائل الإعلام» in two; give a single phrase with the one behind «و», if it speaks as well."""
    if phrase.kind in ("body", "people"):
        _, stop = one.reading.sentence_of[phrase.first]
        for place in range(phrase.first + 1, phrase.last + 1):
            glance = one.reading.glances[place]
            if glance.joined and glance.bare in speaker_words().bodies | speaker_words().people:
                second = read_speaker(one.reading, place, stop, one.people)
                first = Phrase(phrase.first, place - 1, (phrase.first, place - 1), None, phrase.kind)
                return first, second
    return phrase, _conjoined(one, phrase)


def _conjoined(one: _Passage, phrase: Phrase) -> Phrase | None:
    """«قالت مصادر في المعارضة وصحفيون»: the one behind «و» speaks as well."""
    following = phrase.last + 1
    _, stop = one.reading.sentence_of[phrase.first]
    if following >= stop or not one.reading.glances[following].joined:
        return None
    glance = one.reading.glances[following]
    words = speaker_words()
    if glance.tag not in ("NOUN", "PROPN", "ADJ") or glance.bare not in words.roles | words.bodies | words.people:
        return None
    return read_speaker(one.reading, following, stop, one.people)


def _owner(one: _Passage, phrase: Phrase) -> Phrase | None:
    """«بيان للديوان الملكي», «بيان صادر عن الوزارة», «بيانات الجمعية»: whose the paper is."""
    glances = one.reading.glances
    if glances[phrase.first].bare not in speaker_words().papers:
        return None
    _, stop = one.reading.sentence_of[phrase.first]
    at = phrase.first + 1
    limit = min(stop, at + 5)
    named_before = glances[phrase.first].plain != glances[phrase.first].bare
    if named_before and at < stop and not (glances[at].preposition or glances[at].full == "عن"):
        return None  # «حدد البيان الشروط»: only a noun without article has its owner beside it
    while at < limit:
        glance = glances[at]
        if (
            glance.bare in ("صادر", "صادره", "صدر", "صدرت", "اصدره", "اصدرته", "نشرته", "نشره", "اعدته", "اعده")
            or glance.full == "عن"
        ):
            at += 1
            continue
        if glance.bare in carrier_words().adjectives and glance.tag == "ADJ":
            at += 1
            continue
        owner = read_speaker(one.reading, at, stop, one.people)
        return owner if owner and (glance.definite or glance.preposition or owner.kind in ("body", "titled")) else None
    return None


# ---- carriers themselves


def _carried(one: _Passage) -> Iterator[Mention]:
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


def _behind_signs(reading: Reading, at: int) -> str:
    """Give the word before a place, as far as it is one that tells something."""
    for place in range(at - 1, max(-1, at - 4), -1):
        glance = reading.glances[place]
        if not glance.is_sign:
            return glance.unjoined if glance.tag in ("ADP", "VERB", "NOUN") else glance.tag
    return "none"


def _told_to(one: _Passage, carrier: Carrier) -> str:
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


def _span(reading: Reading, first: int, last: int) -> Span:
    return Span(reading.start(first), reading.end(last), reading.passage.field)
