"""The SPARQL Protocol over a real server: what W3C's protocol tests ask, and how it fails."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph
import pytest
from flask import Flask, Response

from api.app import create_app
from api.sparql import DIRECT, FORM, blueprint
from kg.config import Settings
from kg.store import open_store
from kg.store.pool.workers import WorkerPool
from tests.api.serving import Reply, fetch, serving

BASE = "http://x.example/"
VIEW, G1, G2 = f"{BASE}graph/view", f"{BASE}article/1", f"{BASE}article/2"
WHO = "SELECT ?o { ?s ?p ?o } ORDER BY ?o"
SETTINGS = Settings(store="memory:", base=BASE)


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an endpoint over workers with short limits."""
    folder: Path = tmp_path_factory.mktemp("sparql")
    store = open_store(f"oxigraph:{folder / 'store'}", base=BASE)
    triples = [(f"<{BASE}v{n}>", f"<{BASE}p>", f'"view {n}"') for n in range(1500)]
    one, two = ((f"<{BASE}s>", f"<{BASE}p>", f'"{name}"') for name in ("one", "two"))
    store.replace([(VIEW, triples), (G1, [one]), (G2, [two])])
    with (
        WorkerPool(store, workers=2, seconds=4.0, rows=2000) as pool,
        serving(create_app(pool, SETTINGS)) as address,
    ):
        yield f"{address}/sparql"
    store.close()


def get(endpoint: str, accept: str | None = None, **parameters: str | list[str]) -> Reply:
    headers = {"Accept": accept} if accept else {}
    return fetch(f"{endpoint}?{urlencode(parameters, doseq=True)}", headers=headers)


def post(endpoint: str, body: str | bytes, content_type: str, accept: str = "*/*") -> Reply:
    data = body.encode() if isinstance(body, str) else body
    return fetch(endpoint, data=data, headers={"Content-Type": content_type, "Accept": accept})


def values(reply: Reply) -> list[str]:
    assert reply.status == 200, reply.body
    return [row["o"]["value"] for row in reply.json()["results"]["bindings"]]


def problem(reply: Reply, status: int) -> dict[str, object]:
    assert (reply.status, reply.type) == (status, "application/problem+json"), reply.body
    told: dict[str, object] = reply.json()
    assert told["status"] == status
    assert {"type", "title", "detail", "instance"} <= told.keys()
    return told


@pytest.mark.parametrize("how", ["get", "form", "direct"])
def test_a_query_in_each_of_the_three_ways(endpoint: str, how: str) -> None:
    text = f'SELECT ?o {{ GRAPH <{G1}> {{ ?s ?p ?o FILTER(?o != "é&=+ #") }} }}'
    replies = {
        "get": lambda: get(endpoint, query=text),
        "form": lambda: post(endpoint, urlencode({"query": text}), FORM),
        "direct": lambda: post(endpoint, text, f"{DIRECT}; charset=utf-8"),
    }
    reply = replies[how]()
    assert values(reply) == ["one"]
    assert reply.type == "application/sparql-results+json"


@pytest.mark.parametrize("how", ["get", "form", "direct"])
def test_the_request_names_the_dataset(endpoint: str, how: str) -> None:
    def ask(text: str, *, default: list[str], named: list[str]) -> list[str]:
        graphs = {"default-graph-uri": default, "named-graph-uri": named}
        form = urlencode({**graphs, "query": text}, doseq=True)
        if how == "get":
            return values(fetch(f"{endpoint}?{form}"))
        if how == "form":
            return values(post(endpoint, form, FORM))
        return values(post(f"{endpoint}?{urlencode(graphs, doseq=True)}", text, DIRECT))

    every = "SELECT ?o { GRAPH ?g { ?s ?p ?o } } ORDER BY ?o"
    assert ask(WHO, default=[G1], named=[]) == ["one"]
    assert ask(WHO, default=[G1, G2], named=[]) == ["one", "two"]
    assert ask(WHO, default=[], named=[G2]) == []
    assert ask(every, default=[G1], named=[G2]) == ["two"]
    assert ask(every, default=[G1], named=[]) == []
    own = f"SELECT ?o FROM <{G1}> {{ ?s ?p ?o }}"
    assert ask(own, default=[], named=[]) == ["one"]
    assert ask(own, default=[G2], named=[]) == ["two"]


@pytest.mark.parametrize(
    ("accept", "media_type", "body"),
    [
        ("text/csv", "text/csv; charset=utf-8", b"o\r\none\r\n"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", b'?o\n"one"\n'),
        ("application/json", "application/sparql-results+json", b'{"head":{"vars":["o"]}'),
        (
            "application/sparql-results+xml",
            "application/sparql-results+xml; charset=utf-8",
            b"<?xml",
        ),
    ],
)
def test_tables_as_asked(endpoint: str, accept: str, media_type: str, body: bytes) -> None:
    reply = get(endpoint, accept, query=f"SELECT ?o FROM <{G1}> {{ ?s ?p ?o }}")
    assert reply.headers["Content-Type"] == media_type
    assert reply.body.startswith(body)
    assert "Accept" in reply.headers["Vary"]


@pytest.mark.parametrize(
    ("accept", "name", "format"),
    [
        ("text/turtle", "turtle", pyoxigraph.RdfFormat.TURTLE),
        ("application/trig", "trig", pyoxigraph.RdfFormat.TRIG),
        ("application/n-triples", "ntriples", pyoxigraph.RdfFormat.N_TRIPLES),
        ("application/n-quads", "nquads", pyoxigraph.RdfFormat.N_QUADS),
        ("application/ld+json", "jsonld", pyoxigraph.RdfFormat.JSON_LD),
        ("application/rdf+xml", "rdfxml", pyoxigraph.RdfFormat.RDF_XML),
    ],
)
def test_graphs_as_asked(
    endpoint: str, accept: str, name: str, format: pyoxigraph.RdfFormat
) -> None:
    text = f"CONSTRUCT {{ ?s ?p ?o }} FROM <{G1}> {{ ?s ?p ?o }}"
    reply = get(endpoint, accept, query=text)
    assert reply.type == accept
    (quad,) = pyoxigraph.parse(reply.body, format=format)
    assert str(quad.triple) == f'<{BASE}s> <{BASE}p> "one"'
    assert get(endpoint, query=text, format=name).body == reply.body


def test_ask_and_describe(endpoint: str) -> None:
    assert get(endpoint, query="ASK { ?s ?p 'view 7' }").json() == {"head": {}, "boolean": True}
    described = get(endpoint, query=f"DESCRIBE <{BASE}v7>")
    assert described.type == "text/turtle"
    assert b'"view 7"' in described.body


def test_a_format_nobody_offers_is_406_and_lists_what_is_offered(endpoint: str) -> None:
    told = problem(get(endpoint, "image/png", query=WHO), 406)
    assert "text/csv" in told["allowed"]  # type: ignore[operator]
    told = problem(get(endpoint, "text/csv", query="DESCRIBE <a:b>"), 406)
    assert "text/turtle" in told["allowed"]  # type: ignore[operator]
    assert "json, xml" in str(problem(get(endpoint, query=WHO, format="xlsx"), 400)["detail"])


def test_a_syntax_error_has_a_line_and_a_column(endpoint: str) -> None:
    told = problem(get(endpoint, query="SELECT ?o\n{ ?s ?p ?o \n FILTR(?o) }"), 400)
    assert (told["line"], told["column"]) == (3, 2)
    assert "FILTER" in str(told["detail"])


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"query": ["ASK {}", "ASK {}"]}, "2 query parameters"),
        ({"update": "DROP ALL"}, "takes no update"),
        ({"query": "ASK {}", "default-graph-uri": "relative"}, "no absolute IRI"),
        ({"query": ""}, "line 1, column 1"),
        ({"query": "DROP ALL"}, "SELECT, ASK, CONSTRUCT and DESCRIBE"),
    ],
)
def test_requests_that_cannot_be(
    endpoint: str, parameters: dict[str, str | list[str]], said: str
) -> None:
    form = urlencode(parameters, doseq=True)
    for reply in (fetch(f"{endpoint}?{form}"), post(endpoint, form, FORM)):
        assert said in str(problem(reply, 400)["detail"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT * {\n SERVICE <http://127.0.0.1:1/> {} }", "SERVICE at line 2, column 2"),
        ("SELECT * { SERVICE SILENT ?x { ?s ?p ?o } }", "SERVICE at line 1, column 12"),
        ("ASK { FILTER(<http://x.example/f>(1)) }", "<http://x.example/f>"),
    ],
)
def test_what_parses_and_is_not_done_here_is_told_apart(
    endpoint: str, text: str, said: str
) -> None:
    assert said in str(problem(get(endpoint, query=text), 422)["detail"])


def test_a_call_of_another_server_that_does_not_parse_is_told_so(endpoint: str) -> None:
    told = problem(get(endpoint, query="SELECT * { SERVICE SILENT <a:b> { ?s ?p } }"), 400)
    assert "does not parse at line 1" in str(told["detail"])


def test_posts_that_cannot_be(endpoint: str) -> None:
    assert problem(post(endpoint, "{}", "application/json"), 415)["allowed"] == [FORM, DIRECT]
    assert "0 query" in str(problem(post(endpoint, "a=b", FORM), 400)["detail"])
    assert "UTF-8" in str(problem(post(endpoint, b"ASK {\xff}", DIRECT), 400)["detail"])
    told = problem(fetch(endpoint, data=b"", method="PUT"), 405)
    assert told["allowed"] == ["GET", "HEAD", "OPTIONS", "POST"]


def test_without_a_query_the_service_describes_itself(endpoint: str) -> None:
    sd = "http://www.w3.org/ns/sparql-service-description#"
    reply = fetch(endpoint)
    assert reply.type == "text/turtle"
    found = pyoxigraph.Store()
    found.load(reply.body, format=pyoxigraph.RdfFormat.TURTLE)
    ask = f"""
        ASK {{ ?service a <{sd}Service> ; <{sd}endpoint> <{endpoint}> ;
            <{sd}supportedLanguage> <{sd}SPARQL11Query> ;
            <{sd}resultFormat> <http://www.w3.org/ns/formats/SPARQL_Results_JSON> ;
            <{sd}defaultDataset> ?dataset .
            ?dataset <{sd}defaultGraph> ?view ; <{sd}namedGraph> [
                a <{sd}NamedGraph> ; <{sd}name> <{VIEW}> ; <{sd}graph> ?view ] }}"""
    assert found.query(ask)
    assert fetch(endpoint, headers={"Accept": "application/ld+json"}).json()
    assert fetch(f"{endpoint}?format=ntriples").type == "application/n-triples"
    problem(fetch(endpoint, headers={"Accept": "text/csv"}), 406)


def test_pages_of_any_origin_may_read(endpoint: str) -> None:
    origin = {"Origin": "http://elsewhere.example"}
    for reply in (
        fetch(f"{endpoint}?query={quote(WHO)}", headers=origin),
        fetch(f"{endpoint}?query=oops", headers=origin),
        fetch(f"{endpoint}/none", headers=origin),
    ):
        assert reply.headers["Access-Control-Allow-Origin"] == "*"
    preflight = fetch(endpoint, method="OPTIONS", headers=origin)
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in preflight.headers["Access-Control-Allow-Headers"]


def test_a_runaway_query_is_503_with_the_limit_and_the_next_answers_at_once(endpoint: str) -> None:
    runaway = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    reply = get(endpoint, query=runaway)
    told = problem(reply, 503)
    assert (told["limit"], told["value"]) == ("query_seconds", 4.0)
    assert reply.headers["Retry-After"] == "4"
    following = get(endpoint, query=f"SELECT ?o FROM <{G1}> {{ ?s ?p ?o }}")
    assert values(following) == ["one"]  # within its own deadline: past it the answer is 503


def test_too_many_rows_is_503_and_never_a_part(endpoint: str) -> None:
    told = problem(get(endpoint, query="SELECT ?s ?t { ?s ?p ?o . ?t ?p ?u }"), 503)
    assert (told["limit"], told["value"]) == ("query_rows", 2000)


def test_a_page_for_those_who_read_html_and_nobody_else() -> None:
    app = Flask("paged")
    store = open_store("memory:", base=BASE)
    app.register_blueprint(
        blueprint(store, SETTINGS, page=lambda: Response("<p>editor", mimetype="text/html"))
    )
    client = app.test_client()
    html = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    for address in ("/sparql", "/sparql?query=ASK{}"):
        assert client.get(address, headers=html).get_data() == b"<p>editor"
        assert client.get(address).mimetype != "text/html"
    assert client.get("/sparql?query=ASK{}&format=csv", headers=html).mimetype == "text/csv"
    asked = client.post("/sparql", data={"query": "ASK {}"}, headers=html)
    assert json.loads(asked.get_data())["boolean"] is True


@pytest.mark.parametrize(
    ("ending", "media_type"),
    [
        ("json", "application/sparql-results+json"),
        ("srj", "application/sparql-results+json"),
        ("xml", "application/sparql-results+xml"),
        ("srx", "application/sparql-results+xml"),
        ("csv", "text/csv"),
        ("tsv", "text/tab-separated-values"),
    ],
)
def test_an_ending_in_the_path_names_the_format_of_a_table(
    endpoint: str, ending: str, media_type: str
) -> None:
    text = f"SELECT ?o FROM <{G1}> {{ ?s ?p ?o }}"
    for reply in (
        fetch(f"{endpoint}.{ending}?query={quote(text)}", headers={"Accept": "image/png"}),
        post(f"{endpoint}.{ending}", text, DIRECT, "image/png"),
        get(endpoint, query=text, format=ending),
    ):
        assert reply.type == media_type
        assert b"one" in reply.body


@pytest.mark.parametrize(
    ("ending", "media_type"),
    [
        ("ttl", "text/turtle"),
        ("trig", "application/trig"),
        ("nt", "application/n-triples"),
        ("nq", "application/n-quads"),
        ("jsonld", "application/ld+json"),
        ("json", "application/ld+json"),
        ("rdf", "application/rdf+xml"),
        ("xml", "application/rdf+xml"),
    ],
)
def test_an_ending_in_the_path_names_the_format_of_a_graph(
    endpoint: str, ending: str, media_type: str
) -> None:
    text = f"CONSTRUCT {{ ?s ?p ?o }} FROM <{G1}> {{ ?s ?p ?o }}"
    reply = fetch(f"{endpoint}.{ending}?query={quote(text)}")
    assert reply.type == media_type
    assert b"one" in reply.body
    assert fetch(f"{endpoint}.{ending}").type == media_type


def test_an_ending_that_does_not_fit_says_which_do(endpoint: str) -> None:
    for ending, text in (("pdf", "ASK {}"), ("csv", "DESCRIBE <a:b>"), ("ttl", "ASK {}")):
        told = problem(fetch(f"{endpoint}.{ending}?query={quote(text)}"), 400)
        assert ending in str(told["detail"])


def test_what_is_accepted_is_weighed_once_the_answer_is_known(endpoint: str) -> None:
    accept = "text/turtle, text/csv;q=0.5, application/sparql-results+xml;q=0.4"
    assert get(endpoint, accept, query="ASK {}").type == "text/csv"
    assert get(endpoint, accept, query="DESCRIBE <a:b>").type == "text/turtle"
    told = problem(get(endpoint, "text/turtle", query="ASK {}"), 406)
    assert "application/sparql-results+json" in told["allowed"]  # type: ignore[operator]


def test_a_form_takes_the_graphs_of_its_address_too(endpoint: str) -> None:
    form = urlencode({"query": WHO, "default-graph-uri": G1})
    reply = post(f"{endpoint}?{urlencode({'default-graph-uri': G2})}", form, FORM)
    assert values(reply) == ["one", "two"]


def test_a_body_in_another_charset_or_a_second_query_is_refused(endpoint: str) -> None:
    utf16 = "ASK {}".encode("utf-16")
    assert problem(post(endpoint, utf16, f"{DIRECT}; charset=UTF-16"), 415)
    told = problem(post(f"{endpoint}?query=ASK%7B%7D", "ASK {}", DIRECT), 400)
    assert "one in the URL" in str(told["detail"])


def test_the_columns_of_everything_stand_as_the_query_names_them(endpoint: str) -> None:
    for text, columns in (
        (f"SELECT * FROM <{G1}> {{ ?s ?p ?o }}", b"s,p,o"),
        (f"SELECT DISTINCT * FROM <{G1}> {{ ?z ?a ?m }}", b"z,a,m"),
        ("# SELECT *\nSELECT * { { SELECT ?b { VALUES (?b ?a) { (1 2) } } } }", b"b"),
        ("SELECT (1 * 2 AS ?b) ?a { VALUES ?a { 1 } }", b"b,a"),
    ):
        reply = get(endpoint, "text/csv", query=text)
        assert reply.body.splitlines()[0] == columns, reply.body


def test_heads_and_methods(endpoint: str) -> None:
    asked = f"{endpoint}?query={quote('ASK {}')}"
    head, whole = fetch(asked, method="HEAD"), fetch(asked)
    assert (head.status, head.body, head.type) == (200, b"", whole.type)
    assert head.headers["Content-Length"] == str(len(whole.body))
    options = fetch(endpoint, method="OPTIONS")
    assert options.status in (200, 204)
    assert set(options.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}
    for method in ("PUT", "DELETE", "PATCH"):
        assert problem(fetch(endpoint, data=b"", method=method), 405)


def test_a_preflight_is_answered_for_what_browsers_ask(endpoint: str) -> None:
    reply = fetch(
        endpoint,
        method="OPTIONS",
        headers={
            "Origin": "http://elsewhere.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type,authorization",
        },
    )
    allowed = reply.headers["Access-Control-Allow-Headers"].lower()
    assert {"accept", "authorization", "content-type"} <= set(allowed.split(", "))
    assert "POST" in reply.headers["Access-Control-Allow-Methods"]
    assert int(reply.headers["Access-Control-Max-Age"]) >= 600
    assert "Access-Control-Allow-Credentials" not in reply.headers
