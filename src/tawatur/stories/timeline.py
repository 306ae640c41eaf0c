"""
Timelines: what happened when, in sentences of the articles.

Two things make an entry: a happening that an article dates, and the lead of a report that dates nothing, on the day it
appeared. A sentence must be readable by itself. Sentences of one day that tell the same are one entry, in the words of
the one that tells it best; the others are named in ``told_by``, as are those in which nothing is new. Where sides
contradict one another (a denial, or other figures for one thing) each stands in an entry of its own, under the name of
who claims it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from tawatur.model.analysis import Analysis, EventPrecision
from tawatur.model.article import Article
from tawatur.model.story import TimelineEntry
from tawatur.stories.counting import counts_in
from tawatur.stories.disputes import denier, doubts, is_one_side
from tawatur.stories.figures import said_by
from tawatur.stories.sentences_of import Said, in_common, sentences_of, weight_of
from tawatur.stories.standing import stands_alone
from tawatur.stories.terms import terms_of

__all__ = ["find_timeline", "tell_once"]

# Two sentences of one day that have so much of the lesser one's weight in common tell one thing.
_SAME = 0.5
# So much with any other of an entry; a sentence of which so much stands in entries of its day tells nothing new.
_SAME_AS_ANY, _NOTHING_NEW = 0.65, 0.7
# An article says its news in the standfirst and again in the lead.
_SAME_OF_ARTICLE = 0.4
_LETTERS = range(25, 420)
# What lies further back than this before a story is history; it is told when two outlets recall it.
_DAYS_BEFORE, _DAYS_AFTER = 30, 30
# A reader wants no more entries than there are reports, and a dozen of a small story.
_LEAST_ENTRIES, _MOST_ENTRIES = 12, 60
# Where a story has three reports, what one of them alone tells must hang on what headlines and leads of two are about.
_REPORTS_OF_A_CORE, _OF_CORE = 3, 0.12
# A lead tells the news of its headline; the first line of a feature sets a scene («لا تبدأ الحروب الصغيرة صدفة»).
_LEAD_OF_ITS_HEADLINE = 0.4
_PLACES_OF_LEAD = 3
_LETTERS_OF_A_MONTH = 7


@dataclass(frozen=True, slots=True)
class _Telling:
    """A sentence that tells of a day."""

    when: str
    precision: EventPrecision
    said: Said
    outlet: str
    speaker: str | None
    #: Who denies, where the sentence is a denial; "" when it does not say.
    denier: str | None
    #: Whether it says anywhere that something was denied, or is only said.
    is_doubtful: bool


def find_timeline(
    articles: Sequence[Article], analyses: Mapping[str, Analysis], copy_of: Mapping[str, str | None]
) -> tuple[TimelineEntry, ...]:
    """Find what happened when, oldest first.

    Args:
        articles: Of a story or of all stories of a theme, oldest first.
        analyses: What was found in them.
        copy_of: The original of each article that is a copy: copies tell nothing of their own.
    """
    originals = [article for article in articles if copy_of.get(article.id) is None]
    tellings = [each for article in originals for each in _tellings(article, analyses.get(article.id))]
    groups: list[list[_Telling]] = []
    by_day: dict[str, list[list[_Telling]]] = {}
    for telling in tellings:
        same_day = by_day.setdefault(telling.when[:10], [])
        group = next((group for group in same_day if _tells_same(group, telling)), None)
        if group is None:
            group = []
            groups.append(group)
            same_day.append(group)
        group.append(telling)
    core = _core(originals)
    kept = [group for group in groups if _is_of_story(group, originals) and _hangs_on(group, core)]
    kept.sort(key=_rank)
    kept = list(_news(kept, max(filter(None, (_day_of(article) for article in originals)), default="9")))
    most = min(_MOST_ENTRIES, max(_LEAST_ENTRIES, len(originals)))
    entries = [entry for group in kept[:most] for entry in _entries(group)]
    place = {article.id: at for at, article in enumerate(originals)}
    return tuple(sorted(entries, key=lambda entry: (entry.when[:10], entry.when, place[entry.article], entry.start)))


def tell_once(entries: Iterable[TimelineEntry]) -> tuple[TimelineEntry, ...]:
    """Leave out the entries of several stories that tell of a day what one before them tells, sides apart."""
    kept: dict[str, list[tuple[TimelineEntry, frozenset[str]]]] = {}
    for entry in sorted(entries, key=lambda entry: -len(entry.told_by)):
        terms = frozenset(terms_of(entry.text))
        of_day = kept.setdefault(entry.when[:10], [])
        if entry.claimed_by is not None or all(in_common(terms, other) < _SAME for _, other in of_day):
            of_day.append((entry, terms))
    return tuple(entry for of_day in kept.values() for entry, _ in of_day)


def _rank(group: Sequence[_Telling]) -> tuple[int, int]:
    """Order entries: what most outlets tell, then what stands first."""
    return -len({each.outlet for each in group}), min(each.said.place for each in group)


def _core(articles: Sequence[Article]) -> frozenset[str]:
    """Give what the headlines and leads of two reports are about; nothing where there are too few to tell."""
    if len(articles) < _REPORTS_OF_A_CORE:
        return frozenset()
    about = Counter(
        term
        for article in articles
        for term in frozenset().union(*(said.terms for said in sentences_of(article)[:_PLACES_OF_LEAD]))
    )
    return frozenset(term for term, count in about.items() if count > 1)


def _hangs_on(group: Sequence[_Telling], core: frozenset[str]) -> bool:
    """Tell whether a sentence is of the story: a digest of the press, or a page of live news, tells of others too."""
    if not core or len({each.said.article for each in group}) > 1:
        return True
    terms = group[0].said.terms
    return weight_of(terms & core) >= _OF_CORE * weight_of(terms)


def _news(groups: Sequence[list[_Telling]], last: str) -> Iterator[list[_Telling]]:
    """Give the entries that tell something new, the first first; the others are told by those they are most like."""
    by_day: dict[str, list[list[_Telling]]] = {}
    for group in groups:
        day = group[0].when[:10]
        others = by_day.setdefault(day, [])
        terms = _best(group).said.terms
        told = frozenset().union(*(_best(other).said.terms for other in others))
        is_old = weight_of(terms & told) >= _NOTHING_NEW * weight_of(terms)
        # Of a day that is yet to come there is one thing to say.
        if others and not any(each.denier for each in group) and (is_old or day > last):
            max(others, key=lambda other: in_common(_best(other).said.terms, terms)).extend(group)
            continue
        others.append(group)
        yield group


def _tellings(article: Article, analysis: Analysis | None) -> Iterator[_Telling]:
    """Give the sentences of an article that tell of a day: each once, on the first day that it names."""
    sentences = sentences_of(article)
    outlet = article.source or article.id
    seen: set[int] = set()
    for event in sorted(analysis.events, key=lambda event: event.start) if analysis is not None else ():
        said = next((s for s in sentences if s.field == event.field and s.start <= event.start < s.end), None)
        if said is None or event.when is None or len(event.when) < _LETTERS_OF_A_MONTH or event.precision == "interval":
            continue
        if said.field == "title" or len(said.text) not in _LETTERS or said.place in seen:
            continue
        if not stands_alone(said.text):
            continue
        seen.add(said.place)
        yield _telling(event.when, event.precision or "day", said, outlet, analysis)
    lead = next((s for s in sentences if s.field == "body" and len(s.text) in _LETTERS), None)
    if min(seen, default=_PLACES_OF_LEAD) >= _PLACES_OF_LEAD and lead is not None and article.published is not None:
        title = sentences[0].terms if sentences[0].field == "title" else frozenset()
        if in_common(title, lead.terms) >= _LEAD_OF_ITS_HEADLINE:
            yield _telling(article.published.isoformat()[:10], "day", lead, outlet, analysis)


def _telling(when: str, precision: EventPrecision, said: Said, outlet: str, analysis: Analysis | None) -> _Telling:
    return _Telling(when, precision, said, outlet, said_by(analysis, said), denier(said.text), doubts(said.text))


def _tells_same(group: Sequence[_Telling], telling: _Telling) -> bool:
    terms = telling.said.terms
    least = _SAME_OF_ARTICLE if group[0].said.article == telling.said.article else _SAME
    return in_common(group[0].said.terms, terms) >= least or any(
        in_common(each.said.terms, terms) >= _SAME_AS_ANY for each in group[1:]
    )


def _is_of_story(group: Sequence[_Telling], articles: Sequence[Article]) -> bool:
    """Tell whether a day lies near the coverage, or two outlets recall it."""
    days = [_day(article.published) for article in articles if article.published is not None]
    if not days or len({each.outlet for each in group}) > 1:
        return True
    when = group[0].when[:10]
    first = (min(days) - timedelta(days=_DAYS_BEFORE)).isoformat()
    last = (max(days) + timedelta(days=_DAYS_AFTER)).isoformat()
    return first[: len(when)] <= when <= last


def _day_of(article: Article) -> str | None:
    return None if article.published is None else article.published.isoformat()[:10]


def _best(group: Sequence[_Telling]) -> _Telling:
    return min(group, key=_worth)


def _day(moment: datetime | date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _entries(group: Sequence[_Telling]) -> Iterator[TimelineEntry]:
    """Give the entry of sentences that tell the same; one a side where they contradict one another."""
    best = _best(group)
    against = next((each for each in group if each is not best and _contradicts(best, each)), None)
    others = [each for each in group if each is not best and each is not against]
    told_by = tuple(dict.fromkeys(each.said.article for each in others if each.said.article != best.said.article))
    entry = _entry(best)
    if against is None:
        yield replace(entry, told_by=told_by)
        return
    yield replace(entry, told_by=told_by, claimed_by=_claimant(best))
    yield replace(_entry(against), claimed_by=_claimant(against))


def _claimant(telling: _Telling) -> str:
    return telling.speaker or telling.denier or telling.outlet


def _worth(telling: _Telling) -> tuple[int, int, int]:
    """Order sentences: those that tell the hour, those of a lead, the shorter."""
    return (-int(len(telling.when) > 10), min(telling.said.place, 4), len(telling.said.text))


def _entry(telling: _Telling) -> TimelineEntry:
    said = telling.said
    return TimelineEntry(
        when=telling.when,
        precision=telling.precision,
        text=said.text,
        article=said.article,
        field=said.field,
        start=said.start,
        end=said.end,
    )


def _contradicts(one: _Telling, other: _Telling) -> bool:
    """Tell whether two sentences cannot both be right: one denies, or they count one thing differently."""
    if (one.denier is None) != (other.denier is None):
        claim = other if one.denier is not None else one
        return not claim.is_doubtful and not is_one_side(_claimant(one), _claimant(other))
    if one.speaker is None or other.speaker is None or is_one_side(one.speaker, other.speaker):
        return False  # nobody knows that it is not one count, brought up to date
    here = {count.kind: count.value for count in counts_in(one.said.text)}
    there = {count.kind: count.value for count in counts_in(other.said.text)}
    return any(here[kind] != there[kind] for kind in here.keys() & there.keys()) and one.when == other.when
