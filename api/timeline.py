"""A timeline as numbers a page can draw: bars as wide as what is known is uncertain.

Events are put into panels so that one old war does not press a month into one pixel: what is
known to within a season stands in runs of years that touch, what is known less exactly in a
panel of its own. Positions are percent of the panel's width.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from api.strings import TEXTS

EXACT_DAYS: Final = 92
GAP_DAYS: Final = 366
MARGIN: Final = 0.04
MOST_TICKS: Final = 8
_DAY_STEPS: Final = (1, 2, 7, 14)
_MONTH_STEPS: Final = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200)


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened between two days, both inclusive."""

    earliest: date
    latest: date
    label: str
    href: str
    when: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A moment and where it is drawn: start and width in percent; a day has width 0."""

    moment: Moment
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Panel:
    """One stretch of time: its years, its ticks (percent, words) and its bars."""

    title: str
    ticks: tuple[tuple[float, str], ...]
    bars: tuple[Bar, ...]


def panels(moments: Sequence[Moment]) -> list[Panel]:
    """The panels of a timeline, the earliest first as in each, what is least exact last."""
    ordered = sorted(moments, key=lambda one: (one.earliest, one.latest, one.label, one.href))
    exact = [one for one in ordered if (one.latest - one.earliest).days <= EXACT_DAYS]
    wide = [one for one in ordered if (one.latest - one.earliest).days > EXACT_DAYS]
    found = [_panel(run, _years(run)) for run in _runs(exact)]
    return [
        *found,
        *(
            [_panel(wide, TEXTS["timeline"]["less_exact"].format(years=_years(wide)))]
            if wide
            else []
        ),
    ]


def _runs(moments: Sequence[Moment]) -> Iterator[list[Moment]]:
    run: list[Moment] = []
    for one in moments:
        if run and (one.earliest - max(m.latest for m in run)).days > GAP_DAYS:
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _years(run: Sequence[Moment]) -> str:
    first, last = run[0].earliest.year, max(one.latest.year for one in run)
    return f"{first}" if first == last else f"{first}–{last}"


def _panel(run: Sequence[Moment], title: str) -> Panel:
    first = min(one.earliest for one in run)
    last = max(one.latest for one in run)
    scale = _Scale(first, last)
    return Panel(title, tuple(scale.ticks()), tuple(scale.bar(one) for one in run))


class _Scale:
    def __init__(self, first: date, last: date) -> None:
        self.days = (last - first).days + 1
        self.pad = self.days * MARGIN
        self.first = first
        self.last = first + timedelta(days=self.days - 1)

    def at(self, days: float) -> float:
        return round(100 * (days + self.pad) / (self.days + 2 * self.pad), 2)

    def bar(self, one: Moment) -> Bar:
        start, end = (one.earliest - self.first).days, (one.latest - self.first).days + 1
        if end - start == 1:
            return Bar(one, self.at(start + 0.5), 0)
        return Bar(one, self.at(start), round(self.at(end) - self.at(start), 2))

    def ticks(self) -> Iterator[tuple[float, str]]:
        for step in _DAY_STEPS:
            if self.days / step <= MOST_TICKS:
                for offset in range(0, self.days, step):
                    day = self.first + timedelta(days=offset)
                    yield self.at(offset + 0.5), f"{day.day} {day:%b}"
                return
        yield from self.months()

    def months(self) -> Iterator[tuple[float, str]]:
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        step = next((n for n in _MONTH_STEPS if months / n <= MOST_TICKS), _MONTH_STEPS[-1])
        start = self.first.year * 12 + self.first.month - 1
        for month in range(start - start % step, start + months, step):
            day = date(max(month // 12, 1), month % 12 + 1, 1)
            if day >= self.first:
                yield self.at((day - self.first).days), _month_words(day, step)


def _month_words(day: date, step: int) -> str:
    return f"{day.year}" if step >= 12 or day.month == 1 else f"{day:%b}"
