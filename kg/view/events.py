"""Events of the view: what all reports of one event say together, ranges where they differ."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.link.facts import (
    ABOUT,
    ACTOR,
    BACKGROUND,
    EARLIEST,
    EDTF,
    EVENT_TYPE,
    FACTUALITY,
    LATEST,
    MODE,
    PLACE,
    RECIPIENT,
    Node,
    code_of,
    text_of,
)
from kg.link.words import fold
from kg.terms import Triple, boolean, integer, literal, value
from kg.view.lookup import periods
from kg.view.shape import CONTESTED, LABEL, REVIEW, TYPE
from kg.vocab import code, term

FACTUALITIES: Final = ("asserted", "alleged", "planned", "requested", "hypothetical", "negated")
"""Strongest first."""

_EVENT: Final = term("ck:Event")
_SEM_EVENT: Final = term("sem:Event")
_REPORT: Final = term("ck:report")
_STATUS: Final = term("ck:status")
_TOLL: Final = term("ck:Toll")
_TEXT: Final = term("ck:text")
_BOUNDS: Final = {bound: term(f"ck:{bound}") for bound in ("min", "best", "max")}
_TOLLS: Final = {name: term(f"ck:{name}") for name in ("killed", "injured")}
_UNITED: Final = (
    EVENT_TYPE,
    MODE,
    RECIPIENT,
    term("ck:mediator"),
    PLACE,
    term("ck:context"),
)
_SHOWN: Final = frozenset(
    (
        *(*_UNITED, *_TOLLS.values(), ABOUT, ACTOR, BACKGROUND, CONTESTED, EARLIEST, EDTF),
        FACTUALITY,
        *(LABEL, LATEST, REVIEW),
    )
)
"""What of a report shows in its event."""
_TOLD: Final = ("asserted", "alleged")
_OF_A_PARTY: Final = frozenset(("accuse", "deny", "reject"))
"""Acts whose words are those of one side of a quarrel."""
_DETAILS: Final = (EDTF, PLACE, *_TOLLS.values())
_PUBLISHER: Final = term("schema:publisher")
_HASH: Final = term("ck:textHash")


@dataclass(frozen=True, slots=True)
class Telling:
    """One report of an event: its triples, who published it, the acts that speak of it, its
    tolls."""

    report: str
    node: Node
    source: str
    acts: tuple[str, ...]
    tolls: Mapping[str, Node]

    @property
    def factuality(self) -> str:
        """The code this report gives."""
        return code_of(self.node, FACTUALITY) or "asserted"


def telling(report: str, article: Node, nodes: Mapping[str, Node], acts: Sequence[str]) -> Telling:
    """What an article tells by a report; ``acts`` are of the statements about it."""
    node = nodes[report]
    publisher = text_of(article, _PUBLISHER)
    tolls = {toll: nodes[toll] for name in _TOLLS.values() for toll in node.get(name, ())}
    return Telling(
        report,
        {name: things for name, things in node.items() if name in _SHOWN},
        fold(publisher) if publisher else article[_HASH][0],
        tuple(sorted(acts)),
        tolls,
    )


def written(one: Telling) -> str:
    """A telling as text."""
    return json.dumps(
        [one.report, one.node, one.source, one.acts, one.tolls],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def read_back(text: str) -> Telling:
    """What was written."""
    report, node, source, acts, tolls = json.loads(text)
    return Telling(report, node, source, tuple(acts), tolls)


def event(node: str, told: Sequence[Telling], canon: Mapping[str, str]) -> Iterator[Triple]:
    """The triples of an event; the earliest report comes first in ``told``.

    ``canon`` leads from actors and places to canonical ones and from reports to events.
    """
    yield node, TYPE, _EVENT
    yield node, TYPE, _SEM_EVENT
    yield node, LABEL, _title(told)
    blaming = _blaming(told)
    for one in told:
        yield node, _REPORT, one.report
        for predicate in (*_UNITED, *((ACTOR,) if one in blaming else ())):
            for thing in one.node.get(predicate, ()):
                yield node, predicate, canon.get(thing, thing)
        for thing in one.node.get(ABOUT, ()):
            if canon.get(thing) != node:
                yield node, ABOUT, canon.get(thing, thing)
    strongest = min((one.factuality for one in told), key=FACTUALITIES.index)
    yield node, FACTUALITY, code("factuality", strongest)
    yield node, _STATUS, literal(status(told))
    if all(BACKGROUND in one.node for one in told):
        yield node, BACKGROUND, told[0].node[BACKGROUND][0]
    yield from _review([one.node for one in told], node)
    yield from _date(node, [one.node for one in told])
    for name in _TOLLS:
        yield from _toll(node, name, told)


def _review(told: Sequence[Node], node: str) -> Iterator[Triple]:
    """An event is reviewed where each of its reports is; contested where one of them is."""
    words = {word for one in told for word in one.get(REVIEW, ("machine",))}
    if "machine" not in words:
        yield node, REVIEW, max(words)
    if any(CONTESTED in one for one in told):
        yield node, CONTESTED, boolean(True)


def _title(told: Sequence[Telling]) -> str:
    """The words of the first of the plainest reports: no party's where others tell it too."""
    return min(told, key=_partiality).node[LABEL][0]


def _partiality(one: Telling) -> tuple[bool, ...]:
    """What makes the words of a report unfit to name its event, the worst first."""
    acts = set(one.acts) if one.factuality != "asserted" else set()
    return (
        one.factuality not in _TOLD,
        not _claimed(one),
        one.factuality != "asserted",
        bool(acts) and acts <= _OF_A_PARTY,
        bool(acts),
        not any(name in one.node for name in _DETAILS),
    )


def _blaming(told: Sequence[Telling]) -> Sequence[Telling]:
    """The reports that say who did it: not those that stand in denials, where others tell it."""
    return [
        one for one in told if one.factuality != "negated" and (_claimed(one) or not _denied(one))
    ] or told


def status(told: Sequence[Telling]) -> str:
    """``disputed``, ``denied``, ``corroborated`` or ``single-source``.

    Disputed: a denial stands next to a claim, or one report negates what another tells.
    Denied: only denials speak of it. Corroborated: two publishers assert it themselves.
    """
    facts = {one.factuality for one in told}
    if "negated" in facts and facts & {"asserted", "alleged"}:
        return "disputed"
    if any(map(_denied, told)):
        return "disputed" if any(map(_claimed, told)) else "denied"
    sources = {one.source for one in told if one.factuality == "asserted"}
    return "corroborated" if len(sources) > 1 else "single-source"


def _denied(one: Telling) -> bool:
    """Whether somebody says that it did not happen; a plan or demand is rejected, not denied."""
    return "deny" in one.acts or ("reject" in one.acts and one.factuality == "alleged")


def _claimed(one: Telling) -> bool:
    """Whether somebody other than a denier tells it: another speaker, or the article itself."""
    if set(one.acts) - {"deny", "reject", "ask"}:
        return True
    return one.factuality == "asserted" or (one.factuality == "alleged" and not one.acts)


def _date(node: str, told: Sequence[Node]) -> Iterator[Triple]:
    """What the dates have in common, or the range that covers them; else the first partial."""
    dated = [one for one in told if EARLIEST in one and LATEST in one]
    if not dated:
        partial = next((one for one in told if EDTF in one), {})
        names = (EARLIEST, LATEST, EDTF)
        yield from ((node, name, partial[name][0]) for name in names if name in partial)
        return
    starts = sorted(one[EARLIEST][0] for one in dated)
    ends = sorted(one[LATEST][0] for one in dated)
    first, last = (starts[-1], ends[0]) if starts[-1] <= ends[0] else (starts[0], ends[-1])
    yield node, EARLIEST, first
    yield node, LATEST, last
    yield node, EDTF, _edtf(first, last, dated)
    yield from periods(node, first, last)


def _edtf(first: str, last: str, dated: Iterable[Node]) -> str:
    """The words of a report that gives this very range, else the range itself."""
    for one in dated:
        if one[EARLIEST][0] == first and one[LATEST][0] == last and EDTF in one:
            return one[EDTF][0]
    start, end = value(first), value(last)
    return literal(start if start == end else f"{start}/{end}")


def _toll(node: str, name: str, told: Iterable[Telling]) -> Iterator[Triple]:
    tolls = [one.tolls[toll] for one in told for toll in one.node.get(_TOLLS[name], ())]
    if not tolls:
        return
    toll = f"{node[:-1]}#{name}>"
    yield node, _TOLLS[name], toll
    yield toll, TYPE, _TOLL
    for bound, number in _bounds(tolls).items():
        yield toll, _BOUNDS[bound], integer(number)
    words = dict.fromkeys(text for one in tolls if (text := text_of(one, _TEXT)))
    yield toll, _TEXT, literal("; ".join(words))


def _bounds(tolls: Sequence[Node]) -> dict[str, int]:
    """The lowest and the highest number, and the best one if no report contradicts it."""
    least, best, most = (_numbers(tolls, bound) for bound in ("min", "best", "max"))
    agreed = len(set(best)) == 1 and max([0, *least]) <= best[0] <= min([best[0], *most])
    found = {"best": best[0]} if agreed else {}
    if least or (best and not agreed):
        low = min(least + best)
        found |= {"min": low} if low <= min([low, *most]) else {}
    if most or len(set(best)) > 1:
        high = max(most + best)
        found |= {"max": high} if high >= max([high, *least]) else {}
    return found


def _numbers(tolls: Iterable[Node], bound: str) -> list[int]:
    return [int(text) for toll in tolls if (text := text_of(toll, _BOUNDS[bound]))]
