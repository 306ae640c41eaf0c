"""
Sources that speak: beside a cue, in its sentence or known from one before it; a second one behind «و»; the owner of a
paper that speaks («بيان للديوان الملكي»); who brings the words of another («نقلت هيئة المرور عن السائق»).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tawatur.analysis.carrier_spelling import country_of_adjective
from tawatur.analysis.carrier_words import carrier_words
from tawatur.analysis.carriers import Carrier
from tawatur.analysis.person_names import is_place
from tawatur.analysis.reading import Glance, Reading
from tawatur.analysis.report import Report
from tawatur.analysis.source_mention import Mention, Scene
from tawatur.analysis.speaker_resolution import Bearer, bearer_of
from tawatur.analysis.speaker_words import speaker_words
from tawatur.analysis.speakers import Phrase, read_speaker
from tawatur.analysis.transmission import Way, ways_of
from tawatur.analysis.who_spoke import Speakers
from tawatur.text.spans import Span

__all__ = ["spoken"]

# Evidence is the crediting words: a cue and a speaker further apart than this many words are shown by the speaker.
_WORDS_OF_EVIDENCE = 22
# «شركة غوغل», «حزب الشعب» may be called by a name; a longer body before a person's name is told apart.
_WORDS_OF_BODY = 3
# «شركة "أوبر"» is «أوبر»; a longer name in front of marks is one.
_WORDS_BEFORE_MARKS = 2
_WORDS_TO_OCCASION = 3
# «كل من فلان وفلان وفلان»
_MOST_TOGETHER = 8
# What a verb without a speaker opens when it reports at all.
_TELLING = ("that", "colon", "marks")
# Steps of how likely an act reports.
_LIKELY = (0.1, 0.25, 0.42, 0.6, 0.8)


def spoken(one: Scene, speakers: Speakers) -> Iterator[Mention]:
    """Give those who speak in a text."""
    for report in one.reports:
        ways = ways_of(one.reading, report, one.carriers, one.reports)
        if report.speaker is None:
            tells = report.opening in _TELLING or _on_occasion(report, ways)
            if tells and (bearer := speakers.of(one.number, report)) is not None:
                yield _gone_back(one, report, bearer, ways)
            continue
        features = frozenset((*_features(one, report, report.speaker), *_believed(one, report)))
        relay = _relay(one, report)
        if relay is not None:
            yield _mention(one, speakers, report, relay, frozenset(_of_relay(one, report, relay)), ())
            ways = (Way(_as_carrier(one, relay, speakers), frozenset(("relays",))), *ways)
        told = _told_through(one, report)
        if told is not None:
            way = Way(_as_carrier(one, report.speaker, speakers), frozenset(("relays",)))
            yield _mention(one, speakers, report, told, frozenset(_of_told(report, told)), (way,))
        first, *others = _apart(one, _trimmed(one, report.speaker))
        if others:  # one who speaks beside another carries nothing of theirs
            beside = range(first.first, others[-1].last + 1)
            ways = tuple(way for way in ways if way.carrier.first not in beside)
        yield _mention(one, speakers, report, first, features, ways)
        for other in others:
            yield _mention(one, speakers, report, other, features | {"second"}, ways)


def _on_occasion(report: Report, ways: Sequence[Way]) -> bool:
    """«وأكد في كلمته تلقي الأعداء لضربات»: words were said, whatever they open with."""
    after = range(report.cue[1] + 1, report.cue[1] + 1 + _WORDS_TO_OCCASION)
    return any(way.carrier.kind == "occasion" and way.carrier.first in after for way in ways)


def _believed(one: Scene, report: Report) -> Iterator[str]:
    """Give what the finder of statements believes of an act."""
    likely = one.heard.reports[report]
    clause = sum(likely >= step for step in _LIKELY)
    marks = any(speech.report is report for speech in one.heard.speeches)
    yield f"clause:{clause}"
    yield f"marks:{marks}"
    yield f"believed:{marks or clause > 2}:{report.opening}"
    yield f"believed:{marks or clause > 2}:{report.speaker.kind if report.speaker else 'none'}"


def _relay(one: Scene, report: Report) -> Phrase | None:
    """«نقلت هيئة المرور عن السائق»: who brings the words of another."""
    told = report.speaker
    if report.side != "from" or told is None or report.form is None or report.form.verb != "نقل":
        return None
    after = report.cue[1] + 1
    phrase = read_speaker(one.reading, after, told.first, one.people) if after < told.first - 1 else None
    return phrase if phrase is not None and phrase.last < told.first else None


def _told_through(one: Scene, report: Report) -> Phrase | None:
    """«ونقل موقع كذا عن "فلان" أن»: the one behind «عن», whose words the speaker of the verb brings."""
    relays = report.form is not None and report.form.verb == "نقل" and report.side == "after"
    if not relays or report.speaker is None:
        return None
    glances, (_, stop) = one.reading.glances, one.reading.sentence_of[report.cue[0]]
    place = _over_signs(glances, report.speaker.last + 1, stop)
    while place + 1 < stop and glances[place].full != "عن":
        if glances[place].full == "علي" and glances[place + 1].full == "لسان":
            place += 1
            break
        if not glances[place].is_sign:
            return None
        place += 1
    place = _over_signs(glances, place + 1, stop)
    return read_speaker(one.reading, place, stop, one.people) if place < stop else None


def _over_signs(glances: Sequence[Glance], place: int, stop: int) -> int:
    while place < stop and glances[place].is_sign:
        place += 1
    return place


def _of_told(report: Report, told: Phrase) -> Iterator[str]:
    yield "told through"
    yield f"told through:{told.kind}"
    yield f"told through:{report.opening}"


def _of_relay(one: Scene, report: Report, relay: Phrase) -> Iterator[str]:
    yield "relays"
    yield f"relays:{relay.kind}"
    yield f"relays:{report.opening}"
    yield f"relays:{any(relay.first <= carrier.first <= relay.last for carrier in one.carriers)}"


def _as_carrier(one: Scene, phrase: Phrase, speakers: Speakers) -> Carrier:
    """Give who brings the words of another as a carrier: «ونقلت الوكالة عن» by the name that it has before."""
    known = next((carrier for carrier in one.carriers if phrase.first <= carrier.first <= phrase.last), None)
    if known is not None:
        return known
    return Carrier(
        kind="media",
        first=phrase.first,
        last=phrase.last,
        name=speakers.roster.fullest(bearer_of(one.reading, one.number, phrase)).name,
        head=one.reading.glances[phrase.first].bare,
        led_by="",
    )


def _trimmed(one: Scene, phrase: Phrase) -> Phrase:
    """Cut off what is told: «نشرت الوزارة بيانا», «أفاد المرصد السوري بوقوع هجوم», «نفت روسيا ضلوعها»."""
    if phrase.role is not None and _told_to(one.reading.glances, phrase):
        people = one.reading.glances[phrase.first].bare in speaker_words().people
        return Phrase(phrase.first, phrase.role[1], phrase.role, None, "people" if people else "role")
    if phrase.kind == "titled":
        return _without_other(one.reading.glances, phrase)
    if _owns_nothing(one.reading.glances, phrase):
        return Phrase(phrase.first, phrase.first, (phrase.first, phrase.first), None, phrase.kind)
    for place in range(max(phrase.first, phrase.name[0]) + 1, phrase.last + 1):
        if _is_told(one.reading.glances, phrase, place):
            last = place - 1
            return Phrase(phrase.first, last, (phrase.name[0], min(phrase.name[1], last)), phrase.role, phrase.kind)
    return phrase


def _owns_nothing(glances: Sequence[Glance], phrase: Phrase) -> bool:
    """«وصف مراقبون محكمة فلان بالمسرحية»: what ends in ون holds no noun behind it."""
    if phrase.kind not in ("people", "role") or phrase.first == phrase.last:
        return False
    head, following = glances[phrase.first], glances[phrase.first + 1]
    whole = head.bare.endswith(("ون", "ين")) and head.bare[:-2] in speaker_words().roles
    noun = following.tag == "NOUN" or following.bare in speaker_words().bodies
    noun = noun and not (following.preposition or following.joined)
    return whole and noun and following.plain == following.bare and not following.bare.endswith(("ون", "ين", "ات"))


def _told_to(glances: Sequence[Glance], phrase: Phrase) -> bool:
    """«قال مصدر مسؤول، لـCNN، إن»: the name is whom it was told to."""
    return phrase.role is not None and phrase.name[0] > phrase.role[1] and glances[phrase.name[0]].full in ("لـ", "ل")


def _without_other(glances: Sequence[Glance], phrase: Phrase) -> Phrase:
    """«أعلنت الهيئة الوطنية في مصر فوز الرئيس فلان»: a body that tells of a person is not called by the name."""
    words, head = speaker_words(), glances[phrase.first]
    if head.bare not in words.bodies or head.bare in words.roles or phrase.name[0] - phrase.first < _WORDS_OF_BODY:
        return phrase
    if any(glances[place].is_sign for place in range(phrase.first, phrase.name[0])):
        return phrase
    for place in range(phrase.first + 1, phrase.name[0]):
        if _opens_another(glances, place) or glances[place].bare in words.roles:
            return Phrase(phrase.first, place - 1, (phrase.first, place - 1), None, "body")
    return phrase


def _opens_another(glances: Sequence[Glance], place: int) -> bool:
    """Tell whether a noun without article stands behind one that has it, or behind a name."""
    glance, before = glances[place], glances[place - 1]
    return glance.tag == "NOUN" and glance.plain == glance.bare and not glance.preposition and before.definite


def _is_told(glances: Sequence[Glance], phrase: Phrase, place: int) -> bool:
    """Tell whether a word of a speaker's phrase begins what is told."""
    glance, before = glances[place], glances[place - 1]
    if glance.bare.endswith("ا") and glance.bare[:-1] in carrier_words().occasions:
        return True
    if phrase.kind in ("role", "people", "paper"):
        return False
    noun = glance.tag == "NOUN" and not is_place(glance)
    behind_place = place == phrase.first + 1 and before.bare in speaker_words().places
    return (
        (glance.tag == "NOUN" and glance.preposition and glance.full.startswith("ب"))
        or (phrase.kind == "body" and place > phrase.first + 1 and noun and _opens_another(glances, place))
        or (glance.has_pronoun and before.definite and not glance.joined)
        or (phrase.kind == "body" and place > phrase.first + 1 and _is_object(glance, before))
        or (noun and behind_place)
    )


def _is_object(glance: Glance, before: Glance) -> bool:
    """«أعلنت السلطات النيجيرية [المزيد] من»: the adjective of a nation or a country ends a name."""
    noun = glance.tag == "NOUN" and glance.plain != glance.bare and not glance.joined and not glance.preposition
    ends = is_place(before) or (before.plain != before.bare and country_of_adjective(before.bare) is not None)
    return noun and ends and not is_place(glance)


def _gone_back(one: Scene, report: Report, bearer: Bearer, ways: tuple[Way, ...]) -> Mention:
    cue = one.reading.span(*report.cue)
    verb = report.form.verb if report.form else "none"
    believed = (f"back:{feature}" for feature in _believed(one, report))
    features = frozenset(("back", f"back:{report.opening}", f"back:{verb}", *believed))
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
    one: Scene,
    speakers: Speakers,
    report: Report,
    phrase: Phrase,
    features: frozenset[str],
    ways: tuple[Way, ...],
) -> Mention:
    whole = report.speaker == phrase
    bearer = speakers.of(one.number, report) if whole else None
    bearer = bearer or speakers.roster.fullest(bearer_of(one.reading, one.number, phrase))
    carrier = next((c for c in one.carriers if c.kind != "occasion" and phrase.first <= c.first <= phrase.last), None)
    same = carrier is not None and carrier.first <= phrase.first + 1
    outlet = carrier.outlet if carrier is not None and same else None
    named = carrier is not None and outlet is not None and carrier.first <= phrase.name[0] <= carrier.last
    described = None if carrier is not None else _described(one.reading, phrase)
    return Mention(
        name=carrier.name if carrier is not None and named else described or bearer.name,
        role=None if described else bearer.role,
        here=one.reading.span(phrase.first, phrase.last),
        kind="body" if described else bearer.kind,
        evidence=_evidence(one.reading, report, phrase),
        features=features | ({"is carrier"} if same else frozenset()),
        outlet=outlet,
        ways=tuple(way for way in ways if not _is_of_name(way.carrier, phrase)),
    )


def _is_of_name(carrier: Carrier, phrase: Phrase) -> bool:
    """Tell whether a carrier is who speaks; of «بيان ليندا هولمز» the paper is none."""
    if carrier.kind == "occasion" and carrier.last < phrase.name[0]:
        return False
    return phrase.first <= carrier.first <= phrase.name[1]


def _described(reading: Reading, phrase: Phrase) -> Span | None:
    """Give the whole name of a body that stands in marks behind it: «الاتحاد الدولي لكرة القدم "فيفا"»."""
    if phrase.role is None or not phrase.role[0] + _WORDS_BEFORE_MARKS < phrase.name[0] < phrase.role[1]:
        return None
    return reading.span(phrase.role[0], phrase.name[1] + 1) if _is_body(reading.glances[phrase.first]) else None


def _is_body(glance: Glance) -> bool:
    return glance.bare in speaker_words().bodies and glance.bare not in speaker_words().roles


def _evidence(reading: Reading, report: Report, phrase: Phrase) -> Span:
    first, last = min(report.cue[0], phrase.first), max(report.cue[1], phrase.last)
    if last - first > _WORDS_OF_EVIDENCE:
        return reading.span(phrase.first, phrase.last)
    return reading.whole_span(first, last)


def _features(one: Scene, report: Report, phrase: Phrase) -> Iterator[str]:
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
    if head.bare in speaker_words().places:
        yield f"place speaks:{report.opening}"
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


def _apart(one: Scene, phrase: Phrase) -> list[Phrase]:
    """Give all who speak together: «السلطات ووسائل الإعلام», «خبراء طقس ومسؤولون», «فلان وفلان»."""
    found = [phrase]
    if phrase.kind in ("body", "people"):
        _, stop = one.reading.sentence_of[phrase.first]
        for place in range(phrase.first + 1, phrase.last + 1):
            if _joins(one.reading.glances, phrase, place):
                second = read_speaker(one.reading, place, stop, one.people)
                found = [Phrase(phrase.first, place - 1, (phrase.first, place - 1), None, phrase.kind)]
                if second is None:
                    return found
                found.append(second)
                break
    while len(found) < _MOST_TOGETHER and (following := _conjoined(one, found[-1])) is not None:
        found.append(following)
    return found


def _joins(glances: Sequence[Glance], phrase: Phrase, place: int) -> bool:
    """Tell whether another one begins inside a phrase; «سكان وشهود» are one."""
    glance, words = glances[place], speaker_words()
    if not glance.joined or (phrase.kind == "people" and place == phrase.first + 1 == phrase.last):
        return False
    many = phrase.kind == "people" and glance.bare in carrier_words().anonymous
    return many or glance.bare in words.bodies | words.people


def _conjoined(one: Scene, phrase: Phrase) -> Phrase | None:
    """«قالت مصادر في المعارضة وصحفيون»: the one behind «و» speaks as well."""
    glances, words = one.reading.glances, speaker_words()
    _, stop = one.reading.sentence_of[phrase.first]
    following = phrase.last + 1
    listed = phrase.kind == "titled" and following + 1 < stop and glances[following].full in ("،", ",")
    following += listed
    if following >= stop or not glances[following].joined:
        return None
    glance = glances[following]
    if glance.tag not in ("NOUN", "PROPN", "ADJ") or glance.bare not in words.roles | words.bodies | words.people:
        return None
    second = read_speaker(one.reading, following, stop, one.people)
    return None if listed and (second is None or second.kind != "titled") else second
