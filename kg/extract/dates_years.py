"""Years, decades, centuries, quarters and dates in figures: the words that make digits a year.

Each reader takes the text, where to read, and what was found before; it gives the items it finds.
"""

import re
from dataclasses import replace
from typing import Final

from kg.extract import dates_words as words
from kg.extract.dates_said import Between, Calendar, Said, Third


def part_of_year(text: str, at: int, _found: list[Said]) -> list[Said]:
    """The quarter or half that "first quarter of 2022" and "H1 2014" name, as its months."""
    matched = words.PART_OF_YEAR.match(text, at)
    if not matched:
        return []
    size = 6 if (matched["unit"] or matched["letter"]) in ("half", "H") else 3
    which = number(matched["number"]) or words.ORDINALS.get(matched["ordinal"], 12 // size)
    if which * size > 12:
        return []
    year, last = int(matched["year"]), which * size
    means = Between(Calendar(year=year, month=last - size + 1), Calendar(year=year, month=last))
    return [Said(at, matched.end(), means)]


def numeric(text: str, at: int, _found: list[Said]) -> list[Said]:
    """2022-10-02, 2.10.2022, and 2/10/2022 only where it can be read one way."""
    matched = words.NUMERIC.match(text, at)
    if not matched:
        return []
    if matched["year"]:
        year, month, day = (int(matched[name]) for name in ("year", "month", "day"))
    else:
        day, month, year = (int(matched[name]) for name in ("one", "two", "last"))
        if matched["mark"] == "/" and day <= 12 and month <= 12 and day != month:
            return []
        if matched["mark"] == "/" and month > 12:
            day, month = month, day
    return [Said(at, matched.end(), Calendar(year, month, day))]


def decade(text: str, at: int, _found: list[Said]) -> list[Said]:
    """A decade or century: "the early 1990s", "the '90s", "19th century"."""
    matched = words.DECADE.match(text, at)
    if not matched:
        return []
    third = which_third(matched["third"])
    if ordinal := matched["ordinal"]:
        century = words.CENTURIES.get(ordinal) or number(ordinal) or 0
        means = Calendar((century - 1) * 100, digits=2, third=third)
    elif short := matched["short"]:
        marked = text[max(0, at - 1) : at] in ("'", "’")
        if not (third or marked or words.DECADE_BEFORE.search(text[max(0, at - 12) : at])):
            return []
        means = Calendar(1900 + int(short), digits=3, third=third)
    else:
        year = int(matched["year"])
        means = Calendar(year, digits=2 if year % 100 == 0 and year < 2000 else 3, third=third)
    return [Said(at, matched.end(), means)]


def year(text: str, at: int, found: list[Said]) -> list[Said]:
    """A year, or the two ends of "1990-94", where the words around make it one."""
    matched = words.YEAR.match(text, at)
    if not matched or not _is_year(text, matched, found):
        return []
    year, to = int(matched["year"]), matched["to"]
    first = Calendar(year, third=which_third(matched["third"]), approximate=about(text, at))
    if not to:
        return [Said(at, matched.end(), first)]
    last = int(to) if len(to) == 4 else year // 100 * 100 + int(to)
    if last > year:
        later = Said(matched.start("to"), matched.end(), Calendar(last))
        return [Said(at, matched.end("year"), first), later]
    if len(to) == 2 and matched["dash"] == "-" and 1 <= int(to) <= 12:
        return [Said(at, matched.end(), replace(first, month=int(to)))]
    return []


def _is_year(text: str, matched: re.Match[str], found: list[Said]) -> bool:
    """Whether the words around four digits make them a year."""
    start, end = matched.span()
    before, after = text[max(0, start - 28) : start], text[end : end + 28]
    if words.YEAR_AFTER.match(after):
        return False
    modern = int(matched["year"]) >= 1900
    second = bool(words.YEAR_TO.search(before))
    if second or matched["third"] or words.YEAR_BEFORE.search(before):
        return second or modern or not words.COUNTED.match(after)
    if words.COUNTED.match(after):
        return False
    listed = len(matched["to"] or "") == 4 or _chained(text, start, found)
    if listed or (before[-1:] == "(" and after[:1] in ")–—-,;"):
        return True
    if not modern:
        return bool(words.FROM.search(before) and words.TO_YEAR.match(after))
    return _has_place_of_year(before, after)


def _has_place_of_year(before: str, after: str) -> bool:
    """Whether four digits stand where a year of this age does: "the 2020 war", "Paris, 2015"."""
    if words.YEAR_BEFORE_NOUN.search(before):
        return bool(_YEAR_END.match(after)) or after[:1] == " "
    if _COMMA_BEFORE.search(before):
        return bool(_YEAR_END.match(after))
    return bool(words.SENTENCE_START.search(before) and _YEAR_VERB.match(after))


def _chained(text: str, start: int, found: list[Said]) -> bool:
    """Whether a year follows another year in a list ("in 2014, 2016 and 2018")."""
    if not found or start - found[-1].end > 8:
        return False
    last = found[-1].means
    if not isinstance(last, Calendar) or last.month is not None or last.digits < 4:
        return False
    return _LIST.fullmatch(text, found[-1].end, start) is not None


def which_third(word: str | None) -> Third | None:
    """Early, mid or late."""
    return _THIRDS.get((word or "").lower())


def number(digits: str | None) -> int | None:
    """The figure in "3rd"; ``None`` for none."""
    return int(_NOT_DIGITS.sub("", digits)) if digits else None


def about(text: str, at: int) -> bool:
    """Whether "around" or "circa" stands before."""
    return words.ABOUT.search(text[max(0, at - 16) : at]) is not None


_THIRDS: Final[dict[str, Third]] = {"early": "early", "mid": "mid", "late": "late"}
_NOT_DIGITS: Final = re.compile(r"\D")
_COMMA_BEFORE: Final = re.compile(r"\w,\s$")
_YEAR_END: Final = re.compile(r"\s*(?:[.;:,)\]\n]|$)|['’]s\b")
_YEAR_VERB: Final = re.compile(r"\s(?:was|is|saw|has|will)\b")
_LIST: Final = re.compile(r",?\s+(?:and|or)\s+|,\s+|\s*[-–—]\s*|\s+(?:to|until|till|through)\s+")
