"""Judgements as RDF: the graph ``{base}graph/judgements``, written and read back.

Unlike article graphs and the view it has a clock in it: when a person judged is a fact.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from kg import iri, terms
from kg.judgements.record import VERDICTS, Judgement, Named, iri_of
from kg.model import Span
from kg.sparql import PROLOGUE, select
from kg.store.base import Queryable
from kg.terms import Triple, literal, moment, value
from kg.vocab import term

TYPE: Final = term("rdf:type")
JUDGEMENT: Final = term("ck:Judgement")
PERSON: Final = term("prov:Person")
LABEL: Final = term("rdfs:label")
VERDICT: Final = term("ck:judgement")
SUBJECT: Final = term("rdf:subject")
OBJECT: Final = term("rdf:object")
BY: Final = term("prov:wasAttributedTo")
WHEN: Final = term("prov:generatedAtTime")
WHY: Final = term("ck:reason")
ARTICLE: Final = term("oa:hasSource")
SLOT: Final = term("ck:corrects")
VALUE: Final = term("ck:value")
THING: Final = term("ck:valueThing")
WORDS: Final = term("ck:shownBy")
UNDOES: Final = term("ck:undoes")
KIND: Final = term("ck:kind")
SAW: Final = term("ck:saw")
SAME: Final = term("prov:alternateOf")

Nodes = Mapping[str, Mapping[str, Sequence[str]]]
"""Subject → property → objects, all terms."""


def written(base: str, judgement: Judgement) -> list[Triple]:
    """The triples of a judgement, sorted."""
    return sorted(set(_written(base, judgement)))


def _written(base: str, one: Judgement) -> Iterator[Triple]:
    node = terms.iri(one.id)
    person = terms.iri(iri.reviewer_iri(base, one.by))
    yield node, TYPE, JUDGEMENT
    yield node, VERDICT, literal(one.verdict)
    yield node, SUBJECT, terms.iri(one.subject)
    yield node, BY, person
    yield node, WHEN, moment(one.when)
    yield node, WHY, literal(one.why)
    yield person, TYPE, PERSON
    yield person, LABEL, literal(one.by)
    for name, other in ((OBJECT, one.object), (ARTICLE, one.article), (UNDOES, one.undoes)):
        if other:
            yield node, name, terms.iri(other)
    for slot, text in ((SLOT, one.slot), (SAW, one.saw)):
        if text:
            yield node, slot, literal(text)
    for text in one.values:
        yield node, *((THING, terms.iri(text)) if "://" in text else (VALUE, literal(text)))
    for span in one.spans:
        yield node, WORDS, terms.iri(iri.char_iri(one.article or "", span.start, span.end))
    for thing in one.named:
        yield from _named(thing)


def _named(one: Named) -> Iterator[Triple]:
    node = terms.iri(one.iri)
    yield node, LABEL, literal(one.label)
    yield node, KIND, term(f"ck:{one.kind}")
    if one.same:
        yield node, SAME, terms.iri(one.same)


def read(base: str, triples: Iterable[Triple]) -> list[Judgement]:
    """The judgements of a graph, earliest first.

    One that is not whole, or whose content mints another IRI, was not written here and does not
    count; :func:`strange` names it.
    """
    nodes = by_subject(triples)
    found = (one for node in _judgements(nodes) if (one := _read(base, node, nodes)))
    return sorted(found, key=lambda one: one.order)


def stored(store: Queryable) -> list[Judgement]:
    """Every judgement in a store, earliest first."""
    return read(store.base, _asked(store, "?s ?p ?o"))


def stored_of(store: Queryable, things: str) -> list[Judgement]:
    """The judgements of some things, earliest first; ``things`` is a pattern that binds ``?x``."""
    return _read_where(store, f"?judged {SUBJECT}|{OBJECT} ?x", things)


def stored_of_value(store: Queryable, thing: str) -> list[Judgement]:
    """The judgements that put a thing (a term) into a slot."""
    return _read_where(store, f"?judged {THING} {thing}")


def stored_one(store: Queryable, ident: str) -> Judgement | None:
    """The judgement of this IRI, or none."""
    key = iri.key_of(ident)
    if not (key.isascii() and key.isalnum()):
        return None
    found = _read_where(
        store, f"VALUES ?judged {{ {terms.iri(ident)} }} ?judged {TYPE} {JUDGEMENT}"
    )
    return next(iter(found), None)


def stored_last(store: Queryable, by: str) -> datetime | None:
    """When a person judged last."""
    graph = terms.iri(iri.graph_iri(store.base, "judgements"))
    person = terms.iri(iri.reviewer_iri(store.base, by))
    pattern = f"?judged {BY} {person} ; {WHEN} ?when"
    rows = select(store, f"SELECT (MAX(?when) AS ?last) {{ GRAPH {graph} {{ {pattern} }} }}")
    found = next((row["last"] for row in rows if "last" in row), None)
    return datetime.fromisoformat(found) if found else None


def _read_where(store: Queryable, which: str, outside: str = "") -> list[Judgement]:
    """The judgements of a pattern that binds ``?judged``, with who made them and whom they name."""
    own = f"{which} . ?judged ?p ?o BIND(?judged AS ?s)"
    more = f"{which} . ?judged {BY}|{THING} ?s . ?s ?p ?o"
    found = {*_asked(store, own, outside=outside), *_asked(store, more, outside=outside)}
    return read(store.base, found)


def _asked(store: Queryable, pattern: str, *, outside: str = "") -> Iterator[Triple]:
    graph = terms.iri(iri.graph_iri(store.base, "judgements"))
    text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {outside} GRAPH {graph} {{ {pattern} }} }}"
    return terms.parse(store.query(PROLOGUE + text).body.decode())


def strange(base: str, triples: Iterable[Triple]) -> list[str]:
    """The IRIs of what looks like a judgement and is none, sorted."""
    nodes = by_subject(triples)
    return sorted(value(node) for node in _judgements(nodes) if not _read(base, node, nodes))


def by_subject(triples: Iterable[Triple]) -> dict[str, dict[str, list[str]]]:
    """Triples by subject and property."""
    nodes: dict[str, dict[str, list[str]]] = {}
    for subject, predicate, thing in triples:
        nodes.setdefault(subject, {}).setdefault(predicate, []).append(thing)
    return nodes


def _judgements(nodes: Nodes) -> Iterator[str]:
    return (node for node, said in nodes.items() if JUDGEMENT in said.get(TYPE, ()))


def _read(base: str, node: str, nodes: Nodes) -> Judgement | None:
    try:
        found = _parsed(node, nodes)
    except (LookupError, ValueError):
        return None
    return found if found.id == iri_of(base, found) else None


def _parsed(node: str, nodes: Nodes) -> Judgement:
    said = nodes[node]
    one = {name: value(things[0]) for name, things in said.items()}
    values = sorted(map(value, (*said.get(VALUE, ()), *said.get(THING, ()))))
    return Judgement(
        id=value(node),
        verdict=VERDICTS[VERDICTS.index(one[VERDICT])],
        subject=one[SUBJECT],
        by=value(nodes[said[BY][0]][LABEL][0]),
        when=datetime.fromisoformat(one[WHEN]),
        why=one[WHY],
        article=one.get(ARTICLE),
        slot=one.get(SLOT),
        values=tuple(values),
        named=tuple(_named_in(nodes, text) for text in values if f"<{text}>" in nodes),
        spans=tuple(sorted(_span(words) for words in said.get(WORDS, ()))),
        object=one.get(OBJECT),
        undoes=one.get(UNDOES),
        saw=one.get(SAW),
    )


def _named_in(nodes: Nodes, thing: str) -> Named:
    said = {name: value(things[0]) for name, things in nodes[f"<{thing}>"].items()}
    return Named(thing, said[LABEL], said[KIND].rpartition("#")[2], said.get(SAME))


def _span(words: str) -> Span:
    start, _, end = value(words).rpartition("=")[2].partition(",")
    return Span(int(start), int(end))
