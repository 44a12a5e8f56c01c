"""The gazetteer: curated tables are whole, names are folded, articles say which place is meant."""

import gzip
import json
import random
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.gazetteer import Candidate, Gazetteer, Toponym
from kg.gazetteer.choice import distance
from kg.gazetteer.data import table
from kg.gazetteer.names import DATA, key

GAZETTEER = Gazetteer.load()
GOLD = Path(__file__).parents[2] / "shared" / "gold"


def meant(*names: str, near: tuple[str, ...] = ()) -> dict[str, str | None]:
    """Name → division ("US.TX"), country or region's name."""
    found = GAZETTEER.resolve(names, near=near)
    return {name: one.division or one.country or one.name for name, one in found.items()}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Paris"], {"Paris": "FR.11"}),
        (["Paris", "Texas"], {"Paris": "US.TX", "Texas": "US.TX"}),
        (["Tripoli"], {"Tripoli": "LY.77"}),
        (["Tripoli", "Lebanon"], {"Tripoli": "LB.09", "Lebanon": "LB"}),
        (["Tripoli", "Beirut"], {"Tripoli": "LB.09", "Beirut": "LB.04"}),
        (["Moscow"], {"Moscow": "RU.48"}),
        (["Moscow", "Idaho"], {"Moscow": "US.ID", "Idaho": "US.ID"}),
        (["Georgia"], {"Georgia": "GE"}),
        (["Georgia", "Atlanta"], {"Georgia": "US.GA", "Atlanta": "US.GA"}),
        (["Georgia", "Tbilisi", "US"], {"Georgia": "GE", "Tbilisi": "GE.51", "US": "US"}),
        (["London"], {"London": "GB.ENG"}),
        (["London", "Ontario"], {"London": "CA.08", "Ontario": "CA.08"}),
        (["Washington"], {"Washington": "US.DC"}),
        (["Mexico", "Puebla"], {"Mexico": "MX", "Puebla": "MX.21"}),
        (["Idlib"], {"Idlib": "SY.12"}),
        (["Kiev"], {"Kiev": "UA.12"}),
    ],
)
def test_the_article_says_which_place_is_meant(names: list[str], expected: dict[str, str]) -> None:
    assert meant(*names) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Toponym("Paris", within="Texas"), "US.TX"),
        (Toponym("London", within="Ky."), "US.KY"),
        (Toponym("Georgia", holding="Atlanta"), "US.GA"),
        (Toponym("Washington", holding="Tacoma"), "US.WA"),
        (Toponym("Washington", title="state"), "US.WA"),
        (Toponym("Kherson", title="region"), "UA.08"),
        (Toponym("Pokrovsk", title="district"), "UA.05"),
        (Toponym("Raqqa", title="province"), "SY.04"),
        (Toponym("Montenegro", title="province"), "ME"),
        (Toponym("Tripoli", within="Chad"), "LY.77"),
        (Toponym("Georgia", within="Russia"), "GE"),
        (Toponym("Lebanon", within="Georgia"), "LB"),
    ],
)
def test_what_stands_beside_a_name_says_which_place_is_meant(asked: Toponym, expected: str) -> None:
    found = GAZETTEER.resolve([asked])[asked]
    assert (found.division or found.country) == expected


@pytest.mark.parametrize(
    ("asked", "town", "alone"),
    [
        (Toponym("Victoria", title="village"), None, None),  # the one in Australia is a state
        (Toponym("Georgia", title="town"), None, "country"),
        (Toponym("Kherson", title="city"), "settlement", "settlement"),
        (Toponym("Gaza", title="city"), "settlement", "region"),
        (Toponym("Luxembourg", title="city"), "settlement", "country"),
    ],
)
def test_what_is_called_a_town_is_no_region(
    asked: Toponym, town: str | None, alone: str | None
) -> None:
    names: list[Toponym | str] = [asked, asked.name]
    found = GAZETTEER.resolve(names)
    kinds = [one.precision if (one := found.get(name)) else None for name in names]
    assert kinds == [town, alone]


def test_a_title_does_not_make_a_far_namesake_the_place_that_is_meant() -> None:
    """The one Haram that GeoNames has with such a title is in Norway, not in Giza."""
    asked = Toponym("Haram", title="district")
    assert asked not in GAZETTEER.resolve([asked, Toponym("Cairo")])
    assert asked in GAZETTEER.resolve([asked, Toponym("Norway")])


def test_a_small_place_is_known_by_the_places_around_it() -> None:
    """There is many an Ivanivka; one lies beside Kramatorsk."""
    alone = GAZETTEER.resolve(["Ivanivka"], near=["UA"])["Ivanivka"]
    assert (alone.country, alone.point) == ("UA", None)
    beside = GAZETTEER.resolve(["Ivanivka", "Kramatorsk"], near=["UA"])["Ivanivka"]
    assert beside.point is not None
    assert distance(beside.point, (48.74, 37.58)) < 20


def test_many_names_are_resolved_in_time_that_grows_with_their_number() -> None:
    """Each name left out of its own context would make the time grow with the square."""
    with gzip.open(DATA / "settlements.tsv.gz", "rt", encoding="utf-8") as lines:
        names = list(dict.fromkeys(line.split("\t", 1)[0] for line in list(lines)[1:40_000:4]))
    seconds = []
    for some in (names[:800], names[:8000]):
        start = time.process_time()
        GAZETTEER.resolve(some)
        seconds.append(time.process_time() - start)
    assert seconds[1] < 25 * seconds[0]


def test_a_country_named_in_other_words_counts() -> None:
    assert meant("Tripoli", near=("LB",)) == {"Tripoli": "LB.09"}


def test_a_small_place_is_not_believed_without_its_country() -> None:
    assert meant("Shusha", "France") == {"France": "FR"}
    assert meant("Shusha", "Azerbaijan")["Shusha"] == "AZ.55"


def test_namesakes_of_a_size_are_not_told_apart() -> None:
    assert meant("Cambridge") == {}
    springfield = GAZETTEER.resolve(["Springfield", "US"])["Springfield"]
    assert (springfield.country, springfield.point, springfield.geonames) == ("US", None, None)


def test_a_word_for_a_division_tells_it_from_its_town() -> None:
    found = GAZETTEER.resolve(["Kherson", "Kherson region"])
    assert found["Kherson"].precision == "settlement"
    assert found["Kherson region"].precision == "region"
    assert found["Kherson region"].point is None


@pytest.mark.parametrize(
    ("name", "precision", "country"),
    [
        ("Nagorno-Karabakh", "region", "AZ"),
        ("Karabakh", "region", "AZ"),
        ("the Donbas", "region", "UA"),
        ("Gaza", "region", "PS"),
        ("Darfur", "region", "SD"),
        ("North Kivu", "region", "CD"),
        ("Kashmir", "region", None),
        ("the Middle East", "area", None),
        ("the Sahel", "area", None),
        ("South Caucasus", "area", None),
        ("Armenia", "country", "AM"),
    ],
)
def test_regions_and_countries_have_an_extent_and_no_pin(
    name: str, precision: str, country: str | None
) -> None:
    found = GAZETTEER.resolve([name])[name]
    assert (found.precision, found.country, found.point) == (precision, country, None)
    assert found.extent is not None


@pytest.mark.parametrize(
    ("name", "precision", "division"),
    [
        *(("Manbij District", "district", "SY.09"), ("Pokrovsk district", "district", "UA.05")),
        *(("Kanawha County", "district", "US.WV"), ("County Kerry", "district", "IE.M")),
        *(("Kent", "district", "GB.ENG"), ("Aleppo province", "region", "SY.09")),
    ],
)
def test_a_district_has_an_extent_in_its_division_and_no_pin(
    name: str, precision: str, division: str
) -> None:
    found = GAZETTEER.resolve([name])[name]
    assert (found.precision, found.division, found.point) == (precision, division, None)
    assert found.extent is not None


def test_a_district_always_called_one_is_not_meant_by_its_name_alone() -> None:
    assert all(one.precision == "settlement" for one in GAZETTEER.lookup("Barnwell"))


@pytest.mark.parametrize(
    ("name", "near"), [("France", (46.5, 2.5)), ("US", (39.8, -98.6)), ("Russia", (60.0, 98.0))]
)
def test_a_country_is_labelled_in_the_middle_of_its_land_and_has_no_pin(
    name: str, near: tuple[float, float]
) -> None:
    found = GAZETTEER.resolve([name])[name]
    assert found.point is None
    assert found.label_point is not None
    assert distance(found.label_point, near) < 120


def test_a_continent_is_labelled_and_has_no_pin() -> None:
    found = GAZETTEER.resolve(["Africa"])["Africa"]
    assert (found.precision, found.point, found.label_point) == ("area", None, (7.19, 21.09))


def test_an_empty_north_belongs_to_its_province() -> None:
    extent = GAZETTEER.resolve(["Ontario"])["Ontario"].extent
    assert extent is not None
    assert extent[2] > 56
    for state, name, *box in table("extents.tsv", 6):
        south, west, north, east = map(float, box)
        asked = Toponym(name, title="region")
        found = GAZETTEER.resolve([asked], near=[state])[asked]
        assert (found.country, found.extent) == (state, (south, west, north, east)), name


def test_a_settlement_has_a_point_and_its_geonames_id() -> None:
    found = GAZETTEER.resolve(["Yerevan"])["Yerevan"]
    assert found.geonames == 616052
    assert found.point is not None
    assert distance(found.point, (40.18, 44.51)) < 5


@pytest.mark.parametrize(
    ("word", "country", "demonym"),
    [
        *(("Azerbaijani", "AZ", True), ("Azerbaijanis", "AZ", True), ("Turkish", "TR", True)),
        *(
            ("Turkey", "TR", False),
            ("turkey", None, False),
            ("US", "US", True),
            ("us", None, False),
        ),
        *(("U.S.", "US", True), ("U.K.'s", "GB", True), ("the Netherlands", "NL", False)),
        *(("Dutch", "NL", True), ("DRC", "CD", False), ("Congolese", "CD", True)),
        *(("Palestinian", "PS", True), ("Kurdish", None, True), ("Abkhaz", None, True)),
        *(("Scottish", "GB", True), ("Côte d'Ivoire", "CI", False), ("Cote d’Ivoire", "CI", False)),
        *(("TURKEY", "TR", False), ("Monday", None, False), ("", None, False)),
    ],
)
def test_words_for_countries_and_their_people(
    word: str, country: str | None, demonym: bool
) -> None:
    assert (GAZETTEER.country_of(word), GAZETTEER.is_demonym(word)) == (country, demonym)


def test_a_capital_stands_for_a_government_only_where_news_uses_it_so() -> None:
    assert GAZETTEER.capital_of("Yerevan") == "AM"
    assert GAZETTEER.capital_of("the Kremlin") == "RU"
    assert GAZETTEER.capital_of("Kingston") is None
    assert GAZETTEER.capital_of("Lyon") is None


NAMES = st.sampled_from(
    [
        *(
            "Paris",
            "Texas",
            "Tripoli",
            "Lebanon",
            "Georgia",
            "Atlanta",
            "Moscow",
            "Idaho",
            "London",
        ),
        *("Ontario", "Gaza", "Rafah", "Syria", "Idlib", "Springfield", "US", "Kherson region"),
        *(
            "Washington",
            "Victoria",
            "Donbas",
            "Nowhereville",
            "London",
            "Cambridge",
            "Goma",
            "Egypt",
        ),
    ]
)


def test_a_quarter_is_not_pinned_by_a_part_of_its_name() -> None:
    """A Nasir elsewhere is on no map here; "Nasir Extension" in Khartoum is another place."""
    assert "Nasir" not in GAZETTEER.resolve(["Nasir"], near=["SD", "SS"])
    assert "Nasir Extension" in GAZETTEER.resolve(["Nasir Extension"], near=["SD"])


@settings(max_examples=60)
@given(st.lists(NAMES, unique=True, max_size=10), st.randoms(use_true_random=False))
def test_the_order_of_the_names_makes_no_difference(
    names: list[str], shuffler: random.Random
) -> None:
    shuffled = list(names)
    shuffler.shuffle(shuffled)
    assert GAZETTEER.resolve(names) == GAZETTEER.resolve(shuffled)
    assert set(GAZETTEER.resolve(names)) <= set(names)


@given(st.text(max_size=30))
def test_any_text_folds_to_a_stable_key_and_looks_up(name: str) -> None:
    assert key(key(name)) == key(name)
    assert all(isinstance(one, Candidate) for one in GAZETTEER.lookup(name))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Xankəndi", "Xankendi"),
        ("SANA'A", "Sanaa"),
        ("N’Djamena", "N'Djamena"),
        ("Port au Prince", "Port-au-Prince"),
        ("St. Petersburg", "Saint Petersburg"),
        ("Chişinău", "Chisinau"),
    ],
)
def test_spelling_makes_no_difference(one: str, other: str) -> None:
    assert GAZETTEER.lookup(one) == GAZETTEER.lookup(other) != ()


@pytest.mark.skipif(not GOLD.is_dir(), reason="the gold files are not part of the repository")
@pytest.mark.parametrize(
    ("source", "pinned", "right"), [("TR-News", 0.78, 0.70), ("GeoVirus", 0.90, 0.86)]
)
def test_quality_on_gold_names_does_not_fall(source: str, pinned: float, right: float) -> None:
    """Accuracy at 161 km of what is pinned; and of all gold names, inside the extent or pinned.

    Measured: TR-News 0.81 and 0.74, GeoVirus 0.92 and 0.90. Half of what TR-News costs is one
    "London" (Ontario) and one "Edmonton" (Middlesex) told by nothing but a street.
    """
    pins, good, total = [], 0, 0
    with (GOLD / "geoparse" / "dev.jsonl").open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    for record in records:
        places = [place for place in record["places"] if place["lat"] is not None]
        if record["source"] != source:
            continue
        names = [place["name"] for place in places]
        near = {GAZETTEER.country_of(name) or "" for name in names if GAZETTEER.is_demonym(name)}
        found = GAZETTEER.resolve(names, near=near - {""})
        for place in places:
            total += 1
            one, where = found.get(place["name"]), (place["lat"], place["lon"])
            if one and one.point:
                pins.append(distance(one.point, where) <= 161)
                good += pins[-1]
            elif one and one.extent:
                good += within(one.extent, where)
    assert sum(pins) / len(pins) >= pinned
    assert good / total >= right


def within(extent: tuple[float, float, float, float], where: tuple[float, float]) -> bool:
    south, west, north, east = extent
    return south - 0.5 <= where[0] <= north + 0.5 and west - 0.5 <= where[1] <= east + 0.5
