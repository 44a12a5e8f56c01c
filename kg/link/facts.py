"""What linking looks at in an article graph, read from its triples."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from sys import intern
from typing import Final, get_args

from kg.model import ActorKind
from kg.terms import Triple, value
from kg.vocab import notation, term

TYPE: Final = term("rdf:type")
LABEL: Final = term("rdfs:label")
NAME: Final = term("schema:name")
COUNTRY: Final = term("ck:country")
ALIAS: Final = term("skos:altLabel")
SAME_AS: Final = term("schema:sameAs")
EARLIEST: Final = term("ck:earliest")
LATEST: Final = term("ck:latest")
EDTF: Final = term("ck:edtf")
ACT: Final = term("ck:act")
ABOUT: Final = term("ck:about")
FACTUALITY: Final = term("ck:factuality")
EVENT_TYPE: Final = term("ck:eventType")
MODE: Final = term("ck:mode")
BACKGROUND: Final = term("ck:background")
ACTOR: Final = term("ck:actor")
RECIPIENT: Final = term("ck:recipient")
PLACE: Final = term("ck:place")
SECTOR: Final = term("ck:sector")
TARGET: Final = term("ck:target")

_KINDS: Final = {
    term(f"ck:{kind}"): kind
    for kind in ("Article", "Statement", "EventReport", "Actor", "Place", "Membership")
}
_ACTOR_KINDS: Final = {term(f"ck:{kind}"): kind for kind in get_args(ActorKind)}
_PRECISION: Final = term("ck:placePrecision")
_MEMBER: Final = term("ck:member")
_MEMBERSHIP: Final = term("org:hasMembership")
_CONTENT: Final = term("ck:content")
_QUOTED: Final = term("ck:quoted")
_DERIVED: Final = term("prov:wasDerivedFrom")
_SPEAKER: Final = term("ck:speaker")
_BODY: Final = term("schema:articleBody")

Node = Mapping[str, Sequence[str]]
"""One subject's triples: predicate → objects."""


@dataclass(frozen=True, slots=True)
class ActorFacts:
    """An actor as one article names it; IRIs are terms, ``published`` an ISO day."""

    iri: str
    published: str | None
    kind: str
    label: str
    name: str | None
    aliases: tuple[str, ...]
    country: str | None
    sector: str | None
    members: tuple[str, ...]
    same_as: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """A place as one article names it."""

    iri: str
    published: str | None
    name: str | None
    precision: str
    country: str | None
    same_as: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatementFacts:
    """A statement's words and speaker, whom it is against and what it is about."""

    iri: str
    published: str | None
    act: str
    quoted: bool
    speaker: str | None
    targets: tuple[str, ...]
    about: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """An event as one article tells it; days are proleptic ordinals, both or neither."""

    iri: str
    article: str | None
    published: str | None
    event_type: str
    mode: str | None
    factuality: str
    background: bool
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    place: str | None
    days: tuple[int, int] | None
    edtf: str | None
    about: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """What one article graph holds; ``nodes`` has every subject but the evidence."""

    iri: str
    nodes: Mapping[str, Node]
    actors: tuple[ActorFacts, ...]
    places: tuple[PlaceFacts, ...]
    statements: tuple[StatementFacts, ...]
    reports: tuple[ReportFacts, ...]


def read(graph: str, triples: Iterable[Triple]) -> ArticleFacts:
    """The facts of an article graph; ``graph`` is its IRI, which is the article's."""
    nodes = _nodes(triples)
    published = text_of(nodes.get(f"<{graph}>", {}), EARLIEST)
    kinds: dict[str, list[str]] = {kind: [] for kind in _KINDS.values()}
    for subject, node in nodes.items():
        for name in node.get(TYPE, ()):
            if name in _KINDS:
                kinds[_KINDS[name]].append(subject)
    return ArticleFacts(
        iri=graph,
        nodes=nodes,
        actors=tuple(_actor(iri, nodes, published) for iri in kinds["Actor"]),
        places=tuple(_place(iri, nodes[iri], published) for iri in kinds["Place"]),
        statements=tuple(_statement(iri, nodes[iri], published) for iri in kinds["Statement"]),
        reports=tuple(_report(iri, nodes[iri], published) for iri in kinds["EventReport"]),
    )


def _nodes(triples: Iterable[Triple]) -> dict[str, dict[str, list[str]]]:
    """Subject → predicate → objects, without evidence and text; quick where triples are sorted.

    Names are interned: a store gives each as often as it is used.
    """
    nodes: dict[str, dict[str, list[str]]] = {}
    last, node = "", None
    for subject, predicate, thing in triples:
        if subject != last:
            last = subject
            node = None if "#char=" in subject else nodes.setdefault(intern(subject), {})
        if node is None or predicate == _BODY:
            continue
        name = intern(predicate)
        kept = intern(thing) if thing[0] == "<" else thing
        if name in node:
            node[name].append(kept)
        else:
            node[name] = [kept]
    return nodes


def first(node: Node, predicate: str) -> str | None:
    """The first object of a property, as a term."""
    found = node.get(predicate)
    return found[0] if found else None


def text_of(node: Node, predicate: str) -> str | None:
    """What the first object of a property says."""
    found = node.get(predicate)
    return value(found[0]) if found else None


def code_of(node: Node, predicate: str) -> str | None:
    """The bare code a property leads to."""
    found = node.get(predicate)
    return notation(found[0]) if found else None


def _actor(iri: str, nodes: Mapping[str, Node], published: str | None) -> ActorFacts:
    node = nodes[iri]
    return ActorFacts(
        iri=iri,
        published=published,
        kind=next((_ACTOR_KINDS[t] for t in node[TYPE] if t in _ACTOR_KINDS), "Group"),
        label=text_of(node, LABEL) or "",
        name=text_of(node, NAME),
        aliases=tuple(map(value, node.get(ALIAS, ()))),
        country=text_of(node, COUNTRY) or _country_of_posts(node, nodes),
        sector=code_of(node, SECTOR),
        members=tuple(node.get(_MEMBER, ())),
        same_as=tuple(node.get(SAME_AS, ())),
    )


def _country_of_posts(node: Node, nodes: Mapping[str, Node]) -> str | None:
    posts = (nodes.get(post, {}) for post in node.get(_MEMBERSHIP, ()))
    countries = {country for post in posts if (country := text_of(post, COUNTRY))}
    return countries.pop() if len(countries) == 1 else None


def _place(iri: str, node: Node, published: str | None) -> PlaceFacts:
    return PlaceFacts(
        iri=iri,
        published=published,
        name=text_of(node, NAME),
        precision=text_of(node, _PRECISION) or "vague",
        country=text_of(node, COUNTRY),
        same_as=tuple(node.get(SAME_AS, ())),
    )


def _statement(iri: str, node: Node, published: str | None) -> StatementFacts:
    return StatementFacts(
        iri=iri,
        published=published,
        act=code_of(node, ACT) or "say",
        quoted=text_of(node, _QUOTED) == "true",
        speaker=first(node, _SPEAKER),
        targets=tuple(node.get(TARGET, ())),
        about=tuple(node.get(ABOUT, ())),
        words=text_of(node, _CONTENT) or "",
    )


def _report(iri: str, node: Node, published: str | None) -> ReportFacts:
    return ReportFacts(
        iri=iri,
        published=published,
        article=first(node, _DERIVED),
        event_type=code_of(node, EVENT_TYPE) or "",
        mode=code_of(node, MODE),
        factuality=code_of(node, FACTUALITY) or "asserted",
        background=BACKGROUND in node,
        actors=tuple(node.get(ACTOR, ())),
        recipients=tuple(node.get(RECIPIENT, ())),
        place=first(node, PLACE),
        days=days(text_of(node, EARLIEST), text_of(node, LATEST)),
        edtf=text_of(node, EDTF),
        about=tuple(node.get(ABOUT, ())),
        words=text_of(node, LABEL) or "",
    )


def days(earliest: str | None, latest: str | None) -> tuple[int, int] | None:
    """First and last day of an inclusive range as ordinals; absent unless both are known."""
    if earliest is None or latest is None:
        return None
    return date.fromisoformat(earliest).toordinal(), date.fromisoformat(latest).toordinal()
