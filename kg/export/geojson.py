"""GeoJSON (RFC 7946): where events happened, no more exact than the text.

A feature is an event at one of its places: a point only where the place is one spot, else the
extent of the area, else no geometry.
"""

import json
from collections.abc import Iterator
from math import asin, cos, radians, sin, sqrt
from typing import Final

from kg.export.events import JOIN, SIDES, Told, ours, point, told_events
from kg.export.job import Job, pieces, statements_or_events
from kg.projection.model import Value
from kg.records import Json

EARTH: Final = 6371.0
"""Mean radius, kilometres."""


def write(job: Job) -> Iterator[bytes]:
    """The selected events, or those that the selected statements are about."""
    statements_or_events(job.filters)
    return pieces(_texts(job))


def _texts(job: Job) -> Iterator[str]:
    yield f'{{"type":"FeatureCollection","about":{_json(job.about())},"features":['
    before = "\n"
    for told in told_events(job):
        for feature in features(told):
            yield before + _json(feature)
            before = ",\n"
    yield "]}\n"


def features(told: Told) -> list[Json]:
    """An event as a feature for each place; one without a place as one without geometry."""
    places: list[Json | None] = [*told.places] or [None]
    return [
        {"type": "Feature", "geometry": geometry(one), "properties": properties(told, one)}
        for one in places
    ]


def properties(told: Told, place: Json | None) -> dict[str, Value]:
    """What is known of an event at a place; what is not is left out."""
    found: dict[str, Value | None] = {
        "name": told.label(place),
        **ours(told),
        "what": told.title,
        "words": told.record["label"],
        "actors": JOIN.join(told.parties("actors")),
        "recipients": JOIN.join(told.parties("recipients")),
        "place": place["label"] if place else None,
        "place_url": place["id"] if place else None,
        "country": told.country(place) if place else None,
        "precision": place["precision"] if place else None,
        "radius_km": radius(place) if place else None,
    }
    return {
        name: value
        for name, value in found.items()
        if value is not None and value != "" and name not in SIDES
    }


def geometry(place: Json | None) -> Json | None:
    """A point or an extent as GeoJSON; one across the date line in two parts.

    >>> geometry({"point": {"lat": 40.2, "lon": 44.5}, "precision": "settlement"})
    {'type': 'Point', 'coordinates': [44.5, 40.2]}
    >>> geometry({"point": None, "precision": "vague"})
    """
    if place is None:
        return None
    if spot := point(place):
        return {"type": "Point", "coordinates": [spot["lon"], spot["lat"]]}
    rings = extent_rings(place)
    if not rings:
        return None
    if len(rings) == 1:
        return {"type": "Polygon", "coordinates": rings}
    return {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}


def extent_rings(place: Json) -> list[list[list[float]]]:
    """The outlines of an extent, against the clock, as (longitude, latitude)."""
    extent = place.get("extent")
    if not extent:
        return []
    south, west, north, east = (extent[side] for side in SIDES)
    spans = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
    return [
        [[one, south], [other, south], [other, north], [one, north], [one, south]]
        for one, other in spans
    ]


def radius(place: Json) -> float | None:
    """Half the diagonal of an extent, kilometres; of a spot nothing is known.

    >>> radius({"extent": {"south": 0.0, "west": 0.0, "north": 1.0, "east": 1.0}})
    78.6
    """
    extent = place.get("extent")
    if not extent:
        return None
    south, west, north, east = (radians(extent[side]) for side in SIDES)
    high, wide = sin((north - south) / 2), sin((east - west) / 2)
    part = high * high + cos(south) * cos(north) * wide * wide
    return round(EARTH * asin(min(1.0, sqrt(part))), 1)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
