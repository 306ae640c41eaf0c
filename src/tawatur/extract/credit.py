"""
Whom the page credits for the text: ``المصدر: …``، ``نقلا عن …``، ``(رويترز)`` under the last word.

What counts, best first: a labelled line, a signature at the end, the agency of the dateline or in the writer's place,
what the page declares, and at last the carrier that the first paragraph itself names for the whole report
(``نشر موقع …``، ``وفق ما نقلت صحيفة …``). The outlet crediting itself is no credit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tawatur.extract.dateline import Dateline
from tawatur.extract.json_ld import ARTICLE_TYPES, text_in, types_of
from tawatur.extract.names import agency, is_own_name, is_place, strip_name
from tawatur.extract.outline import Block
from tawatur.extract.page import Page
from tawatur.extract.region import Region
from tawatur.extract.wording import fold, listed, phrases, words
from tawatur.model import Credit

#: Words of the longest name a credit line was seen to hold.
_NAME_WORDS = 10
#: A signature at the end of a text: in brackets or after dashes.
_SIGNATURE = re.compile(
    r"(?:[-–—ـ/\s]*[(\[{«/]\s*(?P<inside>[^()\[\]{}«»/]{2,60})\s*[)\]}»/]"
    r"|\s*[-–—ـ]{2,}\s*(?P<after>[^.\n]{2,40}))[\s.\-–—]*$"
)
#: A whole line in brackets, and what stands there that is no name.
_BRACKETED = re.compile(r"[-–—ـ\s]*\(\s*(?P<name>[^()\d.،:]{2,30}?)\s*\)[\s.\-–—]*")
_NO_SIGNATURES = frozenset(
    map(fold, ("انتهى", "يتبع", "صور", "صورة", "فيديو", "شاهد", "بالصور", "خاص", "تحديث", "أرشيف"))
)
#: An editor's initials and the end mark of an agency text: ``انتهى/ خ.ن``، ``ط ف/ ا ص``.
_INITIALS = re.compile(r"انتهي|(?:انتهي)?[\W_]*(?:[^\W\d_]{1,2}[\W_]+){1,5}[^\W\d_]{1,2}[\W_]*")
#: An agency's mark of the end, behind the last sentence.
_END_MARK = re.compile(r"(?<=[.؟!»\"])\s*[-–—ـ]*\s*(?:[(\[]\s*انته[ىي]\s*[)\]]|انته[ىي])\W*$")
#: Labels that need no colon, and the words of the longest name after one.
_BARE = frozenset(map(fold, ("نقلا عن", "نقلا من", "منقول عن", "منقول من")))
_BARE_WORDS = 4
#: An agency's letters after the last sentence, without brackets.
_AFTER_SENTENCE = re.compile(r"(?<=[.؟!»\"])\s+(?P<name>[^.\n]{2,24})$")
#: Nouns of what carries news, before its name.
_CARRIER = (
    "(?:موقع|موقعا|صحيفة|صحيفه|جريدة|جريده|وكالة|وكاله|قناة|قناه|شبكة|شبكه|مجلة|مجله|إذاعة|اذاعه|منصة|منصه"
    "|هيئة البث|هيئة الإذاعة|تلفزيون|التلفزيون)"
)
#: A report given as another's whole: the text's first words, or the lead's «as … reported».
_CARRIED = re.compile(
    r"(?:^\W*(?:نشر|نشرت|نقل|نقلت|أوردت|اوردت|أورد|ذكر|ذكرت|كشف|كشفت)"
    r"|(?:^|[\s،,(\-–—])(?:"
    r"(?:وفقا?|بحسب|حسب|حسبما|وفقما|كما)\s+(?:لـ?\s*)?(?:ما\s+)?(?:نقل|نقلت|نشر|نشرت|أورد|أوردت)(?:ه|ته)?"
    r"|نقلا\s+عن))\s+"
    rf"(?P<carrier>{_CARRIER})\s+(?P<name>[^\n]+)"
)
_NAME_END = re.compile(
    r"[،,.؛:()\[\]\"“”«»]|\s(?:أن|إن|ان|عن|في|على|من|أنه|أنها|إنه|إنها|اليوم|أمس|مساء|صباح|ال\S{2,}[يى]ة?|ال\S{2,}يه"
    r"|تقريرا|خبرا|مقالا|نقلا|تحقيقا|يوم|خلال|ضمن|مقطع|فيديو|صورا|تصريحات)(?=\s|$|[،,.])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCredit:
    """A credit and the text that is only there to say it."""

    credit: Credit | None
    #: Indexes of blocks that are credit lines.
    blocks: frozenset[int] = frozenset()


def find_credit(
    page: Page,
    region: Region,
    body: Sequence[Block],
    own: tuple[str, ...],
    *,
    dateline: Dateline | None,
    agencies: Sequence[str],
) -> FoundCredit:
    """Find whom the page credits."""
    used: set[int] = set()
    labelled = _labelled(page, region, body, own, used)
    signed = _signed(body, own, used, dateline)
    for found in (
        labelled,
        signed,
        Credit(name=dateline.agency) if dateline is not None and dateline.agency else None,
        next((Credit(name=name) for name in agencies), None),
        _declared(page, own),
        carried(body[0], own, page) if body else None,
    ):
        if found is not None:
            return FoundCredit(credit=found, blocks=frozenset(used))
    return FoundCredit(credit=None, blocks=frozenset(used))


def credit_line(line: str) -> str | None:
    """Give what a credit line credits, as written after its label; None when the line is none.

    >>> credit_line("المصدر: البوابة نيوز"), credit_line("المصدر يؤكد أن الأزمة انتهت")
    ('البوابة نيوز', None)
    """
    phrase = phrases("credit").begins(fold(line))
    if phrase is None or len(line.split()) > _NAME_WORDS + 3:
        return None
    rest = phrases("credit").rest(line) or ""
    after = fold(line)[fold(line).find(phrase) + len(phrase) :].lstrip()
    if after and after[0] not in ":：|-–—(/»" and (phrase not in _BARE or len(after.split()) > _BARE_WORDS):
        return None
    return rest


def _labelled(page: Page, region: Region, body: Sequence[Block], own: tuple[str, ...], used: set[int]) -> Credit | None:
    found: Credit | None = None
    for block in (*region.below, *reversed(body[-4:]), *region.between, *region.above):
        said = credit_line(block.text)
        if said is None or ("caption" in block.places):
            continue
        values = [block]
        if not said:
            value = _next_block(page, block)
            if value is None:
                continue
            said = value.text
            values.append(value)
        used.update(item.index for item in values)
        if found is None and (name := credited(said, own)):
            found = Credit(name=name, url=_link_of(page, values, name))
    for block in (*region.below, *body[-3:]):
        if fold(strip_name(block.text)) in {fold(name) for name in listed("credit_alone")}:
            used.add(block.index)
            found = found or Credit(name=strip_name(block.text))
    return found


def _next_block(page: Page, block: Block) -> Block | None:
    if block.index + 1 >= len(page.outline):
        return None
    following = page.outline[block.index + 1]
    return following if len(words(following.text)) <= _NAME_WORDS else None


def credited(said: str, own: tuple[str, ...]) -> str | None:
    """Give the name in a credit's text, without the outlet itself and places; None when nothing is left.

    >>> credited("(أبوظبي - البيان)", ("البيان",)), credited("رويترز + وكالات", ())
    (None, 'رويترز + وكالات')
    """
    text = strip_name(said)
    pieces = [strip_name(piece) for piece in re.split(r"\s*[+،,/|&]\s*|\s[-–—]\s", text)]
    pieces = [piece for piece in pieces if piece]
    left = [piece for piece in pieces if not is_own_name(piece, own) and not is_place(piece)]
    if not left or len(words(text)) > _NAME_WORDS:
        return None
    if len(left) == len(pieces):
        return text
    return " - ".join(left)


def _link_of(page: Page, blocks: Sequence[Block], name: str) -> str | None:
    for block in blocks:
        for text, target in block.links:
            if words(text) and set(words(text)) <= set(words(name)):
                return page.absolute(target)
    return None


def signature(line: str, own: tuple[str, ...]) -> tuple[str, int] | None:
    """Give the agencies that sign the end of a line, and where the signature starts.

    >>> signature("وأكد الوزير استمرار العمل. (رويترز)", ())
    ('رويترز', 26)
    >>> signature("وقال إن المصنع (الأكبر)", ())
    """
    found = _SIGNATURE.search(line)
    if found is None:
        if (after := _AFTER_SENTENCE.search(line)) is not None and agency(after["name"]):
            return strip_name(after["name"]), after.start()
        bare = strip_name(line)
        return (bare, 0) if agency(bare) and not is_own_name(bare, own) and len(line) <= 60 else None
    said = strip_name(found["inside"] or found["after"] or "")
    pieces = [strip_name(piece) for piece in re.split(r"\s*[+،,/|&\-–]\s*|\s+و\s*", said)]
    alone = {fold(name) for name in listed("credit_alone")}
    if (
        pieces
        and all(agency(piece) or fold(piece) in alone for piece in pieces if piece)
        and not is_own_name(said, own)
    ):
        return said, found.start()
    whole = agency(said)
    return (said, found.start()) if whole else None


def _signed(body: Sequence[Block], own: tuple[str, ...], used: set[int], dateline: Dateline | None) -> Credit | None:
    if body and (alone := _signed_alone(body[-1].text, dateline)) is not None:
        used.add(body[-1].index)
        return None if is_own_name(alone, own) else Credit(name=alone)
    for block in reversed(body[-3:]):
        signed = signature(block.text, own)
        if signed is None:
            continue
        if signed[1] == 0:
            used.add(block.index)
        return Credit(name=signed[0])
    return None


def _signed_alone(line: str, dateline: Dateline | None) -> str | None:
    """Give the name that stands alone and in brackets under the text: ``(المدار)``.

    A name that the registry does not know is one when it is a single word, or stands in the dateline's brackets too.
    """
    found = _BRACKETED.fullmatch(line)
    if found is None:
        return None
    name = strip_name(found["name"])
    if agency(name):
        return name
    if dateline is not None and f"({name})" in dateline.text:
        return name
    return name if len(words(name)) == 1 and len(name) > 2 and fold(name) not in _NO_SIGNATURES else None


def _declared(page: Page, own: tuple[str, ...]) -> Credit | None:
    for statement in page.statements:
        if not types_of(statement) & ARTICLE_TYPES:
            continue
        for field in ("isBasedOn", "sourceOrganization", "copyrightHolder", "sponsor"):
            if field == "sponsor":
                continue
            if (found := _stated(statement.get(field), own)) is not None:
                return found
    for said in page.said(
        "source", "news_source", "article:source", "news:source", "syndication-source", "dc.source", "dcterms.source"
    ):
        if not said.startswith("http") and (name := credited(said, own)) and len(words(name)) <= 6:
            return Credit(name=name)
    return None


def _stated(value: object, own: tuple[str, ...]) -> Credit | None:
    if isinstance(value, list):
        value = value[0] if value else None
    url = None
    if isinstance(value, Mapping):
        url = value.get("url") or value.get("@id")
        value = value.get("publisher") or value.get("name")
    name = text_in(value)
    if not name or name.startswith("http"):
        return None
    found = credited(name, own)
    return Credit(name=found, url=url if isinstance(url, str) and url.startswith("http") else None) if found else None


def carried(first: Block, own: tuple[str, ...], page: Page) -> Credit | None:
    """Give the carrier that the first paragraph names for the report as a whole; None when it names none."""
    carriers = list(_CARRIED.finditer(first.text))
    if len(carriers) != 1:
        return None
    found = carriers[0]
    linked = _linked_name(first, found["name"])
    if linked is not None:
        return None if is_own_name(linked[0], own) else Credit(name=linked[0], url=page.absolute(linked[1]))
    name = strip_name(_until_end(found["name"]))
    if not name or len(name.split()) > 4 or is_own_name(name, own):
        return None
    return Credit(name=name)


def _linked_name(first: Block, rest: str) -> tuple[str, str] | None:
    return next(
        ((text, target) for text, target in first.links if rest.startswith(text) and len(text.split()) <= 5), None
    )


def _until_end(text: str) -> str:
    """Cut a name out of its sentence: quoted, or up to punctuation, a particle or an adjective of nationality."""
    quoted = re.match(r"[\"“«]\s*([^\"”»]{2,40})\s*[\"”»]", text)
    if quoted:
        return quoted[1]
    end = _NAME_END.search(text)
    return text[: end.start()] if end else text


def texts_without_signature(lines: Sequence[str], own: tuple[str, ...]) -> tuple[str, ...]:
    """Take the signature off the last line that has one."""
    kept = list(lines)
    for place in range(len(kept) - 1, max(len(kept) - 3, -1), -1):
        signed = signature(kept[place], own)
        if signed is not None:
            kept[place] = kept[place][: signed[1]].rstrip(" -–—ـ/")
            break
    while kept and _INITIALS.fullmatch(fold(kept[-1])):
        kept.pop()
    if kept:
        kept[-1] = _END_MARK.sub("", kept[-1])
    return tuple(line for line in kept if line)


def each_name(credit: Credit) -> Iterator[str]:
    """Give the single names of a credit such as ``رويترز + وكالات``."""
    yield from (strip_name(piece) for piece in re.split(r"\s*[+،,/|&]\s*|\s[-–—]\s", credit.name) if strip_name(piece))
