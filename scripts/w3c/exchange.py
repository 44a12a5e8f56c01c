"""The protocol tests: requests as the manifests tell them, and what may come back."""

from typing import Final
from urllib.parse import quote, urlsplit

import pyoxigraph as ox

from scripts.w3c.answers import difference, parse_graph, parse_table
from scripts.w3c.client import QUERY, Client, Reply
from scripts.w3c.suites import Case, Request

FORMATS: Final = {
    "boolean": ("application/sparql-results+json", "application/sparql-results+xml"),
    "tabular": (
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    ),
    "RDF": ("text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"),
}
_SUFFIXES: Final = {
    "application/sparql-results+json": ".srj",
    "application/sparql-results+xml": ".srx",
}
_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_CLASSES: Final = ("Service", "Dataset", "Graph", "NamedGraph", "GraphCollection")


def failure(case: Case, client: Client) -> str | None:
    """What is wrong with the answers to a test's requests, in their order; None if nothing is."""
    names: dict[str, str] = {}
    for number, request in enumerate(case.requests, 1):
        reply = client.send(*_sent(case, request, names))
        wrong = _wrong(request, reply)
        if wrong is not None:
            return f"request {number}, {request.method} {request.path}: {wrong}"
        if request.location is not None:
            names[request.location] = reply.headers["location"]
    return None


def description_failure(case: Case, client: Client) -> str | None:
    """What is wrong with the description of a service (SPARQL 1.1 Service Description)."""
    reply = client.send("GET", "/sparql", {"Accept": "text/turtle"})
    if reply.status != 200 or reply.type != "text/turtle":
        return str(reply)
    graph = ox.Store()
    graph.load(reply.body, format=ox.RdfFormat.TURTLE)
    checks = {
        "returns-rdf": "ASK { ?service ?p ?o }",
        "has-endpoint-triple": f"ASK {{ ?service <{_SD}endpoint> <{client.site}/sparql> }}",
        "conforms-to-schema": _CONFORMS,
    }
    name = case.id.rpartition("/")[2]
    return None if graph.query(checks[name]) else f"the description fails {checks[name]}"


_CONFORMS: Final = f"""
PREFIX sd: <{_SD}>
ASK {{
  ?service a sd:Service ; sd:endpoint ?endpoint ; sd:defaultDataset ?dataset .
  ?dataset a sd:Dataset ; sd:defaultGraph ?graph . ?graph a sd:Graph .
  FILTER(isIRI(?endpoint))
  FILTER NOT EXISTS {{ ?s sd:supportedLanguage|sd:feature|sd:resultFormat|sd:inputFormat ?o
    FILTER(!isIRI(?o)) }}
  FILTER NOT EXISTS {{ ?collection sd:namedGraph ?named
    FILTER NOT EXISTS {{ ?named a sd:NamedGraph ; sd:name ?name ; sd:graph ?what }} }}
  FILTER NOT EXISTS {{ ?x ?p ?o
    FILTER(STRSTARTS(STR(?p), STR(sd:)) && ?p NOT IN (
      sd:endpoint, sd:feature, sd:defaultEntailmentRegime, sd:entailmentRegime,
      sd:defaultSupportedEntailmentProfile, sd:supportedEntailmentProfile,
      sd:extensionFunction, sd:extensionAggregate, sd:languageExtension, sd:supportedLanguage,
      sd:propertyFeature, sd:defaultDataset, sd:availableGraphs, sd:resultFormat,
      sd:inputFormat, sd:defaultGraph, sd:namedGraph, sd:name, sd:graph)) }}
}}"""


def _sent(
    case: Case, request: Request, names: dict[str, str]
) -> tuple[str, str, dict[str, str], bytes | None]:
    """Method, path, headers and body, with this service's addresses in the place of theirs."""
    path, body = request.path, request.body
    for name, value in names.items():
        path = path.replace(name, quote(value, safe=""))
        body = body and body.replace(name, value)
    headers = dict(request.headers)
    kind = headers.get("content-type", "")
    encoding = kind.partition("charset=")[2] or "utf-8"
    return request.method, _here(case, path, kind), headers, body.encode(encoding) if body else None


def _here(case: Case, path: str, content_type: str) -> str:
    """The manifests' ``/gsp`` and ``/sparql/``, which means both operations, are these."""
    parts = urlsplit(path)
    update = "update" in case.id.rpartition("/")[2] and not content_type.startswith(QUERY)
    place = parts.path.replace("/gsp", "/graphs", 1)
    place = place.replace("/sparql/", "/sparql/update" if update else "/sparql", 1)
    return f"{place}?{parts.query}" if parts.query else place


def _wrong(request: Request, reply: Reply) -> str | None:
    status = str(reply.status)
    if request.statuses and status not in request.statuses:
        classes = {one[0] for one in request.statuses if one.endswith("xx")}
        if status[0] not in classes:
            return f"wanted {' or '.join(request.statuses)}, got {reply}"
    if request.location is not None and "location" not in reply.headers:
        return f"no Location: {reply}"
    if request.format is not None and reply.type not in FORMATS[request.format]:
        return f"wanted {request.format}, got {reply.type}"
    if request.boolean is not None:
        return difference(request.boolean, parse_table(reply.body, _SUFFIXES[reply.type]))
    if request.graph is not None and request.method != "HEAD":
        wanted = parse_graph(request.graph.encode(), ".ttl")
        return difference(wanted, parse_graph(reply.body, ".ttl"))
    return None
