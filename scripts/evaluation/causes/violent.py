"""Why a perpetrator, victim or target was missed, or is none."""

import re
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]
ROLES = {
    "actor": ("perp_individual", "perp_org"),
    "patient": ("target", "victim"),
}


def causes(row: Json, found: Json) -> Iterator[str]:
    """One cause for every filler that no template has, and every filler that gold does not have."""
    gold, predicted = row["events"], found.get("events", [])
    given = {role: _fillers(predicted, role) for role in ROLES}
    wanted = {role: _fillers(gold, role, must=True) for role in ROLES}
    known = {role: _fillers(gold, role) for role in ROLES}
    for role, other in (("actor", "patient"), ("patient", "actor")):
        for one in wanted[role]:
            if any(_alike(one, two) for two in given[role]):
                continue
            if any(_alike(one, two) for two in given[other]):
                yield f"{role} missed: taken for the {other}"
            elif not predicted:
                yield f"{role} missed: no event found in the text"
            else:
                yield f"{role} missed: not a party of any event found"
        for one in given[role]:
            if not any(_alike(one, two) for two in known[role]):
                where = "in a text that tells" if gold else "in a text without"
                yield f"{role} extra: {where} an event of the kind"


def _fillers(events: list[Json], role: str, *, must: bool = False) -> list[set[str]]:
    """The words of every filler of a role, alternatives together."""
    found = []
    for event in events:
        for key in ROLES[role]:
            for one in event.get(key) or []:
                if not (must and (one.get("optional") or event.get("optional"))):
                    found.append({_head(string) for string in one["strings"]} - {""})
    return [one for i, one in enumerate(found) if one not in found[:i]]


def _alike(one: set[str], other: set[str]) -> bool:
    return bool(one & other)


def _head(words: str) -> str:
    """The last word before "of", "in" and the like, in small letters."""
    lead = re.split(r",| (?:of|in|at|from|on|for|with|who|by|to) ", f" {words.lower()} ")[0]
    found = re.findall(r"[a-z0-9]+", lead)
    return found[-1] if found else ""
