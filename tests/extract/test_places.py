"""Places: a point or an extent only as exact as the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.bearings import BEARINGS, area
from tests.extract.conftest import Read


@pytest.mark.parametrize(
    ("text", "label", "precision", "country", "pinned"),
    [
        ("Rebels attacked Kabul.", "Kabul", "settlement", "AF", True),
        ("Rebels attacked a base near Kabul.", "near Kabul", "vague", "AF", False),
        ("Rebels attacked a base outside Kabul.", "outside Kabul", "vague", "AF", False),
        (
            "Rebels attacked a base near the city of Kabul.",
            "near the city of Kabul",
            "vague",
            "AF",
            False,
        ),
        ("Rebels attacked a base in northern Syria.", "northern Syria", "region", "SY", False),
        ("Rebels attacked a base in South Sudan.", "South Sudan", "country", "SS", False),
        ("Rebels attacked a base in Niger.", "Niger", "country", "NE", False),
        (
            "Rebels attacked soldiers on the border between Chad and Niger.",
            "border between Chad and Niger",
            "vague",
            None,
            False,
        ),
        ("Rebels attacked a base in the town of Xarvunde.", "Xarvunde", "vague", None, False),
    ],
)
def test_place_is_no_more_exact_than_the_words(
    text: str, label: str, precision: str, country: str | None, pinned: bool, read: Read
) -> None:
    (place,) = read(text).extraction.places
    assert (place.label, place.precision, place.country) == (label, precision, country)
    assert (place.point is not None) == pinned
    assert place.span.of(text) == label


@pytest.mark.parametrize(
    ("text", "label", "precision"),
    [
        ("Rebels shelled a base some 30 km north of Kabul.", "some 30 km north of Kabul", "area"),
        (
            "Clashes erupted 40 miles (64 km) south-east of Kabul, killing four.",
            "40 miles (64 km) south-east of Kabul",
            "area",
        ),
        ("An air strike north of Kabul killed four.", "north of Kabul", "vague"),
        ("Gunmen killed six in a village east of Kabul.", "east of Kabul", "vague"),
        ("Rebels shelled a base 30 km north of Xarvunde.", "30 km north of Xarvunde", "vague"),
        ("Rebels shelled a base in the north of Syria.", "north of Syria", "region"),
        ("Soldiers killed two men in Kabul, north of Ghazni.", "Kabul", "settlement"),
    ],
)
def test_a_direction_leads_away_from_the_place(
    text: str, label: str, precision: str, read: Read
) -> None:
    (place,) = read(text).extraction.places
    assert (place.label, place.precision) == (label, precision)
    assert (place.extent is not None) == (precision == "area")
    assert (place.point is not None) == (precision == "settlement")


@given(
    st.floats(-80, 80), st.floats(-160, 160), st.sampled_from(list(BEARINGS)), st.floats(0.1, 300)
)
def test_an_area_lies_where_the_words_lead(
    latitude: float, longitude: float, side: str, km: float
) -> None:
    found = area((latitude, longitude), BEARINGS[side], km)
    assert found is not None
    south, west, north, east = found
    assert south <= north
    assert west <= east
    slack = 0.001
    if "north" in side:
        assert latitude - slack <= south
    if "south" in side:
        assert north <= latitude + slack
    if "east" in side:
        assert longitude - slack <= west
    if "west" in side:
        assert east <= longitude + slack


def test_the_town_is_the_one_named_before(read: Read) -> None:
    told = read("Rebels entered Kabul on Monday. They shelled a hospital in the city on Tuesday.")
    assert {place.label for place in told.extraction.places} == {"Kabul"}


def test_a_place_nothing_happens_in_is_left_out(read: Read) -> None:
    assert not read("Ada Lane was born in Kabul.").extraction.places


@pytest.mark.parametrize(
    ("text", "label", "precision", "near"),
    [
        ("Gunmen shot a guard in Tripoli, Lebanon, on Friday.", "Tripoli", "settlement", "LB"),
        ("A bomb killed two people in Paris, Texas.", "Paris", "settlement", "US"),
        ("A bomb killed two people in Moscow in Idaho.", "Moscow", "settlement", "US"),
        ("Two guards were shot in Albany, Ga., police said.", "Albany", "settlement", "US"),
        ("Ukraine said that in Donetsk, Russia shelled a school.", "Donetsk", "settlement", "UA"),
    ],
)
def test_what_a_text_puts_behind_a_place_says_which_it_is(
    text: str, label: str, precision: str, near: str, read: Read
) -> None:
    (place,) = read(text).extraction.places
    assert (place.label, place.precision, place.country) == (label, precision, near)
    assert place.point is not None


def test_a_word_for_a_division_gives_its_extent_and_no_pin(read: Read) -> None:
    places = read("Syrian rebels attacked Manbij district and burnt a school in Raqqa province.")
    assert all(place.point is None for place in places.extraction.places)
    assert {place.precision for place in places.extraction.places} <= {"district", "region"}


def test_a_town_of_the_country_named_is_no_pin_where_the_world_knows_a_city(read: Read) -> None:
    """There is a small Donetsk in Russia, too."""
    assert all(p.point is None for p in read("Russia shelled Donetsk.").extraction.places)
