"""The service and its data, described: in every format, true to what is there, linked together."""

from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from api.app import create_app
from api.negotiate import GRAPHS
from kg.config import ALL, Settings
from kg.iri import DEFAULT_BASE
from kg.store import Store
from kg.store.evaluate import GRAPHS as FORMATS
from kg.vocab import PREFIXES
from tests.api.serving import Reply, fetch, serving
from tests.scenes import scene_store

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
PROLOGUE = f"PREFIX sd: <{SD}> PREFIX void: <{VOID}> PREFIX ck: <{PREFIXES['ck']}>\n"


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    made = scene_store()
    yield made
    made.close()


@pytest.fixture(scope="module")
def site(store: Store) -> Iterator[str]:
    with serving(create_app(store, Settings(store="memory:"))) as address:
        yield address


def graph(reply: Reply) -> ox.Store:
    assert reply.status == 200, reply.body
    held = ox.Store()
    held.load(reply.body, format=FORMATS[reply.type])
    return held


def holds(reply: Reply, pattern: str) -> bool:
    return bool(graph(reply).query(f"{PROLOGUE}ASK {{ {pattern} }}"))


def settled(*, token: str = "", writable: str = "own") -> Settings:
    return Settings(store="memory:", token=token, writable=writable)


@pytest.mark.parametrize("offer", GRAPHS, ids=lambda offer: offer.name)
@pytest.mark.parametrize("path", ["/sparql", "/.well-known/void"])
def test_both_come_in_every_format(site: str, path: str, offer: object) -> None:
    found = next(one for one in GRAPHS if one is offer)
    asked = fetch(site + path, headers={"Accept": found.media_type})
    named = fetch(f"{site}{path}?format={found.name}")
    assert asked.type == named.type == found.media_type
    assert len(graph(asked)) == len(graph(named)) > 10


@pytest.mark.parametrize("path", ["/sparql", "/.well-known/void"])
def test_what_is_no_graph_is_406(site: str, path: str) -> None:
    assert fetch(site + path, headers={"Accept": "text/csv"}).status == 406
    assert fetch(f"{site}{path}?format=csv").status == 400


def test_the_view_is_the_default_graph_and_a_named_one(site: str) -> None:
    assert holds(
        fetch(f"{site}/sparql"),
        f"""?service a sd:Service ; sd:endpoint <{site}/sparql> ;
            sd:supportedLanguage sd:SPARQL11Query ; sd:defaultDataset ?dataset .
        ?dataset a sd:Dataset ; sd:defaultGraph ?view ; sd:namedGraph ?named .
        ?named sd:name <{DEFAULT_BASE}graph/view> ; sd:graph ?view""",
    )


def test_writing_is_told_only_where_it_is_on(store: Store) -> None:
    update = "?s sd:supportedLanguage sd:SPARQL11Update ; sd:inputFormat ?format"
    client = create_app(store, settled()).test_client()
    assert b"SPARQL11Update" not in client.get("/sparql").data
    with serving(create_app(store, settled(token="secret"))) as address:
        reply = fetch(f"{address}/sparql")
        assert holds(reply, f"{update} ; sd:endpoint <{address}/sparql/update>")
        assert b"secret" not in reply.body


def test_asking_other_servers_is_told_only_where_it_is_allowed(store: Store) -> None:
    for allowed in ("", "https://example.org/sparql"):
        settings = Settings(store="memory:", allow_service=allowed)
        told = create_app(store, settings).test_client().get("/sparql").data
        assert (b"BasicFederatedQuery" in told) is bool(allowed)


def test_a_store_that_is_opened_whole_has_no_view_for_a_default_graph(store: Store) -> None:
    client = create_app(store, settled(writable=ALL)).test_client()
    assert b"namedGraph" not in client.get("/sparql").data


def test_the_counts_are_those_of_the_view(site: str, store: Store) -> None:
    reply = fetch(f"{site}/.well-known/void")
    triples = len(store.read(f"{DEFAULT_BASE}graph/view"))
    assert holds(reply, f"?data a void:Dataset ; void:triples {triples}")
    articles = fetch(f"{site}/articles").json()["total"]
    assert holds(reply, f"?data void:documents {articles}")
    assert holds(
        reply,
        f"?data void:classPartition [ void:class ck:Article ; void:entities {articles} ]",
    )


def test_each_leads_to_the_other_and_to_dumps_that_are_there(site: str) -> None:
    service, data = fetch(f"{site}/sparql"), fetch(f"{site}/.well-known/void")
    see = "?s <http://www.w3.org/2000/01/rdf-schema#seeAlso>"
    assert holds(service, f"{see} <{site}/.well-known/void#dataset>")
    assert holds(data, f"{see} <{site}/sparql#service>")
    dumps = graph(data).query(f"{PROLOGUE}SELECT ?dump {{ ?data void:dataDump ?dump }}")
    assert isinstance(dumps, ox.QuerySolutions)
    for (dump,) in dumps:
        assert isinstance(dump, ox.NamedNode)
        assert fetch(dump.value).status == 200


def test_a_host_that_is_none_breaks_nothing(store: Store) -> None:
    client = create_app(store, settled()).test_client()
    for host in ("a>b", "a b", "é", "<x>", '"'):
        assert client.get("/sparql", headers={"Host": host}).status_code in (200, 400)
