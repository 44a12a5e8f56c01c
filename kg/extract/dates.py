"""Dates in a text, as exact as the text and no more (DESIGN section 3); EDTF out.

A pure function of the text and the publication date: no clock, no locale. The rules, and what
was measured against other readers of dates, are in ``docs/decisions/0003-dates.md``.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final, Literal

from kg.edtf import bounds, date_range, parse_date
from kg.extract import dates_grammar as grammar
from kg.extract.dates_resolve import Frame, resolve
from kg.extract.dates_said import Between, Meaning, Relative, Said
from kg.model import DateRange, Span

__all__ = ["ahead", "bearing", "dateline", "find", "parse_date", "touching"]

Bearing = Literal["on", "since", "until", "before", "after", "by"]
REACH: Final = 600
OPENING: Final = 1000
"""Characters within which an article has its dateline, if it has one."""
_PLACE: Final = re.compile(r"(?:^|\n)[^\S\n]*[A-Z][^\n:;!?]{1,60},\s?$")
_REST: Final = re.compile(r"[^\S\n]*(?:[(\[][^)\]\n]{1,60}[)\]][^\S\n]*)?(?:--?|–|—)\s")


def find(text: str, published: DateRange | None) -> tuple[DateRange, ...]:
    """The dates a text names, in order, without overlap, each with its span.

    Relative words are resolved against ``published``; without it a weekday or "yesterday" is no
    date and a day of a month stays partial. A range ("from 3 to 5 October") is one date.

    >>> published = parse_date("2022-10-04")
    >>> [(found.text, found.edtf) for found in find("On Monday, as in early 2016, …", published)]
    [('Monday', '2022-10-03'), ('early 2016', '2016-01/2016-04')]
    >>> find("On 3 October and since then", None)[0].edtf
    'XXXX-10-03'
    """
    return resolve_all(text, grammar.read(text), published)


def resolve_all(
    text: str, items: Sequence[Said], published: DateRange | None
) -> tuple[DateRange, ...]:
    """The dates that grammar items stand for; those that cannot be told are left out."""
    days = _days(published)
    past = None if days else _past_year(text, items)
    found: list[DateRange] = []
    for item in items:
        frame = Frame(None, _near(found, item), _is_ahead(text, item), past)
        if edtf := _resolve(item.means, frame, days):
            span = Span(item.start, item.end)
            found.append(date_range(edtf, span.of(text), span))
    return tuple(found)


def dateline(text: str) -> DateRange | None:
    """The day that an article gives itself in its dateline, year included, if it does.

    >>> dateline("GENEVA, 3 June 2021 (Lake News) - They met on Monday.").edtf
    '2021-06-03'
    >>> dateline("GENEVA, June 3 (Lake News) - They met on 3 June 2021, as planned.")
    """
    opening = text[:OPENING]
    for found in find(opening, None):
        if found.span and found.earliest and found.earliest == found.latest:
            before, behind = opening[: found.span.start], opening[found.span.end :]
            if _PLACE.search(before) and _REST.match(behind):
                return found
    return None


def ahead(found: DateRange, published: DateRange | None) -> DateRange:
    """The same words read as still to come: "Monday" is the next one, not the last.

    For callers who know from the grammar of the sentence that what is dated lies in the future.

    >>> said = find("They met on Monday.", parse_date("2022-10-04"))[0]
    >>> ahead(said, parse_date("2022-10-04")).edtf
    '2022-10-10'
    >>> by = DateRange("../2021-12", None, None, "December")
    >>> ahead(by, parse_date("2022-10-04")).edtf
    '../2022-12'
    """
    items = grammar.read(f"on {found.text}") or grammar.read(f"in {found.text}")
    days = _days(published)
    if len(items) != 1 or not days or not _tensed(items[0].means):
        return found
    edtf = _resolve(items[0].means, Frame(ahead=True), days)
    if not edtf:
        return found
    coming = date_range(edtf, found.text, found.span)
    if found.edtf.startswith("../"):
        return replace(coming, edtf=f"../{coming.edtf}", earliest=None)
    if found.edtf.endswith("/.."):
        return replace(coming, edtf=f"{coming.edtf}/..", latest=None)
    return coming


def bearing(text: str, found: DateRange) -> Bearing:
    """How the words before a date relate to it: "since 2014" is not "in 2014".

    >>> text = "It has lasted since 2014."
    >>> bearing(text, find(text, None)[0])
    'since'
    """
    if not found.span:
        return "on"
    before = text[max(0, found.span.start - 24) : found.span.start]
    matched = _BEARING.search(before)
    word = " ".join(matched["word"].lower().split()) if matched else "on"
    return "on" if word == "from" and "/" in found.edtf else _BEARINGS.get(word, "on")


def touching(found: Sequence[DateRange], start: int, end: int) -> Sequence[DateRange]:
    """Those of the dates of a text, in order, that share a character with ``[start, end)``.

    >>> [date.edtf for date in touching(find("In 2014, not in 2016.", None), 9, 20)]
    ['2016']
    """
    first = bisect_right(found, start, key=_end)
    return found[first : bisect_left(found, end, key=_start)]


def _start(found: DateRange) -> int:
    return found.span.start if found.span else 0


def _end(found: DateRange) -> int:
    return found.span.end if found.span else 0


def _near(found: Sequence[DateRange], item: Said) -> tuple[DateRange, ...]:
    """The dates said shortly before, for words that count from them."""
    if isinstance(item.means, Between) or not item.means.anaphoric:
        return ()
    return tuple(said for said in found if said.span and item.start - said.span.end < REACH)


def _days(published: DateRange | None) -> tuple[date, ...]:
    """The first and last day that publication can have been on, if both are known."""
    if not published or not published.earliest or not published.latest:
        return ()
    if published.earliest == published.latest:
        return (published.earliest,)
    return published.earliest, published.latest


def _resolve(means: Meaning, frame: Frame, days: tuple[date, ...]) -> str | None:
    if not days:
        return resolve(means, frame)
    results = [
        resolve(means, Frame(day, frame.before, frame.ahead, frame.past_year)) for day in days
    ]
    first, last = results[0], results[-1]
    return first if first == last or not first or not last else _covering(first, last)


def _covering(first: str, last: str) -> str | None:
    """The interval of both readings, where the day of publication is known only roughly."""
    earliest, latest = bounds(first)[0], bounds(last)[1]
    if not earliest or not latest or earliest > latest:
        return None
    return f"{earliest.isoformat()}/{latest.isoformat()}"


def _past_year(text: str, items: Sequence[Said]) -> int | None:
    """The last year that the text speaks of as past."""
    years = [
        year
        for item in items
        if (year := _year_said(item.means))
        and not _still_to_come(text, item)
        and not _BY.search(text[max(0, item.start - 12) : item.start])
    ]
    return max(years, default=None)


def _year_said(means: Meaning) -> int | None:
    """The last year that words name outright."""
    if isinstance(means, Between):
        return _year_said(means.last) or _year_said(means.first)
    if isinstance(means, Relative) or means.year is None:
        return None
    return means.year + (9 if means.digits == 3 else 99 if means.digits == 2 else 0)


def _tensed(means: Meaning) -> bool:
    """Whether tense decides which day is meant: a bare weekday, a day without a year."""
    if isinstance(means, Between):
        return _tensed(means.first) or _tensed(means.last)
    if isinstance(means, Relative):
        return means.unit in ("weekday", "weekend") and means.week is None and not means.anaphoric
    return means.year is None and means.shift is None


def _is_ahead(text: str, item: Said) -> bool:
    """Whether the sentence speaks of the date as still to come.

    The nearest cue before it decides: "said on Monday that he will …" is past. A day of the month
    must be said to be *on*, *from* or *until*: "will investigate the killings of 13 May" is past.
    """
    if not _tensed(item.means):
        return False
    relative = isinstance(item.means, Relative)
    if not relative and not _AT.search(text[max(0, item.start - 12) : item.start]):
        return False
    return _still_to_come(text, item)


def _still_to_come(text: str, item: Said) -> bool:
    """Whether the nearest verb before a date, or one right after it, is of the future."""
    if _WILL_AFTER.match(text, item.end):
        return True
    cues = list(_CUE.finditer(text, _sentence_start(text, item.start), item.start))
    return bool(cues) and cues[-1]["future"] is not None


def _sentence_start(text: str, at: int) -> int:
    floor = max(0, at - 200)
    return max((stop.end() for stop in _STOP.finditer(text, floor, at)), default=floor)


_FUTURE_WORDS: Final = (
    r"(?:(?<=['’])ll|will|shall|going\sto|set\sto|(?:is|are)\s(?:to|due|expected|planned)|due\sto|scheduled"
    r"|slated|expected\sto|plans?\sto|to\sbe\sheld|to\stake\splace|upcoming)\b"
)
_CUE: Final = re.compile(
    rf"(?<!\w)(?:(?P<future>{_FUTURE_WORDS})"
    r"|(?:said|told|wrote|was|were|had|has|have|did|met|began)\b|(?<!be\s)\w+ed\b)"
)
_WILL_AFTER: Final = re.compile(r",?\s(?:will|shall|is\sto|are\sto|is\sdue|are\sdue)\b")
_STOP: Final = re.compile(  # what it opens with first, so that the rest is passed over quickly
    r"[.!?\n](?:(?<=\n)|(?<=[!?])\s|(?<=\.)(?<![A-Z]\.)(?<!\b[A-Z][a-z]{2}\.)(?<!\bSept\.)\s)"
)
_AT: Final = re.compile(r"\b(?:on|from|to|until|till|by|before|in|between)\s(?:the\s)?$")
_BY: Final = re.compile(r"\b(?:by|until|till)\s(?:the\s)?$", re.IGNORECASE)
_BEARING: Final = re.compile(
    r"\b(?P<word>since|from|until|till|before|prior\sto|after|following|by)\s"
    r"(?:(?:the|late|early|on)\s)?$",
    re.IGNORECASE,
)
_BEARINGS: Final[dict[str, Bearing]] = {
    **{"since": "since", "from": "since", "until": "until", "till": "until", "by": "by"},
    **{"before": "before", "prior to": "before", "after": "after", "following": "after"},
}
