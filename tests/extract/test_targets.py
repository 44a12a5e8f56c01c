"""What an armed act hits that is no actor: bridges, buses, offices."""

import pytest

from tests.extract.conftest import Read

HIT = {
    "Rebels dynamited two bridges and a pylon on Monday.": ["two bridges", "pylon"],
    "Several homes near the market were badly damaged.": ["homes"],
    "An attack on a police station in Kilis was thwarted.": ["police station in Kilis"],
    "One car was destroyed by one of the explosions.": ["car"],
    "TWO BUSES WERE BURNED BY GUNMEN IN KARSA ON MONDAY.": ["TWO BUSES"],
    "The army attacked the village.": [],
    "The minister attacked the budget.": [],
    "No bridge was hit.": [],
}


@pytest.mark.parametrize(("text", "targets"), HIT.items())
def test_things_that_are_hit_are_named(text: str, targets: list[str], read: Read) -> None:
    found = [span.of(text) for one in read(text).extraction.reports for span in one.targets]
    assert found == targets


def test_what_is_destroyed_is_part_of_what_destroyed_it(read: Read) -> None:
    told = read("An explosion at a depot damaged three houses and killed a guard.")
    (one,) = told.extraction.reports
    assert [span.of(told.text) for span in one.targets] == ["depot", "three houses"]
