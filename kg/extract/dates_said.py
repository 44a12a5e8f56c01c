"""What the words of a date mean before they are resolved: parts of a calendar, or a distance."""

from dataclasses import dataclass
from typing import Literal

Third = Literal["early", "mid", "late"]
Unit = Literal["day", "week", "weekend", "month", "year", "decade", "century", "weekday", "season"]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Parts of a calendar that the words name; what they leave open is ``None``.

    ``digits`` says how much of the year is known (3 a decade, 2 a century). ``season`` is an
    EDTF season code. ``shift`` counts years from the publication's ("October last year") or, if
    ``anaphoric``, from the date said before ("October of that year").
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    third: Third | None = None
    season: int | None = None
    digits: int = 4
    approximate: bool = False
    shift: int | None = None
    anaphoric: bool = False


@dataclass(frozen=True, slots=True)
class Relative:
    """A unit counted from the publication or, if ``anaphoric``, from the date said before.

    ``step`` is 0 for this, -1 for the last, +1 for the next. ``number`` names the weekday, month
    or season meant. ``plain`` marks a weekday or distance without "last" or "next"; ``week`` is
    the week of "Monday last week". ``cut`` is -1 for "earlier this month", +1 for "later".
    """

    unit: Unit
    step: int = 0
    number: int | None = None
    plain: bool = False
    anaphoric: bool = False
    third: Third | None = None
    cut: int = 0
    week: int | None = None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Between:
    """An interval by its two ends."""

    first: Calendar | Relative
    last: Calendar | Relative


Meaning = Calendar | Relative | Between


@dataclass(frozen=True, slots=True)
class Said:
    """One date as said: the characters ``[start, end)`` and what they mean."""

    start: int
    end: int
    means: Meaning
