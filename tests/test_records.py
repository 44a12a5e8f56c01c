"""Records: their shape, their evidence, and what leads to and from them."""

from collections.abc import Iterator
from typing import Any

import pytest

from kg import records
from kg.filters import Filters
from kg.iri import graph_iri, key_of
from kg.records import Moved
from kg.store import open_store
from kg.store.base import Store
from kg.terms import Triple, literal
from kg.vocab import term
from tests.scene_talks import COURIER, talks_store
from tests.scenes import HARBOUR, WIRE

Json = dict[str, Any]
TEXTS = {one.headline: one.text for one in (HARBOUR, WIRE, COURIER)}


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    opened = talks_store()
    yield opened
    opened.close()


def items(store: Store, kind: str, **given: str) -> list[Json]:
    found: list[Json] = records.page(store, Filters.parse(kind, given))["items"]
    return found


def only(store: Store, kind: str, **given: str) -> Json:
    (found,) = items(store, kind, **given)
    return found


def whole(store: Store, kind: str, ident: str) -> Json:
    found = records.one(store, kind, ident)
    assert not isinstance(found, Moved)
    return found


def test_a_statement_has_the_shape_that_is_promised(store: Store) -> None:
    found = only(store, "statements", act="request", mode="investigate")
    base = store.base
    assert found == {
        "id": found["id"],
        "act": "request",
        "speaker": {
            "id": f"{base}actor/mira-tolen-{key_of(found['speaker']['id'])}",
            "label": "Mira Tolen",
            "type": "Person",
        },
        "content": "an independent investigation into the shelling of Lorik",
        "quoted": False,
        "target": None,
        "addressee": None,
        "medium": None,
        "about": [
            {
                "id": found["about"][0]["id"],
                "event_type": "ACCUSE",
                "mode": "investigate",
                "factuality": "requested",
                "label": "an independent investigation into the shelling of Lorik",
            }
        ],
        "date": {
            "edtf": "2021-05-04",
            "earliest": "2021-05-04",
            "latest": "2021-05-04",
            "text": "Tuesday",
        },
        "article": {
            "id": found["article"]["id"],
            "headline": "Ombudswoman wants Lorik shelling investigated",
            "url": "https://harbour.example/2021/lorik",
            "published": "2021-05-04",
            "publisher": "The Harbour Post",
        },
        "evidence": [
            {"slot": slot, "start": start, "end": end, "exact": HARBOUR.text[start:end]}
            for slot, start, end in (
                ("whole", 8, 124),
                ("speaker", 8, 45),
                ("cue", 47, 53),
                ("content", 69, 124),
                ("date", 57, 64),
            )
        ],
        "confidence": 0.95,
        "review": "machine",
    }


def test_a_statement_without_a_date_does_not_take_its_articles(store: Store) -> None:
    denial = only(store, "statements", act="deny")
    assert denial["date"] is None
    assert denial["article"]["published"] == "2021-05-04"


def test_target_and_addressee_are_single(store: Store) -> None:
    accusation = only(store, "statements", act="accuse")
    assert accusation["target"]["label"] == "Kesh"
    assert "targets" not in accusation
    promise = only(store, "statements", act="promise")
    assert (promise["addressee"]["label"], promise["addressee"]["type"]) == ("Norland", "State")


def test_all_of_several_targets_are_kept(store: Store) -> None:
    accusation = only(store, "statements", act="accuse")
    other = only(store, "actors", q="league of towns")
    view = graph_iri(store.base, "view")
    extra: Triple = (f"<{accusation['id']}>", term("ck:target"), f"<{other['id']}>")
    changed = with_view(store, [*store.read(view), extra])
    found = only(changed, "statements", act="accuse")
    assert [one["label"] for one in found["targets"]] == ["Kesh", "League of Towns"]
    assert found["target"] == found["targets"][0]


def with_view(store: Store, triples: list[Triple]) -> Store:
    changed = open_store("memory:", base=store.base)
    changed.replace([(graph_iri(store.base, "view"), sorted(triples))])
    return changed


def test_review_is_what_the_view_says(store: Store) -> None:
    denial = only(store, "statements", act="deny")
    view = graph_iri(store.base, "view")
    reviewed: Triple = (f"<{denial['id']}>", term("ck:review"), literal("accepted"))
    changed = with_view(store, [*store.read(view), reviewed])
    assert only(changed, "statements", act="deny")["review"] == "accepted"
    assert only(changed, "statements", review="accepted")["id"] == denial["id"]


def test_an_event_holds_its_reports_side_by_side(store: Store) -> None:
    event = only(store, "events", status="disputed")
    assert {name: event[name] for name in ("event_type", "mode", "quad", "factuality")} == {
        "event_type": "ASSAULT",
        "mode": "heavy-weapons",
        "quad": "material-conflict",
        "factuality": "asserted",
    }
    assert event["background"] is False
    assert event["contexts"] == ["military"]
    assert event["place"]["label"] == "Lorik"
    assert event["killed"]["text"] == "at least 12 people; 15 people"
    assert [
        (
            one["article"]["publisher"],
            one["factuality"],
            one["killed"]["min"],
            one["killed"]["best"],
        )
        for one in event["reports"]
    ] == [("The Harbour Post", "asserted", 12, None), ("Northern Wire", "alleged", None, 15)]
    assert {one["event"] for one in event["reports"]} == {event["id"]}
    assert [one["act"] for one in whole(store, "events", event["id"])["said"]] == ["deny", "say"]


def test_an_event_names_what_is_about_it(store: Store) -> None:
    event = whole(store, "events", only(store, "events", status="disputed")["id"])
    assert [one["mode"] for one in event["linked"]] == ["investigate", "investigate"]
    inquiry = only(store, "events", about=event["id"], factuality="requested")
    assert [one["id"] for one in inquiry["about"]] == [event["id"]]


def test_a_place_has_its_point_by_name(store: Store) -> None:
    geneva = only(store, "places", country="CH")
    assert geneva["point"] == {"lat": 46.20222, "lon": 6.14569}
    assert geneva["precision"] == "settlement"
    assert geneva["same_as"] == ["https://sws.geonames.org/2660646/"]
    found = whole(store, "places", geneva["id"])
    assert [one["event_type"] for one in found["events"]["items"]] == ["CONSULT"]
    assert found["statements"]["total"] == 0


def test_an_extent_is_no_point(store: Store) -> None:
    geneva = only(store, "places", country="CH")
    view = graph_iri(store.base, "view")
    wkt = "POLYGON((6 -1e-05, 7 -1e-05, 7 47, 6 47, 6 -1e-05))"
    triples = [
        (s, p, o if p != term("geo:asWKT") else f'"{wkt}"{o[o.rindex("^^") :]}')
        for s, p, o in store.read(view)
    ]
    found = only(with_view(store, triples), "places", country="CH")
    assert found["id"] == geneva["id"]
    assert found["point"] is None
    assert found["extent"] == {"south": -1e-05, "west": 6.0, "north": 47.0, "east": 7.0}


def test_an_actor_comes_with_roles_words_and_deeds(store: Store) -> None:
    reva = whole(store, "actors", only(store, "actors", q="reva")["id"])
    (role,) = reva["roles"]
    assert (role["role"], role["organization"]["label"]) == ("Foreign minister", "Vardania")
    assert [one["exact"] for one in role["evidence"]] == ["Foreign ministers"]
    assert [one["publisher"] for one in reva["articles"]] == ["Northern Wire", "Valley Courier"]
    assert [one["act"] for one in reva["said"]["items"]] == ["accuse"]
    assert [one["event_type"] for one in reva["did"]["items"]] == ["CONSULT"]
    kesh = whole(store, "actors", "kesh-" + key_of(only_state(store, "Kesh")))
    assert [one["act"] for one in kesh["addressed"]["items"]] == ["accuse", "condemn"]
    norland = whole(store, "actors", only_state(store, "Norland"))
    assert [one["mode"] for one in norland["mediated"]["items"]] == ["ceasefire"]
    form = whole(store, "actors", only(store, "actors", q="form")["id"])
    assert [one["mode"] for one in form["received"]["items"]] == ["arrest"]


def only_state(store: Store, label: str) -> str:
    (found,) = [one for one in items(store, "actors", type="State") if one["label"] == label]
    return str(found["id"])


def test_a_group_and_its_members_lead_to_each_other(store: Store) -> None:
    view = graph_iri(store.base, "view")
    group, member = (only(store, "actors", q=name)["id"] for name in ("soldiers", "hask"))
    made: Triple = (f"<{group}>", term("ck:member"), f"<{member}>")
    changed = with_view(store, [*store.read(view), made])
    assert [one["id"] for one in whole(changed, "actors", group)["members"]] == [member]
    assert [one["id"] for one in whole(changed, "actors", member)["groups"]] == [group]


def test_an_article_comes_with_its_text_and_findings_in_order(store: Store) -> None:
    article = whole(store, "articles", only(store, "articles", publisher="Valley Courier")["id"])
    assert article["text"] == COURIER.text
    acts = [one["act"] for one in article["statements"]]
    assert acts == ["accuse", "condemn", "promise", "threaten", "say", "order", "request"]
    assert [one["mode"] for one in article["reports"]] == [
        *("ceasefire", "arrest", "release", "destroy", "investigate", "withdraw")
    ]
    assert (article["statement_count"], article["report_count"]) == (7, 6)
    assert "text" not in only(store, "articles", publisher="Valley Courier")


def test_a_statement_leads_to_its_twin(store: Store) -> None:
    first, second = items(store, "statements", speaker="tolen", act="say")
    assert [one["id"] for one in whole(store, "statements", first["id"])["same"]] == [second["id"]]
    assert [one["id"] for one in whole(store, "statements", second["id"])["same"]] == [first["id"]]


def test_replies_are_statements_about_a_statement(store: Store) -> None:
    said, denial = (only(store, "statements", act=act)["id"] for act in ("accuse", "deny"))
    view = graph_iri(store.base, "view")
    about: Triple = (f"<{denial}>", term("ck:about"), f"<{said}>")
    changed = with_view(store, [*store.read(view), about])
    assert [one["id"] for one in whole(changed, "statements", said)["replies"]] == [denial]
    (topic,) = [one for one in whole(changed, "statements", denial)["about"] if one["id"] == said]
    assert topic == {
        "id": said,
        "event_type": None,
        "mode": None,
        "factuality": None,
        "label": "breaking the truce",
        "act": "accuse",
    }


def test_all_evidence_gives_its_words(store: Store) -> None:
    seen = 0
    for statement in items(store, "statements"):
        seen += check_evidence(statement, statement["article"])
    for event in items(store, "events"):
        for report in event["reports"]:
            seen += check_evidence(report, report["article"])
    assert seen > 80


def check_evidence(record: Json, article: Json) -> int:
    slots = [one["slot"] for one in record["evidence"]]
    assert slots[0] == "whole"
    assert slots.count("whole") == 1
    assert "cue" in slots
    for one in record["evidence"]:
        assert one["start"] < one["end"]
        if article["headline"] in TEXTS:
            assert TEXTS[article["headline"]][one["start"] : one["end"]] == one["exact"]
    return len(slots)


def test_where_the_whole_is_the_cue_both_are_there(store: Store) -> None:
    released = only(store, "events", mode="release")["reports"][0]
    assert [(one["slot"], one["exact"]) for one in released["evidence"]] == [
        ("whole", "release"),
        ("cue", "release"),
        ("actor", "Kesh"),
    ]
