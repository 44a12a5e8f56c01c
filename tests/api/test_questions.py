"""Named questions over HTTP: typed parameters, the formats of SPARQL results."""

import csv
import io

import pytest
from flask.testing import FlaskClient

from api.tables import Cell, Table, readable
from kg import query


def test_all_questions_are_listed(client: FlaskClient) -> None:
    items = client.get("/queries").get_json()["items"]
    assert sorted(one["name"] for one in items) == list(query.names())
    assert items[0]["name"] == "who-called-for"


@pytest.mark.parametrize("name", query.names())
def test_every_question_answers_in_every_form(client: FlaskClient, name: str) -> None:
    found = client.get(f"/queries/{name}")
    assert found.mimetype == "application/sparql-results+json"
    table = client.get(f"/queries/{name}", headers={"Accept": "text/csv"})
    rows = list(csv.reader(io.StringIO(table.get_data(as_text=True))))
    answer = found.get_json()
    assert rows[0] == answer["head"]["vars"]
    assert len(rows) == 1 + len(answer["results"]["bindings"])
    page = client.get(f"/queries/{name}?format=html")
    assert page.status_code == 200
    assert query.load(name).question in page.get_data(as_text=True).replace("&#39;", "'")


def test_a_parameter_changes_the_answer(client: FlaskClient) -> None:
    def rows(path: str) -> int:
        return len(client.get(path).get_json()["results"]["bindings"])

    assert rows("/queries/who-called-for") == 1
    assert rows("/queries/who-called-for?mode=RETREAT/withdraw") == 0
    assert rows("/queries/who-called-for?mode=") == 1


@pytest.mark.parametrize(
    ("path", "status", "allowed"),
    [
        ("/queries/who-knows", 404, "who-called-for"),
        ("/queries/who-called-for?mood=1", 400, "mode"),
        ("/queries/who-called-for?mode=sing", 400, "ACCUSE/investigate"),
        ("/queries/who-called-for?mode=investigate&mode=arrest", 400, "once"),
        ("/queries/who-called-for?format=pdf", 400, "csv"),
    ],
)
def test_what_cannot_be_asked_is_told_what_can(
    client: FlaskClient, path: str, status: int, allowed: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert allowed in answer.get_json()["detail"]


def test_claims_and_denials_carry_their_links() -> None:
    names = ("claimant", "claim", "denial", "claim_link", "denial_link", "claim_article")
    words = ("A", "shelled", "did not", "a:1#c", "a:2#c", "a:1")
    asked = Table(names, (tuple(Cell(word, word if ":" in word else None) for word in words),), 1)
    shown = readable(asked)
    assert shown.columns == ("claimant", "claim", "denial")
    assert [cell.iri for cell in shown.rows[0] if cell] == ["a:1", "a:1#c", "a:2#c"]


def test_a_claimant_leads_to_the_speaker_else_to_the_article() -> None:
    names = ("claimant", "toll", "min", "max", "article", "speaker", "report")
    both = ("Observers", "12", "12", "12", "a:1", "a:o", "a:r")
    told = tuple(Cell(word, word if ":" in word else None) for word in both)
    outlet = (*told[:5], None, told[6])
    shown = readable(Table(names, (told, outlet), 2))
    assert shown.columns == ("claimant", "toll")
    assert [row[0].iri for row in shown.rows if row[0]] == ["a:o", "a:1"]
