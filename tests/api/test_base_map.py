"""What lies under a map: coasts where there are some, towns for orientation, and no borders."""

import re
from itertools import accumulate

import pytest

from api import base_map
from api.labels import extent
from api.map import HEIGHT, LABEL_SIZE, TOWN_SIZE, WIDTH, Spot, chart

ODESA = Spot("Odesa", "/place/o", 3, point=(46.48, 30.73))
CAIRO = Spot("Cairo", "/place/c", 1, point=(30.06, 31.25))


def points(path: str) -> list[tuple[int, int]]:
    """The points of lines that are written step by step."""
    found = []
    for line in path.split("M")[1:]:
        numbers = [int(number) for number in re.findall(r"-?\d+", line)]
        xs, ys = accumulate(numbers[::2]), accumulate(numbers[1::2])
        found += list(zip(xs, ys, strict=True))
    return found


def test_a_map_by_the_sea_has_a_coast_within_its_frame() -> None:
    drawn = chart([ODESA, CAIRO])
    assert drawn
    found = points(drawn.coast)
    assert len(found) > 100
    inside = [0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in found]
    assert sum(inside) > 0.9 * len(inside)


def test_a_map_far_from_the_sea_has_none() -> None:
    drawn = chart([Spot("Almaty", "/place/a", 1, point=(43.25, 76.95))])
    assert drawn
    assert drawn.coast == ""


def test_towns_are_named_where_there_is_room_and_no_place_twice() -> None:
    drawn = chart([ODESA, CAIRO])
    assert drawn
    names = [town.label.text for town in drawn.towns]
    assert "Cairo" not in names
    assert len(names) > 3
    boxes = [extent(town.label, TOWN_SIZE) for town in drawn.towns]
    boxes += [extent(mark.label, LABEL_SIZE) for mark in drawn.marks if mark.label]
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1]
            assert apart or other[3] <= one[1]


@pytest.mark.parametrize("box", [(-90.0, -180.0, 90.0, 180.0), (10.0, 20.0, 10.1, 20.1)])
def test_any_part_of_the_world_can_be_drawn(box: base_map.Box) -> None:
    path = base_map.coast(box, lambda latitude, longitude: (longitude, -latitude))
    assert re.fullmatch(r"(?:M-?\d+ ?-?\d+l(?:-?\d+[ -]\d+ ?)+)*", path)
    assert len(base_map.towns(box, 5)) <= 5


def test_a_suburb_is_not_named_in_the_place_of_its_town() -> None:
    names = [town.name for town in base_map.towns((48.0, 34.0, 51.0, 39.0), 9)]
    assert "Kharkiv" in names
    assert "Rayon KTZ" not in names
