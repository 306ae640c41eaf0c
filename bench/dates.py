"""
Date lines read right, wrong, or not at all: ours beside the peers', in one run.

``python -m bench.dates [--failures]``. Three sets: ``dates.tsv`` and ``dates-alriyadh.jsonl.gz`` of the shared data
(left out where there are none), and ``dates_own.tsv`` beside this file. An answer with a time is right when the
instant is the same, the default zone being UTC; an answer of a day when the day alone is given and is the same;
where the answer is ``null``, only None is right. A wrong answer is worse than none.
"""

from __future__ import annotations

import contextlib
import csv
import gzip
import json
import os
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from tawatur.text import date_record

HERE = Path(__file__).parent
DATA = Path(os.environ.get("TAWATUR_DATA") or HERE.parent.parent / "shared" / "data")
BASE = datetime(2023, 9, 20, 15, 0, tzinfo=UTC)

#: Gives an ISO 8601 text, or None.
Reader = Callable[[str], str | None]
Case = tuple[str, str | None]


def given_cases() -> Iterator[Case]:
    yield from _tsv(DATA / "dates.tsv")


def own_cases() -> Iterator[Case]:
    yield from _tsv(HERE / "dates_own.tsv")


def riyadh_cases() -> Iterator[Case]:
    with gzip.open(DATA / "dates-alriyadh.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield record["date_raw"], record["date"]


def _tsv(path: Path) -> Iterator[Case]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if not row[0].startswith("#"):
                yield row[0], None if row[1] == "null" else row[1]


def verdict(given: str | None, answer: str | None) -> str:
    """``right``, ``wrong`` or ``none`` (nothing given where there is an answer)."""
    if given is None:
        return "right" if answer is None else "none"
    if answer is None:
        return "wrong"
    if "T" in answer and "T" in given:
        return "right" if _instant(given) == _instant(answer) else "wrong"
    return "right" if given == answer else "wrong"


def _instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def ours(text: str) -> str | None:
    instant = date_record(text, base=BASE)["instant"]
    return instant if isinstance(instant, str) else None


def _as_answered(moment: datetime | None, text: str) -> str | None:
    """Peers give midnight for a day: taken as a day where the line holds no time, to be fair to them."""
    if moment is None:
        return None
    has_time = ":" in text or any(word in text for word in ("ساع", "دقيق", "ago", "heure", "h", "T"))
    if not has_time and (moment.hour, moment.minute, moment.second) == (0, 0, 0):
        return moment.date().isoformat()
    if not has_time and moment.time() == BASE.time():
        return moment.date().isoformat()  # counted back from now by days
    return moment.isoformat()


def dateparser_with(locales: list[str] | None, languages: list[str] | None) -> Reader:
    import dateparser

    settings = {"RELATIVE_BASE": BASE.replace(tzinfo=None), "DATE_ORDER": "DMY", "TIMEZONE": "UTC"}

    def read(text: str) -> str | None:
        found = dateparser.parse(text, locales=locales, languages=languages, settings=settings)
        return _as_answered(found, text)

    return read


def first_of(*readers: Reader) -> Reader:
    def read(text: str) -> str | None:
        return next((found for reader in readers if (found := reader(text)) is not None), None)

    return read


def htmldate_reader() -> Reader:
    from htmldate import find_date

    def read(text: str) -> str | None:
        page = f"<html lang='ar'><body><article><p class='date'>{text}</p></article></body></html>"
        with contextlib.suppress(Exception):
            return find_date(page, original_date=True)
        return None

    return read


def dateutil_reader() -> Reader:
    from dateutil import parser  # type: ignore[import-untyped]

    def read(text: str) -> str | None:
        with contextlib.suppress(Exception):
            return _as_answered(parser.parse(text, fuzzy=True, dayfirst=True, default=BASE.replace(hour=0)), text)
        return None

    return read


def readers() -> dict[str, Reader]:
    regions = ("ar-EG", "ar-LB", "ar-MA", "ar-DZ", "ar-TN")
    table: dict[str, Reader] = {"tawatur": ours}
    with contextlib.suppress(ImportError):
        arabic = dateparser_with(None, ["ar"])
        table["dateparser ar"] = arabic
        table["dateparser, regions in turn"] = first_of(
            arabic, *(dateparser_with([region], None) for region in regions), dateparser_with(None, ["en", "fr"])
        )
    with contextlib.suppress(ImportError):
        table["htmldate"] = htmldate_reader()
    with contextlib.suppress(ImportError):
        table["dateutil, fuzzy"] = dateutil_reader()
    return table


def main() -> None:
    warnings.simplefilter("ignore")
    sets = {"own": list(own_cases())}
    if DATA.is_dir():
        sets = {"dates.tsv": list(given_cases()), "al-riyadh": list(riyadh_cases()), **sets}
    sizes = ", ".join(f"{name}: {len(cases)}" for name, cases in sets.items())
    print(f"{datetime.now(UTC):%Y-%m-%d}  right / wrong / none  ({sizes})")
    for name, reader in readers().items():
        columns, seconds, right, total = [], 0.0, 0, 0
        for cases in sets.values():
            counts = {"right": 0, "wrong": 0, "none": 0}
            start = time.perf_counter()
            given = [reader(text) for text, _ in cases]
            seconds += time.perf_counter() - start
            for (text, answer), value in zip(cases, given, strict=True):
                counts[verdict(value, answer)] += 1
                if name == "tawatur" and "--failures" in sys.argv and verdict(value, answer) != "right":
                    print(f"    {text!r}: {value}, not {answer}")
            right, total = right + counts["right"], total + len(cases)
            columns.append(f"{counts['right']:4}/{counts['wrong']:3}/{counts['none']:3}")
        rate = f"{1e6 * seconds / total:8.0f} µs a line"
        print(f"{name:28} {'   '.join(columns)}   {right / total:6.1%} right {rate}")


if __name__ == "__main__":
    main()
