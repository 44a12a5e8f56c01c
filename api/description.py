"""The service and its data described in their own terms.

``/sparql`` without a query is the service (SPARQL 1.1 Service Description): what it speaks, what it
writes, which graphs a query sees. ``/.well-known/void`` is the data (VoID): how much of what there
is, where it can be fetched, and by which vocabularies it is written. Each leads to the other, and
both come in every format of graphs.
"""

from typing import Final

import pyoxigraph as ox
from flask import Blueprint, Response, render_template, request

from api import parameters as p
from api.face import liked, site
from api.negotiate import GRAPHS, HTML, by_name, choose
from api.routes import formats, page, route
from kg import terms
from kg.config import ALL, Settings
from kg.export import FORMATS
from kg.iri import graph_iri
from kg.sparql import select
from kg.store.base import Queryable
from kg.store.evaluate import GRAPHS as GRAPH_FORMATS
from kg.store.evaluate import TABLES as TABLE_FORMATS
from kg.vocab import PREFIXES

_SPACES: Final = {
    **{name: PREFIXES[name] for name in ("ck", "rdfs", "sem")},
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "void": "http://rdfs.org/ns/void#",
    "formats": "http://www.w3.org/ns/formats/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
}
_PROLOGUE: Final = "".join(f"PREFIX {name}: <{space}>\n" for name, space in _SPACES.items())
_VOCABULARIES: Final = ("ck", "schema", "prov", "oa", "sem", "org", "geo", "skos")
_DUMPS: Final = ("nquads", "trig", "turtle", "jsonld")

_SERVICE: Final = """
<{site}sparql#service> a sd:Service ;
    sd:endpoint <{site}sparql> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:resultFormat {results} ;
    sd:defaultDataset <{site}sparql#dataset> .
<{site}sparql#dataset> a sd:Dataset ;
    rdfs:seeAlso <{site}.well-known/void#dataset> ;
    sd:defaultGraph <{site}sparql#default-graph> .
<{site}sparql#default-graph> a sd:Graph .
"""
_VIEW: Final = """
<{site}sparql#dataset> sd:namedGraph <{site}sparql#view> .
<{site}sparql#view> a sd:NamedGraph ;
    sd:name {view} ;
    sd:graph <{site}sparql#default-graph> .
"""
"""The default graph is a named one, unless the operator opens the whole store."""
_ASKING: Final = """
<{site}sparql#service> sd:feature sd:BasicFederatedQuery .
"""
_WRITING: Final = """
<{site}sparql/update#service> a sd:Service ;
    sd:endpoint <{site}sparql/update> ;
    sd:supportedLanguage sd:SPARQL11Update ;
    sd:inputFormat {inputs} ;
    sd:defaultDataset <{site}sparql#dataset> .
"""
_DATA: Final = """
<{site}.well-known/void> a void:DatasetDescription ;
    foaf:primaryTopic <{site}.well-known/void#dataset> .
<{site}.well-known/void#dataset> a void:Dataset, dcat:Dataset ;
    dct:title "conflict-kg"@en ;
    dct:description "Who said and did what, to whom, when and where, as news articles on armed \
conflict tell it, each with the characters that say so."@en ;
    foaf:homepage <{site}> ;
    void:sparqlEndpoint <{site}sparql> ;
    rdfs:seeAlso <{site}sparql#service> ;
    void:uriSpace {base} ;
    void:dataDump {dumps} ;
    void:feature {features} ;
    void:vocabulary {vocabularies} ;
    void:triples {triples} ;
    void:documents {articles} .
"""
_DUMP: Final = """
<{site}.well-known/void#dataset> dcat:distribution <{address}> .
<{address}> a dcat:Distribution ; dcat:downloadURL <{address}> ; dcat:mediaType
    <https://www.iana.org/assignments/media-types/{media_type}> .
"""
"""How it can be fetched, as DCAT has it."""
_PART: Final = """
<{site}.well-known/void#dataset> void:classPartition
    [ void:class {name} ; void:entities {number} ] .
"""
SPARQL_CSV: Final = "http://www.w3.org/ns/formats/SPARQL_Results_CSV"
"""CSV is not written by the engine, so it is not among its formats."""
_TRIPLES: Final = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
_CLASSES: Final = (
    "SELECT ?class (COUNT(*) AS ?n) { ?thing a ?class } GROUP BY ?class ORDER BY ?class"
)


def blueprint(queryable: Queryable, settings: Settings) -> Blueprint:
    """The route of the data's description."""
    routes = Blueprint("description", __name__)

    @route(
        routes,
        "/.well-known/void",
        answers={**formats(GRAPHS), **page()},
        parameters=(p.representation(*p.names((*GRAPHS, HTML))),),
        tag="about",
    )
    def void() -> Response:
        """The data described: how much there is, and where it can be fetched."""
        offer = liked((*GRAPHS, HTML))
        if offer is not HTML:
            return _written(_dataset(queryable, settings), offer.media_type)
        text = _written(_dataset(queryable, settings), GRAPHS[0].media_type)
        return Response(render_template("void.html", text=text.get_data(as_text=True)))

    return routes


def service(settings: Settings, media_type: str) -> Response:
    """The SPARQL service of this site, in one of the formats of graphs."""
    parts = [_SERVICE]
    if settings.writable != ALL:
        parts.append(_VIEW)
    if settings.allow_service:
        parts.append(_ASKING)
    if settings.token:
        parts.append(_WRITING)
    graphs = [one.iri for one in GRAPH_FORMATS.values()]
    tables = [one.iri for one in TABLE_FORMATS.values()]
    text = "".join(parts).format(
        site=site(),
        view=terms.iri(graph_iri(settings.base, "view")),
        results=_listed(*tables, SPARQL_CSV, *graphs),
        inputs=_listed(*graphs),
    )
    return _written(text, media_type)


def wanted(name: str | None) -> str:
    """The media type of a graph by this name, or by the request's Accept header."""
    offer = by_name(name, GRAPHS) if name else choose(request.headers.get("Accept"), GRAPHS)
    return offer.media_type


def _dataset(queryable: Queryable, settings: Settings) -> str:
    """The data as they are now; the counts are those of the view."""
    here = site()
    counted = {row["class"]: row["n"] for row in select(queryable, _CLASSES)}
    media_types = [FORMATS[name].media_type.partition(";")[0] for name in _DUMPS]
    whole = _DATA.format(
        site=here,
        base=terms.literal(settings.base),
        dumps=_listed(*(f"{here}export/{name}" for name in _DUMPS)),
        features=_listed(*(GRAPH_FORMATS[one].iri for one in media_types)),
        vocabularies=_listed(*(PREFIXES[name] for name in _VOCABULARIES)),
        triples=select(queryable, _TRIPLES)[0]["n"],
        articles=counted.get(f"{PREFIXES['ck']}Article", "0"),
    )
    parts = [
        _DUMP.format(site=here, address=f"{here}export/{name}", media_type=media_type)
        for name, media_type in zip(_DUMPS, media_types, strict=True)
    ]
    parts += [
        _PART.format(site=here, name=terms.iri(name), number=number)
        for name, number in counted.items()
    ]
    return whole + "".join(parts)


def _written(turtle: str, media_type: str) -> Response:
    """A graph as an answer in one of the formats of graphs."""
    found = ox.parse(_PROLOGUE + turtle, format=ox.RdfFormat.TURTLE)
    body = ox.serialize(found, format=GRAPH_FORMATS[media_type], prefixes=_SPACES)
    return Response(body, mimetype=media_type)


def _listed(*iris: str) -> str:
    return ", ".join(map(terms.iri, iris))
