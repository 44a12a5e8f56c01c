"""The slots that a person can correct: what they hold, and how a value of theirs is written.

============= ================================= =====================================
slot          of a                              value
============= ================================= =====================================
act           statement                         a code: ``deny``
speaker       statement                         an actor
target        statement                         actors
addressee     statement                         actors
event_type    report                            a code: ``ASSAULT``
mode          report                            a code: ``ASSAULT/aerial``
factuality    report                            a code: ``alleged``
actor         report                            actors
recipient     report                            actors
mediator      report                            actors
place         report                            a place
date          statement or report               an EDTF date: ``2022-10-03``
killed        report                            a toll: ``15``, ``12..``, ``..40``, ``12..15..20``
injured       report                            a toll
============= ================================= =====================================
"""

import re
from dataclasses import dataclass
from typing import Final, Literal

from kg.edtf import bounds
from kg.errors import BadInput
from kg.vocab import codes

Holds = Literal["code", "actor", "place", "date", "toll"]
FindingKind = Literal["statement", "report"]

_TOLL: Final = re.compile(r"\d{1,9}|(\d{1,9})?\.\.(?:(\d{1,9})\.\.)?(\d{1,9})?")


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot: whose it is, its property, what it holds, and how many (``several``, ``needed``).

    ``evidence`` is the property of its words; a code has none of its own, for the cue shows it.
    """

    name: str
    of: tuple[FindingKind, ...]
    property: str
    holds: Holds
    evidence: str | None = None
    scheme: str = ""
    several: bool = False
    needed: bool = False


def _code(name: str, of: FindingKind, prop: str, *, needed: bool = True) -> Slot:
    return Slot(name, (of,), prop, "code", scheme=name.replace("_", "-"), needed=needed)


def _party(name: str, of: FindingKind, *, several: bool = True) -> Slot:
    return Slot(name, (of,), f"ck:{name}", "actor", f"ck:{name}Evidence", several=several)


SLOTS: Final = {
    one.name: one
    for one in (
        _code("act", "statement", "ck:act"),
        _party("speaker", "statement", several=False),
        _party("target", "statement"),
        _party("addressee", "statement"),
        _code("event_type", "report", "ck:eventType"),
        _code("mode", "report", "ck:mode", needed=False),
        _code("factuality", "report", "ck:factuality"),
        _party("actor", "report"),
        _party("recipient", "report"),
        _party("mediator", "report"),
        Slot("place", ("report",), "ck:place", "place", "ck:placeEvidence"),
        Slot("date", ("statement", "report"), "ck:edtf", "date", "ck:dateEvidence"),
        Slot("killed", ("report",), "ck:killed", "toll", "ck:tollEvidence"),
        Slot("injured", ("report",), "ck:injured", "toll", "ck:tollEvidence"),
    )
}
"""Every slot, by name."""


@dataclass(frozen=True, slots=True)
class Count:
    """The bounds of a toll; what the text does not say is absent."""

    least: int | None = None
    best: int | None = None
    most: int | None = None


def count(text: str) -> Count:
    """A toll as it is written in a judgement.

    >>> count("12.."), count("15")
    (Count(least=12, best=None, most=None), Count(least=None, best=15, most=None))

    Raises BadInput.
    """
    found = _TOLL.fullmatch(text)
    if found is None or text == "..":
        raise BadInput(f"{text!r} is no toll; write 15, 12.. (at least), ..40 (at most) or 12..40")
    if ".." not in text:
        return Count(best=int(text))
    least, best, most = (int(part) if part else None for part in found.groups())
    known = [number for number in (least, best, most) if number is not None]
    if known != sorted(known):
        raise BadInput(f"the bounds of {text!r} do not rise")
    return Count(least, best, most)


def check(slot: Slot, value: str) -> str:
    """A value of a slot of codes, dates or tolls, if it is one. Raises BadInput saying what is."""
    if slot.holds == "code" and value not in codes(slot.scheme):
        raise BadInput(f"{value!r} is no {slot.name}; there are {', '.join(codes(slot.scheme))}")
    if slot.holds == "toll":
        count(value)
    if slot.holds == "date":
        try:
            bounds(value)
        except ValueError as error:
            raise BadInput(f"{error}; write an EDTF date: 2022-10-03, 2022-10, 199X") from None
    return value
