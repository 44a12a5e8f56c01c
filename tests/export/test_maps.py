"""GeoJSON and KML read by validators and by GDAL: no pin where the text names no spot."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from geojson_pydantic import FeatureCollection
from lxml import etree

from kg.export import export, selection
from kg.export.geojson import extent_rings, geometry
from kg.projection import project
from kg.store.base import Store
from tests.export.foreign import run


def collection(store: Store, **chosen: str) -> Any:
    filters = selection({name: [value] for name, value in chosen.items()})
    return json.loads(b"".join(export(store, "geojson", filters=filters)))


def test_a_validator_takes_the_file(talks: Store) -> None:
    found = collection(talks)
    read: FeatureCollection[Any] = FeatureCollection.model_validate(found)
    assert len(read.features) == len(found["features"]) > 5
    assert found["about"]["selection"] == "everything"


def test_only_a_spot_is_a_point(talks: Store) -> None:
    for one in collection(talks)["features"]:
        told = one["properties"]
        assert told["url"].startswith("http")
        if told.get("place") == "Geneva" and told.get("country") == "CH":
            assert one["geometry"] == {"type": "Point", "coordinates": [6.14569, 46.20222]}
        else:
            assert one["geometry"] is None


def test_a_dispute_stays_one(talks: Store) -> None:
    (one,) = collection(talks, status="disputed")["features"]
    told = one["properties"]
    assert (told["claimed_by"], told["denied_by"]) == (
        "Union of Observers",
        "Keshi Defence Ministry",
    )
    assert (told["killed_min"], told["killed_best"]) == (12, 15)


def test_an_area_is_drawn_as_its_extent() -> None:
    place = {
        "point": None,
        "precision": "region",
        "extent": {"south": -1.0, "west": 170.0, "north": 2.0, "east": -175.0},
    }
    shape = geometry(place)
    assert shape is not None
    assert shape["type"] == "MultiPolygon"
    for ring in extent_rings(place):
        assert ring[0] == ring[-1]
        area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
        assert area > 0, "RFC 7946: the outer ring runs against the clock"
        assert all(-180 <= x <= 180 for x, _ in ring)


@pytest.mark.parametrize("name", ["geojson", "kml"])
def test_gdal_reads_every_event(talks: Store, name: str, tmp_path: Path) -> None:
    file = tmp_path / f"events.{name}"
    file.write_bytes(b"".join(export(talks, name)))
    told = run("ogrinfo", "-ro", "-al", file, needs="gdal-bin")
    found = collection(talks)["features"]
    assert told.count("OGRFeature(") == len(found)
    assert told.count("POINT (6.14569 46.20222") == 1
    for column in ("denied_by (String) = Keshi Defence Ministry", "status (String) = disputed"):
        assert column in told


def test_kml_says_when_and_sorts_by_type(talks: Store, tmp_path: Path) -> None:
    file = tmp_path / "events.kml"
    file.write_bytes(b"".join(export(talks, "kml")))
    told = run("ogrinfo", "-ro", "-al", file, needs="gdal-bin")
    assert "Layer name: assault" in told
    assert "begin (DateTime) = 2021/05/02" in told
    assert "end (DateTime) = 2021/05/02" in told


def test_statements_bring_the_events_they_are_about(talks: Store) -> None:
    found = [one["properties"]["name"] for one in collection(talks, act="request")["features"]]
    assert len(found) == len(set(found)) > 0
    assert any(name.startswith("disputed: heavy weapons, Lorik") for name in found)


def test_what_is_no_settled_fact_says_so_in_its_name(talks: Store) -> None:
    for one in collection(talks, of="events")["features"]:
        told = one["properties"]
        words = [told["factuality"]] if told["factuality"] != "asserted" else []
        words += [told["status"]] if told["status"] in ("disputed", "denied") else []
        name, plain = told["name"], told["name"].rsplit(": ", 1)[-1]
        assert name == (f"{', '.join(words)}: {plain}" if words else plain)
    names = {one["properties"]["name"] for one in collection(talks, of="events")["features"]}
    assert any(name.startswith("requested: ") for name in names)


def test_kml_draws_in_grey_what_is_no_settled_fact(talks: Store) -> None:
    kml = {"k": "http://www.opengis.net/kml/2.2"}
    found = etree.fromstring(b"".join(export(talks, "kml", filters=selection({"of": ["events"]}))))
    styles = {one.get("id") for one in found.iterfind(".//k:Style", kml)}
    seen = set()
    for mark in found.iterfind(".//k:Placemark", kml):
        style, name = (mark.findtext(f"k:{one}", "", kml) for one in ("styleUrl", "name"))
        assert style[1:] in styles
        assert (style == "#no-fact") == (": " in name)
        seen.add(style)
    assert seen == {"#event", "#no-fact"}


def test_graphs_name_events_as_maps_do(talks: Store) -> None:
    graph = project(talks, selection({}), "actor-statement-event")
    drawn = {one.iri: one.label for one in graph.nodes if one.kind == "event"}
    mapped = collection(talks, of="events")["features"]
    assert drawn == {one["properties"]["url"]: one["properties"]["name"] for one in mapped}
