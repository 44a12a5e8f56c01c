"""Judgements over HTTP: made, seen, listed and undone. Real processes, a real store."""

import csv
import json
import re
from collections.abc import Iterator
from io import StringIO
from typing import Any
from urllib.parse import quote

import pyoxigraph
import pytest
from click.testing import CliRunner, Result

from kg.cli import kg
from kg.iri import DEFAULT_BASE, key_of
from kg.reading import Desk
from kg.store import open_store
from kg.store.oxigraph import OxigraphStore
from kg.verify import verify
from kg.view import refresh
from tests.api.serving import Reply, fetch
from tests.api.test_openapi import check
from tests.keeping import RIGHT, TOKEN, Kept, keeping
from tests.scene_review import NEWS, NEWS_ARTICLE, POST, POST_ARTICLE
from tests.scenes import scene_graphs

ANA = {"by": "Ana", "why": "I have read the passage."}
NO_IRI = f"{DEFAULT_BASE}actor/Ana Lane"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    home = tmp_path_factory.mktemp("judged") / "store"
    store = open_store(f"oxigraph:{home}", base=DEFAULT_BASE)
    store.replace(scene_graphs())
    refresh(store)
    store.close()
    with Desk(DEFAULT_BASE) as desk, keeping(home, desk) as made:
        yield made


def ask(kept: Kept, **fields: Any) -> Reply:
    """An answer of POST /judgements."""
    body = json.dumps({**ANA, **fields}).encode()
    headers = {**RIGHT, "Content-Type": "application/json"}
    return fetch(f"{kept.site}/judgements", data=body, headers=headers)


def made(kept: Kept, **fields: Any) -> Any:
    """The record of a judgement that is kept."""
    reply = ask(kept, **fields)
    assert reply.status == 201, reply.body
    check(reply.json(), "Judgement")
    assert kept.at(reply.json()["id"]) == f"{kept.site}{reply.headers['Location']}"
    assert fetch(kept.at(reply.json()["id"])).json() == reply.json()
    return reply.json()


def undo(kept: Kept, judgement: Any, **fields: str) -> Reply:
    """An answer of DELETE."""
    query = "&".join(f"{name}={quote(text)}" for name, text in {**ANA, **fields}.items())
    return fetch(f"{kept.at(judgement['id'])}?{query}", method="DELETE", headers=RIGHT)


def record(kept: Kept, iri: str) -> Any:
    return fetch(kept.at(iri)).json()


def test_an_accepted_statement_says_so_and_by_whom(kept: Kept) -> None:
    one = made(kept, verdict="accept", subject=POST["s1"])
    assert (one["by"], one["state"], one["article"]) == ("Ana", "standing", POST_ARTICLE)
    assert one["subject"]["label"].startswith("an independent investigation")
    found = record(kept, POST["s1"])
    check(found, "StatementRecordAnswer")
    assert found["review"] == "accepted"
    assert one in found["judgements"]
    listed = kept.json("/statements?review=accepted")["items"]
    assert POST["s1"] in [item["id"] for item in listed]


def test_the_page_says_whose_denial_was_accepted(kept: Kept) -> None:
    one = made(kept, verdict="accept", subject=POST["s3"])
    page = fetch(f"{kept.site}/judgements?verdict=accept&format=html").body.decode()
    assert f"accepted it: {one['subject']['speaker']['label']} denied: <a" in page
    assert undo(kept, one).status == 200


def test_lists_and_tables_follow_at_once(kept: Kept) -> None:
    made(kept, verdict="accept", subject=POST["r1"])
    event = record(kept, POST["r1"])
    assert len(event["reports"]) == 2
    assert event["review"] == "machine"
    (listed,) = [one for one in kept.json("/events")["items"] if one["id"] == event["id"]]
    for found in (event, listed):
        reviews = {one["id"]: one["review"] for one in found["reports"]}
        assert reviews == {POST["r1"]: "accepted", NEWS["r1"]: "machine"}
    made(kept, verdict="accept", subject=POST["s1"])
    rows = fetch(f"{kept.site}/export/statements-csv?review=accepted").body.decode()
    of = {row["url"]: row["review"] for row in csv.DictReader(StringIO(rows))}
    assert POST["s1"] in of
    assert set(of.values()) == {"accepted"}


def test_a_rejected_report_is_gone_and_comes_back(kept: Kept) -> None:
    event = record(kept, NEWS["r3"])["id"]
    before = record(kept, event)
    one = made(kept, verdict="reject", subject=event, why="no part of the war")
    assert one["subject"]["id"] == NEWS["r3"]
    assert fetch(kept.at(event)).status == 404
    assert not kept.json("/events?event_type=CONSULT")["items"]
    back = undo(kept, one, by="Ben", why="it is one")
    assert back.status == 200
    check(back.json(), "Judgement")
    assert back.json()["undoes"] == one["id"]
    after = record(kept, event)
    ours = [
        told for told in after.pop("judgements") if told["id"] in (one["id"], back.json()["id"])
    ]
    assert [told["state"] for told in ours] == ["undone", "standing"]
    assert after == {name: value for name, value in before.items() if name != "judgements"}


def test_a_corrected_slot_has_the_words_that_show_it(kept: Kept) -> None:
    one = made(
        kept,
        verdict="correct",
        subject=POST["r2"],
        slot="place",
        value="Lorik",
        evidence=[{"start": 241, "end": 246}],
    )
    assert one["evidence"] == [{"start": 241, "end": 246, "exact": "Lorik"}]
    assert one["value"] == [{"id": POST["p1"], "label": "Lorik"}]
    found = record(kept, POST["r2"])
    check(found, "EventRecordAnswer")
    assert (found["place"]["label"], found["review"]) == ("Lorik", "corrected")
    (report,) = [told for told in found["reports"] if told["id"] == POST["r2"]]
    words = {"slot": "place", "start": 241, "end": 246, "exact": "Lorik"}
    assert words in report["evidence"]


def test_somebody_whom_the_machine_did_not_find(kept: Kept) -> None:
    value = {"label": "The townspeople", "type": "Group"}
    fields = {"verdict": "correct", "slot": "addressee", "value": value, "evidence": "this town"}
    made(kept, subject=POST["s2"], **fields)
    found = record(kept, POST["s2"])
    assert (found["addressee"]["label"], found["addressee"]["type"]) == ("The townspeople", "Group")
    group = record(kept, found["addressee"]["id"])
    assert [words["exact"] for words in group["evidence"]] == ["this town"]


def test_two_are_one_and_are_two_again(kept: Kept) -> None:
    one = made(kept, verdict="same", subject=POST["a2"], object=NEWS["a1"])
    found = record(kept, NEWS["a1"])
    check(found, "ActorRecordAnswer")
    assert key_of(found["id"]) == key_of(POST["a2"])
    assert [told["id"] for told in found["judgements"]] == [one["id"]]
    made(kept, verdict="different", subject=NEWS["a1"], object=POST["a2"], by="Ben")
    found = record(kept, NEWS["a1"])
    assert key_of(found["id"]) == key_of(NEWS["a1"])
    assert [told["state"] for told in found["judgements"]] == ["contested", "contested"]


def test_judgements_are_listed_chosen_and_paged(kept: Kept) -> None:
    slot = {"verdict": "correct", "subject": NEWS["s1"], "slot": "act", "value": "warn"}
    corrected = made(kept, **slot, evidence=[], by="Eli")
    pair = {"subject": POST["a4"], "object": NEWS["a6"]}
    same = made(kept, verdict="same", **pair, by="Eli")
    made(kept, verdict="different", **pair, by="Dan")
    every = kept.json("/judgements")
    check(every, "JudgementPage")
    times = [one["when"] for one in every["items"]]
    assert times == sorted(times, reverse=True)
    page = kept.json("/judgements?limit=2")
    rest = kept.json(f"/judgements?limit=1000&cursor={page['next']}")
    assert page["items"] + rest["items"] == every["items"]
    link = fetch(f"{kept.site}/judgements?limit=2").headers.get_all("Link")[1]
    following = link.partition(">")[0].removeprefix("<")
    assert kept.json(following)["items"][:2] == rest["items"][:2]
    assert page["total"] == every["total"] == len(every["items"])
    assert {one["by"] for one in kept.json("/judgements?by=eli")["items"]} == {"Eli"}
    for query, wanted in (
        ("by=eli", [same, corrected]),
        ("by=eli&state=contested", [same]),
        (f"article={NEWS_ARTICLE}&verdict=correct&by=eli", [corrected]),
        (f"subject={NEWS['s1']}&by=eli", [corrected]),
    ):
        found = kept.json(f"/judgements?{query}")["items"]
        assert [one["id"] for one in found] == [one["id"] for one in wanted]


def test_pages_show_who_judged_and_strike_out_what_is_undone(kept: Kept) -> None:
    html = {"Accept": "text/html"}
    one = made(kept, verdict="correct", subject=POST["s1"], slot="act", value="warn", evidence=[])
    page = fetch(kept.at(POST["s1"]), headers=html).body.decode()
    assert "What people judged of it" in page
    assert "corrected “act” to" in page
    assert undo(kept, one).status == 200
    page = fetch(f"{kept.site}/judgements?subject={quote(POST['s1'])}", headers=html).body.decode()
    assert "<del>" in page
    assert "I have read the passage." in page


def test_what_is_rejected_leads_to_its_article(kept: Kept) -> None:
    def links() -> list[str]:
        where = f"{kept.site}/judgements?subject={quote(NEWS['r3'])}&verdict=reject&state=standing"
        page = fetch(where, headers={"Accept": "text/html"}).body.decode()
        (row,) = re.findall(r'<li id="[^"]*" class="standing">(.*?)</li>', page, re.S)
        assert "<strong>Ana</strong>" in row
        assert "rejected it" in row
        assert '<span class="more">I have read the passage.</span>' in row
        return re.findall(r'href="([^"]*)"', row)

    one = made(kept, verdict="reject", subject=NEWS["r3"])
    assert links() == [f"/{NEWS_ARTICLE.removeprefix(DEFAULT_BASE)}"]
    assert fetch(f"{kept.site}{links()[0]}").status == 200
    assert undo(kept, one).status == 200


def test_a_reviewer_leads_to_what_they_judged(kept: Kept) -> None:
    made(kept, verdict="accept", subject=POST["s2"], by="Ben")
    query = (
        "PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX rdfs: <http://www.w3.org/2000/01/"
        'rdf-schema#> SELECT ?x { GRAPH ?g { ?x a prov:Person ; rdfs:label "Ben" } }'
    )
    rows = kept.json(f"/sparql?query={quote(query)}")["results"]["bindings"]
    reply = fetch(kept.at(rows[0]["x"]["value"]))
    assert {one["by"] for one in reply.json()["items"]} == {"Ben"}


@pytest.mark.parametrize(
    ("fields", "status", "says"),
    [
        ({"verdict": "like", "subject": POST["s1"]}, 400, "accept, reject, correct"),
        ({"verdict": "accept"}, 400, "subject is None"),
        ({"verdict": "accept", "subject": POST["s1"], "by": " "}, 400, "by is ' '"),
        ({"verdict": "accept", "subject": POST["s1"], "note": "x"}, 400, "no field"),
        ({"verdict": "accept", "subject": "0" * 32}, 404, "no article names"),
        ({"verdict": "accept", "subject": "http://e.example/1"}, 404, "is nothing here"),
        ({"verdict": "accept", "subject": POST["a1"]}, 400, "statement, report"),
        ({"verdict": "accept", "subject": POST["s1"], "slot": "act"}, 400, "with correct only"),
        ({"verdict": "same", "subject": POST["a1"]}, 400, "needs an object"),
        ({"verdict": "same", "subject": POST["a1"], "object": NEWS["p1"]}, 400, "two kinds"),
        ({"verdict": "same", "subject": POST["a1"], "object": POST["a1"]}, 400, "both are"),
        ({"verdict": "same", "subject": POST["r1"], "object": POST["r2"]}, 400, "event_type"),
        ({"verdict": "undo", "subject": POST["s1"]}, 400, "DELETE"),
    ],
    ids=lambda one: str(one)[:40],
)
def test_what_cannot_be_judged_is_said(
    kept: Kept, fields: dict[str, Any], status: int, says: str
) -> None:
    reply = ask(kept, **fields)
    assert (reply.status, reply.type) == (status, "application/problem+json")
    assert says in reply.json()["detail"]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"slot": "speaker", "value": "Mira Tolen"}, "needs evidence"),
        ({"slot": "speaker", "value": "Mira Tolen", "evidence": "Tolen"}, "2 times"),
        ({"slot": "speaker", "value": "Mira Tolen", "evidence": "Tollen"}, "does not say"),
        ({"slot": "speaker", "value": "Tollen", "evidence": "this town"}, "Mira Tolen"),
        ({"slot": "speaker", "value": "Place: Orm", "evidence": "this town"}, "holds an actor"),
        ({"slot": "speaker", "evidence": "this town"}, "null where the text has none"),
        ({"slot": "act", "value": "sing"}, "deny"),
        ({"slot": "act", "value": None}, "cannot be empty"),
        ({"slot": "date", "value": "Tuesday", "evidence": "this town"}, "EDTF"),
        ({"slot": "place", "value": "Lorik", "evidence": "this town"}, "has no place"),
        ({"slot": "content", "value": "x"}, "speaker, target"),
        ({"slot": "date", "value": "2021", "evidence": [{"start": 5, "end": 5000}]}, "outside"),
        ({"slot": "date", "value": "2021", "evidence": [{"start": 5}]}, "code points"),
        ({"slot": "date", "value": 2021, "evidence": "this town"}, "value is 2021"),
        ({"slot": "speaker", "value": {"label": "Orm"}, "evidence": "this town"}, "a type"),
        ({"slot": "speaker", "value": "Army/Navy man", "evidence": "this town"}, "is called"),
        ({"slot": "speaker", "value": {"id": NO_IRI}, "evidence": "this town"}, "is no IRI"),
        ({"slot": "speaker", "value": {"same": NO_IRI}, "evidence": "this town"}, "is no IRI"),
    ],
    ids=lambda one: str(one)[:40],
)
def test_a_correction_that_cannot_be_is_said(kept: Kept, fields: dict[str, Any], says: str) -> None:
    reply = ask(kept, verdict="correct", subject=POST["s2"], **fields)
    assert reply.status == 400
    assert says in reply.json()["detail"]


def test_the_command_line_judges_at_a_server(kept: Kept) -> None:
    def run(*arguments: str, token: str = TOKEN) -> Result:
        asked = ["judge", *arguments, "--by", "Cem", "--server", kept.site, "--why", "I see"]
        return CliRunner().invoke(kg, asked, env={"KG_TOKEN": token})

    told = run("accept", NEWS["s1"], "--json")
    assert told.exit_code == 0, told.output
    one = json.loads(told.output)
    assert fetch(kept.at(one["id"])).json() == one
    assert "Cem: undo" in run("undo", one["id"]).output
    assert fetch(kept.at(one["id"])).json()["state"] == "undone"
    assert "401" in str(run("accept", NEWS["s1"], token="x").exception)
    assert "no article names" in str(run("accept", "0" * 32).exception)


def test_judging_needs_the_token(kept: Kept) -> None:
    body = json.dumps({**ANA, "verdict": "accept", "subject": POST["s2"]}).encode()
    headers = {"Content-Type": "application/json"}
    assert fetch(f"{kept.site}/judgements", data=body, headers=headers).status == 401
    any_one = made(kept, verdict="accept", subject=POST["s2"], by="Dan")
    assert fetch(kept.at(any_one["id"]), method="DELETE").status == 401
    text = {**headers, **RIGHT, "Content-Type": "text/plain"}
    assert fetch(f"{kept.site}/judgements", data=body, headers=text).status == 415


def test_filters_and_keys_that_are_none_are_said(kept: Kept) -> None:
    for path, says in (
        ("/judgements?verdict=like", "accept"),
        ("/judgements?limit=0", "1 to 1000"),
        ("/judgements?colour=red", "verdict, by"),
        ("/judgements?cursor=abc", "cursor"),
    ):
        reply = fetch(f"{kept.site}{path}")
        assert reply.status == 400
        assert says in reply.json()["detail"]
    for path in (
        f"/judgement/{'0' * 32}",
        f"/reviewer/{'0' * 32}",
        "/judgement/%1F",
        "/judgement/%C2%84",
    ):
        assert fetch(f"{kept.site}{path}").status == 404
    lost = {"id": f"{DEFAULT_BASE}judgement/{'0' * 32}"}
    assert undo(kept, lost).status == 404
    assert undo(kept, lost, by="").status == 400


def test_a_page_says_where_people_do_not_agree(kept: Kept) -> None:
    told = [
        made(kept, verdict="accept", subject=POST["s3"]),
        made(kept, verdict="reject", subject=POST["s3"], by="Ben"),
    ]
    page = fetch(f"{kept.at(POST['s3'])}?format=html").body.decode()
    assert "people do not agree on it" in page
    assert "not checked by a person" not in page
    for one in reversed(told):
        assert undo(kept, one).status == 200


def test_the_store_keeps_its_promises_afterwards(kept: Kept) -> None:
    snapshot = kept.writer.snapshot()
    held = OxigraphStore(pyoxigraph.Store.read_only(str(snapshot.place)), base=DEFAULT_BASE)
    assert list(verify(held)) == []
    held.close()
