"""EDTF read and bounded, and dates given as metadata."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.edtf import bounds, parse_date
from kg.errors import BadInput


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2022-10-03", "2022-10-03", "2022-10-03"),
        ("2022-10-03?", "2022-10-03", "2022-10-03"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-02-XX", "2024-02-01", "2024-02-29"),
        ("2022", "2022-01-01", "2022-12-31"),
        ("2002~", "2002-01-01", "2002-12-31"),
        ("199X", "1990-01-01", "1999-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2022-22", "2022-06-01", "2022-08-31"),
        ("2023-24", "2023-12-01", "2024-02-29"),
        ("1990/1993", "1990-01-01", "1993-12-31"),
        ("2022-09-30/2022-10", "2022-09-30", "2022-10-31"),
    ],
)
def test_bounds_are_the_first_and_last_day(edtf: str, first: str, last: str) -> None:
    assert bounds(edtf) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("edtf", ["XXXX-10-03", "XXXX-10", "XXXX-02-29", "XXXX-10-01/XXXX-10-10"])
def test_an_unknown_year_has_no_bounds(edtf: str) -> None:
    assert bounds(edtf) == (None, None)


def test_an_open_interval_has_one_bound() -> None:
    assert bounds("2014/..") == (date(2014, 1, 1), None)
    assert bounds("/2014") == (None, date(2014, 12, 31))


@pytest.mark.parametrize(
    "wrong",
    [
        *(
            "",
            "2022-13",
            "2022-02-29",
            "2022-10-32",
            "2022/2020",
            "../..",
            "22-10-03",
            "XXXX",
            "0000",
        ),
        *("199X-10", "2022-10-03T", "2022-22-01", "XXXX-02-30", "2022-XX-03", "today", "2022-10-3"),
    ],
)
def test_what_is_not_a_date_is_refused_with_what_is_allowed(wrong: str) -> None:
    with pytest.raises(BadInput, match=r"allowed: an ISO 8601 date"):
        parse_date(wrong)


@pytest.mark.parametrize(
    "value",
    [
        *("2022-10-03", " 2022-10-03 ", "2022-10-03T08:15:00Z", "2022-10-03 08:15"),
        *("2022-10-03T23:59:59.5+04:00", "Mon, 03 Oct 2022 23:30:00 +0400", "3 Oct 2022 01:00 GMT"),
    ],
)
def test_metadata_dates_in_their_writers_own_day(value: str) -> None:
    found = parse_date(value)
    assert (found.edtf, found.text, found.span) == ("2022-10-03", value, None)
    assert found.earliest == found.latest == date(2022, 10, 3)


@given(st.dates())
def test_every_day_bounds_itself_and_lies_in_its_month_and_year(day: date) -> None:
    iso = day.isoformat()
    assert bounds(iso) == (day, day)
    for wider in (iso[:7], iso[:4]):
        first, last = bounds(wider)
        assert first is not None
        assert last is not None
        assert first <= day <= last


@given(st.dates(max_value=date(9998, 1, 1)), st.integers(0, 300))
def test_an_interval_is_bounded_by_its_ends(day: date, days: int) -> None:
    end = day + timedelta(days)
    assert bounds(f"{day}/{end}") == (day, end)
