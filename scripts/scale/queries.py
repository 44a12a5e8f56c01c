"""Twelve queries over the generated news: five cheap ones, four questions, three heavy ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kg import query
from kg.sparql import PROLOGUE, select
from kg.store.base import Queryable
from kg.terms import iri, literal

WEEK: Final = ("2015-03-02", "2015-03-08")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and what it is measured for: ``cheap`` by requests a second, ``heavy`` by time."""

    name: str
    text: str
    kind: str


def twelve(store: Queryable) -> list[Asked]:
    """The queries, about people, places and articles of this store."""
    who = _ranked(store, "?s a ck:Statement ; ck:speaker ?x . ?x a ck:Person", 40)
    where = _ranked(store, "?e a ck:Event ; ck:place ?x", 20)
    article = _ranked(store, "?s a ck:Statement ; prov:wasDerivedFrom ?x", 5)
    said = select(store, f"SELECT ?s {{ ?s ck:speaker {iri(who)} }} ORDER BY ?s LIMIT 1")[0]["s"]
    name = select(store, f"SELECT ?n {{ {iri(who)} rdfs:label ?n }}")[0]["n"]
    town = select(store, f"SELECT ?n {{ {iri(where)} rdfs:label ?n }}")[0]["n"]
    return [
        *(
            Asked(key, PROLOGUE + text, "cheap")
            for key, text in _cheap(said, name, article).items()
        ),
        Asked(
            "who-called-for (releases)", _bound(store, "who-called-for", mode="RETREAT/release"), ""
        ),
        Asked("what-happened-on (a week)", _week(store), ""),
        Asked("timeline-of-actor", _bound(store, "timeline-of-actor", actor=name), ""),
        Asked("events-by-place", _bound(store, "events-by-place", place=town), ""),
        *(Asked(key, PROLOGUE + text, "heavy") for key, text in HEAVY.items()),
    ]


def _cheap(statement: str, name: str, article: str) -> Mapping[str, str]:
    return {
        "all of one statement": f"SELECT ?p ?o {{ {iri(statement)} ?p ?o }}",
        "who has a name": f"SELECT ?x ?type {{ ?x rdfs:label {literal(name)} ; a ?type }}",
        "is anything denied there": (
            f"ASK {{ ?s prov:wasDerivedFrom {iri(article)} ; ck:act act:deny }}"
        ),
        "acts of one speaker": (
            f"SELECT ?s ?act {{ ?x rdfs:label {literal(name)} . ?s ck:speaker ?x ; ck:act ?act }}"
            " ORDER BY ?s LIMIT 20"
        ),
        "words of one article": (
            f"SELECT ?s ?words {{ ?s prov:wasDerivedFrom {iri(article)} ; a ck:Statement ; "
            "ck:content ?words }"
        ),
    }


HEAVY: Final[Mapping[str, str]] = {
    "statements by speaker": (
        "SELECT ?x (COUNT(?s) AS ?n) { ?s a ck:Statement ; ck:speaker ?x } GROUP BY ?x"
    ),
    "words that hold a word": (
        "SELECT ?s ?words { ?s a ck:Statement ; ck:content ?words "
        'FILTER(CONTAINS(LCASE(?words), "harbour") || CONTAINS(LCASE(?words), "of vel")) }'
    ),
    "accused and accusers by month": (
        "SELECT ?who ?whom ?month (COUNT(?s) AS ?n) { ?s ck:act act:accuse ; ck:speaker ?who ; "
        "ck:target ?whom ; prov:wasDerivedFrom ?a . ?a ck:earliest ?day "
        "BIND(SUBSTR(STR(?day), 1, 7) AS ?month) } GROUP BY ?who ?whom ?month"
    ),
}


def _ranked(store: Queryable, where: str, rank: int) -> str:
    """The thing ?x that comes so far down among those found most often."""
    text = f"SELECT ?x (COUNT(*) AS ?n) {{ {where} }} GROUP BY ?x ORDER BY DESC(?n) ?x"
    found = select(store, text)
    return found[min(rank, len(found) - 1)]["x"]


def _bound(store: Queryable, name: str, **given: str) -> str:
    asked = query.load(name)
    return query.bind(asked, given, query.meant(store, asked, given))


def _week(store: Queryable) -> str:
    return _bound(store, "what-happened-on", **{"from": WEEK[0], "to": WEEK[1]})
