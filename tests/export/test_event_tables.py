"""Events as tables, read by pandas; ACLED's and UCDP's columns hold what the text says, no more."""

from io import BytesIO

import pandas as pd  # type: ignore[import-untyped]
import pytest

from kg.export import acled, event_tables, export, selection, ucdp
from kg.export.event_tables import MARKED, OURS
from kg.export.events import Told, ours
from kg.filters import Filters
from kg.records import events
from kg.store.base import Store
from kg.vocab import concepts


def table(store: Store, name: str, **chosen: str) -> pd.DataFrame:
    filters = selection({key: [value] for key, value in chosen.items()})
    return pd.read_csv(BytesIO(b"".join(export(store, name, filters=filters))))


def test_every_event_is_a_row_that_leads_back(talks: Store) -> None:
    found = table(talks, "events-csv")
    listed = events(talks, Filters.parse("events", {}))
    assert list(found["url"]) == [one["id"] for one in listed["items"]]
    assert tuple(found.columns) == OURS
    assert found["evidence"].str.contains("#char=").all()
    assert set(found["factuality"]) == {"asserted", "alleged", "planned", "requested"}


def test_a_dispute_names_both_sides(talks: Store) -> None:
    (row,) = table(talks, "events-csv", status="disputed").to_dict("records")
    assert (row["claimed_by"], row["denied_by"]) == ("Union of Observers", "Keshi Defence Ministry")
    assert (row["killed_min"], row["killed_best"]) == (12, 15)
    assert (row["where"], row["when"], row["date_text"]) == ("Lorik", "2021-05-02", "May 2")


@pytest.mark.parametrize(
    ("name", "columns"), [("events-acled", acled.COLUMNS), ("events-ucdp", ucdp.COLUMNS)]
)
def test_users_find_their_columns_and_ours_behind(
    talks: Store, name: str, columns: tuple[str, ...]
) -> None:
    found = table(talks, name)
    assert tuple(found.columns) == (*columns, *MARKED)
    assert set(found["ck_factuality"]) <= {"asserted", "alleged"}
    assert found["ck_url"].str.startswith("http").all()


def test_acleds_columns_hold_what_the_text_says(talks: Store) -> None:
    found = table(talks, "events-acled")
    row = found[found["ck_status"] == "disputed"].iloc[0]
    assert dict(row[["event_date", "year", "time_precision", "geo_precision", "fatalities"]]) == {
        **{"event_date": "2021-05-02", "year": 2021, "time_precision": 1},
        **{"geo_precision": 1, "fatalities": 12},
    }
    assert row["disorder_type"] == "Political violence"
    assert row["event_type"] == "Explosions/Remote violence"
    assert row["sub_event_type"] == "Shelling/artillery/missile attack"
    assert (row["actor1"], row["inter1"]) == ("Keshi artillery", "State forces")
    assert (row["actor2"], row["inter2"]) == ("people", "Civilians")
    assert row["ck_denied_by"] == "Keshi Defence Ministry"
    assert row[["latitude", "longitude", "admin1", "region", "timestamp"]].isna().all()
    assert not (found["event_type"] == "CONSULT").any()


def test_ucdps_columns_hold_what_the_text_says(talks: Store) -> None:
    (row,) = table(talks, "events-ucdp").to_dict("records")
    assert (row["side_a"], row["side_b"]) == ("Keshi artillery", "people")
    assert (row["date_start"], row["date_end"], row["date_prec"]) == (
        *("2021-05-02", "2021-05-02"),
        1,
    )
    assert (row["low"], row["best"], row["where_prec"], row["event_clarity"]) == (12, 15, 1, 1)
    assert pd.isna(row["high"])
    assert pd.isna(row["type_of_violence"]), "state-based or not: the text does not say"


def test_what_is_only_asked_for_is_no_fact(talks: Store) -> None:
    wanted = table(talks, "events-csv", of="events", factuality="requested")
    assert len(wanted)
    assert table(talks, "events-acled", of="events", factuality="requested").empty


def test_every_acled_match_of_the_ontology_has_a_name() -> None:
    known = {
        one.rsplit("/", 1)[1]
        for scheme in ("event-type", "mode")
        for concept in concepts()[scheme].values()
        for one in (*concept.matches, *concept.wider)
        if "/acled/" in one
    }
    named = {acled._code(name) for kind, subs in acled.TYPES.items() for name in (kind, *subs)}
    assert known - named == set()
    for name in (*acled.TYPES, *(sub for subs in acled.TYPES.values() for sub in subs)):
        assert acled.kind([acled._code(name)])["event_type"]


@pytest.mark.parametrize(
    ("codes", "types"),
    [
        (["arrests"], ("Strategic developments", "Arrests", "Strategic developments")),
        (["protests", "peaceful-protest", "protest-with-intervention"], ("Protests", None)),
        (["battles", "grenade"], (None, None, None)),
        (["mob-violence"], ("Riots", "Mob violence", "Political violence")),
    ],
)
def test_types_are_those_in_which_all_matches_agree(
    codes: list[str], types: tuple[str | None, ...]
) -> None:
    assert tuple(acled.kind(codes).values())[: len(types)] == types


REGION = {"id": "p:1", "label": "Kesh", "point": {"lat": 40.0, "lon": 45.0}, "precision": "region"}
TOWN = {
    **{"id": "p:2", "label": "Orlo", "precision": "settlement"},
    "point": {"lat": 46.2, "lon": 6.1},
}
LANDS = {"p:1": {"ck:country": ("AM",)}, "p:2": {"ck:country": ("CH",)}}


def told(store: Store, **changed: object) -> Told:
    """The disputed shelling, with something else in its record."""
    (record,) = events(store, Filters.parse("events", {"status": ["disputed"]}))["items"]
    return Told({**record, **changed}, (), LANDS)


def test_all_cells_of_a_row_are_of_one_place(talks: Store) -> None:
    one = told(talks, places=[REGION, TOWN])
    (row,) = acled.cells(one)
    cells = ("location", "country", "latitude", "longitude", "geo_precision")
    assert [row[name] for name in cells] == ["Orlo", "Switzerland", 46.2, 6.1, 1]
    (row,) = ucdp.cells(one)
    cells = ("where_coordinates", "country", "latitude", "longitude", "where_prec")
    assert [row[name] for name in cells] == ["Orlo", "Switzerland", 46.2, 6.1, 1]
    (row,) = event_tables._cells(one)
    cells = ("where", "country", "latitude", "longitude", "precision")
    assert [row[name] for name in cells] == ["Orlo; Kesh", "CH", 46.2, 6.1, "settlement"]


def test_a_region_has_no_coordinates(talks: Store) -> None:
    (row,) = acled.cells(told(talks, places=[REGION]))
    assert (row["location"], row["geo_precision"], row["latitude"]) == ("Kesh", 3, None)


@pytest.mark.parametrize(
    ("figures", "rows"), [((None, 0, None), 0), ((0, None, 3), 1), ((None, None, None), 1)]
)
def test_nobody_killed_is_no_row_of_ucdps(
    talks: Store, figures: tuple[int | None, ...], rows: int
) -> None:
    toll = {**dict(zip(("min", "best", "max"), figures, strict=True)), "text": "so many"}
    assert len(ucdp.cells(told(talks, killed=toll))) == rows


@pytest.mark.parametrize(
    ("first", "last", "fatalities"),
    [
        ("2021-05-02", "2021-05-02", 12),
        ("2014-01-01", None, None),
        ("2014-01-01", "2021-12-31", None),
    ],
)
def test_a_toll_of_years_is_not_that_of_one_event(
    talks: Store, first: str, last: str | None, fatalities: int | None
) -> None:
    when = {"edtf": "as told", "earliest": first, "latest": last, "text": None}
    one = told(talks, date=when)
    (row,) = acled.cells(one)
    assert row["fatalities"] == fatalities
    assert ours(one)["killed_best"] == 15


def test_crowd_control_need_not_be_excessive_force(talks: Store) -> None:
    (row,) = acled.cells(told(talks, event_type="ASSAULT", mode="crowd-control"))
    assert (row["event_type"], row["sub_event_type"]) == ("Protests", None)
    assert row["disorder_type"] == "Demonstrations"
