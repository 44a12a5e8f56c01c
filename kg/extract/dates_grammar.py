"""Which words of a text name a date, and what they mean before they are resolved.

Nothing is resolved here: no publication date, no arithmetic. ``read`` gives :class:`Said` items
in the order of the text, without overlap. Clock times, durations ("for six weeks") and recurring
days ("on Mondays") are no dates. A year needs words around it that make it one, so that
"2,000 troops" and "Resolution 1325" are none.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from kg.extract import dates_words as words
from kg.extract.dates_said import Between, Calendar, Meaning, Relative, Said, Unit
from kg.extract.dates_years import about, decade, number, numeric, part_of_year, which_third, year


def read(text: str) -> list[Said]:
    """Every date the text names, the two ends of a range joined into one."""
    return list(_joined(text, parts(text)))


def parts(text: str) -> list[Said]:
    """Every date the text names, the two ends of a range apart."""
    found: list[Said] = []
    end = 0
    for head in words.HEAD.finditer(text):
        at = head.start()
        trigger = words.TRIGGER.match(text, at) if at >= end else None
        if not trigger:
            continue
        for reader in _READERS[trigger.lastgroup or ""]:
            items = reader(text, at, found)
            if items and items[0].start >= end:
                found += items
                end = items[-1].end
                break
    return found


def _joined(text: str, items: list[Said]) -> Iterator[Said]:
    waiting: Said | None = None
    for item in items:
        both = waiting and _range(text, waiting, item)
        if waiting and not both:
            yield waiting
        waiting = both or item
    if waiting:
        yield waiting


def _range(text: str, first: Said, last: Said) -> Said | None:
    """The interval that two neighbours are the ends of, if the words between say so."""
    one, two = first.means, last.means
    if isinstance(one, Between) or isinstance(two, Between) or last.start - first.end > 12:
        return None
    link = words.JOIN.fullmatch(text, first.end, last.start)
    if not link or isinstance(one, Calendar) is not isinstance(two, Calendar):
        return None
    before = text[max(0, first.start - 14) : first.start]
    if link["and"] and not words.BETWEEN.search(before) and not _neighbours(one, two):
        return None
    return Said(first.start, last.end, Between(one, two))


def _neighbours(one: Meaning, two: Meaning) -> bool:
    """Whether "13 and 14 September" names two days that touch."""
    if not isinstance(one, Calendar) or not isinstance(two, Calendar):
        return False
    if one.day is None or two.day is None or one.weekday is not None or two.weekday is not None:
        return False
    return two.day == one.day + 1 and one.month == two.month and one.year in (None, two.year)


def _calendar(text: str, at: int, _found: list[Said]) -> list[Said]:
    matched = words.CALENDAR.match(text, at)
    if not matched:
        return []
    named = not matched["year"] and words.BODY_BEHIND.match(text, matched.end())
    if named and not words.WHEN_BEFORE.search(text, max(0, at - words.LONGEST_WHEN), at):
        return []
    which = (matched["which"] or "").lower()
    whole = Calendar(
        year=number(matched["year"]),
        month=words.MONTHS[(matched["m1"] or matched["m2"])[:3].lower()],
        day=number(matched["d1"] or matched["d3"]),
        weekday=words.WEEKDAYS.get((matched["weekday"] or "")[:3].lower()),
        third=which_third(matched["third"]),
        approximate=about(text, at),
        shift=_STEPS[which.removeprefix("the ")] if which else None,
        anaphoric=which.removeprefix("the ") in _ANAPHORS,
    )
    if whole.day is None and not _month_alone(text, matched, whole):
        return []
    return _days(matched, whole)


def _days(matched: re.Match[str], whole: Calendar) -> list[Said]:
    """One date, or the two that "3 to 5 October" and "September 12-14" name."""
    second = "d2" if matched["d2"] else "d4"
    if not matched[second]:
        return [Said(matched.start(), matched.end(), whole)]
    last = replace(whole, day=number(matched[second]), weekday=None)
    first_end = matched.end("d1" if second == "d2" else "d3")
    return [
        Said(matched.start(), first_end, whole),
        Said(matched.start(second), matched.end(), last),
    ]


def _month_alone(text: str, matched: re.Match[str], whole: Calendar) -> bool:
    """Whether a month without a day is meant as one ("in May", not "may" or "June said")."""
    if whole.weekday is not None:
        return False
    if whole.year or whole.shift is not None or whole.third:
        return True
    name, start = matched["m2"], matched.start()
    if name.upper() == name or name.endswith(".") or (len(name) < 4 and name != "May"):
        return False
    before = text[max(0, start - 16) : start]
    if words.MONTH_BEFORE.search(before):
        return True
    clear = name not in ("March", "May", "April", "June", "August")
    named = text[matched.end() + 1 : matched.end() + 2].isupper()
    return clear and not named and words.MONTH_DETERMINER.search(before) is not None


def _relative(text: str, at: int, _found: list[Said]) -> list[Said]:
    matched = words.RELATIVE.match(text, at)
    if not matched:
        return []
    which, word = " ".join(matched["which"].lower().split()), matched["unit"].lower()
    definite = text[max(0, at - 4) : at].lower() == "the "
    named = _named(word)
    if which == "next" and named.unit == "day":
        which = "following"
    if not _is_relative(which, word, definite):
        return []
    night = which == "last" and named.unit == "day"
    means = replace(
        named,
        step=0 if night else _STEPS[which],
        anaphoric=which in _ANAPHORS,
        third=which_third(matched["third"]),
        cut=_CUTS.get((matched["third"] or "").lower(), 0),
    )
    start = at - 4 if definite and which in _ANAPHORS else at
    return [Said(start, matched.end(), replace(means, step=-1) if night else means)]


def _is_relative(which: str, word: str, definite: bool) -> bool:
    """Whether "last week" is a week; "the last week", "to this day" and "last days" are none."""
    if word in words.PLURALS or (word == "day" and which not in _ANAPHORS):
        return False
    if which in ("same", "following", "previous", "preceding"):
        return definite or which == "following"
    if which == "that":
        return not definite
    return not definite and (which != "this past" or word not in ("week", "month", "year"))


def _named(word: str) -> Relative:
    """The unit, weekday, month or season that a word names."""
    if word in _UNITS:
        return Relative(_UNITS[word])
    if word in words.SEASONS:
        return Relative("season", number=words.SEASONS[word])
    if word.endswith("day"):
        return Relative("weekday", number=words.WEEKDAYS[word[:3]])
    return Relative("month", number=words.MONTHS.get(word[:3]))


def _day_word(text: str, at: int, _found: list[Said]) -> list[Said]:
    matched = _WORD.match(text, at)
    word = matched[0] if matched else ""
    before = text[max(0, at - 16) : at]
    if word == "weekend":
        return [Said(at - 4, at + 7, Relative("weekend", plain=True))]
    if word[0].isupper() and not words.SENTENCE_START.search(before):
        return []
    step, start = _DAY_WORDS[word.lower()], at
    if before.lower().endswith("the day before " if step < 0 else "the day after ") and step:
        step, start = 2 * step, at - (15 if step < 0 else 14)
    return [Said(start, at + len(word), Relative("day", step))]


def _weekday(text: str, at: int, _found: list[Said]) -> list[Said]:
    matched = words.WEEKDAY_ALONE.match(text, at)
    if not matched or words.NOT_A_WEEKDAY.search(text[max(0, at - 16) : at]):
        return []
    week = _STEPS[matched["which"]] if matched["which"] else None
    number = words.WEEKDAYS[matched["weekday"][:3].lower()]
    return [Said(at, matched.end(), Relative("weekday", number=number, plain=True, week=week))]


def _distance(text: str, at: int, found: list[Said]) -> list[Said]:
    """ "two days ago", "a week later", "the day before": the number stands before the unit."""
    floor = max(found[-1].end if found else 0, at - 40)
    number = words.DISTANCE_NUMBER.search(text[floor:at])
    unit = words.DISTANCE_UNIT.match(text, at)
    if not number or not unit or number["never"]:
        return []
    last, count = unit["last"], number["number"].lower()
    if last in ("before", "after") and unit["stop"] is None:
        return []
    if count == "the" and last not in ("before", "after"):
        return []
    steps = words.NUMBERS[count] if count in words.NUMBERS else int(count)
    means = Relative(
        unit=_UNITS[unit["unit"]],
        step=steps if last in ("later", "after") else -steps,
        anaphoric=last not in ("ago", "back"),
        plain=True,
        approximate=bool(number["about"]),
    )
    start = floor + number.start("about" if number["about"] else "number")
    return [Said(start, unit.end("last"), means)]


def _season(text: str, at: int, _found: list[Said]) -> list[Said]:
    matched = words.SEASON.match(text, at)
    if not matched:
        return []
    season = words.SEASONS[matched["season"].lower()]
    return [Said(at, matched.end(), Calendar(year=int(matched["year"]), season=season))]


Reader = Callable[[str, int, list[Said]], list[Said]]
_READERS: Final[dict[str, tuple[Reader, ...]]] = {
    "month": (_calendar,),
    "weekday": (_calendar, _weekday),
    "digit": (numeric, _calendar, decade, year),
    "third": (_calendar, _relative, decade, _season, year),
    "which": (_relative,),
    "day": (_day_word,),
    "distance": (_distance,),
    "season": (_season,),
    "part": (part_of_year,),
    "century": (decade,),
}
_ANAPHORS: Final = frozenset({"same", "that", "following", "previous", "preceding"})
_STEPS: Final = {
    **{"last": -1, "this past": -1, "previous": -1, "preceding": -1},
    **{"this": 0, "same": 0, "that": 0},
    **{"next": 1, "this coming": 1, "upcoming": 1, "following": 1},
}
_CUTS: Final = {"earlier": -1, "later": 1}
_UNITS: Final[dict[str, Unit]] = {
    **{"day": "day", "night": "day", "evening": "day", "morning": "day", "afternoon": "day"},
    **{"week": "week", "weekend": "weekend", "month": "month", "year": "year"},
    **{"decade": "decade", "century": "century"},
}
_DAY_WORDS: Final = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
_WORD: Final = re.compile(r"\w+")
