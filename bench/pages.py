"""
How many pages a second are read on one core, beside peers, and whether memory stays flat.

``python -m bench.pages [--pages N] [--sample N]``. Rates are of CPU time and taken page by page in turn, so that a
busy machine slows all alike. The second table reads N pages (20,000) in one process and prints its resident memory
every 2,000.
"""

from __future__ import annotations

import argparse
import logging
import time
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.extract import Gold, arabic_pages, newspaper, ours, readability, scrapinghub_pages, wcxb_pages
from tests.conftest import data_folder

_REPORT_EVERY = 2_000


def trafilatura_with_metadata(html: bytes, url: str) -> str:
    import trafilatura

    document = trafilatura.bare_extraction(html, url=url, favor_precision=True, with_metadata=True)
    return (document.text or "") if document is not None else ""  # type: ignore[union-attr]


READERS: dict[str, Callable[[bytes, str], str]] = {
    "tawatur": ours,
    "trafilatura, precision, metadata": trafilatura_with_metadata,
    "newspaper4k": newspaper,
    "readability": readability,
}


def measure_rates(pages: Sequence[Gold]) -> None:
    """Print pages a second of each reader, and its rate as a multiple of trafilatura's."""
    spent: Counter[str] = Counter()
    for page in pages[:5]:
        for read in READERS.values():
            _tried(read, page)
    for page in pages:
        for name, read in READERS.items():
            before = time.process_time()
            _tried(read, page)
            spent[name] += time.process_time() - before  # type: ignore[assignment]
    base = spent["trafilatura, precision, metadata"]
    print(f"{f'{len(pages)} pages, one core':<36}{'pages/s':>10}{'of trafilatura':>16}")
    for name in READERS:
        print(f"{name:<36}{len(pages) / spent[name]:>10.1f}{base / spent[name]:>16.2f}")


def _tried(read: Callable[[bytes, str], str], page: Gold) -> None:
    try:
        read(page.html, page.url)
    except Exception as error:  # a peer's failure costs what it costs
        logging.getLogger("bench").info("%s: %s", page.name, error)


def measure_memory(pages: Sequence[Gold], count: int) -> None:
    """Read pages over and over and print the resident memory."""
    print(f"\n{'pages read':<14}{'resident MB':>12}{'pages/s':>10}")
    start = time.perf_counter()
    for number in range(1, count + 1):
        ours(pages[number % len(pages)].html, pages[number % len(pages)].url)
        if number % min(_REPORT_EVERY, count) == 0 or number == 200:
            rate = number / (time.perf_counter() - start)
            print(f"{number:<14,}{resident_megabytes():>12.1f}{rate:>10.1f}", flush=True)


def resident_megabytes() -> float:
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=20_000, help="pages to read for the memory table; 0 leaves it out")
    parser.add_argument("--sample", type=int, default=5, help="every how many English pages are read for the rates")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    folder = data_folder()
    english = [*scrapinghub_pages(folder), *wcxb_pages(folder)]
    pages = [*arabic_pages(folder), *english[:: options.sample]]
    measure_rates(pages)
    if options.pages:
        measure_memory(pages, options.pages)


if __name__ == "__main__":
    main()
