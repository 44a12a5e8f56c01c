"""What was read shows on pages as exactly as it was read, each with its words."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape

import pytest
from flask.testing import FlaskClient

from api.app import create_app
from api.showing import hits
from api.templating import said
from kg.config import Settings
from kg.filters import Kind
from kg.iri import DEFAULT_BASE
from kg.model import (
    Actor,
    Article,
    DateRange,
    EventReport,
    Extraction,
    Mention,
    Place,
    Span,
    Statement,
    Toll,
)
from kg.rdf import article_graph
from kg.store import open_store
from kg.store.base import Store
from kg.view import refresh
from tests.api.conftest import BROWSER, paths

TEXT = (
    "Militants shelled two bridges near Orm last Monday and, in Kesh, wounded dozens, a leaked "
    "memo said.\n\n"
    "“We shall mend the bridges.\n\n"
    "“Nobody will stop us,” said Ida Storm, “or our friends.”"
)


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


MONDAY = DateRange(
    "2024-04-08", date(2024, 4, 8), date(2024, 4, 8), "last Monday", at("last Monday")
)
FOUND = Extraction(
    "rules",
    "9.9+test",
    actors=(
        Actor("a1", "Militants", "Group", at("Militants")),
        Actor("a2", "leaked memo", "Document", at("leaked memo")),
        Actor("a3", "Ida Storm", "Person", at("Ida Storm"), name="Ida Storm"),
    ),
    places=(
        Place("p1", "near Orm", at("near Orm"), "vague"),
        Place(
            "p2",
            "Kesh",
            at("Kesh"),
            "region",
            name="Kesh",
            extent=(1.0, 2.0, 3.0, 4.0),
            geonames=77,
        ),
    ),
    statements=(
        Statement(
            "s1",
            at(TEXT.partition(".\n")[0]),
            at("said"),
            "say",
            (at("Militants shelled two bridges near Orm last Monday"),),
            Mention("a2", at("leaked memo")),
            about=("r1", "r2"),
        ),
        Statement(
            "s2",
            at(TEXT.partition("\n\n“")[2]),
            Span(TEXT.index("said Ida"), TEXT.index("said Ida") + 4),
            "say",
            (at("We shall mend the bridges"), at("Nobody will stop us"), at("or our friends")),
            Mention("a3", at("Ida Storm")),
            quoted=True,
        ),
    ),
    reports=(
        EventReport(
            "r1",
            at("Militants shelled two bridges near Orm last Monday"),
            at("shelled"),
            "ASSAULT",
            "alleged",
            mode="heavy-weapons",
            actors=(Mention("a1", at("Militants")),),
            targets=(at("two bridges"),),
            place=Mention("p1", at("near Orm")),
            date=MONDAY,
            confidence=0.85,
        ),
        EventReport(
            "r2",
            at("in Kesh, wounded dozens"),
            at("wounded"),
            "ASSAULT",
            "alleged",
            place=Mention("p2", at("in Kesh")),
            injured=Toll("dozens", at("dozens"), least=24),
        ),
    ),
)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    made = open_store("memory:", base=DEFAULT_BASE)
    article = Article(TEXT, headline="Bridges", author="Mo Reed", publisher="Orm Gazette")
    made.replace([article_graph(DEFAULT_BASE, article, FOUND)])
    refresh(made)
    yield made
    made.close()


@pytest.fixture
def client(store: Store) -> FlaskClient:
    return create_app(store, Settings(store="memory:")).test_client()


def html_of(client: FlaskClient, store: Store, kind: Kind, part: str) -> str:
    (path,) = (path for path in paths(store, kind) if part in path)
    return client.get(path, headers=BROWSER).get_data(as_text=True)


def facts(html: str) -> list[dict[str, str]]:
    """Each list of facts on a page: heading → words."""
    lists = re.findall(r"<dl.*?</dl>", html, re.DOTALL)
    pairs = (re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", one) for one in lists)
    return [{name: plain(told) for name, told in one} for one in pairs]


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def test_an_event_shows_what_it_hits_and_the_words_of_its_day_and_place(
    client: FlaskClient, store: Store
) -> None:
    event, report = facts(html_of(client, store, "events", "shelled"))
    assert event["What it hits"] == report["What it hits"] == "two bridges"
    assert event["Where"] == "near Orm (no exact position)"
    assert report["Where"] == "near Orm (no exact position)"
    assert report["When"] == "8 April 2024 (“last Monday”)"
    assert report["Confidence"] == "0.85"
    _, report = facts(html_of(client, store, "events", "wounded"))
    assert report["Where"] == "Kesh (region) (“in Kesh”)"


def test_no_bar_is_told_of_where_one_source_alone_gives_a_figure(
    client: FlaskClient, store: Store
) -> None:
    shown = plain(html_of(client, store, "events", "wounded"))
    assert "Each figure as its source gives it." in shown
    assert "A bar" not in shown


def test_a_document_is_one_in_json_on_its_page_and_as_a_filter(
    client: FlaskClient, store: Store
) -> None:
    (found,) = client.get("/actors?type=Document").get_json()["items"]
    assert (found["label"], found["type"]) == ("leaked memo", "Document")
    assert "Actors</a> · document" in html_of(client, store, "actors", "memo")


def test_a_place_is_where_its_words_put_it(client: FlaskClient, store: Store) -> None:
    (near,) = facts(html_of(client, store, "places", "near-orm"))
    assert near["Position"] == "the articles do not say more exactly where"
    assert near["Named in"] == "Bridges (“near Orm”)"
    (kesh,) = facts(html_of(client, store, "places", "kesh"))
    assert kesh["Position"] == "between 1° N, 2° E and 3° N, 4° E"
    assert kesh["Elsewhere"] == "GeoNames 77"


def test_an_article_names_its_reader_and_what_each_finding_came_to(
    client: FlaskClient, store: Store
) -> None:
    shown = plain(html_of(client, store, "articles", ""))
    assert "By Mo Reed. Read by rules 9.9+test." in shown
    assert "near Orm (no exact position)" in shown
    assert "injured: at least 24" in shown


def test_a_quotation_of_several_paragraphs_has_no_gap_but_where_words_are_left_out(
    client: FlaskClient,
) -> None:
    found = client.get("/statements?speaker=Ida+Storm").get_json()["items"][0]
    assert said(found) == "“We shall mend the bridges. Nobody will stop us … or our friends”"


def told(*pieces: tuple[str, str, int]) -> dict[str, object]:
    evidence = [
        {"slot": slot, "exact": words, "start": start, "end": start + len(words)}
        for slot, words, start in pieces
    ]
    return {"article": [words for _, words, _ in pieces], "evidence": evidence}


def words_hit(*reports: dict[str, object]) -> list[str]:
    return [piece["exact"] for _, piece in hits(reports)]


def test_things_hit_are_named_once_in_the_order_they_are_told() -> None:
    first = told(("target", "Two bridges", 0), ("target", "a bus", 20))
    again = told(("target", "two bridges", 4), ("target", "a mill", 30))
    assert words_hit(first, again) == ["Two bridges", "a bus", "a mill"]


def test_the_fuller_words_of_a_thing_hit_stand_for_the_shorter() -> None:
    short, full = told(("target", "ferry", 3)), told(("target", "the river ferry", 9))
    assert words_hit(short, full) == ["the river ferry"]
    assert words_hit(told(("target", "jeep", 3)), told(("target", "cup", 9))) == ["jeep", "cup"]


def test_whom_a_thing_is_done_to_is_not_said_again_as_what_is_hit() -> None:
    school = told(("recipient", "school in Orm", 7), ("target", "school in Orm", 7))
    assert words_hit(school) == []
    assert words_hit(told(("recipient", "pupils", 7), ("target", "school", 20))) == ["school"]
