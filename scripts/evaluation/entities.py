"""Actors and places as entities of conflict text: person, org, place."""

from typing import Any

from scripts.evaluation.mentions import adjectives, entities, place_names, scene
from scripts.evaluation.reading import Reader, published

Json = dict[str, Any]


def predict(record: Json, reader: Reader) -> Json:
    """The entities of a record, pronouns that stand for one of them included."""
    seen = scene(record["text"], published(record.get("date")), reader)
    return {
        "entities": [
            {"start": span.start, "end": span.end, "type": kind} for span, kind in entities(seen)
        ]
    }


def predict_places(record: Json, reader: Reader) -> Json:
    """The place names of a record with coordinates.

    Where the gazetteer has an extent and no point (a country, a region), where a map would write
    its name: the gold data has pins for everything. Adjectives of countries are marked by all sets
    but GeoVirus.
    """
    seen = scene(record["text"], published(record.get("date")), reader)
    found = []
    names = place_names(seen, reader)
    if record.get("source") != "GeoVirus":
        names = sorted([*names, *adjectives(seen, reader)], key=lambda one: one[0])
    for span, meant in names:
        lat, lon = (meant and meant.label_point) or (None, None)
        where = {"lat": lat, "lon": lon, "precision": meant.precision if meant else None}
        found.append({"start": span.start, "end": span.end, **where})
    return {"places": found}
