"""
Timelines: what happened when, in sentences of the articles.

Two things make an entry: a happening that an article dates, and the lead of a report that dates nothing, on the day it
appeared. Sentences of one day that tell the same are one entry, in the words of the one that tells it best; the others
are named in ``told_by``. Where sides contradict one another (a denial, or other figures for one thing) each stands in
an entry of its own, under the name of who claims it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from tawatur.model.analysis import Analysis, EventPrecision
from tawatur.model.article import Article
from tawatur.model.story import TimelineEntry
from tawatur.stories.disputes import denials
from tawatur.stories.figures import counts_in, said_by
from tawatur.stories.sentences_of import Said, in_common, sentences_of
from tawatur.text.letters import normalised_text

__all__ = ["find_timeline"]

# Two sentences of one day that have so much of the lesser one's weight in common tell one thing.
_SAME = 0.5
_LETTERS = range(25, 420)
# What lies further back than this before a story is history; it is told when two outlets recall it.
_DAYS_BEFORE, _DAYS_AFTER = 30, 30
_MOST_ENTRIES = 60
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
    is_denial: bool


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
    kept = [group for group in groups if _is_of_story(group, originals)]
    kept.sort(key=lambda group: (-len({each.outlet for each in group}), group[0].said.place))
    entries = [entry for group in kept[:_MOST_ENTRIES] for entry in _entries(group)]
    return tuple(sorted(entries, key=lambda entry: (entry.when[:10], entry.when, entry.article, entry.start)))


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
        seen.add(said.place)
        yield _telling(event.when, event.precision or "day", said, outlet, analysis)
    lead = next((s for s in sentences if s.field == "body" and len(s.text) in _LETTERS), None)
    if min(seen, default=_PLACES_OF_LEAD) >= _PLACES_OF_LEAD and lead is not None and article.published is not None:
        title = sentences[0].terms if sentences[0].field == "title" else frozenset()
        if in_common(title, lead.terms) >= _LEAD_OF_ITS_HEADLINE:
            yield _telling(article.published.isoformat()[:10], "day", lead, outlet, analysis)


def _telling(when: str, precision: EventPrecision, said: Said, outlet: str, analysis: Analysis | None) -> _Telling:
    words = {word.removeprefix("\u0648") for word in normalised_text(said.text, "index").split()}
    return _Telling(when, precision, said, outlet, said_by(analysis, said), bool(words & denials()))


def _tells_same(group: Sequence[_Telling], telling: _Telling) -> bool:
    return in_common(group[0].said.terms, telling.said.terms) >= _SAME


def _is_of_story(group: Sequence[_Telling], articles: Sequence[Article]) -> bool:
    """Tell whether a day lies near the coverage, or two outlets recall it."""
    days = [_day(article.published) for article in articles if article.published is not None]
    if not days or len({each.outlet for each in group}) > 1:
        return True
    when = group[0].when[:10]
    first = (min(days) - timedelta(days=_DAYS_BEFORE)).isoformat()
    last = (max(days) + timedelta(days=_DAYS_AFTER)).isoformat()
    return first[: len(when)] <= when <= last


def _day(moment: datetime | date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _entries(group: Sequence[_Telling]) -> Iterator[TimelineEntry]:
    """Give the entry of sentences that tell the same; one a side where they contradict one another."""
    best = min(group, key=_worth)
    against = next((each for each in group if each is not best and _contradicts(best, each)), None)
    others = [each for each in group if each is not best and each is not against]
    told_by = tuple(dict.fromkeys(each.said.article for each in others if each.said.article != best.said.article))
    entry = _entry(best)
    if against is None:
        yield replace(entry, told_by=told_by)
        return
    yield replace(entry, told_by=told_by, claimed_by=best.speaker or best.outlet)
    yield replace(_entry(against), claimed_by=against.speaker or against.outlet)


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
    if one.is_denial != other.is_denial:
        return True
    if one.speaker is None or other.speaker is None or one.speaker == other.speaker:
        return False  # nobody knows that it is not one count, brought up to date
    here = {count.kind: count.value for count in counts_in(one.said.text)}
    there = {count.kind: count.value for count in counts_in(other.said.text)}
    return any(here[kind] != there[kind] for kind in here.keys() & there.keys()) and one.when == other.when
