"""The scene of ``ontology/example.trig``: one invented article, its graph and the view of it.

``python -m tests.ontology.example`` writes the file anew; a test holds the two together.
Countries, people and outlets are invented; Geneva is not.
"""

from datetime import date
from typing import Final

from kg.iri import DEFAULT_BASE, graph_iri
from kg.model import (
    Actor,
    Article,
    DateRange,
    EventReport,
    Extraction,
    Membership,
    Mention,
    Place,
    Span,
    Statement,
    Toll,
)
from kg.rdf import article_graph
from kg.terms import Triple
from kg.view import build
from kg.vocab import ontology_dir
from tests.ontology.trig import trig

FILE: Final = ontology_dir() / "example.trig"

ARTICLE: Final = Article(
    text=(
        "GENEVA — Ilse Brandt, the foreign minister of Ostria, on Tuesday accused Velmark of "
        "shelling a school near the border on March 3 and called on its government to let "
        "observers in.\n\n"
        "“Nobody who saw the school can call this an accident,” Brandt told reporters. At least "
        "12 people were killed, she said.\n\n"
        "An army spokesman in Velmark denied that its troops had fired. Delegations of Ostria and "
        "Velmark met in Geneva on Monday at the invitation of the Lake Commission.\n"
    ),
    url="https://courier.example/2023/school",
    headline="Ostria wants observers at shelled school",
    published=DateRange("2023-03-07", date(2023, 3, 7), date(2023, 3, 7), "2023-03-07"),
    publisher="The Lake Courier",
)


def at(words: str, nth: int = 0) -> Span:
    """Where the ``nth`` occurrence of ``words`` stands in the article."""
    start = -1
    for _ in range(nth + 1):
        start = ARTICLE.text.index(words, start + 1)
    return Span(start, start + len(words))


def day(number: int, words: str) -> DateRange:
    """A day of March 2023."""
    found = date(2023, 3, number)
    return DateRange(found.isoformat(), found, found, words, at(words))


def extraction() -> Extraction:
    """What a careful reader finds in the article."""
    return Extraction("hand", "1", _actors(), _places(), _statements(), _reports())


def _actors() -> tuple[Actor, ...]:
    post = Membership("foreign minister", at("foreign minister"), "ostria")
    return (
        Actor(
            "brandt",
            "Ilse Brandt",
            "Person",
            at("Ilse Brandt"),
            name="Ilse Brandt",
            aliases=("Brandt",),
            sector="GOV",
            memberships=(post,),
        ),
        Actor("ostria", "Ostria", "State", at("Ostria"), name="Ostria"),
        Actor("velmark", "Velmark", "State", at("Velmark"), name="Velmark"),
        Actor("government", "its government", "Organization", at("its government"), sector="GOV"),
        Actor("reporters", "reporters", "Group", at("reporters"), sector="JRN"),
        Actor("people", "people", "Group", at("people"), sector="UNK"),
        Actor("spokesman", "An army spokesman", "Person", at("An army spokesman"), sector="MIL"),
        Actor(
            "both",
            "Delegations of Ostria and Velmark",
            "Group",
            at("Delegations of Ostria and Velmark"),
            sector="GOV",
            members=("ostria", "velmark"),
        ),
        Actor(
            "commission",
            "Lake Commission",
            "Organization",
            at("Lake Commission"),
            name="Lake Commission",
            sector="IGO",
        ),
    )


def _places() -> tuple[Place, ...]:
    return (
        Place("border", "near the border", at("near the border"), "vague"),
        Place(
            "geneva",
            "Geneva",
            at("Geneva"),
            "settlement",
            name="Geneva",
            country="CH",
            point=(46.20222, 6.14569),
            geonames=2660646,
        ),
    )


def _statements() -> tuple[Statement, ...]:
    speaker = Mention("brandt", at("Ilse Brandt, the foreign minister of Ostria"))
    tuesday = day(7, "Tuesday")
    first = Span(at("Ilse").start, at("observers in").end)
    shelling = at("shelling a school near the border on March 3")
    observers = at("to let observers in")
    she = Span(at("she said").start, at(" said").start)
    quotation = at("Nobody who saw the school can call this an accident,")
    return (
        Statement(
            key="accusation",
            whole=Span(first.start, shelling.end),
            cue=at("accused"),
            act="accuse",
            content=(shelling,),
            speaker=speaker,
            targets=(Mention("velmark", at("Velmark")),),
            about=("shelling",),
            date=tuesday,
            confidence=0.95,
        ),
        Statement(
            key="call",
            whole=first,
            cue=at("called on"),
            act="request",
            content=(observers,),
            speaker=speaker,
            addressees=(Mention("government", at("its government")),),
            about=("access",),
            date=tuesday,
            confidence=0.9,
        ),
        Statement(
            key="quotation",
            whole=Span(quotation.start - 1, at("told reporters").end),
            cue=at("told"),
            act="say",
            content=(quotation,),
            speaker=Mention("brandt", at("Brandt", 1)),
            addressees=(Mention("reporters", at("reporters")),),
            quoted=True,
            confidence=0.95,
        ),
        Statement(
            key="toll",
            whole=at("At least 12 people were killed, she said"),
            cue=at("said"),
            act="say",
            content=(at("At least 12 people were killed"),),
            speaker=Mention("brandt", she),
            about=("shelling",),
            confidence=0.8,
        ),
        Statement(
            key="denial",
            whole=at("An army spokesman in Velmark denied that its troops had fired"),
            cue=at("denied"),
            act="deny",
            content=(at("that its troops had fired"),),
            speaker=Mention("spokesman", at("An army spokesman in Velmark")),
            about=("shelling",),
            confidence=0.9,
        ),
    )


def _reports() -> tuple[EventReport, ...]:
    return (
        EventReport(
            key="shelling",
            whole=at("shelling a school near the border on March 3"),
            cue=at("shelling"),
            event_type="ASSAULT",
            mode="heavy-weapons",
            factuality="alleged",
            contexts=("military",),
            actors=(Mention("velmark", at("Velmark")),),
            recipients=(Mention("people", at("people")),),
            place=Mention("border", at("near the border")),
            date=day(3, "March 3"),
            killed=Toll("At least 12 people", at("At least 12 people"), least=12),
            confidence=0.9,
        ),
        EventReport(
            key="access",
            whole=at("its government to let observers in"),
            cue=at("let observers in"),
            event_type="RETREAT",
            mode="access",
            factuality="requested",
            actors=(Mention("government", at("its government")),),
            confidence=0.8,
        ),
        EventReport(
            key="talks",
            whole=Span(at("Delegations").start, at("Lake Commission").end),
            cue=at("met"),
            event_type="CONSULT",
            mode="third-party",
            factuality="asserted",
            contexts=("diplomatic",),
            actors=(Mention("both", at("Delegations of Ostria and Velmark")),),
            mediators=(Mention("commission", at("Lake Commission")),),
            place=Mention("geneva", at("Geneva")),
            date=day(6, "Monday"),
            confidence=0.9,
        ),
    )


def graphs() -> list[tuple[str, list[Triple]]]:
    """The article's graph and the view: (graph IRI, triples)."""
    graph = article_graph(DEFAULT_BASE, ARTICLE, extraction())
    return [graph, (graph_iri(DEFAULT_BASE, "view"), build(DEFAULT_BASE, [graph]))]


def text() -> str:
    """The graphs as the file has them."""
    found = graphs()
    return trig(found, found[0][0])


if __name__ == "__main__":
    FILE.write_text(text(), "utf-8")
