"""The pages of lists and of the whole graph: home, lists, timeline, map; complete without scripts.

A page shows what ``kg.records`` gives, as exact as it is; what is not known is left out.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, Final, TypedDict

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from api import histogram, wording
from api import parameters as p
from api.face import as_json, face, parameters, wants_html
from api.lists import listed
from api.map import Spot, chart
from api.routes import page, route
from api.strings import TEXTS, number_of
from api.templating import local, quoted, shortened, title_of
from api.timeline import Moment, panels
from kg import records
from kg.filters import KINDS, Filters, Kind, facets, select_ids
from kg.filters.selection import FACET_VALUES
from kg.records.parts import Json
from kg.records.search import cards
from kg.sparql import select, values

PAGE_FACETS: Final[dict[Kind, tuple[str, ...]]] = {
    "statements": ("act", "speaker", "event_type", "factuality", "publisher"),
    "events": ("event_type", "factuality", "status", "actor", "place", "publisher"),
    "actors": ("type", "sector"),
    "places": ("precision", "country"),
    "articles": ("publisher",),
}
"""What a page counts beside its list, where the request does not say."""

DRAWN: Final = 100
"""Events drawn on one page of the timeline."""

DISAGREEMENTS: Final = 5
"""Events told of on the home page that are disputed or denied."""

PINNED: Final = ("point", "settlement", "district")
"""Precisions that a pin does not overstate."""

blueprint = Blueprint("pages", __name__)


class Counts(TypedDict):
    """How many there are."""

    statements: int
    events: int
    actors: int
    places: int
    articles: int


class Home(TypedDict):
    """What this graph holds, and where the rest is described."""

    counts: Counts
    openapi: str


@route(blueprint, "/", answers=page(Home), parameters=(p.PAGE,), tag="about")
def home() -> ResponseReturnValue:
    """What this graph holds, and the first question answered."""
    totals = {
        kind: select_ids(face().store, Filters.parse(kind, {"limit": ["1"]})).total
        for kind in KINDS
    }
    if not wants_html():
        return as_json({"counts": totals, "openapi": "/openapi.json"})
    return render_template(
        "home.html",
        summary=_summary(totals),
        figures=[(f"/{kind}", *_figure(kind, number)) for kind, number in totals.items()],
        answer=_page("statements", act="request", mode="investigate", sort="date", limit="10"),
        disputed=_disagreements(),
        speakers=facets(face().store, Filters.parse("statements", {"facets": ["speaker"]}))[
            "speaker"
        ],
    )


@route(blueprint, "/favicon.ico", answers={}, status=303, failures=(), tag="about")
def icon() -> ResponseReturnValue:
    """Leads to the icon of the pages, for those that look for it without reading one."""
    return redirect(url_for("static", filename="icon.svg"), code=303)


def search_page(found: Json) -> str:
    """What a search found, kind by kind, each with the words where they stand."""
    return render_template("search.html", found=found)


def listing(kind: Kind) -> str:
    """One page of a list with its filters, facets and downloads."""
    filters = Filters.parse(kind, parameters())
    if not filters.facets:
        filters = replace(filters, facets=PAGE_FACETS[kind])
    return render_template(
        f"{kind}.html",
        kind=kind,
        page=listed(filters),
        histogram=histogram.drawn(face().store, filters),
    )


@route(
    blueprint,
    "/timeline",
    answers=page(),
    parameters=(partial(p.selecting, "events"),),
    failures=(400, 503),
    tag="graph",
)
def timeline() -> ResponseReturnValue:
    """Events as bars as wide as their dates are uncertain."""
    filters = Filters.parse("events", {**parameters(), "limit": [str(DRAWN)]})
    page = records.page(face().store, filters)
    return render_template(
        "timeline.html",
        kind="events",
        page=page,
        panels=panels(moments(page["items"])),
        undated=[one for one in page["items"] if not ranged(one["date"])],
    )


@route(
    blueprint,
    "/map",
    answers=page(),
    parameters=(partial(p.selecting, "events"),),
    failures=(400, 503),
    tag="graph",
)
def map_page() -> ResponseReturnValue:
    """Places of events: points, extents, and those that are not exact enough to draw."""
    store = face().store
    filters = Filters.parse("events", {**parameters(), "facets": ["place"]})
    counted = {one["value"]: one["count"] for one in facets(store, filters)["place"]}
    places = cards(store, "places", list(counted))
    spots = [spot(one, counted[one["id"]]) for one in places]
    return render_template(
        "map.html",
        kind="events",
        drawn=chart(spots),
        cut=len(counted) if len(counted) == FACET_VALUES else 0,
        **_unplaced([one for one in places if not (one["point"] or one.get("extent"))]),
    )


def _unplaced(places: Sequence[Json]) -> dict[str, list[Json]]:
    """Places that cannot be drawn: those that no gazetteer knows, and those told too vaguely."""
    named = named_places([one["id"] for one in places])
    return {
        "unknown": [one for one in places if one["id"] in named],
        "vague": [one for one in places if one["id"] not in named],
    }


def named_places(ids: Sequence[str]) -> set[str]:
    """Those that go by a name; the others have only words for them: "near the border"."""
    rows = select(
        face().store,
        f"SELECT ?x {{ {values('x', ids)} ?x rdfs:label ?name ; schema:name ?name }}",
    )
    return {row["x"] for row in rows}


def spot(place: Json, number: int) -> Spot:
    """A place as the map draws it."""
    point = place["point"]
    return Spot(
        label=place["label"],
        href=local(place["id"]),
        number=number,
        point=(point["lat"], point["lon"]) if point else None,
        extent=_sides(place.get("extent")),
        exact=place["precision"] in PINNED,
    )


def _sides(extent: Json | None) -> tuple[float, float, float, float] | None:
    """South, west, north, east; the east of what crosses the date line lies beyond 180."""
    if extent is None:
        return None
    east = extent["east"] + (360 if extent["east"] < extent["west"] else 0)
    return extent["south"], extent["west"], extent["north"], east


def moment(found: Json, label: str, href: str, kind: str = "event") -> Moment:
    """A date with both ends, and what happened then, as the timeline draws it."""
    return Moment(
        earliest=date.fromisoformat(found["earliest"]),
        latest=date.fromisoformat(found["latest"]),
        label=label,
        href=href,
        when=wording.when(found["edtf"], found.get("text") or ""),
        kind=kind,
    )


def moments(events: Sequence[Json]) -> list[Moment]:
    """The events whose dates have both ends, as a timeline draws them."""
    return [
        moment(one["date"], title_and_words(one), local(one["id"]))
        for one in events
        if ranged(one["date"])
    ]


def ranged(date: Json | None) -> bool:
    """Whether a date has a first and a last day."""
    return bool(date and date["earliest"] and date["latest"])


def title_and_words(event: Json) -> str:
    """What kind of event it is and how it is told, in one line."""
    return f"{title_of(event)} — {shortened(quoted(event))}"


def _page(kind: Kind, **given: str) -> Json:
    return records.page(face().store, Filters.parse(kind, {k: [v] for k, v in given.items()}))


def _disagreements() -> list[Json]:
    """Events that sources disagree about, then those that only a denial speaks of."""
    found: list[Json] = []
    for status in ("disputed", "denied"):
        found += _page("events", status=status, limit=str(DISAGREEMENTS))["items"]
    return found[:DISAGREEMENTS]


def _figure(kind: Kind, number: int) -> tuple[str, str]:
    """A number and its noun, apart."""
    figure, _, noun = number_of(kind.removesuffix("s"), number).partition(" ")
    return figure, noun


def _summary(totals: dict[Kind, int]) -> str:
    t = TEXTS["home"]
    if not totals["articles"]:
        return t["empty"]
    dates = [_edge("published"), _edge("-published")]
    days = list(dict.fromkeys(wording.when(one) for one in dates if one))
    between = t["between"].format(first=days[0], last=days[-1]) if len(days) > 1 else "".join(days)
    published = t["summary_published"].format(between=between) if days else ""
    return t["summary"].format(
        articles=number_of("article", totals["articles"]), published=published
    )


def _edge(sort: str) -> str | None:
    first: Sequence[Any] = _page("articles", sort=sort, limit="1")["items"]
    return first[0]["published"] if first else None
