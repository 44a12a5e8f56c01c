"""``kg judge`` in this process: what it prints and what it refuses."""

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kg.cli import kg
from kg.errors import BadInput, NotFound
from kg.iri import DEFAULT_BASE, key_of
from kg.store import open_store
from kg.view import refresh
from tests.scene_review import NEWS, POST
from tests.scenes import scene_graphs


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> str:
    made = f"oxigraph:{tmp_path_factory.mktemp('judge') / 'store'}"
    store = open_store(made, base=DEFAULT_BASE)
    store.replace(scene_graphs())
    refresh(store)
    store.close()
    return made


def run(spec: str, *arguments: str) -> Result:
    environment = {"KG_STORE": spec, "KG_REVIEWER": "Ana"}
    return CliRunner().invoke(kg, ["judge", *arguments], env=environment)


def made(spec: str, *arguments: str) -> Any:
    """The record of a judgement that is kept."""
    found = run(spec, *arguments, "--why", "I have read it.", "--json")
    assert found.exit_code == 0, found.output
    return json.loads(found.output)


def test_a_judgement_is_told_and_listed_and_undone(spec: str) -> None:
    one = made(spec, "reject", key_of(POST["s3"]))
    assert (one["verdict"], one["by"], one["state"]) == ("reject", "Ana", "standing")
    line = run(spec, "list", "--verdict", "reject").output
    assert "Ana: reject" in line
    assert one["id"] in line
    back = made(spec, "undo", one["id"])
    assert back["undoes"] == one["id"]
    assert "[undone]" in run(spec, "list", "--state", "undone").output
    again = made(spec, "undo", back["id"])
    states = {
        told["id"]: told["state"]
        for told in json.loads(run(spec, "list", "--json").output)["items"]
    }
    assert [states[told["id"]] for told in (one, back, again)] == ["standing", "undone", "standing"]


def test_an_accepted_denial_reads_as_a_denial(spec: str) -> None:
    one = made(spec, "accept", POST["s3"])
    assert one["subject"]["act"] == "deny"
    speaker = one["subject"]["speaker"]["label"]
    line = run(spec, "list", "--subject", one["subject"]["id"], "--verdict", "accept").output
    assert f"{speaker} [deny] {one['subject']['label']}" in line


def test_a_report_that_is_judged_says_how_it_is_told(spec: str) -> None:
    one = made(spec, "accept", NEWS["r1"])
    assert (one["subject"]["act"], one["subject"]["speaker"]) == (None, None)
    told = one["subject"]["factuality"]
    line = run(spec, "list", "--subject", one["subject"]["id"]).output
    assert f"[{told}] {one['subject']['label']}" in line


def test_an_actor_of_another_article_is_named_by_the_words_here(spec: str) -> None:
    known = ("--known-as", NEWS["a2"], "--words", "this town")
    one = made(spec, "correct", POST["s2"], "speaker", *known)
    assert one["value"][0]["label"] == "Union of Observers"
    assert one["evidence"][0]["exact"] == "this town"
    store = open_store(spec, base=DEFAULT_BASE, read_only=True)
    view = store.read(f"{DEFAULT_BASE}graph/view")
    store.close()
    members = {s for s, p, o in view if p.endswith("#canonical>") and "union-of-observers" in o}
    assert members == {f"<{one['value'][0]['id']}>", f"<{NEWS['a2']}>"}


def test_two_are_the_same(spec: str) -> None:
    one = made(spec, "same", POST["a2"], NEWS["a1"])
    assert (one["subject"]["label"], one["object"]["label"]) == ("Keshi artillery",) * 2


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        (("accept", "nothing"), NotFound, "nothing here"),
        (("accept", POST["a1"]), BadInput, "statement, report"),
        (("correct", POST["s2"], "date", "Tuesday", "--words", "said"), BadInput, "EDTF"),
        (("correct", POST["s2"], "act"), BadInput, "cannot be empty"),
        (("correct", POST["s2"], "speaker", "Orm", "--at", "here"), BadInput, "code points"),
        (("undo", "0" * 32), NotFound, "kg judge list"),
    ],
    ids=lambda one: str(one)[:30],
)
def test_what_cannot_be_is_said(
    spec: str, arguments: tuple[str, ...], error: type[Exception], says: str
) -> None:
    found = run(spec, *arguments, "--why", "x")
    assert isinstance(found.exception, error)
    assert says in str(found.exception)


def test_who_and_why_are_wanted(spec: str) -> None:
    assert "--why" in run(spec, "accept", POST["s1"]).output
    found = CliRunner().invoke(kg, ["judge", "accept", POST["s1"], "--why", "x"])
    assert "--by" in found.output
