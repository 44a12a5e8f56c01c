"""Places: a point or an extent only as exact as the text."""

import pytest

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


def test_the_town_is_the_one_named_before(read: Read) -> None:
    told = read("Rebels entered Kabul on Monday. They shelled a hospital in the city on Tuesday.")
    assert {place.label for place in told.extraction.places} == {"Kabul"}


def test_a_place_nothing_happens_in_is_left_out(read: Read) -> None:
    assert not read("Ada Lane was born in Kabul.").extraction.places
