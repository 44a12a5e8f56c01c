"""A short way to write down what an article says: one sheet, words found by searching the text."""

from collections.abc import Sequence
from datetime import date

from kg.iri import DEFAULT_BASE
from kg.model import (
    Actor,
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
from kg.terms import Triple
from kg.vocab import term

Graph = tuple[str, list[Triple]]


def on(first: str, last: str | None = None) -> DateRange:
    """A day, or the days from ``first`` to ``last`` (ISO 8601)."""
    start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    return DateRange(first if last is None else f"{first}/{last}", start, end, first)


class Sheet:
    """One article and its findings, added one by one; every method gives back a key."""

    def __init__(
        self, text: str, *, published: str | None = "2021-05-04", publisher: str | None = None
    ) -> None:
        self.article = Article(
            text=text,
            url=None,
            published=on(published) if published else None,
            publisher=publisher,
        )
        self.actors: list[Actor] = []
        self.places: list[Place] = []
        self.reports: list[EventReport] = []
        self.statements: list[Statement] = []

    def at(self, words: str) -> Span:
        start = self.article.text.index(words)
        return Span(start, start + len(words))

    def actor(
        self,
        label: str,
        kind: str = "Person",
        *,
        named: bool = True,
        aliases: tuple[str, ...] = (),
        country: str | None = None,
        sector: str | None = None,
        members: tuple[str, ...] = (),
        same_as: tuple[str, ...] = (),
    ) -> str:
        self.actors.append(
            Actor(
                key=f"a{len(self.actors)}",
                label=label,
                kind=kind,  # type: ignore[arg-type]
                span=self.at(label),
                name=label if named else None,
                aliases=aliases,
                country=country,
                sector=sector,
                members=members,
                same_as=same_as,
            )
        )
        return self.actors[-1].key

    def place(
        self,
        label: str,
        precision: str = "settlement",
        *,
        name: str | None = None,
        country: str | None = None,
        geonames: int | None = None,
        point: tuple[float, float] | None = None,
    ) -> str:
        self.places.append(
            Place(
                key=f"p{len(self.places)}",
                label=label,
                span=self.at(label),
                precision=precision,  # type: ignore[arg-type]
                name=name,
                country=country,
                geonames=geonames,
                point=point,
            )
        )
        return self.places[-1].key

    def report(
        self,
        whole: str,
        cue: str,
        event_type: str = "ASSAULT",
        *,
        mode: str | None = None,
        factuality: str = "asserted",
        actors: Sequence[str] = (),
        recipients: Sequence[str] = (),
        place: str | None = None,
        date: DateRange | None = None,
        background: bool = False,
        killed: Toll | None = None,
        about: tuple[str, ...] = (),
    ) -> str:
        self.reports.append(
            EventReport(
                key=f"r{len(self.reports)}",
                whole=self.at(whole),
                cue=self.at(cue),
                event_type=event_type,
                mode=mode,
                factuality=factuality,
                actors=tuple(self._mention(key) for key in actors),
                recipients=tuple(self._mention(key) for key in recipients),
                place=self._mention(place) if place else None,
                date=date,
                background=background,
                killed=killed,
                about=about,
            )
        )
        return self.reports[-1].key

    def statement(
        self,
        whole: str,
        cue: str,
        content: str,
        act: str = "say",
        *,
        speaker: str | None = None,
        target: str | None = None,
        quoted: bool = False,
        about: tuple[str, ...] = (),
    ) -> str:
        self.statements.append(
            Statement(
                key=f"s{len(self.statements)}",
                whole=self.at(whole),
                cue=self.at(cue),
                act=act,
                content=(self.at(content),),
                speaker=self._mention(speaker) if speaker else None,
                targets=(self._mention(target),) if target else (),
                quoted=quoted,
                about=about,
            )
        )
        return self.statements[-1].key

    def toll(
        self,
        words: str,
        *,
        least: int | None = None,
        best: int | None = None,
        most: int | None = None,
    ) -> Toll:
        return Toll(words, self.at(words), least=least, best=best, most=most)

    def _mention(self, key: str) -> Mention:
        spans = {one.key: one.span for one in self.actors}
        spans.update((one.key, one.span) for one in self.places)
        return Mention(key, spans[key])

    def graph(self) -> Graph:
        found = Extraction(
            "hand",
            "1",
            actors=tuple(self.actors),
            places=tuple(self.places),
            statements=tuple(self.statements),
            reports=tuple(self.reports),
        )
        return article_graph(DEFAULT_BASE, self.article, found)


def objects(triples: Sequence[Triple], subject: str, name: str) -> list[str]:
    return [o for s, p, o in triples if s == subject and p == term(name)]


def subjects(triples: Sequence[Triple], name: str, thing: str) -> list[str]:
    return [s for s, p, o in triples if p == term(name) and o == thing]


def instances(triples: Sequence[Triple], kind: str) -> list[str]:
    return subjects(triples, "rdf:type", term(kind))
