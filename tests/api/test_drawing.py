"""Timelines, maps and labels: what is drawn is as exact as what is known."""

from datetime import date, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from api.labels import Dot, labels
from api.map import HEIGHT, WIDTH, Spot, chart
from api.timeline import Moment, panels

DAYS = st.dates(date(1900, 1, 1), date(2040, 1, 1))


@st.composite
def moments(draw: st.DrawFn) -> Moment:
    earliest = draw(DAYS)
    latest = earliest + timedelta(days=draw(st.integers(0, 4000)))
    return Moment(earliest, latest, draw(st.text(max_size=5)), "/event/x", "then")


def moment(earliest: date, latest: date, label: str = "a") -> Moment:
    return Moment(earliest, latest, label, "/event/a", "then")


@given(st.lists(moments(), max_size=12))
def test_every_moment_is_drawn_once_inside_its_panel(found: list[Moment]) -> None:
    bars = [bar for panel in panels(found) for bar in panel.bars]
    assert sorted(map(str, (bar.moment for bar in bars))) == sorted(map(str, found))
    assert all(0 <= bar.x <= 100 and bar.x + bar.width <= 100.01 for bar in bars)


@given(st.lists(moments(), max_size=12))
def test_ticks_are_few_and_inside(found: list[Moment]) -> None:
    for panel in panels(found):
        assert len(panel.ticks) <= 9
        assert all(0 <= x <= 100 for x, _ in panel.ticks)


def test_a_bar_is_as_wide_as_the_uncertainty() -> None:
    (panel,) = panels(
        [
            moment(date(2021, 5, 1), date(2021, 5, 10)),
            moment(date(2021, 5, 1), date(2021, 5, 20), "b"),
            moment(date(2021, 5, 4), date(2021, 5, 4), "c"),
        ]
    )
    ten, twenty, one = panel.bars
    assert abs(twenty.width - 2 * ten.width) < 0.05
    assert one.width == 0


def test_an_old_war_does_not_press_a_month_into_a_pixel() -> None:
    titles = [
        panel.title
        for panel in panels(
            [
                moment(date(1990, 1, 1), date(1993, 12, 31)),
                moment(date(2021, 5, 2), date(2021, 5, 2)),
                moment(date(2005, 1, 1), date(2005, 1, 31)),
            ]
        )
    ]
    assert titles == ["2005", "2021", "1990–1993, less exactly known"]


def test_an_axis_ends_with_the_last_day_that_is_told() -> None:
    (panel,) = panels([moment(date(2024, 3, 12), date(2024, 3, 12))])
    assert panel.ticks == ((50.0, "12 Mar"),)
    assert panel.bars[0].x == 50.0
    (panel,) = panels([moment(date(2024, 3, day), date(2024, 3, day)) for day in (12, 14)])
    assert [words for _, words in panel.ticks] == ["12 Mar", "13 Mar", "14 Mar"]


def test_an_extent_is_a_rectangle_and_a_point_a_circle() -> None:
    drawn = chart(
        [
            Spot("Lorik", "/place/l", 3, point=(10.0, 20.0)),
            Spot("Vard Heights", "/place/v", 1, extent=(9.0, 19.0, 12.0, 23.0)),
            Spot("nowhere", "/place/n", 1),
        ]
    )
    assert drawn is not None
    region, town = drawn.marks
    assert (region.spot.label, town.spot.label) == ("Vard Heights", "Lorik")
    assert region.radius == 0
    assert region.width > 0 < region.height
    assert town.radius > 0 == town.width
    assert region.x < town.x < region.x + region.width
    assert region.y < town.y < region.y + region.height


def test_places_without_a_position_give_no_map() -> None:
    assert chart([Spot("nowhere", "/place/n", 1)]) is None


@given(st.lists(st.tuples(st.floats(-85, 85), st.floats(-180, 180)), min_size=1, max_size=8))
def test_every_point_is_inside_the_map(points: list[tuple[float, float]]) -> None:
    drawn = chart([Spot(str(n), "/", 1, point=point) for n, point in enumerate(points)])
    assert drawn is not None
    assert all(0 <= mark.x <= WIDTH and 0 <= mark.y <= HEIGHT for mark in drawn.marks)
    assert len(drawn.meridians) <= 14


def test_no_label_covers_another_or_a_dot() -> None:
    dots = [Dot(100 + 7 * n, 100 + 3 * (n % 4), 5, f"number {n}") for n in range(30)]
    found = [label for label in labels(dots, size=10, width=400, height=200) if label]
    boxes = []
    for label in found:
        long = len(label.text) * 10 * 0.56
        left = label.x - {"start": 0, "end": long, "middle": long / 2}[label.anchor]
        boxes.append((left, label.y - 8, left + long, label.y + 2))
    assert len(found) > 5
    for one, other in combinations(boxes, 2):
        apart = one[2] <= other[0] + 0.1 or other[2] <= one[0] + 0.1
        assert apart or one[3] <= other[1] + 0.1 or other[3] <= one[1] + 0.1
