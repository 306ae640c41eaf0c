"""
Who it was in full: «الوزير», «بيسكوف», «وأضاف» carried back to the fullest form that the article has.

All who are named with an office, all who speak and all persons found are kept in the order of the text. A later mention
is joined to a fuller one whose words hold its own; a verb without a speaker to the last one who spoke, of its gender
where the text has told it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from tawatur.analysis.cue_words import cue_words
from tawatur.analysis.papers import issuer_of
from tawatur.analysis.person_names import find_names
from tawatur.analysis.reading import Reading
from tawatur.analysis.speaker_words import is_of_nation, speaker_words
from tawatur.analysis.speakers import Phrase, PhraseKind, read_speaker
from tawatur.text.names import name_key
from tawatur.text.spans import Span

__all__ = ["Bearer", "Roster", "bearer_of", "gender_of_office"]

_ENDING = re.compile("(?:يات|يه|ات|ين|ون|ي|ا|ه)$")
_NAMED_OFTEN = 2
_WORDS_OF_STAND_IN = 2
_WORDS_OF_BODY = 12
_WORDS_TO_PAPER = 12
# Each mention is laid beside all others: news has 20 of them, a book would have no end.
_MOST_BEARERS = 400
_NOMINAL = frozenset(("NOUN", "PROPN", "X"))
_SMALL = frozenset(("في", "من", "علي", "عن", "الي", "و", "باسم", "لدي", "مع"))


@dataclass(frozen=True, slots=True)
class Bearer:
    """Somebody named in the article, as one place of it has them."""

    name: Span
    role: Span | None
    kind: PhraseKind
    #: Words of the name and of what they are, folded.
    name_words: tuple[str, ...]
    role_words: tuple[str, ...]
    #: Place in the article: number of the passage, number of the word.
    at: tuple[int, int]
    #: Keys of the words of the name, which spellings have in common.
    keys: frozenset[str]


@dataclass(slots=True)
class Roster:
    """All who are named in an article."""

    readings: Sequence[Reading]
    people: Sequence[Sequence[range]]
    bearers: list[Bearer] = field(default_factory=list)
    #: Papers («بيان») whose issuer the text tells, with the issuer.
    papers: list[tuple[str, Bearer]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Enter everybody who is named with an office, and every name of a person."""
        for number, reading in enumerate(self.readings):
            for phrase in (*_offices(reading, self.people[number]), *_bodies(reading, self.people[number])):
                self.enter(number, phrase)
            for head, issuer in _papers(reading, self.people[number]):
                self.papers.append((head, bearer_of(reading, number, issuer)))
            if not any(self.people):
                for name in find_names(reading):
                    span = (name.start, name.stop - 1)
                    self.enter(number, Phrase(*span, span, None, "name"))

    def enter(self, number: int, phrase: Phrase) -> Bearer:
        """Enter a phrase of a passage."""
        reading = self.readings[number]
        bearer = bearer_of(reading, number, phrase)
        if len(self.bearers) >= _MOST_BEARERS:
            return bearer
        self.bearers.append(bearer)
        alias = _in_brackets(reading, phrase.last + 1)
        if alias and phrase.kind in ("name", "titled"):
            words = (*bearer.name_words, *_words(reading, *alias))
            self.bearers.append(replace(bearer, name_words=words, keys=frozenset(map(_key, words))))
        return bearer

    def fullest(self, bearer: Bearer, spoke: Sequence[Bearer] = ()) -> Bearer:
        """Give the fullest mention of the one who is mentioned; ``spoke`` are those who spoke before, last first."""
        if bearer.kind in ("name", "titled", "other"):
            return self._fuller_name(bearer)
        if bearer.kind == "role":
            return self._holder(bearer) or self._same_head(bearer, spoke) or self._stands_for(bearer, spoke) or bearer
        return self._same_head(bearer, spoke) or self._stands_for(bearer, spoke) or bearer

    def _fuller_name(self, bearer: Bearer) -> Bearer:
        words = bearer.keys
        if set(bearer.name_words) <= speaker_words().places or bearer.name.end <= bearer.name.start:
            return bearer
        best, rank = bearer, self._rank(bearer, bearer)
        for other in self.bearers:
            if not words <= other.keys or other.kind not in ("name", "titled", "body"):
                continue
            if other.kind == "body" and self._only_lies_in(bearer, other):
                continue
            of_other = self._rank(other, bearer)
            if of_other > rank:
                best, rank = other, of_other
        return _with_role(best, bearer)

    def _rank(self, other: Bearer, bearer: Bearer) -> tuple[int, bool, bool, bool]:
        """More words of the name, written as words, a role, nearer before."""
        passage = self.readings[other.at[0]].passage
        is_tag = "_" in passage.text[other.name.start : other.name.end]
        return len(set(other.name_words)), not is_tag, other.role is not None, other.at <= bearer.at

    def _only_lies_in(self, bearer: Bearer, body: Bearer) -> bool:
        """«بيونغ يانغ» is not «وزارة الخارجية في بيونغ يانغ»."""
        glances = self.readings[body.at[0]].glances[body.at[1] :][:_WORDS_OF_BODY]
        small = next((at for at, glance in enumerate(glances[: len(body.name_words)]) if glance.full == "في"), None)
        return small is not None and not any(_key(glance.bare) in bearer.keys for glance in glances[:small])

    def _holder(self, bearer: Bearer) -> Bearer | None:
        """Give who holds an office: «الرئيس الفرنسي»."""
        if not self._is_definite(bearer) and bearer.name_words[0] in speaker_words().unnamed:
            return None
        words = _stems(bearer.name_words)
        found: Bearer | None = None
        rank = (0, False, False, (0, 0))
        for other in self.bearers:
            role = _stems(other.role_words)
            if other.kind != "titled" or not _stems(bearer.name_words[:1]) & role or _differ(bearer, other):
                continue
            if 2 * len(words & role) < len(words):
                continue
            of_other = (len(words & role), words <= role, other.at <= bearer.at, other.at)
            if of_other > rank:
                found, rank = other, of_other
        if found is None or (not rank[1] and self._rivals(bearer, found)):
            return None
        return self._fuller_name(found)

    def _rivals(self, bearer: Bearer, found: Bearer) -> bool:
        """Tell whether several hold an office of the kind that is asked for."""
        head = _stems(bearer.name_words[:1])
        holders = {
            other.name_words[-1] for other in self.bearers if other.kind == "titled" and head & _stems(other.role_words)
        }
        return len(holders - {found.name_words[-1]}) > 0

    def _same_head(self, bearer: Bearer, spoke: Sequence[Bearer]) -> Bearer | None:
        """«المصدر»: «مصدر أمني»; «الشركة»: «شركة غوغل»; «الصحيفة»: «صحيفة "بيلد"»."""
        words = {word for word in bearer.name_words if not is_of_nation(word)}
        if not self._is_definite(bearer) or not words:
            return None
        for other in (*spoke, *sorted(self.bearers, key=lambda other: (other.at < bearer.at, other.at), reverse=True)):
            whole = other.role_words if other.kind == "titled" and other.role_words else other.name_words
            if (
                words < set(whole) | set(other.name_words)
                and whole[:1] == bearer.name_words[:1]
                and other.at != bearer.at
            ):
                return other
        return self._only_one(bearer, spoke) if bearer.kind == "body" else None

    def _only_one(self, bearer: Bearer, spoke: Sequence[Bearer]) -> Bearer | None:
        """«النادي الباريسي», «الوكالة الرسمية»: the one before whose name begins so, where there is but one."""
        head = bearer.name_words[0]
        if len(bearer.name_words) > _WORDS_OF_STAND_IN or head not in speaker_words().stand_ins:
            return None
        before = [*(one for one in self.bearers if one.at < bearer.at), *spoke]
        named = [one for one in before if (one.role_words or one.name_words)[0] == head and _is_longer(one, bearer)]
        fullest = max(named, key=lambda one: len(one.name_words), default=None)
        alone = fullest is not None and all(set(one.name_words) <= set(fullest.name_words) for one in named)
        return fullest if alone else None

    def _is_definite(self, bearer: Bearer) -> bool:
        head = self.readings[bearer.at[0]].glances[bearer.at[1]]
        return head.plain != head.bare or "عاصمه" in bearer.name_words[1:]  # «نادي العاصمة»

    def _is_described(self, bearer: Bearer) -> bool:
        """«الطبيبة التي فحصت الجثة» is nobody named before."""
        glances = self.readings[bearer.at[0]].glances
        behind = bearer.at[1] + len(bearer.name_words)
        return behind < len(glances) and glances[behind].full in cue_words().relatives

    def _stands_for(self, bearer: Bearer, spoke: Sequence[Bearer]) -> Bearer | None:
        """«البيان»، «الحساب»، «اللاعب»: the one before who can be meant; only for a word or two with the article."""
        words = speaker_words()
        head = bearer.name_words[0]
        if (
            not self._is_definite(bearer)
            or self._is_described(bearer)
            or sum(not is_of_nation(word) for word in bearer.name_words) > _WORDS_OF_STAND_IN
            or head in words.unnamed - words.papers - words.speaks_again
        ):
            return None
        issuers = [issuer for paper, issuer in self.papers if paper == head and issuer.at < bearer.at]
        person = bearer.kind == "role"
        if issuers or (person and not gender_of_office(bearer)):
            return self.fullest(issuers[-1]) if issuers else None
        return self._among(bearer, spoke) or (self._protagonist(bearer) if person else None)

    def _among(self, bearer: Bearer, spoke: Sequence[Bearer]) -> Bearer | None:
        """Give the last who spoke that a word can stand for."""
        words, head, person = speaker_words(), bearer.name_words[0], bearer.kind == "role"
        for other in spoke:
            is_person = other.kind == "name" or bool(gender_of_office(other))
            if person and is_person:
                return other
            if head in words.papers and other.kind not in ("paper", "other", "people"):
                return other
            if bearer.kind == "body" and head in words.accounts and other.kind == "name":
                return other
        return None

    def _protagonist(self, bearer: Bearer) -> Bearer | None:
        """«اللاعب السويسري»: the person whom the article names most, before that."""
        outlets = speaker_words().addressees
        named = [other for other in self.bearers if other.kind in ("name", "titled") and other.at < bearer.at]
        named = [other for other in named if not outlets & set(other.name_words)]
        counts = Counter(other.name_words[-1] for other in named)
        if not counts or counts.most_common(1)[0][1] < _NAMED_OFTEN:
            return None
        most = counts.most_common(1)[0][0]
        return self._fuller_name(next(other for other in named if other.name_words[-1] == most))


def _is_longer(one: Bearer, bearer: Bearer) -> bool:
    """Tell whether somebody is called by more than what stands for them."""
    return one.kind in ("body", "titled") and len(one.name_words) > 1 and not _differ(one, bearer)


def _differ(one: Bearer, other: Bearer) -> bool:
    """«وزير خارجية فرنسا» is not «وزير الخارجية الإيراني», «الممثل» not «الممثلة»."""
    genders = [gender_of_office(bearer) for bearer in (one, other)]
    if all(genders) and not genders[0] & genders[1]:
        return True
    lands = [_lands(bearer) for bearer in (one, other)]
    return all(lands) and not lands[0] & lands[1]


def _lands(bearer: Bearer) -> frozenset[str]:
    words = bearer.role_words if bearer.kind == "titled" else bearer.name_words
    return _stems(words) & _land_stems()


@lru_cache(maxsize=1)
def _land_stems() -> frozenset[str]:
    words = speaker_words()
    return _stems(place.removeprefix("ال") for place in words.places) & _stems(words.nationalities)


def bearer_of(reading: Reading, number: int, phrase: Phrase) -> Bearer:
    """Give the bearer that a phrase names."""
    every = tuple(reading.glances[at].bare for at in range(phrase.name[0], phrase.name[1] + 1))
    name_words = _words(reading, *phrase.name) or every  # «علي» is written as a small word
    return Bearer(
        reading.span(*phrase.name),
        reading.span(*phrase.role) if phrase.role else None,
        phrase.kind,
        name_words,
        _words(reading, *phrase.role) if phrase.role else (),
        (number, phrase.first),
        frozenset(map(_key, name_words)),
    )


@lru_cache(maxsize=20_000)
def _key(word: str) -> str:
    return name_key(word)


def _words(reading: Reading, first: int, last: int) -> tuple[str, ...]:
    glances = (reading.glances[at] for at in range(first, last + 1))
    words = (glance.bare for glance in glances if not glance.is_sign and glance.full not in _SMALL)
    return tuple(part for word in words for part in word.lstrip("#").split("_") if part)  # «#محمد_رمضان»


def _in_brackets(reading: Reading, at: int) -> tuple[int, int] | None:
    """«محمود عباس (أبو مازن)»: give the words of the second name."""
    glances = reading.glances
    if at >= len(glances) or glances[at].full != "(":
        return None
    end = next((place for place in range(at + 1, min(len(glances), at + 5)) if glances[place].full == ")"), at)
    inside = glances[at + 1 : end]
    if not inside or any(glance.is_sign or glance.tag in ("NUM", "VERB", "ADP") for glance in inside):
        return None
    return at + 1, end - 1


def _stems(words: Iterable[str]) -> frozenset[str]:
    """«لبنان» and «لبناني», «الفرنسية» and «فرنسا» are one word of an office."""
    return frozenset(_ENDING.sub("", word) if len(word) > 4 else word for word in words)


def _with_role(best: Bearer, bearer: Bearer) -> Bearer:
    if best.role is not None or bearer.role is None:
        return best
    return replace(best, role=bearer.role, kind="titled", role_words=bearer.role_words)


def _offices(reading: Reading, people: Sequence[range]) -> Iterator[Phrase]:
    words = speaker_words()
    at = 0
    named = {name.start for name in people}
    while at < len(reading.glances):
        glance = reading.glances[at]
        if glance.bare in words.roles or glance.bare in words.honorifics or at in named:
            phrase = read_speaker(reading, at, reading.sentence_of[at][1], people)
            if phrase is not None and (phrase.role is not None or phrase.kind == "name"):
                yield phrase
                at = phrase.last
        at += 1


def _bodies(reading: Reading, people: Sequence[range]) -> Iterator[Phrase]:
    """Find organisations called by their full names: «شركة مايكروسوفت», of which «الشركة» may be said later."""
    words = speaker_words()
    for at, glance in enumerate(reading.glances):
        if glance.bare in words.stand_ins and glance.plain == glance.bare and not glance.has_pronoun:
            phrase = read_speaker(reading, at, reading.sentence_of[at][1], people)
            if phrase is not None and phrase.last > at:
                yield phrase


def _papers(reading: Reading, people: Sequence[range]) -> Iterator[tuple[str, Phrase]]:
    """Find papers with those who put them out: «بيان صادر عن الديوان», of which «البيان» may be said later."""
    papers = speaker_words().papers
    for at, glance in enumerate(reading.glances):
        if glance.bare in papers and glance.tag in _NOMINAL and not glance.has_pronoun:
            stop = reading.sentence_of[at][1]
            phrase = read_speaker(reading, at, stop, people)
            issuer = issuer_of(reading, phrase, stop, people)
            if issuer is not None and issuer is not phrase and issuer.kind != "other":
                yield glance.bare, issuer
        head = glance.bare.removesuffix("ا")
        if head in papers and glance.plain == glance.bare and not glance.joined:
            maker = _who_puts_out(reading, at, people)
            if maker is not None:
                yield head, maker


def _who_puts_out(reading: Reading, at: int, people: Sequence[range]) -> Phrase | None:
    """«أصدرت الوزارة بيانا», «قام المعهد بإعداد دراسة»: give the subject of the verb before a paper."""
    start, _ = reading.sentence_of[at]
    for verb in range(at - 2, max(start, at - _WORDS_TO_PAPER) - 1, -1):
        glance = reading.glances[verb]
        if glance.tag == "VERB":
            made = glance.unjoined in speaker_words().puts_out
            maker = read_speaker(reading, verb + 1, at, people) if made else None
            return maker if maker is not None and maker.kind in ("body", "titled", "name", "role") else None
    return None


def gender_of_office(bearer: Bearer) -> set[str]:
    """«الممثلة», «السفير»: what an office tells of who holds it; empty for several or for none."""
    words = speaker_words()
    if bearer.kind not in ("titled", "role"):
        return set()
    head = (bearer.role_words or bearer.name_words)[0]
    if head.endswith("ه") and head[:-1] in words.roles:
        return {"f"}
    return {"m"} if head + "ه" in words.roles else set()
