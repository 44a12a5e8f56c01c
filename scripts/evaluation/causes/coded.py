"""Why a coded event is another one, or has other sides."""

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]
FOLDED = {
    "INVESTIGATE": "ACCUSE",
    "DISAPPROVE": "ACCUSE",
    "DEMAND": "REQUEST",
    "FIGHT": "ASSAULT",
}
"""Names of PLOVER 0.5b1 in today's manual."""


def causes(row: Json, found: Json) -> Iterator[str]:
    """One cause for every PLOVER event of another type, or with another source or target."""
    if row["ontology"] != "PLOVER":
        return
    free = list(found.get("events", []))
    for gold in row["events"]:
        wanted = FOLDED.get(gold["code"], gold["code"])
        match = next((one for one in free if one["code"] == wanted), None)
        if match is not None:
            free.remove(match)
            yield from _sides(gold, match)
        elif free:
            yield f"another type: {wanted} read as {free.pop(0)['code']}"
        else:
            yield f"nothing found: {wanted}"
    for one in free:
        yield f"extra: {one['code']}"


def _sides(gold: Json, one: Json) -> Iterator[str]:
    for side in ("sources", "targets"):
        wanted, given = _countries(gold[side]), _countries(one[side])
        if wanted == given or wanted & given:
            continue
        name = side.removesuffix("s")
        if not wanted:
            yield f"{name}: one given, gold has none"
        elif not one[side]:
            yield f"{name}: none found"
        elif not given:
            yield f"{name}: found, country or IGO not known"
        else:
            yield f"{name}: another country"


def _countries(actors: list[Json]) -> set[str]:
    return {str(one["code"] or "")[:3].upper() for one in actors} - {""}
