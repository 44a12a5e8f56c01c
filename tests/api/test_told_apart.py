"""What pages tell apart: namesakes, the disputed and the only denied; and what they tell once."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from api.app import create_app
from kg.config import Settings
from kg.iri import DEFAULT_BASE
from kg.store import open_store
from kg.view import refresh
from tests.api.test_pages import Page, page
from tests.sheet import Sheet


def morning() -> Sheet:
    """A shelling that is told and denied."""
    sheet = Sheet(
        "Shells fell on Orm and people fled. Dravec denied it.", publisher="Morning Sheet"
    )
    people = sheet.actor("people", "Group", named=False)
    shells = sheet.report("Shells fell on Orm", "fell", recipients=[people])
    dravec = sheet.actor("Dravec")
    sheet.statement("Dravec denied it", "denied", "it", "deny", speaker=dravec, about=(shells,))
    return sheet


def evening() -> Sheet:
    """A raid that only its denial speaks of."""
    text = "Brell denied that people in Vale had been raided."
    sheet = Sheet(text, published="2021-05-09", publisher="Evening Sheet")
    brell, people = sheet.actor("Brell"), sheet.actor("people", "Group", named=False)
    words = "people in Vale had been raided"
    raid = sheet.report(words, "raided", factuality="alleged", recipients=[people])
    sheet.statement(text[:-1], "denied", f"that {words}", "deny", speaker=brell, about=(raid,))
    return sheet


@pytest.fixture(scope="module")
def told() -> FlaskClient:
    store = open_store("memory:", base=DEFAULT_BASE)
    store.replace([morning().graph(), evening().graph()])
    refresh(store)
    return create_app(store, Settings(store="memory:")).test_client()


def test_home_tells_of_what_is_only_denied_behind_what_is_disputed(told: FlaskClient) -> None:
    home = page(told, "/")
    words = home.words.partition("Where the reports or the speakers disagree")[2]
    disputed, _, denied = words.partition("Shells fell on Orm")[2].partition("Vale had been raided")
    assert "disputed" in disputed
    assert "denied" in denied
    assert "/events?status=disputed&status=denied" in home.links


def test_namesakes_are_told_apart_by_who_names_them(told: FlaskClient) -> None:
    table = page(told, "/actors").words.partition("Named in")[2]
    assert table.count("peoplegroup") == 2
    assert "Morning Sheet" in table
    assert "Evening Sheet" in table
    assert "published 9 May 2021" in table


def test_articles_tell_how_much_was_found_in_them(told: FlaskClient) -> None:
    assert page(told, "/articles").words.count("1 statement, 1 event report") == 2


def test_what_somebody_did_by_saying_it_stands_behind_the_name(told: FlaskClient) -> None:
    one = told.get("/statements?speaker=Brell").get_json()["items"][0]
    shown = page(told, one["id"].removeprefix(DEFAULT_BASE.rstrip("/")))
    assert "Brell denied" in " ".join(shown.words.split())
    assert "/statements?act=deny" in shown.links


def test_a_headline_that_is_found_is_told_once() -> None:
    sheet = Sheet("Shops opened.", publisher="Morning Sheet")
    sheet.article = replace(sheet.article, headline="Orm is calm")
    store = open_store("memory:", base=DEFAULT_BASE)
    store.replace([sheet.graph()])
    refresh(store)
    client = create_app(store, Settings(store="memory:")).test_client()
    html = client.get("/search?q=calm", headers={"Accept": "text/html"}).get_data(as_text=True)
    found = Page(html).words.partition("1 article")[2]
    assert found.count("is calm") == 1
