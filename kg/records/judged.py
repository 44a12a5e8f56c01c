"""Judgements as records: who found what, when and why, and what became of it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from kg import terms
from kg.judgements import Judgement as Found
from kg.judgements import listing
from kg.judgements.listing import Selection, Told
from kg.records.judged_shapes import Judgement, JudgementPage, Named, Subject, Words
from kg.sparql import Row, select, values
from kg.store.base import Queryable
from kg.vocab import notation

_LABELS: Final = "rdfs:label|ck:content"


def judgements(queryable: Queryable, selection: Selection) -> JudgementPage:
    """A page of judgements, the newest first."""
    found = listing.choose(queryable, selection)
    records = judgement_records(queryable, found.items)
    return {"items": records, "total": found.total, "next": found.next}


def judgement(queryable: Queryable, ident: str) -> Judgement:
    """The judgement of this IRI, or of the last part of it. Raises NotFound."""
    (record,) = judgement_records(queryable, [listing.one(queryable, ident)])
    return record


def judged(queryable: Queryable, iri: str) -> list[Judgement]:
    """What people judged of a record, the earliest first."""
    return judgement_records(queryable, listing.of_thing(queryable, iri))


def judgement_records(queryable: Queryable, told: Sequence[Told]) -> list[Judgement]:
    """The records of judgements, in the order given; three queries, however many."""
    if not told:
        return []
    labels = _labels(queryable, {thing for one in told for thing in _things(one.judgement)})
    texts = _texts(queryable, {one.judgement.article for one in told if one.judgement.spans})
    ways = _ways(queryable, {thing for one in told for thing in _judged(one.judgement)})
    return [_record(one.judgement, one.state, labels, texts, ways) for one in told]


def _record(
    one: Found,
    state: str,
    labels: dict[str, str],
    texts: dict[str, str],
    ways: Mapping[str, Row],
) -> Judgement:
    body = texts.get(one.article or "")
    names = labels | {name.iri: name.label for name in one.named}
    at = one.when.isoformat().replace("+00:00", "Z")
    words: list[Words] = [
        {"start": span.start, "end": span.end, "exact": span.of(body) if body else None}
        for span in one.spans
    ]
    return {
        "id": one.id,
        "verdict": one.verdict,
        "subject": _subject(one.subject, names, ways),
        "object": _subject(one.object, names, ways) if one.object else None,
        "slot": one.slot,
        "value": [_named(text, names) for text in one.values],
        "evidence": words,
        "article": one.article,
        "by": one.by,
        "when": at,
        "why": one.why,
        "undoes": one.undoes,
        "state": state,
    }


def _named(thing: str, labels: dict[str, str]) -> Named:
    is_thing = "://" in thing
    return {"id": thing if is_thing else None, "label": labels.get(thing) if is_thing else thing}


def _subject(thing: str, labels: dict[str, str], ways: Mapping[str, Row]) -> Subject:
    way = ways.get(thing, {})
    speaker = way.get("speaker")
    return {
        **_named(thing, labels),
        "act": notation(way["act"]) if "act" in way else None,
        "speaker": {"id": speaker, "label": way.get("name")} if speaker else None,
        "factuality": notation(way["told"]) if "told" in way else None,
    }


def _judged(one: Found) -> Iterable[str]:
    return filter(None, (one.subject, one.object))


def _things(one: Found) -> Iterable[str]:
    return (*_judged(one), *(v for v in one.values if "://" in v))


def _labels(queryable: Queryable, things: Iterable[str]) -> dict[str, str]:
    """What an article calls each thing: its label, or the words of a statement."""
    given = values("x", sorted(things))
    text = (
        f"SELECT ?x (MIN(?name) AS ?label) {{ {given} GRAPH ?g {{ ?x prov:wasDerivedFrom ?g ; "
        f"{_LABELS} ?name }} }} GROUP BY ?x"
    )
    return {row["x"]: row["label"] for row in select(queryable, text)}


def _ways(queryable: Queryable, things: Iterable[str]) -> dict[str, Row]:
    """How each finding is told by its article: the act and the speaker, or the factuality."""
    given = values("x", sorted(things))
    text = (
        f"SELECT ?x (MIN(?how) AS ?act) (MIN(?who) AS ?speaker) (MIN(?called) AS ?name) "
        f"(MIN(?fact) AS ?told) {{ {given} GRAPH ?g {{ ?x prov:wasDerivedFrom ?g "
        "OPTIONAL { ?x ck:act ?how } OPTIONAL { ?x ck:factuality ?fact } "
        "OPTIONAL { ?x ck:speaker ?who . ?who rdfs:label ?called } } } GROUP BY ?x"
    )
    return {row["x"]: row for row in select(queryable, text)}


def _texts(queryable: Queryable, articles: Iterable[str | None]) -> dict[str, str]:
    known = sorted(filter(None, articles))
    given = " ".join(map(terms.iri, known))
    text = f"SELECT ?g ?t {{ VALUES ?g {{ {given} }} GRAPH ?g {{ ?g schema:articleBody ?t }} }}"
    return {row["g"]: row["t"] for row in select(queryable, text)} if known else {}
