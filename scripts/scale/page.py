"""One article as it is written: its text, who and where is named in it, what it says."""

from dataclasses import dataclass, field
from datetime import date

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
)
from scripts.scale.world import Body, Human, Land, Spot


@dataclass
class Page:
    """What stands so far. ``at`` finds words in the sentence written last."""

    day: date
    text: str = ""
    begun: int = 0
    actors: dict[object, Actor] = field(default_factory=dict)
    places: dict[Spot, Place] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    reports: list[EventReport] = field(default_factory=list)

    def write(self, sentence: str, *, paragraph: bool = False) -> Span:
        """Add a sentence; where it stands, without its full stop."""
        self.text += ("\n\n" if paragraph else " ") if self.text else ""
        self.begun = len(self.text)
        self.text += sentence[0].upper() + sentence[1:] + "."
        return Span(self.begun, len(self.text) - 1)

    def at(self, words: str) -> Span:
        """Where words stand in the last sentence, whatever the case of their first letter."""
        start = self.text.find(words, self.begun)
        if start < 0:
            start = self.text.index(words[0].upper() + words[1:], self.begun)
        return Span(start, start + len(words))

    def key(self, kind: str) -> str:
        """A key that no finding has yet."""
        count = {"s": len(self.statements), "r": len(self.reports)}
        return f"{kind}{count.get(kind, len(self.actors) + len(self.places))}"

    def person(self, who: Human) -> Mention:
        """Somebody named in the last sentence; at the first mention with post and country."""
        span = self.at(who.name if who.name in self.text[self.begun :] else who.name.split()[1])
        if who not in self.actors:
            post = f"{who.land.people} {who.role}"
            stands = post in self.text[self.begun :]
            self.actors[who] = Actor(
                self.key("a"),
                who.name,
                "Person",
                span,
                name=who.name,
                aliases=(who.name.split()[1],),
                sector="GOV",
                memberships=(Membership(post, self.at(post), country=who.land.code),)
                if stands
                else (),
            )
        return Mention(self.actors[who].key, span)

    def body(self, body: Body) -> Mention:
        """An institution named in the last sentence."""
        span = self.at(body.name)
        if body not in self.actors:
            self.actors[body] = Actor(
                self.key("a"),
                body.name,
                "Organization",
                span,
                name=body.name,
                sector=body.sector,
                country=body.land.code,
            )
        return Mention(self.actors[body].key, span)

    def land(self, land: Land) -> Mention:
        """A state named in the last sentence."""
        span = self.at(land.name)
        if land not in self.actors:
            self.actors[land] = Actor(
                self.key("a"), land.name, "State", span, name=land.name, country=land.code
            )
        return Mention(self.actors[land].key, span)

    def group(self, words: str, land: Land | None = None, sector: str = "CVL") -> Mention:
        """Somebody described in the last sentence: a side of a country, or nobody in particular."""
        span = self.at(words)
        key = words if land else (words, span)
        if key not in self.actors:
            self.actors[key] = Actor(
                self.key("a"),
                span.of(self.text),
                "Group",
                span,
                sector=sector,
                country=land.code if land else None,
            )
        return Mention(self.actors[key].key, span)

    def place(self, spot: Spot) -> Mention:
        """A town named in the last sentence."""
        span = self.at(spot.name)
        if spot not in self.places:
            self.places[spot] = Place(
                self.key("p"),
                spot.name,
                span,
                "settlement",
                name=spot.name,
                country=spot.land.code,
                point=spot.point,
            )
        return Mention(self.places[spot].key, span)

    def date(self, day: date) -> DateRange:
        """A day of the last sentence, by its words."""
        words = told(day)
        return DateRange(day.isoformat(), day, day, words, self.at(words))

    def done(self, headline: str, outlet: str, number: int) -> tuple[Article, Extraction]:
        """The article, and what an extractor would have found in it."""
        article = Article(
            self.text + "\n",
            url=f"https://news.example/{self.day:%Y/%m/%d}/{number}",
            headline=headline,
            published=DateRange(self.day.isoformat(), self.day, self.day, self.day.isoformat()),
            publisher=outlet,
        )
        return article, Extraction(
            extractor="generated",
            version="1",
            actors=tuple(self.actors.values()),
            places=tuple(self.places.values()),
            statements=tuple(self.statements),
            reports=tuple(self.reports),
        )


def told(day: date) -> str:
    """A day in words.

    >>> told(date(2021, 5, 2))
    'May 2, 2021'
    """
    return f"{day:%B} {day.day}, {day.year}"
