"""Events under ACLED's column names (codebook of 2024), as far as the graph knows what they ask.

https://acleddata.com/knowledge-base/codebook/
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from kg.errors import BadInput
from kg.export.events import JOIN, Told, point
from kg.gazetteer import Gazetteer
from kg.projection.model import Value

COLUMNS: Final = (
    *("event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type"),
    *("sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2"),
    *("interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2"),
    *("admin3", "location", "latitude", "longitude", "geo_precision", "source", "source_scale"),
    *("notes", "fatalities", "tags", "timestamp"),
)

TYPES: Final[Mapping[str, tuple[str, ...]]] = {
    "Battles": (
        *("Armed clash", "Government regains territory"),
        "Non-state actor overtakes territory",
    ),
    "Explosions/Remote violence": (
        *("Chemical weapon", "Air/drone strike", "Suicide bomb", "Grenade"),
        *("Shelling/artillery/missile attack", "Remote explosive/landmine/IED"),
    ),
    "Violence against civilians": (
        *("Sexual violence", "Attack", "Abduction/forced disappearance"),
    ),
    "Protests": (
        *("Peaceful protest", "Protest with intervention"),
        "Excessive force against protesters",
    ),
    "Riots": ("Violent demonstration", "Mob violence"),
    "Strategic developments": (
        *("Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use"),
        *("Headquarters or base established", "Looting/property destruction"),
        *("Non-violent transfer of territory", "Other"),
    ),
}
"""Event type → its sub-event types."""

DISORDER: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        ("Battles", "Explosions/Remote violence", "Violence against civilians", "Mob violence"),
        "Political violence",
    ),
    **dict.fromkeys(("Protests", "Violent demonstration"), "Demonstrations"),
    "Excessive force against protesters": "Political violence; Demonstrations",
    "Strategic developments": "Strategic developments",
}
"""Disorder type of a sub-event type, else of an event type."""

INTER: Final[Mapping[str, str]] = {
    **dict.fromkeys(("GOV", "MIL", "COP", "SPY", "JUD", "LEG"), "State forces"),
    **{"REB": "Rebel group", "CVL": "Civilians"},
}
"""PLOVER sector → ACLED's type of actor, where there is no doubt."""

GEO: Final = {"point": 1, "settlement": 1, "district": 2, "region": 3}
"""How exact a place is → geo_precision; a country or something vague has none."""

YEAR: Final = 366
"""Days of what is one event at most."""


def cells(told: Told) -> list[Mapping[str, Value | None]]:
    """The row of an event; none where ACLED has no code for its type, or it did not happen."""
    codes = told.matches("acled")
    if not codes or not told.happened:
        return []
    return [{**_when(told), **kind(codes), **_who(told), **_where(told), **_else(told)}]


def kind(codes: Sequence[str]) -> dict[str, str | None]:
    """The types of some codes, only those in which they all agree.

    >>> kind(["attack", "violence-against-civilians"])["sub_event_type"]
    'Attack'
    >>> kind(["peaceful-protest", "protest-with-intervention"])["sub_event_type"]
    >>> kind(["armed-clash", "grenade"])["event_type"]
    """
    subs = [_SUBS[one] for one in codes if one in _SUBS]
    types = {kind for _, kind in subs} | {_TYPES[one] for one in codes if one in _TYPES}
    event_type = types.pop() if len(types) == 1 else None
    sub = subs[0][0] if event_type and len(subs) == 1 else None
    return {
        "event_type": event_type,
        "sub_event_type": sub,
        "disorder_type": DISORDER.get(sub or "") or DISORDER.get(event_type or ""),
    }


def _when(told: Told) -> dict[str, Value | None]:
    """A day stands for up to a month, with its precision; what is wider has no day."""
    days, width = told.days, told.width or 0
    precision = 1 if width == 1 else 2 if width <= 7 else 3 if width <= 31 else None
    if days is None:
        return {}
    return {
        "event_date": days[0].isoformat() if precision else None,
        "year": days[0].year if days[0].year == days[1].year else None,
        "time_precision": precision,
    }


def _who(told: Told) -> dict[str, Value | None]:
    found: dict[str, Value | None] = {}
    for number, role in ((1, "actors"), (2, "recipients")):
        names, parties = told.parties(role), told.record[role]
        found[f"actor{number}"] = names[0] if names else None
        found[f"assoc_actor_{number}"] = JOIN.join(names[1:])
        found[f"inter{number}"] = INTER.get(told.sector(parties[0]["id"])) if parties else None
    return found


def _where(told: Told) -> dict[str, Value | None]:
    place = told.place
    if place is None:
        return {}
    spot = point(place)
    return {
        "country": country(told.country(place)),
        "location": place["label"],
        "latitude": spot["lat"] if spot else None,
        "longitude": spot["lon"] if spot else None,
        "geo_precision": GEO.get(place["precision"]),
    }


@cache
def country(alpha2: str) -> str | None:
    """The name of a country by its two letters; of letters that are no country's, none.

    >>> country("AM"), country("QO"), country("")
    ('Armenia', None, None)
    """
    try:
        return Gazetteer.load().country_name(alpha2) if alpha2 else None
    except BadInput:
        return None


def _else(told: Told) -> dict[str, Value | None]:
    killed = {} if _since(told) else told.record["killed"] or {}
    sources = (one["publisher"] or one["url"] or one["id"] for one in told.articles())
    return {
        "event_id_cnty": told.key,
        "source": JOIN.join(dict.fromkeys(sources)),
        "notes": told.record["label"],
        "fatalities": _fewest(killed),
    }


def _fewest(killed: Mapping[str, int | None]) -> int | None:
    """The lowest figure that a source gives: where they differ, ACLED codes the most conservative.

    >>> _fewest({"min": 14, "best": 17, "max": None}), _fewest({"min": None, "best": 9})
    (14, 9)
    """
    found = [one for one in (killed.get("min"), killed.get("best")) if one is not None]
    return min(found, default=None)


def _since(told: Told) -> bool:
    """Whether its days have an open end or are years: a toll is then of many events."""
    return told.record["date"] is not None and (told.width is None or told.width > YEAR)


def _code(name: str) -> str:
    """A name as the ontology writes it.

    >>> _code("Remote explosive/landmine/IED")
    'remote-explosive-landmine-ied'
    """
    return re.sub("[^a-z0-9]+", "-", name.lower())


_TYPES: Final = {_code(kind): kind for kind in TYPES}
_SUBS: Final = {_code(sub): (sub, kind) for kind, subs in TYPES.items() for sub in subs}
