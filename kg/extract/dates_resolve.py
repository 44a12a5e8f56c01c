"""From what the words mean to EDTF: calendar arithmetic against a day, nothing of the text.

A :class:`Frame` is all that a meaning is resolved against. Unknown stays unknown: a relative
word without a day to count from is no date, a month and day without a year stay partial.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from kg.edtf import bounds, month_days
from kg.extract.dates_relative import relative, rounded, third_of_month, third_of_year
from kg.extract.dates_said import Between, Calendar, Meaning, Relative
from kg.model import DateRange

AHEAD_DAYS: Final = 270
_A_YEAR: Final = 366
UNKNOWN_YEAR: Final = "XXXX"


@dataclass(frozen=True, slots=True)
class Frame:
    """What a date is resolved against.

    ``day`` is a day of publication, ``before`` the dates said before (the latest last), ``ahead``
    whether the words around speak of what is still to come, ``past_year`` the last year the text
    speaks of as past.
    """

    day: date | None = None
    before: tuple[DateRange, ...] = ()
    ahead: bool = False
    past_year: int | None = None


def resolve(means: Meaning, frame: Frame) -> str | None:
    """The EDTF text of a meaning, or ``None`` where it cannot be told or does not exist.

    >>> resolve(Relative("weekday", number=0, plain=True), Frame(date(2022, 10, 4)))
    '2022-10-03'
    >>> resolve(Calendar(month=10, day=3), Frame())
    'XXXX-10-03'
    """
    try:
        edtf = _meaning(means, frame)
        if edtf:
            bounds(edtf)
        return edtf
    except (ValueError, OverflowError):
        return None


def _meaning(means: Meaning, frame: Frame) -> str | None:
    if isinstance(means, Between):
        return _between(means, frame)
    if isinstance(means, Calendar):
        return _calendar(means, frame)
    return _anaphoric(means, frame) if means.anaphoric else relative(means, frame.day, frame.ahead)


def _calendar(means: Calendar, frame: Frame) -> str | None:
    if means.shift is not None:
        base = _year_before(frame) if means.anaphoric else _year_now(frame)
        means = replace(means, year=base and base + means.shift)
    return _yearless(means, frame) if means.year is None else _dated(means, means.year)


def _year_before(frame: Frame) -> int | None:
    said = _antecedent(frame, "year")
    return said.earliest.year if said and said.earliest else None


def _year_now(frame: Frame) -> int | None:
    return frame.day.year if frame.day else None


def _dated(means: Calendar, year: int) -> str:
    mark = "~" if means.approximate else ""
    if means.season:
        return f"{year:04}-{means.season}"
    if means.digits < 4:
        return rounded(means, year)
    if means.month is None:
        return third_of_year(year, means.third) if means.third else f"{year:04}{mark}"
    month = f"{year:04}-{means.month:02}"
    if means.day is None:
        last = month_days(year, means.month)
        return third_of_month(month, means.third, last) if means.third else month + mark
    exact = date(year, means.month, means.day)
    doubtful = means.weekday is not None and exact.weekday() != means.weekday
    return exact.isoformat() + ("?" if doubtful else mark)


def _yearless(means: Calendar, frame: Frame) -> str | None:
    if means.month is None:
        return None
    if frame.day:
        year, sure = _nearest_year(means, means.month, frame.day, frame.ahead)
        return _dated(means, year).rstrip("?") + ("" if sure else "?")
    if means.weekday is not None and means.day and frame.past_year:
        return f"{_year_of_weekday(means, frame.past_year + 1).isoformat()}?"
    month = f"{UNKNOWN_YEAR}-{means.month:02}"
    if means.day:
        return f"{month}-{means.day:02}"
    return third_of_month(month, means.third, month_days(2000, means.month))


def _year_of_weekday(means: Calendar, year: int) -> date:
    """The first such day, not before ``year``, that falls on the weekday said."""
    for candidate in range(year, year + 41):
        day = _day_in(means, candidate)
        if day and day.weekday() == means.weekday:
            return day
    raise ValueError("no such weekday within 40 years")


def _nearest_year(means: Calendar, month: int, day: date, ahead: bool) -> tuple[int, bool]:
    """The year that puts a day or month nearest to, but not after, ``day``; and whether surely.

    ``ahead`` allows some months ahead. A weekday that does not fit is looked for in the years
    around, uncertain if that is more than a year away; where none fits the nearest year stays.
    """
    whole = replace(means, month=month, day=means.day or 1)
    years = range(day.year + 1, day.year - 9, -1)
    days = [found for year in years if (found := _day_in(whole, year))]
    past = [found for found in days if found <= day]
    coming = [found for found in days if 0 < (found - day).days <= AHEAD_DAYS]
    if not past:
        raise ValueError("no such day in any year")
    choice = past[0]
    if ahead and coming:
        choice = coming[-1]
    if means.weekday is None or choice.weekday() == means.weekday:
        return choice.year, True
    fitting = [found for found in [*coming, *past] if found.weekday() == means.weekday]
    if not fitting:
        return choice.year, False
    return fitting[0].year, abs((fitting[0] - day).days) <= _A_YEAR


def _day_in(means: Calendar, year: int) -> date | None:
    try:
        return date(year, means.month or 1, means.day or 1)
    except ValueError:
        return None


def _anaphoric(means: Relative, frame: Frame) -> str | None:
    """A unit counted from the last date said that is exact enough to count from."""
    said = _antecedent(frame, means.unit)
    if not said:
        return None
    if not said.earliest:
        return said.edtf if means.unit == "day" and not means.step else None
    edtf = relative(means, said.earliest, ahead=False)
    return f"{edtf}?" if edtf and said.edtf.endswith("?") and "/" not in edtf else edtf


def _antecedent(frame: Frame, unit: str) -> DateRange | None:
    for said in reversed(frame.before):
        first, last = said.earliest, said.latest
        if not first or not last:
            if unit == "day" and len(said.edtf) == len("XXXX-10-03"):
                return said
            continue
        same_month = first.month == last.month
        exact = first == last or (first.year == last.year and (unit == "year" or same_month))
        if exact and (first == last or unit in ("month", "year", "decade", "century")):
            return said
    return None


def _between(means: Between, frame: Frame) -> str | None:
    one, two = means.first, means.last
    if isinstance(one, Calendar) and isinstance(two, Calendar):
        one, two = _shared_year(*_dated_first(one, two, frame))
    last = _meaning(two, frame)
    if not last:
        return None
    end = bounds(last)[1]
    if end and isinstance(one, Relative) and one.plain and one.unit == "weekday":
        frame = replace(frame, day=end, ahead=False)
    first = _meaning(one, frame)
    return first and f"{_bare(first.split('/')[0])}/{_bare(last.split('/')[-1])}"


def _dated_first(one: Calendar, two: Calendar, frame: Frame) -> tuple[Calendar, Calendar]:
    """Where neither end has a year: the first end gives it, for the last may still be to come."""
    if one.year or two.year or one.shift is not None or two.shift is not None:
        return one, two
    if not one.month or not frame.day:
        return one, two
    year, _ = _nearest_year(one, one.month, frame.day, frame.ahead)
    return replace(one, year=year), two


def _shared_year(one: Calendar, two: Calendar) -> tuple[Calendar, Calendar]:
    """ "from November to March 2022": the year said once counts for both ends."""
    wraps = bool(one.month and two.month and one.month > two.month)
    if one.year is None and two.year is not None and one.month:
        return replace(one, year=two.year - wraps), two
    if two.year is None and one.year is not None and two.month:
        return one, replace(two, year=one.year + wraps)
    return one, two


def _bare(edtf: str) -> str:
    return edtf.rstrip("?~")
