"""KML 2.2 for Google Earth, QGIS and Marble: events with the time they may have been at.

A folder for each type of event; what has no exact place is listed without one.
https://docs.ogc.org/is/12-007r2/12-007r2.html
"""

from collections.abc import Iterator
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import IO, Final

from kg.export.events import Told, told_events
from kg.export.geojson import extent_rings, features
from kg.export.job import Job, pieces, statements_or_events
from kg.export.xml import attribute, content
from kg.records import Json
from kg.vocab import concepts

_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2">
<Document>
"""
_STYLES: Final = """<Style id="event"><PolyStyle><color>405c72ff</color></PolyStyle></Style>
<Style id="no-fact"><IconStyle><color>ff999999</color></IconStyle>
<LineStyle><color>ff999999</color></LineStyle><PolyStyle><color>40999999</color></PolyStyle></Style>
"""
"""Red, and grey for what is no settled fact (colours are aabbggrr)."""


def write(job: Job) -> Iterator[bytes]:
    """The selected events, or those that the selected statements are about."""
    statements_or_events(job.filters)
    return pieces(_texts(job))


def _texts(job: Job) -> Iterator[str]:
    about = job.about()
    yield _HEAD
    yield f"<name>{content(about['generator'])}: {content(about['selection'])}</name>\n"
    yield f"<description>{content(job.readme())}</description>\n{_STYLES}"
    with ExitStack() as files:
        folders: dict[str, IO[str]] = {}
        for told in told_events(job):
            kind = told.record["event_type"]
            if kind not in folders:
                folders[kind] = files.enter_context(TemporaryFile("w+", encoding="utf-8"))
            folders[kind].write("".join(_placemarks(told)))
        for kind, file in sorted(folders.items()):
            concept = concepts()["event-type"].get(kind)
            yield f"<Folder><name>{content(concept.label if concept else kind)}</name>\n"
            file.seek(0)
            yield from file
            yield "</Folder>\n"
    yield "</Document>\n</kml>\n"


def _placemarks(told: Told) -> Iterator[str]:
    places: list[Json | None] = [*told.places] or [None]
    style = "no-fact" if told.caution else "event"
    for place, feature in zip(places, features(told), strict=True):
        told_of = feature["properties"]
        data = "".join(
            f"<Data name={attribute(name)}><value>{content(str(value))}</value></Data>"
            for name, value in told_of.items()
        )
        words = " ".join(filter(None, [told.record["label"], told.iri]))
        yield (
            f"<Placemark><name>{content(told.label(place))}</name>"
            f"<description>{content(words)}</description>{_when(told)}"
            f"<styleUrl>#{style}</styleUrl><ExtendedData>{data}</ExtendedData>"
            f"{_shape(place, feature['geometry'])}</Placemark>\n"
        )


def _when(told: Told) -> str:
    """The days it may have been at, both inclusive, as far as they are known."""
    when = told.record["date"] or {}
    begin = f"<begin>{when['earliest']}</begin>" if when.get("earliest") else ""
    end = f"<end>{when['latest']}</end>" if when.get("latest") else ""
    return f"<TimeSpan>{begin}{end}</TimeSpan>" if begin or end else ""


def _shape(place: Json | None, geometry: Json | None) -> str:
    if place is None or geometry is None:
        return ""
    if geometry["type"] == "Point":
        return f"<Point><coordinates>{_pairs([geometry['coordinates']])}</coordinates></Point>"
    polygons = "".join(
        f"<Polygon><outerBoundaryIs><LinearRing><coordinates>{_pairs(ring)}</coordinates>"
        "</LinearRing></outerBoundaryIs></Polygon>"
        for ring in extent_rings(place)
    )
    return (
        polygons if geometry["type"] == "Polygon" else f"<MultiGeometry>{polygons}</MultiGeometry>"
    )


def _pairs(points: list[list[float]]) -> str:
    return " ".join(f"{longitude},{latitude}" for longitude, latitude in points)
