"""Promise 4: identity follows from content, and the view from the article graphs, byte for byte."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

from kg import terms
from kg.iri import article_iri, mint
from kg.judgements import Identity
from kg.terms import Triple
from kg.verify.breach import AGAIN, REBUILD, Breach, Laid, bare, some
from kg.view import build_reviewed
from kg.vocab import notation

_CLOCK: Final = (f"^^<{terms.XSD}dateTime>", f"^^<{terms.XSD}dateTimeStamp>")


def check_terms(graph: Laid) -> Iterator[Breach]:
    """Blank nodes and clock times: neither comes out the same twice."""
    for node in graph.nodes:
        if node.startswith("_:"):
            yield Breach(4, "blank-node", graph.iri, f"it holds the blank node {node}", AGAIN)
    for subject, _, thing in graph.triples:
        if thing.startswith("_:") and thing not in graph.nodes:
            yield Breach(4, "blank-node", graph.iri, f"it holds the blank node {thing}", AGAIN)
        elif thing.endswith(_CLOCK):
            yield Breach(4, "clock", bare(subject), f"it has a time of day: {thing}", AGAIN)


def check_identity(graph: Laid, base: str) -> Iterator[Breach]:
    """IRIs of an article graph that are not the ones its content mints."""
    article = f"<{graph.iri}>"
    url, body = graph.text(article, "schema:url"), graph.text(article, "schema:articleBody")
    if body is not None and graph.iri != article_iri(base, url, body):
        expected = article_iri(base, url, body)
        yield Breach(4, "identity", graph.iri, f"its URL and text mint {expected}", AGAIN)
    for node in graph.of_type("ck:Statement"):
        if bare(node) not in _statement_iris(graph, node, base):
            yield Breach(4, "identity", bare(node), "its evidence mints another IRI", AGAIN)
    for node in graph.of_type("ck:EventReport"):
        if bare(node) not in _report_iris(graph, node, base):
            yield Breach(4, "identity", bare(node), "its evidence mints another IRI", AGAIN)


def _statement_iris(graph: Laid, node: str, base: str) -> set[str]:
    content = sorted(map(_span, graph.all(node, "ck:contentEvidence")), key=_offset)
    speakers = list(map(_span, graph.all(node, "ck:speakerEvidence"))) or [""]
    cues = map(_span, graph.all(node, "ck:cueEvidence"))
    return {
        mint(base, "statement", graph.iri, speaker, cue, *content)
        for speaker, cue in product(speakers, cues)
    }


def _report_iris(graph: Laid, node: str, base: str) -> set[str]:
    """One for every span that may be the whole, which has no property of its own."""
    kinds = map(notation, graph.all(node, "ck:eventType"))
    cues = map(_span, graph.all(node, "ck:cueEvidence"))
    wholes = map(_span, graph.all(node, "ck:evidence"))
    return {mint(base, "report", graph.iri, *key) for key in product(kinds, cues, wholes)}


def _span(evidence: str) -> str:
    """The ``start,end`` at the end of an evidence IRI."""
    return bare(evidence).rsplit("=", 1)[-1]


def _offset(span: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdecimal() else 0 for part in span.split(","))


def check_view(
    base: str,
    articles: Sequence[Laid],
    view: Laid,
    judgements: Sequence[Identity] = (),
    *,
    most: int = 20,
) -> Iterator[Breach]:
    """Where the view is not what the articles, as reviewed, together say; at most so many subjects.

    ``judgements`` are what people say of identity.
    """
    graphs = [(graph.iri, graph.triples) for graph in articles]
    try:
        expected = build_reviewed(base, graphs, judgements)
    except (LookupError, ValueError) as error:
        problem = f"no view can be made of the article graphs: {error!r}"
        yield Breach(4, "view-differs", view.iri, problem, "mend the other breaches first")
        return
    if expected == list(view.triples):
        return
    lacks, adds = set(expected) - set(view.triples), set(view.triples) - set(expected)
    subjects = sorted({triple[0] for triple in lacks | adds})
    for subject in subjects[:most]:
        problem = "; ".join([*_told("lacks", subject, lacks), *_told("adds", subject, adds)])
        yield Breach(4, "view-differs", bare(subject), f"the view {problem}", REBUILD)
    if len(subjects) > most:
        more = f"the view differs in {len(subjects) - most} more subjects"
        yield Breach(4, "view-differs", view.iri, more, REBUILD)


def _told(verb: str, subject: str, triples: set[Triple]) -> Iterator[str]:
    found = [f"{bare(p)} {bare(o)[:80]}" for s, p, o in triples if s == subject]
    if found:
        yield f"{verb} {some(found, 2)}"
