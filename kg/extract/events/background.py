"""History told in passing: events long before the article, and what hangs on them."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from kg.extract import syntax
from kg.extract.tree import Word
from kg.model import DateRange, EventReport

OLD: Final = 365
"""Days before the article after which a dated event is history."""


def is_aside(token: Word) -> bool:
    """Whether an event is part of no tale: "who was held in 2019", "has fled"."""
    helpers = syntax.auxiliaries(token)
    if token.tag in {"VBP", "VBZ"} or helpers & {"has", "have", "is", "are"}:
        return True
    return any(node.dep == "acl:relcl" for node in (token, *syntax.ancestors(token)))


def is_remote(token: Word) -> bool:
    """Whether an event only tells how long ago it was: "five years after crowds burned it"."""
    marker = syntax.first(c for c in token.lefts if c.dep in {"mark", "case"})
    if marker is None or marker.lower not in {"after", "since"} or marker.i == token.sent.start:
        return False
    return token.tree.words[marker.i - 1].lemma in {"year", "decade", "century"}


def mark(
    reports: Sequence[EventReport],
    text: str,
    published: DateRange | None,
    *,
    aside: Collection[str] = (),
    remote: Collection[str] = (),
) -> list[EventReport]:
    """The reports, history among them marked; those told ``aside`` make none of their neighbours.

    ``remote`` are history by their own words.

    Old is what happened long before the article or, where that has no date, long before the
    latest event that it tells.
    """
    latest = [r.date.latest for r in reports if r.date and r.date.latest]
    now = published.earliest if published and published.earliest else max(latest, default=None)
    if now is None:
        return [replace(r, background=r.key in remote) for r in reports]
    past: list[EventReport] = []
    done = []
    for report in reports:
        last = report.date.latest if report.date else None
        old = report.key in remote or (last is not None and (now - last).days > OLD)
        tale = report.key not in aside
        if old or (tale and report.date is None and _recalls(report, past, text)):
            done.append(replace(report, background=True))
            past.extend(done[-1:] if tale else [])
        else:
            done.append(report)
    return done


def _recalls(report: EventReport, past: Sequence[EventReport], text: str) -> bool:
    """Whether an undated report goes on with a past event: its paragraph, or "the truce"."""
    if report.factuality != "asserted":
        return False
    start = text.rfind("\n", 0, report.cue.start) + 1
    before = text[start : report.cue.start]
    for other in past:
        if other.cue.end > report.cue.start:
            continue
        if other.cue.end >= start:
            return True
        if re.search(rf"\bthe {re.escape(other.cue.of(text))}\b", before, re.I):
            return True
    return False
