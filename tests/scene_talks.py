"""Two more invented articles, about talks after the shelling of ``tests/scenes.py``.

They hold what that scene does not: an accusation, a condemnation, a promise, a threat, an order,
a mediated truce, an arrest that two outlets tell, an allegation nobody verified, and reports
whose whole passage is their cue.
"""

from collections.abc import Sequence
from datetime import date

from kg.iri import DEFAULT_BASE, graph_iri
from kg.model import (
    Actor,
    ActorKind,
    Article,
    DateRange,
    EventReport,
    Extraction,
    Mention,
    Place,
    Span,
    Statement,
    Toll,
)
from kg.rdf import article_graph
from kg.store import open_store
from kg.store.base import Store
from kg.terms import Triple
from kg.view import build
from tests.scenes import scene_graphs

COURIER = Article(
    text=(
        "Kesh and Vardania signed a truce in Geneva on May 6 with the help of Norland.\n"
        "On Friday Anto Reva accused Kesh of breaking the truce.\n"
        "The League of Towns condemned Kesh for the raid on Orlo.\n"
        "Keshi police arrested the journalist Ila Form in Orlo on May 5.\n"
        "Kesh promised Norland to release Form.\n"
        "General Tor Hask threatened to close the bridge.\n"
        "Villagers said soldiers burned houses in Orlo, wounding about 20 people.\n"
        "Judge Lena Vost ordered an inquiry into the raid.\n"
        "Norland urged both armies to pull back.\n"
    ),
    url="https://courier.example/talks",
    headline="A truce, and a broken one",
    published=DateRange("2021-05-07", date(2021, 5, 7), date(2021, 5, 7), "2021-05-07"),
    publisher="Valley Courier",
)
GAZETTE = Article(
    text="On May 5 the Keshi police arrested Ila Form in Orlo.\n",
    headline="Reporter held",
    publisher="The Gazette",
)


class Reader:
    """Finds words by the number of their line, and writes findings of that line."""

    def __init__(self, article: Article) -> None:
        self.text = article.text

    def at(self, number: int, words: str) -> Span:
        start = self.text.index(words, self.line(number).start)
        return Span(start, start + len(words))

    def line(self, number: int) -> Span:
        lines = self.text.split("\n")
        start = sum(len(line) + 1 for line in lines[:number])
        return Span(start, start + len(lines[number].rstrip(".")))

    def mention(self, number: int, pair: tuple[str, str]) -> Mention:
        return Mention(pair[0], self.at(number, pair[1]))

    def actor(self, key: str, number: int, label: str, kind: ActorKind) -> Actor:
        name = label if label[0].isupper() else None
        return Actor(key, label, kind, self.at(number, label), name=name)

    def day(self, number: int, day: int, words: str) -> DateRange:
        when = date(2021, 5, day)
        return DateRange(when.isoformat(), when, when, words, self.at(number, words))

    def said(
        self,
        number: int,
        act: str,
        cue: str,
        content: str,
        speaker: tuple[str, str],
        *,
        to: Sequence[tuple[str, str]] = (),
        against: Sequence[tuple[str, str]] = (),
        about: tuple[str, ...] = (),
        on: DateRange | None = None,
    ) -> Statement:
        return Statement(
            key=f"s{number}",
            whole=self.line(number),
            cue=self.at(number, cue),
            act=act,
            content=(self.at(number, content),),
            speaker=self.mention(number, speaker),
            addressees=tuple(self.mention(number, one) for one in to),
            targets=tuple(self.mention(number, one) for one in against),
            about=about,
            date=on,
            confidence=0.9,
        )

    def event(
        self,
        number: int,
        code: str,
        factuality: str,
        words: str,
        cue: str,
        *,
        by: Sequence[tuple[str, str]] = (),
        of: Sequence[tuple[str, str]] = (),
        through: Sequence[tuple[str, str]] = (),
        place: tuple[str, str] | None = None,
        on: DateRange | None = None,
        injured: Toll | None = None,
    ) -> EventReport:
        event_type, _, mode = code.partition("/")
        return EventReport(
            key=f"r{number}",
            whole=self.at(number, words),
            cue=self.at(number, cue),
            event_type=event_type,
            mode=mode or None,
            factuality=factuality,
            actors=tuple(self.mention(number, one) for one in by),
            recipients=tuple(self.mention(number, one) for one in of),
            mediators=tuple(self.mention(number, one) for one in through),
            place=self.mention(number, place) if place else None,
            date=on,
            injured=injured,
            confidence=0.8,
        )


def courier() -> Extraction:
    """What the third article says."""
    read = Reader(COURIER)
    kesh = ("kesh", "Kesh")
    wounded = Toll("about 20 people", read.at(6, "about 20 people"), best=20)
    arrest = "Keshi police arrested the journalist Ila Form in Orlo on May 5"
    burning = "soldiers burned houses in Orlo, wounding about 20 people"
    return Extraction(
        extractor="hand",
        version="1",
        actors=(
            read.actor("kesh", 0, "Kesh", "State"),
            read.actor("vardania", 0, "Vardania", "State"),
            read.actor("norland", 0, "Norland", "State"),
            read.actor("reva", 1, "Anto Reva", "Person"),
            read.actor("league", 2, "League of Towns", "Organization"),
            read.actor("police", 3, "Keshi police", "Organization"),
            read.actor("form", 3, "Ila Form", "Person"),
            read.actor("hask", 5, "Tor Hask", "Person"),
            read.actor("villagers", 6, "Villagers", "Group"),
            read.actor("soldiers", 6, "soldiers", "Group"),
            read.actor("vost", 7, "Lena Vost", "Person"),
        ),
        places=(
            Place("geneva", "Geneva", read.at(0, "Geneva"), "settlement", name="Geneva"),
            Place("orlo", "Orlo", read.at(3, "Orlo"), "settlement", name="Orlo"),
        ),
        statements=(
            read.said(
                *(1, "accuse", "accused", "breaking the truce", ("reva", "Anto Reva")),
                against=[kesh],
                on=read.day(1, 7, "Friday"),
            ),
            read.said(
                *(2, "condemn", "condemned", "the raid on Orlo", ("league", "League of Towns")),
                against=[kesh],
            ),
            read.said(
                *(4, "promise", "promised", "to release Form", kesh),
                to=[("norland", "Norland")],
                about=("r4",),
            ),
            read.said(
                *(5, "threaten", "threatened", "to close the bridge", ("hask", "Tor Hask")),
            ),
            read.said(6, "say", "said", burning, ("villagers", "Villagers"), about=("r6",)),
            read.said(
                *(7, "order", "ordered", "an inquiry into the raid", ("vost", "Lena Vost")),
                about=("r7",),
            ),
            read.said(
                *(8, "request", "urged", "both armies to pull back", ("norland", "Norland")),
                about=("r8",),
            ),
        ),
        reports=(
            read.event(
                *(0, "RETREAT/ceasefire", "asserted", "signed a truce in Geneva on May 6", "truce"),
                by=[kesh, ("vardania", "Vardania")],
                through=[("norland", "Norland")],
                place=("geneva", "Geneva"),
                on=read.day(0, 6, "May 6"),
            ),
            read.event(
                *(3, "COERCE/arrest", "asserted", arrest, "arrested"),
                by=[("police", "Keshi police")],
                of=[("form", "Ila Form")],
                place=("orlo", "Orlo"),
                on=read.day(3, 5, "May 5"),
            ),
            read.event(4, "RETREAT/release", "planned", "release", "release", by=[kesh]),
            read.event(
                *(6, "ASSAULT/destroy", "alleged", burning, "burned"),
                by=[("soldiers", "soldiers")],
                place=("orlo", "Orlo"),
                injured=wounded,
            ),
            read.event(7, "ACCUSE/investigate", "asserted", "an inquiry into the raid", "inquiry"),
            read.event(8, "RETREAT/withdraw", "requested", "pull back", "pull back"),
        ),
    )


def gazette() -> Extraction:
    """What the fourth article says; it has no date."""
    read = Reader(GAZETTE)
    return Extraction(
        extractor="hand",
        version="1",
        actors=(
            read.actor("police", 0, "Keshi police", "Organization"),
            read.actor("form", 0, "Ila Form", "Person"),
        ),
        places=(Place("orlo", "Orlo", read.at(0, "Orlo"), "settlement", name="Orlo"),),
        reports=(
            read.event(
                *(0, "COERCE/arrest", "asserted", GAZETTE.text[:-2], "arrested"),
                by=[("police", "Keshi police")],
                of=[("form", "Ila Form")],
                place=("orlo", "Orlo"),
                on=read.day(0, 5, "May 5"),
            ),
        ),
    )


def talks_graphs() -> list[tuple[str, list[Triple]]]:
    """All four article graphs."""
    return [
        *scene_graphs(),
        article_graph(DEFAULT_BASE, COURIER, courier()),
        article_graph(DEFAULT_BASE, GAZETTE, gazette()),
    ]


def talks_store() -> Store:
    """A memory store with all four articles and their view."""
    graphs = talks_graphs()
    store = open_store("memory:", base=DEFAULT_BASE)
    store.replace([*graphs, (graph_iri(DEFAULT_BASE, "view"), build(DEFAULT_BASE, graphs))])
    return store
