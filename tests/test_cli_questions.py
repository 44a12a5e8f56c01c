"""Questions and exports from the command line that find nothing, change nothing, or take long."""

import json
import time
from pathlib import Path

import pytest

from kg.iri import DEFAULT_BASE
from kg.query.saved import Saved, shelf
from kg.store import open_store
from tests.cli import run, scene_on_disk

FORMS = "SELECT, ASK, CONSTRUCT and DESCRIBE"


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> str:
    return scene_on_disk(tmp_path_factory.mktemp("questions"))


@pytest.mark.parametrize(
    "text",
    [
        "DROP ALL",
        "clear default",
        "PREFIX a: <http://a/>\nDELETE WHERE { ?s ?p ?o }",
        "# x\nLOAD <b:c>",
    ],
)
def test_an_update_is_refused_with_what_is_allowed(spec: str, text: str, tmp_path: Path) -> None:
    said = run("query", text, "--store", spec, status=2).stderr
    assert "a query only reads" in said
    assert FORMS in said
    file = tmp_path / "update.ru"
    file.write_text(text)
    assert FORMS in run("query", str(file), "--store", spec, status=2).stderr


def test_a_query_has_a_deadline(spec: str) -> None:
    began = time.monotonic()
    cross = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?l"
    said = run("query", cross, "--store", spec, status=2, KG_QUERY_SECONDS="0.5")
    assert time.monotonic() - began < 30
    assert said.stdout == ""
    assert "ran past 0.5 s" in said.stderr
    assert "KG_QUERY_SECONDS" in said.stderr


def test_a_name_of_nobody_brings_those_like_it(spec: str) -> None:
    asked = ("query", "--name", "what-did-actor-say", "--store", spec)
    found = run(*asked, "--actor", "Tollen")
    assert found.stdout == "no answer\n"
    assert "like it: Mira Tolen" in found.stderr
    known = run(*asked, "--actor", "TOLEN")
    assert "Mira Tolen" in known.stdout
    assert known.stderr == ""


def test_an_empty_export_says_so_and_names_its_filters(spec: str, tmp_path: Path) -> None:
    out = tmp_path / "none.csv"
    asked = ("export", "--format", "statements-csv", "--store", spec, "--output", str(out))
    found = run(*asked, "--act", "threaten", "--speaker", "Tollen")
    assert "nothing matched" in found.stderr
    assert "speaker=Tollen, act=threaten" in found.stderr
    assert "like it: Mira Tolen" in found.stderr
    assert len(out.read_text().splitlines()) == 1
    assert run(*asked, "--act", "deny").stderr == ""


def test_an_empty_store_says_what_to_do(tmp_path: Path) -> None:
    spec = f"oxigraph:{tmp_path / 'store'}"
    open_store(spec, base=DEFAULT_BASE).close()
    found = run("export", "--format", "gexf", "--store", spec)
    assert "kg ingest" in found.stderr


def test_a_reading_that_loses_a_date_says_so(tmp_path: Path) -> None:
    file = tmp_path / "bare.txt"
    file.write_text("Keshi artillery shelled the market in Lorik on Sunday, the mayor said.\n")
    asked = ("ingest", str(file), "--store", f"oxigraph:{tmp_path / 'store'}")
    assert run(*asked, "--date", "2021-05-04", "--publisher", "The Post").stderr == ""
    said = run(*asked).stderr
    assert "/article/" in said
    assert "published, 2021-05-04; ingest it again with --date" in said
    assert "publisher, The Post; ingest it again with --publisher" in said
    assert "ingest it again" not in run(*asked).stderr, "it has nothing left to lose"


SAVED = """\
# title: Calls by word
# question: Who called for something with this word?
# param: word string - — a word of it

PREFIX ck: <https://w3id.org/conflict-kg#>
SELECT ?what {
  VALUES ?word { "" }
  ?statement ck:act <https://w3id.org/conflict-kg/act/request> ; ck:content ?what
  FILTER(CONTAINS(LCASE(?what), LCASE(?word)))
}
"""


def test_a_saved_query_is_listed_and_asked_by_name(spec: str) -> None:
    saved = Saved(shelf(spec))
    saved.keep(saved.check("calls-by-word", SAVED))
    assert "calls-by-word" in run("query", "--store", spec).stdout
    asked = ("query", "--name", "calls-by-word", "--store", spec, "--json")
    every, none = run(*asked).stdout, run(*asked, "--word", "nobody says this").stdout
    assert json.loads(every)["results"]["bindings"]
    assert not json.loads(none)["results"]["bindings"]
