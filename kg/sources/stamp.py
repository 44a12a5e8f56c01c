"""A publication date as metadata states it, as a range that is exactly as exact.

The forms of ``kg.edtf.parse_date`` and the looser ones that pages print. Timestamps keep the day
they state: no time zone is applied. Forms with only numbers that do not begin with the year
("04/10/2022") are not read, because they mean different days to different readers.
"""

import re
from typing import Final

from kg.edtf import parse_date
from kg.model import DateRange

_NUMBERS: Final = re.compile(
    r"(\d{4})([-/.]?)(\d{2})\2(\d{2})(?=$|[T ]\d)|(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?=$|[T ]\d)"
)
_DAY_FIRST: Final = re.compile(
    r"(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)? ([a-z]+)\.?,? (\d{4})\b", re.I
)
_MONTH_FIRST: Final = re.compile(
    r"(?:[a-z]+,? )?([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b", re.I
)
_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)


def stated(text: str) -> DateRange:
    """The range a stated publication date covers; BadInput says what is allowed.

    >>> stated("2022-10-04T23:10:00+04:00").edtf
    '2022-10-04'
    >>> stated("Tuesday, October 4th, 2022").latest
    datetime.date(2022, 10, 4)
    """
    words = text.strip()
    found = parse_date(_iso(words) or words)
    return DateRange(found.edtf, found.earliest, found.latest, words)


def _iso(text: str) -> str | None:
    """The day in ISO 8601, if the text is one of the looser forms."""
    if found := _NUMBERS.match(text):
        year, month, day = found.group(1, 3, 4) if found[1] else found.group(5, 6, 7)
        return f"{year}-{int(month):02}-{int(day):02}"
    if found := _DAY_FIRST.match(text):
        day, name, year = found.groups()
    elif found := _MONTH_FIRST.match(text):
        name, day, year = found.groups()
    else:
        return None
    month = _month(name)
    return f"{year}-{month:02}-{int(day):02}" if month else None


def _month(name: str) -> int | None:
    """The number of a month by its name or an abbreviation of at least three letters."""
    matches = [month for month in _MONTHS if len(name) > 2 and month.startswith(name.lower())]
    if name.lower() == "sept":
        matches = ["september"]
    return _MONTHS.index(matches[0]) + 1 if matches else None
