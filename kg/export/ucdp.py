"""Events under the column names of UCDP's Georeferenced Event Dataset (GED, version 24.1).

https://ucdp.uu.se/downloads/
"""

from collections.abc import Mapping
from typing import Final

from kg.export.acled import country
from kg.export.events import JOIN, Told, point, source
from kg.projection.model import LISTED, Value
from kg.records import Json

COLUMNS: Final = (
    *("id", "relid", "year", "active_year", "code_status", "type_of_violence"),
    *("conflict_dset_id", "conflict_new_id", "conflict_name"),
    *("dyad_dset_id", "dyad_new_id", "dyad_name"),
    *("side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b"),
    *("number_of_sources", "source_article", "source_office", "source_date", "source_headline"),
    *("source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2"),
    *("latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region"),
    *("event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b"),
    *("deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob"),
)

WHERE: Final = {
    **{"point": 1, "settlement": 1, "district": 3, "region": 4},
    **{"area": 5, "country": 6},
}
"""How exact a place is → where_prec; what is vague has none."""


def cells(told: Told) -> list[Mapping[str, Value | None]]:
    """The row of an event; none where UCDP has no type for it, it did not happen, nobody died."""
    codes = told.matches("ucdp")
    if not codes or not told.happened or not deadly(told.record["killed"]):
        return []
    violence = int(codes[0]) if len(codes) == 1 else None
    return [
        {
            **{"id": told.key, "type_of_violence": violence},
            **_who(told),
            **_sources(told),
            **_where(told),
            **_when(told),
            **_deaths(told),
            "event_clarity": clarity(told),
        }
    ]


def deadly(toll: Json | None) -> bool:
    """Whether somebody was killed: a number above nought, or words without a number.

    >>> deadly({"min": None, "best": 0, "max": None}), deadly({"min": 1, "best": None, "max": 3})
    (False, True)
    >>> deadly({"min": None, "best": None, "max": None}), deadly(None)
    (True, False)
    """
    if toll is None:
        return False
    numbers = [toll[one] for one in ("min", "best", "max") if toll[one] is not None]
    return not numbers or max(numbers) > 0


def date_precision(width: int | None) -> int | None:
    """date_prec of so many days: 1 a day, 2 less than a week, 3 a week, 4 a month, 5 a year.

    >>> [date_precision(width) for width in (1, 4, 7, 30, 200, 900, None)]
    [1, 2, 3, 4, 5, None, None]
    """
    steps = ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5))
    return next((code for most, code in steps if width is not None and width <= most), None)


def clarity(told: Told) -> int:
    """event_clarity: 1 where a day and a place no larger than a district are told, else 2."""
    precision = told.place["precision"] if told.place else ""
    return 1 if told.width == 1 and WHERE.get(precision, 9) <= 3 else 2


def _who(told: Told) -> dict[str, Value | None]:
    one, other = (JOIN.join(told.parties(role)) for role in ("actors", "recipients"))
    return {
        "side_a": one,
        "side_b": other,
        "dyad_name": f"{one} - {other}" if one and other else "",
    }


def _sources(told: Told) -> dict[str, Value | None]:
    articles = told.articles()[:LISTED]
    return {
        "number_of_sources": len(told.articles()),
        "source_article": JOIN.join(map(source, articles)),
        "source_office": JOIN.join(one["publisher"] or "" for one in articles),
        "source_date": JOIN.join(one["published"] or "" for one in articles),
        "source_headline": JOIN.join(one["headline"] or "" for one in articles),
    }


def _where(told: Told) -> dict[str, Value | None]:
    place = told.place
    if place is None:
        return {}
    spot = point(place)
    return {
        "where_prec": WHERE.get(place["precision"]),
        "where_coordinates": place["label"],
        "where_description": JOIN.join(one["label"] or "" for one in told.places),
        "latitude": spot["lat"] if spot else None,
        "longitude": spot["lon"] if spot else None,
        "geom_wkt": f"POINT ({spot['lon']} {spot['lat']})" if spot else None,
        "country": country(told.country(place)),
    }


def _when(told: Told) -> dict[str, Value | None]:
    if told.days is None:
        return {}
    first, last = told.days
    return {
        "year": first.year if first.year == last.year else None,
        "date_prec": date_precision(told.width),
        "date_start": first.isoformat(),
        "date_end": last.isoformat(),
    }


def _deaths(told: Told) -> dict[str, Value | None]:
    """As many as the articles say; on which side they fell is not known."""
    killed = told.record["killed"] or {}
    return {
        "deaths_unknown": killed.get("best"),
        **{"best": killed.get("best"), "high": killed.get("max"), "low": killed.get("min")},
    }
