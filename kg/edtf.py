"""EDTF (ISO 8601-2, Library of Congress 2019): dates as exact as their source, read and bounded.

Level 0 and 1 within the years 0001 to 9999, and of level 2 only what an unknown year needs
(``XXXX-10-03``). Interval ends may be open (``..``) or unknown (empty).
"""

import re
from calendar import monthrange
from datetime import date
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Final

from kg.errors import BadInput
from kg.model import DateRange, Span

Bounds = tuple[date | None, date | None]

ALLOWED: Final = (
    "an ISO 8601 date or time (2022-10-03, 2022-10-03T08:00:00Z), EDTF (2022, 2022-10, 199X, "
    "2022-21, 2022-10-03?, 2022-10-03/2022-10-05) or an RFC 2822 date (Mon, 03 Oct 2022 08:00:00 "
    "+0000), in the years 0001 to 9999"
)

_SEASON_MONTHS: Final = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}
_DATE: Final = re.compile(r"(\d{4}|\d{3}X|\d{2}XX|XXXX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?([?~%]?)")
_TIMESTAMP: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ]\d\d:?\d\d(?::?\d\d(?:[.,]\d+)?)?\s*(?:[Zz]|[+-]\d\d(?::?\d\d)?)?"
)


_MAIL_DATE: Final = re.compile(r"(?:[A-Z][a-z]{2},\s*)?\d{1,2}\s[A-Z][a-z]{2}\s\d{4}\s\d")


@lru_cache(maxsize=4096)
def bounds(edtf: str) -> Bounds:
    """The first and last day of an EDTF text; both ``None`` where the year is unknown.

    Seasons are those of the northern hemisphere, in whole months; winter starts in December.

    >>> bounds("2022-02")
    (datetime.date(2022, 2, 1), datetime.date(2022, 2, 28))
    >>> bounds("199X")[1], bounds("XXXX-10-03"), bounds("2014/..")[0]
    (datetime.date(1999, 12, 31), (None, None), datetime.date(2014, 1, 1))

    Raises ``ValueError`` for a text that is not EDTF as this module knows it.
    """
    first, slash, last = edtf.partition("/")
    if not slash:
        return _single(edtf)
    if first in ("", "..") and last in ("", ".."):
        raise ValueError(f"{edtf!r} has neither a beginning nor an end")
    earliest = None if first in ("", "..") else _single(first)[0]
    latest = None if last in ("", "..") else _single(last)[1]
    if earliest and latest and earliest > latest:
        raise ValueError(f"{edtf!r} ends before it begins")
    return earliest, latest


def date_range(edtf: str, text: str, span: Span | None = None) -> DateRange:
    """The noun for an EDTF text, with the words that say it and where they stand."""
    earliest, latest = bounds(edtf)
    return DateRange(edtf, earliest, latest, text, span)


def parse_date(value: str) -> DateRange:
    """A date given as metadata (``--date``, a feed's ``pubDate``); a time of day is dropped.

    The day is the one written, in the writer's own time zone.

    >>> parse_date("Mon, 03 Oct 2022 23:30:00 +0400").edtf
    '2022-10-03'

    Raises :class:`BadInput` saying what is allowed.
    """
    words = value.strip()
    try:
        if stamp := _TIMESTAMP.fullmatch(words):
            return date_range(stamp[1], value)
        if _MAIL_DATE.match(words):
            return date_range(parsedate_to_datetime(words).date().isoformat(), value)
        return date_range(words, value)
    except ValueError:
        raise BadInput(f"{value!r} is not a date; allowed: {ALLOWED}") from None


def _single(edtf: str) -> Bounds:
    matched = _DATE.fullmatch(edtf)
    if not matched:
        raise ValueError(f"{edtf!r} is not an EDTF date")
    year, month, day, _ = matched.groups()
    if year == "XXXX":
        _check_partial(edtf, month, day)
        return None, None
    if "X" in year:
        if month:
            raise ValueError(f"{edtf!r} has a month in an unknown year")
        return date(max(int(year.replace("X", "0")), 1), 1, 1), _end(int(year.replace("X", "9")))
    return _within(edtf, int(year), month, day)


def _within(edtf: str, year: int, month: str | None, day: str | None) -> Bounds:
    if month in (None, "XX"):
        if day not in (None, "XX"):
            raise ValueError(f"{edtf!r} has a day in an unknown month")
        return date(year, 1, 1), _end(year)
    number = int(month or 0)
    if number in _SEASON_MONTHS and day is None:
        return _season(year, number)
    if day in (None, "XX"):
        return date(year, number, 1), date(year, number, month_days(year, number))
    exact = date(year, number, int(day or 0))
    return exact, exact


def _season(year: int, code: int) -> Bounds:
    first, last = _SEASON_MONTHS[code]
    end = year + (last < first)
    return date(year, first, 1), date(end, last, month_days(end, last))


def month_days(year: int, month: int) -> int:
    """How many days a month has; ``ValueError`` where there is no such month or year.

    >>> month_days(2024, 2)
    29
    """
    date(year, month, 1)
    return monthrange(year, month)[1]


def _end(year: int) -> date:
    return date(year, 12, 31)


def _check_partial(edtf: str, month: str | None, day: str | None) -> None:
    """A month and day of an unknown year must exist in some year."""
    if month is None or month == "XX":
        raise ValueError(f"{edtf!r} names no month of its unknown year")
    date(2000, int(month), 1 if day in (None, "XX") else int(day or 0))
