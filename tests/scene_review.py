"""The scene of ``tests.scenes`` after two invented people, Ana and Ben, have reviewed it."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from kg.iri import DEFAULT_BASE, mint
from kg.judgements import Judgement, Named, Verdict, minted
from kg.judgements.seen import seen
from kg.model import Article, Span
from kg.rdf import finding_iris
from kg.store import Store, open_store
from kg.terms import Triple
from kg.view import build
from tests.scenes import HARBOUR, WIRE, harbour, scene_graphs, span, wire

START = datetime(2021, 5, 6, 8, tzinfo=UTC)

POST = finding_iris(DEFAULT_BASE, HARBOUR, harbour())
"""Keys of the first article's findings → their IRIs."""
NEWS = finding_iris(DEFAULT_BASE, WIRE, wire())
(POST_ARTICLE, _), (NEWS_ARTICLE, _) = scene_graphs()


def said(
    minute: int, by: str, verdict: Verdict, subject: str, why: str, **more: object
) -> Judgement:
    """What somebody found, some minutes after the review began; a finding's article is known."""
    if verdict in ("accept", "reject", "correct"):
        more["article"] = POST_ARTICLE if subject in POST.values() else NEWS_ARTICLE
    when = START + timedelta(minutes=minute)
    return minted(DEFAULT_BASE, verdict, subject, by=by, when=when, why=why, **more)


def saw(triples: Iterable[Triple], finding: str) -> str:
    """The digest of what a finding says in its article's graph."""
    nodes: dict[str, list[tuple[str, str]]] = {}
    for subject, name, thing in triples:
        nodes.setdefault(subject, []).append((name, thing))
    return seen(f"<{finding}>", nodes)


def undone(minute: int, by: str, judgement: Judgement, why: str) -> Judgement:
    """That somebody takes a judgement back."""
    return said(minute, by, "undo", judgement.subject, why, undoes=judgement.id)


def named(article: Article, label: str, kind: str, words: str, same: str | None = None) -> Named:
    """Somebody whom a person names in an article, for these words."""
    iri = POST_ARTICLE if article is HARBOUR else NEWS_ARTICLE
    return Named(mint(DEFAULT_BASE, "actor", iri, "named", kind, label, words), label, kind, same)


def put(article: Article, words: str, nth: int = 0) -> tuple[Span]:
    """The words that show a correction."""
    return (span(article, words, nth),)


FORCES = named(HARBOUR, "Keshi artillery", "Group", "its forces", same=NEWS["a1"])
ACCEPTED = said(0, "Ana", "accept", POST["s1"], "the passage says so")
MEETING = said(1, "Ben", "reject", NEWS["r3"], "a meeting of ministers is no part of this war")
DEED = said(
    *(2, "Ana", "correct", POST["r1"], "the ministry's own words"),
    slot="actor",
    values=(FORCES.iri,),
    named=(FORCES,),
    spans=put(HARBOUR, "its forces"),
)
PLACE = said(
    *(3, "Ben", "correct", POST["r2"], "what is to be investigated happened there"),
    slot="place",
    values=(POST["p1"],),
    spans=put(HARBOUR, "Lorik", 1),
)
TOLL = said(
    *(4, "Ana", "correct", NEWS["r1"], "they count only whom they saw"),
    slot="killed",
    values=("15..",),
    spans=put(WIRE, "15 people"),
)
CLAIM = said(
    *(5, "Ben", "correct", NEWS["s1"], "observers report what they counted"),
    slot="act",
    values=("report",),
)
DENIED = said(6, "Ben", "reject", POST["s3"], "not a denial of this attack")
KEPT = said(7, "Ana", "accept", POST["s3"], "it speaks of the town and of shelling")
PEOPLE = said(8, "Ana", "same", POST["a4"], "the dead of the same market", object=NEWS["a6"])
TOLENS = said(9, "Ben", "different", POST["a1"], "the titles differ", object=NEWS["a7"])
TOLEN = said(10, "Ana", "same", NEWS["a7"], "her words are the same", object=POST["a1"])
HASTY = said(11, "Ana", "reject", NEWS["s2"], "clicked on the wrong line")
BACK = undone(12, "Ana", HASTY, "clicked on the wrong line")

JUDGEMENTS = (
    *(ACCEPTED, MEETING, DEED, PLACE, TOLL, CLAIM, DENIED, KEPT, PEOPLE, TOLENS, TOLEN),
    *(HASTY, BACK),
)
"""All of them, in the order in which they were made."""


def reviewed_view() -> list[Triple]:
    """The view of the scene after review."""
    return build(DEFAULT_BASE, scene_graphs(), JUDGEMENTS)


def article_store() -> Store:
    """A memory store that holds the two articles, and no view."""
    store = open_store("memory:", base=DEFAULT_BASE)
    store.replace(scene_graphs())
    return store
