"""Publication dates as metadata states them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import BadInput
from kg.sources import stated


@given(st.dates(min_value=date(1, 1, 1)))
def test_every_iso_day_is_that_day(day: date) -> None:
    found = stated(day.isoformat())
    assert (found.edtf, found.earliest, found.latest) == (day.isoformat(), day, day)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2022", "2022"),
        ("2022-10-03?", "2022-10-03?"),
        ("2022-10-04T10:00:00.000+0400", "2022-10-04"),
        ("4 Sept 2022", "2022-09-04"),
        ("2022-9-4", "2022-09-04"),
        ("2022-10", "2022-10"),
        ("2024-02", "2024-02"),
        ("2022/10/04", "2022-10-04"),
        ("20221004", "2022-10-04"),
        ("20221004T101500Z", "2022-10-04"),
        ("2022-10-04T23:59:59-08:00", "2022-10-04"),
        ("2022-10-04 01:00", "2022-10-04"),
        ("4 October 2022", "2022-10-04"),
        ("4th Oct. 2022", "2022-10-04"),
        ("October 4, 2022", "2022-10-04"),
        ("Tuesday, October 4th, 2022 10:15", "2022-10-04"),
        ("Tue, 04 Oct 2022 10:15:00 +0000", "2022-10-04"),
    ],
)
def test_forms_that_are_read(text: str, edtf: str) -> None:
    assert stated(text).edtf == edtf


def test_a_month_covers_its_days() -> None:
    found = stated("2024-02")
    assert (found.earliest, found.latest) == (date(2024, 2, 1), date(2024, 2, 29))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "04/10/2022",
        "2022-13-01",
        "2022-02-30",
        "0000",
        "10-04",
        "1 ma 2022",
        "4 Foo 2022",
    ],
)
def test_others_are_refused_with_the_forms_that_are_read(text: str) -> None:
    with pytest.raises(BadInput, match=r"allowed: .*2022-10-03"):
        stated(text)
