"""
What is no tag, however likely it looks: an adjective without its noun, a noun that holds the word behind it, a measure.

The ranker weighs all that is known of a phrase; what is said here no newsroom tags at all («العراقي» of «الرئيس
العراقي», «أمير منطقة» of «أمير منطقة عسير», «مليار دولار», «زيفاً»). Names that were found are not asked.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from tawatur.analysis.noun_phrases import Unit
from tawatur.analysis.phrase_features import Candidate, PhraseText

__all__ = ["cuts_name", "mended", "words_of_dateline"]

# Of its places, the share in which an adjective follows its noun.
_MOSTLY = 0.5
# Words; «أتلانتا، الولايات المتحدة الأمريكية (CNN) –», «عمر إبراهيم – عين اليوم».
_LONGEST_DATELINE = 12
_BOUNDS = frozenset("-\u2013\u2014\u0640:/")
_TANWIN = ("ًا", "اً", "ً")


class _Place(NamedTuple):
    """A phrase where it stands, and what touches it without a clitic on its left and right."""

    units: list[Unit]
    words: list[str]
    left: Unit | None
    right: Unit | None


def mended(phrase: Candidate, candidates: Sequence[Candidate], texts: list[PhraseText]) -> Candidate | None:
    """Give a phrase that may be a tag; of one that may not, the longer by a word that stands most often.

    None where no longer one may be a tag either. «الناتج الياباني» for «الياباني», «أمير منطقة عسير» for «أمير منطقة».
    """
    if not _is_no_tag(phrase, texts):
        return phrase
    longer = (
        other
        for other in candidates
        if other.key.count(" ") == phrase.key.count(" ") + 1
        and (other.key.startswith(f"{phrase.key} ") or other.key.endswith(f" {phrase.key}"))
        and not _is_no_tag(other, texts)
    )
    return max(longer, key=lambda other: len(other.places), default=None)


def cuts_name(candidate: Candidate, names: Sequence[Collection[tuple[int, int]]]) -> bool:
    """Tell whether a phrase begins or ends inside a name wherever it stands: «مدير الميناء سالم» of «سالم الورغي».

    Args:
        candidate: The phrase.
        names: Of each text, the first and last words of its names.
    """
    return all(
        any(
            first < phrase.first <= last < phrase.last or phrase.first < first <= phrase.last < last
            for first, last in of
        )
        for of, phrase in ((names[number], phrase) for number, phrase in candidate.places)
    )


def words_of_dateline(text: PhraseText) -> int:
    """Tell how many words of a body come before its report: who wrote it, where and for whom."""
    passage, end = text.passage, 0
    if passage.field != "body":
        return 0
    for at, word in enumerate(passage.words[:_LONGEST_DATELINE]):
        if any(segment.pos == "VERB" for segment in word.segments):
            break
        following = passage.words[at + 1].start if at + 1 < len(passage.words) else len(passage.text)
        if word.text[:1] in _BOUNDS or "\n" in passage.text[word.end : following]:
            end = at + 1
    return end


def _is_no_tag(candidate: Candidate, texts: list[PhraseText]) -> bool:
    """Tell whether a phrase stands nowhere as one that could be tagged."""
    places = [_place(texts[number], phrase.first, phrase.last) for number, phrase in candidate.places]
    first = places[0].units[0]
    if first.shape == "D" or any(unit.has_pronoun for unit in places[0].units) or all(map(_is_adverb, places)):
        return True
    if len(places[0].units) > 1:
        return all(map(_holds_what_follows, places))
    if first.shape == "A":
        return sum(place.left is not None for place in places) >= _MOSTLY * len(places)
    return first.shape == "N" and not any(place.units[0].has_article for place in places)


def _place(text: PhraseText, first: int, last: int) -> _Place:
    units, touches = text.units, text.touches
    left = units[first - 1] if first and touches[first - 1] and not units[first].lead else None
    right = units[last + 1] if last + 1 < len(units) and touches[last] and not units[last + 1].lead else None
    words = [word.text for word in text.passage.words[first : last + 1]]
    return _Place(
        units[first : last + 1],
        words,
        left if left is not None and left.shape in "NPA" else None,
        right if right is not None and right.shape in "NPA" else None,
    )


def _is_adverb(place: _Place) -> bool:
    """«إنفاذاً للتوجيه», «أكثر أمناً»."""
    return any(word.endswith(_TANWIN) for word in place.words)


def _holds_what_follows(place: _Place) -> bool:
    """«أمير منطقة [عسير]», «شركة الاتصالات [السعودية]»."""
    last, right = place.units[-1], place.right
    if last.shape != "N" or right is None:
        return False
    if right.shape == "A":
        return right.has_article == last.has_article
    return not last.has_article
