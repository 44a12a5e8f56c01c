"""How many were killed or injured, in words: what one source says, and how far several differ.

Nothing is added up or averaged, and no bound is made of a figure that its source leaves open.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.records.parts import Json

NAMES: Final = ("killed", "injured")
_MORE: Final = re.compile(r"(?:more than|over|upwards? of|in excess of)\s", re.I)
_LESS: Final = re.compile(r"(?:fewer than|less than|under)\s", re.I)


@dataclass(frozen=True, slots=True)
class Count:
    """One report's figures: the words that give them, and who says so in the article."""

    report: Json
    words: tuple[Json, ...]
    statement: Json | None
    """The statement in which the figures stand, perhaps of a speaker without a name."""

    @property
    def source(self) -> str:
        """Who says so, and where: "officials, Northern Wire"."""
        article = self.report["article"]
        outlet: str = article["publisher"] or article["headline"] or article.get("opening")
        if self.statement is None:
            return outlet
        speaker = self.statement["speaker"]
        return f"{speaker['label'] if speaker else 'somebody not named'}, {outlet}"


def figure(toll: Json | None) -> str | None:
    """One toll in words.

    >>> figure({"min": 12, "best": None, "max": None}), figure({"min": 12, "best": 14, "max": 15})
    ('at least 12', '12–15')
    >>> figure({"min": 12, "best": 15, "max": None}), figure({"best": 3000})
    ('at least 12, best estimate 15', '3,000')
    >>> figure({"min": 41, "text": "more than 40 people"})
    'more than 40'
    """
    if not toll:
        return None
    low, best, high = (toll.get(name) for name in ("min", "best", "max"))
    if low is not None and high is not None:
        return f"{low:,}" if low == high else f"{low:,}–{high:,}"
    bound = _bound(toll)
    if bound and best is not None:
        return f"{bound}, best estimate {best:,}"
    return bound or (f"{best:,}" if best is not None else toll.get("text"))


def differing(tolls: Sequence[Json]) -> str | None:
    """What several sources say, from the lowest figure to the highest, no more exact than they.

    >>> nine, fourteen = {"best": 9}, {"min": 14}
    >>> differing([fourteen, nine]), differing([nine, {"best": 12}]), differing([nine, nine])
    ('9 to at least 14', '9–12', '9')
    >>> differing([{"best": 14}, fourteen]), differing([{"max": 40}, nine])
    ('at least 14', '9 to at most 40')
    >>> differing([fourteen, {"best": 17}])
    'at least 14 / 17'
    """
    told = sorted({word: one for one in tolls if (word := figure(one))}.items())
    if any(_first(one, "min", "best", "max") is None for _, one in told):
        return " / ".join(word for word, _ in told)  # "scores": no number to compare
    if len(told) < 2:
        return told[0][0] if told else None
    return _range([one for _, one in told])


def _range(told: Sequence[Json]) -> str:
    """From the lowest figure to the highest; what is open above is no end of a range."""
    most = max(told, key=lambda one: (_first(one, "max", "best", "min") or 0, _is_open(one)))
    lows = [one for one in told if _first(one, "min", "best") is not None]
    if not lows:
        return str(figure(most))
    least = min(lows, key=lambda one: (_first(one, "min", "best") or 0, _is_open(one)))
    low, high = _first(least, "min", "best"), _first(most, "max", "best", "min")
    bounded = _is_open(most) or most.get("best") is most.get("min") is None
    how = _bound(most) if bounded else None
    if low == high:
        return how or f"{high:,}"
    if how:
        return f"{_more(least) or f'{low:,}'} to {how}"
    if _is_open(least):
        return f"{figure(least)} / {differing([one for one in told if not _is_open(one)])}"
    return f"{low:,}–{high:,}"


def event_figure(record: Json, name: str) -> str | None:
    """How many an event killed or injured, over all its reports; ``name`` is one of NAMES."""
    tolls = [one[name] for one in record.get("reports", ()) if one.get(name)]
    return differing(tolls) if len(tolls) > 1 else figure(record.get(name))


def counts(record: Json, statements: Sequence[Json]) -> list[Count]:
    """Every figure of an event with its source; ``statements`` are those about it."""
    found = []
    for report in record["reports"]:
        words = tuple(one for one in report["evidence"] if one["slot"] == "toll")
        if words:
            found.append(Count(report, words, _statement_of(words[0], report, statements)))
    return found


def sourced(record: Json, name: str) -> str | None:
    """An event's figures with their wordings and who says each, in one line."""
    told = list(dict.fromkeys(_tellings(record, name)))
    whole = event_figure(record, name)
    return f"{whole} ({'; '.join(told)})" if told else whole


def _tellings(record: Json, name: str) -> Iterator[str]:
    for one in counts(record, record.get("said", ())):
        if one.report[name]:
            yield f"“{one.report[name]['text']}”: {one.source}"


def _statement_of(words: Json, report: Json, statements: Sequence[Json]) -> Json | None:
    """The statement, where the words stand in what someone said."""
    for one in statements:
        if one["article"]["id"] == report["article"]["id"] and any(
            piece["start"] <= words["start"] and words["end"] <= piece["end"]
            for piece in one["evidence"]
            if piece["slot"] == "content"
        ):
            return one
    return None


def _first(toll: Json, *names: str) -> int | None:
    """The first of these bounds that is known."""
    return next((toll[name] for name in names if toll.get(name) is not None), None)


def _is_open(toll: Json) -> bool:
    """Whether it says no more than that there were not fewer."""
    return toll.get("best") is None and toll.get("max") is None


def _bound(toll: Json) -> str | None:
    """The one bound of a toll, as its source gives it."""
    low, high = toll.get("min"), toll.get("max")
    if low is not None:
        return _more(toll) or f"at least {low:,}"
    if high is None:
        return None
    return f"fewer than {high + 1:,}" if _worded(toll, _LESS) else f"at most {high:,}"


def _more(toll: Json) -> str | None:
    """ "More than 40" is not said as "at least 41"."""
    return f"more than {toll['min'] - 1:,}" if _worded(toll, _MORE) else None


def _worded(toll: Json, words: re.Pattern[str]) -> bool:
    """Whether one source's words begin so; those of several are joined by a semicolon."""
    text = toll.get("text") or ""
    return ";" not in text and words.match(text) is not None
