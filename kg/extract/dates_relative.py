"""Thirds, decades and units counted from a day: "last month", "next Monday", "early this year"."""

from datetime import date, timedelta
from typing import Final

from kg.edtf import bounds, month_days
from kg.extract.dates_said import Calendar, Relative


def rounded(means: Calendar, year: int) -> str:
    """A decade or century, or a third of one: of a decade years 0-3, 4-6 and 7-9."""
    if not means.third:
        return f"{year:04}"[: means.digits] + "X" * (4 - means.digits)
    if means.digits == 3:
        first, last = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}[means.third]
    else:
        first, last = {"early": (0, 33), "mid": (34, 66), "late": (67, 99)}[means.third]
    return f"{year + first:04}/{year + last:04}"


def third_of_year(year: int, third: str) -> str:
    """Four months of a year."""
    first = {"early": 1, "mid": 5, "late": 9}[third]
    return f"{year:04}-{first:02}/{year:04}-{first + 3:02}"


def third_of_month(month: str, third: str | None, last_day: int) -> str:
    """Days 1-10, 11-20 or 21 to the end of ``month`` (``YYYY-MM``); the month without a third."""
    if not third:
        return month
    first, last = {"early": (1, 10), "mid": (11, 20), "late": (21, last_day)}[third]
    return f"{month}-{first:02}/{month}-{last:02}"


def relative(means: Relative, day: date | None, ahead: bool) -> str | None:
    """The EDTF text of a unit counted from ``day``; ``None`` without one."""
    return _UNITS.get(means.unit, _years)(means, day, ahead) if day else None


def _day(means: Relative, day: date, _ahead: bool) -> str:
    return (day + timedelta(means.step)).isoformat()


def _week(means: Relative, day: date, _ahead: bool) -> str:
    return _cut(_monday(day) + timedelta(7 * means.step), 6, means.cut, day)


def _weekday(means: Relative, day: date, ahead: bool) -> str:
    number = means.number or 0
    if means.week is not None:
        return (_monday(day) + timedelta(7 * means.week + number)).isoformat()
    if means.plain:
        away = (number - day.weekday()) % 7 if ahead else -((day.weekday() - number) % 7)
    elif means.step < 0:
        away = -((day.weekday() - number - 1) % 7) - 1
    elif means.step > 0:
        away = (number - day.weekday() - 1) % 7 + 1
    else:
        away = number - day.weekday()
    return (day + timedelta(away)).isoformat()


def _weekend(means: Relative, day: date, ahead: bool) -> str:
    return _cut(_saturday(means, day, ahead), 1, 0, day)


def _saturday(means: Relative, day: date, ahead: bool) -> date:
    """The Saturday of a weekend; "this" and "the weekend" mean the one that began last."""
    if means.step > 0:
        return _monday(day) + timedelta(12)
    if means.step < 0:
        return _monday(day) - timedelta(2)
    if ahead:
        return _monday(day) + timedelta(5)
    return day - timedelta((day.weekday() - 5) % 7)


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())


def _cut(first: date, days: int, cut: int, day: date) -> str:
    """An interval of days; "earlier" ends it at ``day``, "later" begins it there."""
    last = first + timedelta(days)
    if cut < 0:
        last = day
    elif cut > 0:
        first = day
    return f"{first.isoformat()}/{last.isoformat()}"


def _month(means: Relative, day: date, _ahead: bool) -> str:
    count = day.year * 12 + day.month - 1
    if means.number is None:
        count += means.step
    elif means.step:
        away = (means.number - day.month) % 12
        count += away - 12 if means.step < 0 else away or 12
    else:
        count += means.number - day.month
    year, month = divmod(count, 12)
    last = month_days(year, month + 1)
    if means.cut:
        return _cut(date(year, month + 1, 1), last - 1, means.cut, day)
    return third_of_month(f"{year:04}-{month + 1:02}", means.third, last)


def _years(means: Relative, day: date, _ahead: bool) -> str:
    step = means.step
    if means.unit == "decade" and means.plain:
        return f"{day.year + 10 * step:04}~"
    if means.unit == "decade":
        return rounded(Calendar(third=means.third, digits=3), (day.year // 10 + step) * 10)
    if means.unit == "century":
        return rounded(Calendar(third=means.third, digits=2), (day.year // 100 + step) * 100)
    year = day.year + step
    if means.cut:
        return _cut(date(year, 1, 1), (date(year, 12, 31) - date(year, 1, 1)).days, means.cut, day)
    mark = "~" if means.approximate else ""
    return third_of_year(year, means.third) if means.third else f"{year:04}{mark}"


def _season(means: Relative, day: date, _ahead: bool) -> str:
    """The season still running or last begun is "this", the last one ended is "last"."""
    seasons = [f"{year:04}-{means.number}" for year in range(day.year - 2, day.year + 3)]
    if means.step > 0:
        return next(name for name in seasons if _first(name) > day)
    if means.step < 0:
        return next(name for name in reversed(seasons) if _last(name) < day)
    this_year = [name for name in seasons if _first(name).year == day.year]
    running = [name for name in seasons if _first(name) <= day <= _last(name)]
    return (running or this_year)[0]


def _first(edtf: str) -> date:
    return bounds(edtf)[0] or date.min


def _last(edtf: str) -> date:
    return bounds(edtf)[1] or date.max


_UNITS: Final = {
    "day": _day,
    "week": _week,
    "weekday": _weekday,
    "weekend": _weekend,
    "season": _season,
    "month": _month,
}
