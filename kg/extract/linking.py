"""Which statements are about which statements and events of the same article."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.stretches import Stretches
from kg.extract.tree import Tree
from kg.model import EventReport, Span, Statement


def link_statements(statements: Sequence[Statement]) -> list[Statement]:
    """Statements whose content holds other statements, nearest first, point to them."""
    linked = []
    ordered = sorted(statements, key=_cue)
    for outer in statements:
        first = bisect_left(ordered, outer.whole.start, key=_cue)
        near = ordered[first : bisect_left(ordered, outer.whole.end, key=_cue)]
        inner = [one for one in near if one is not outer and _says(outer, one.cue)]
        direct = [
            one.key
            for one in inner
            if not any(mid is not one and _says(mid, one.cue) for mid in inner)
        ]
        linked.append(replace(outer, about=(*outer.about, *direct)) if direct else outer)
    return linked


def _start(said: Statement) -> int:
    return said.whole.start


def _cue(said: Statement) -> int:
    return said.cue.start


def _says(said: Statement, cue: Span) -> bool:
    """Whether a cue stands in what is said."""
    return any(span.holds(cue) for span in said.content)


def link_reports(
    statements: Sequence[Statement], reports: Sequence[EventReport], tree: Tree
) -> list[Statement]:
    """Point each statement to the event reports inside its content and no inner statement's.

    A request for an inquiry is about the inquiry alone, which is about what it looks into. A
    denial of a statement is about what that statement is about, too.
    """
    inside: dict[str, list[str]] = {}
    contents: Stretches[Statement] = Stretches()
    for said in sorted(statements, key=_start):
        contents.add(said, said.content)
    for report in reports:
        holders = [said for said in contents.at(report.cue.start) if _says(said, report.cue)]
        nearest = min(holders, key=lambda said: (_length(said), _cue(said)), default=None)
        if nearest is not None and not _aside(report, nearest, tree):
            inside.setdefault(nearest.key, []).append(report.key)
    inquired = {key for report in reports for key in report.about}
    linked = []
    for said in statements:
        keys = inside.get(said.key, [])
        own = [key for key in keys if key not in inquired or said.act != "request"]
        linked.append(_about(said, own))
    return _through(linked)


def _through(statements: Sequence[Statement]) -> list[Statement]:
    by_key = {said.key: said for said in statements}
    reached = []
    for said in statements:
        keys = [k for about in said.about if about in by_key for k in by_key[about].about]
        new = [k for k in dict.fromkeys(keys) if k not in said.about and k != said.key]
        reached.append(_about(said, new) if said.act in {"deny", "reject", "confirm"} else said)
    return reached


def _aside(report: EventReport, said: Statement, tree: Tree) -> bool:
    """Whether the event is told in a relative clause inside what is said."""
    node = tree.root_of(report.cue.start, report.cue.end)
    while node is not None and any(s.start <= node.idx < s.end for s in said.content):
        if node.dep == "acl:relcl":
            return True
        node = node.head if node.head != node else None
    return False


def _about(said: Statement, keys: Sequence[str]) -> Statement:
    return replace(said, about=(*keys, *said.about)) if keys else said


def _length(said: Statement) -> int:
    return sum(span.end - span.start for span in said.content)
