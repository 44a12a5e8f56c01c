"""Promise 1: every finding leads to characters of its article, and they say what is quoted."""

from collections.abc import Iterator
from typing import Final

from kg.iri import char_iri, text_hash
from kg.model import Slot
from kg.rdf import SLOT_PROPERTY
from kg.verify.breach import AGAIN, Breach, Laid, bare, some, v

_FINDINGS: Final = ("ck:Statement", "ck:EventReport")
_FOUND: Final = (*_FINDINGS, "ck:Actor", "ck:Place", "org:Membership")
_NEEDS: Final[dict[str, Slot]] = {
    "ck:speaker": "speaker",
    "ck:content": "content",
    "ck:target": "target",
    "ck:addressee": "addressee",
    "ck:actor": "actor",
    "ck:recipient": "recipient",
    "ck:mediator": "mediator",
    "ck:place": "place",
    "ck:edtf": "date",
    "ck:killed": "toll",
    "ck:injured": "toll",
    "ck:act": "cue",
    "ck:eventType": "cue",
    "org:member": "role",
}
_SLOTS: Final = [name for slot, name in SLOT_PROPERTY.items() if slot != "whole"]
_OURS: Final = ("actor", "place", "statement", "report", "membership")


def check_evidence(graph: Laid, base: str) -> Iterator[Breach]:
    """What an article graph says without proof."""
    article = f"<{graph.iri}>"
    body = graph.text(article, "schema:articleBody")
    if body is None:
        yield _breach("article-text", graph.iri, "the article has no schema:articleBody")
        return
    if graph.text(article, "ck:textHash") != text_hash(body):
        yield _breach("text-hash", graph.iri, "ck:textHash is not the hash of the text")
    for node in graph.nodes:
        if "#char=" in node:
            yield from _quoted(graph, node, body)
    for node in graph.of_type(*_FOUND):
        yield from _found(graph, node)
    for node in graph.of_type(*_FINDINGS):
        yield from _finding(graph, node)
    yield from _dangling(graph, base)


def _quoted(graph: Laid, node: str, body: str) -> Iterator[Breach]:
    """Evidence: its IRI, offsets, words and source agree."""
    start, end = graph.number(node, "oa:start"), graph.number(node, "oa:end")
    if start is None or end is None or not 0 <= start < end <= len(body):
        yield _breach("offsets", node, f"[{start}, {end}) lies outside the text's {len(body)}")
        return
    if node != f"<{char_iri(graph.iri, start, end)}>":
        yield _breach("offsets", node, f"its oa:start and oa:end say [{start}, {end})")
    exact = graph.text(node, "oa:exact")
    if exact != body[start:end]:
        yield _breach("exact-words", node, f"quotes {exact!r}; the text has {body[start:end]!r}")
    if graph.all(node, "oa:hasSource") != [f"<{graph.iri}>"]:
        yield _breach("source", node, "oa:hasSource is not this article")


def _found(graph: Laid, node: str) -> Iterator[Breach]:
    """A finding: evidence at all, evidence for each slot that is filled, none that is missing."""
    evidence = set(graph.all(node, "ck:evidence"))
    if not evidence:
        yield _breach("no-evidence", node, "nothing in the text is given for it")
    for name, slot in _NEEDS.items():
        if graph.all(node, name) and not graph.all(node, SLOT_PROPERTY[slot]):
            yield _breach("no-evidence", node, f"it has {name} but no {SLOT_PROPERTY[slot]}")
    cited = evidence.union(*(graph.all(node, name) for name in _SLOTS))
    lost = {bare(one) for one in cited if one not in graph.nodes}
    if lost:
        yield _breach("lost-evidence", node, f"its evidence is not in the graph: {some(lost)}")
    if cited - evidence:
        yield _breach("lost-evidence", node, "a slot's evidence is missing from ck:evidence")


def _finding(graph: Laid, node: str) -> Iterator[Breach]:
    """A statement or report: its article, and words that are those of its evidence."""
    if graph.all(node, "prov:wasDerivedFrom") != [f"<{graph.iri}>"]:
        yield _breach("source", node, "prov:wasDerivedFrom is not this article")
    content = graph.text(node, "ck:content")
    if content is not None and content != _words(graph, node, "ck:contentEvidence"):
        yield _breach("content", node, f"its content {content!r} is not that of its evidence")
    label = graph.text(node, "rdfs:label")
    quoted = {graph.text(one, "oa:exact") for one in graph.all(node, "ck:evidence")}
    if label is not None and label not in quoted:
        yield _breach("content", node, f"its label {label!r} is not among its evidence")


def _words(graph: Laid, node: str, name: str) -> str:
    """The words of a slot's evidence in the order of the text."""
    spans = sorted(
        graph.all(node, name),
        key=lambda one: (graph.number(one, "oa:start") or 0, graph.number(one, "oa:end") or 0),
    )
    return " ".join(graph.text(one, "oa:exact") or "" for one in spans)


def _dangling(graph: Laid, base: str) -> Iterator[Breach]:
    """What is spoken of but not in the graph."""
    ours = tuple(f"<{base}{kind}/" for kind in _OURS)
    for subject, predicate, thing in graph.triples:
        if thing.startswith(ours) and thing not in graph.nodes and predicate != v("schema:sameAs"):
            yield _breach("dangling", subject, f"it speaks of {bare(thing)}, which is not there")


def _breach(name: str, node: str, problem: str) -> Breach:
    return Breach(1, name, bare(node), problem, AGAIN)
