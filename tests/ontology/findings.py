"""Hypothesis strategies for articles and whatever an extractor may find in them."""

from datetime import date
from typing import get_args

from hypothesis import strategies as st

from kg.model import (
    Actor,
    ActorKind,
    Article,
    DateRange,
    EventReport,
    Extraction,
    Membership,
    Mention,
    Place,
    Precision,
    Span,
    Statement,
    Toll,
)
from kg.vocab import codes

COUNTRIES = st.none() | st.sampled_from(("CH", "GE"))
NAMES = st.none() | st.text("abc é“", min_size=1, max_size=3)
TEXTS = st.text("abc .é“\n\u00a0\U0001f4f7", min_size=8, max_size=60)
CONFIDENCE = st.floats(0, 1)


@st.composite
def spans(draw: st.DrawFn, text: str) -> Span:
    start = draw(st.integers(0, len(text) - 1))
    return Span(start, draw(st.integers(start + 1, len(text))))


def own(key: str) -> Span:
    """A span that no other finding of the kind has: an IRI is minted from it."""
    at = int(key[1:])
    return Span(at, at + 1)


@st.composite
def dates(draw: st.DrawFn, text: str | None) -> DateRange:
    """A range of days; with a span where there is a text that says it."""
    days = st.dates(date(1990, 1, 1), date(2040, 1, 1))
    first, last = sorted((draw(days), draw(days)))
    if draw(st.booleans()):
        return DateRange("XXXX-10-03", None, None, "October 3", draw(spans(text)) if text else None)
    edtf = first.isoformat() if first == last else f"{first}/{last}"
    return DateRange(edtf, first, last, edtf, draw(spans(text)) if text else None)


@st.composite
def tolls(draw: st.DrawFn, text: str) -> Toll | None:
    bounds = sorted(draw(st.lists(st.integers(0, 500), min_size=3, max_size=3)))
    kept = draw(st.sets(st.integers(0, 2)))
    if not kept:
        return None
    least, best, most = (number if at in kept else None for at, number in enumerate(bounds))
    span = draw(spans(text))
    return Toll(span.of(text), span, least, best, most)


@st.composite
def actors(draw: st.DrawFn, text: str, keys: list[str]) -> tuple[Actor, ...]:
    return tuple([draw(actor(text, key, keys[:at])) for at, key in enumerate(keys)])


@st.composite
def actor(draw: st.DrawFn, text: str, key: str, known: list[str]) -> Actor:
    kind = draw(st.sampled_from(get_args(ActorKind)))
    span, role = own(key), draw(spans(text))
    organization = draw(st.none() | st.sampled_from(known)) if known else None
    post = Membership(role.of(text), role, organization, draw(COUNTRIES))
    members = draw(st.sets(st.sampled_from(known))) if known and kind == "Group" else ()
    return Actor(
        key=key,
        label=span.of(text),
        kind=kind,
        span=span,
        name=draw(NAMES),
        aliases=tuple(draw(st.lists(st.text("ab", min_size=1), max_size=2))),
        sector=draw(st.none() | st.sampled_from(codes("sector"))),
        country=draw(COUNTRIES),
        members=tuple(sorted(members)),
        memberships=(post,) if draw(st.booleans()) else (),
    )


@st.composite
def place(draw: st.DrawFn, text: str, key: str) -> Place:
    precision = draw(st.sampled_from(get_args(Precision)))
    span = own(key)
    near = st.floats(-80, 80)
    pinned = precision in ("point", "settlement", "district") and draw(st.booleans())
    wide = precision in ("region", "country", "area") and draw(st.booleans())
    return Place(
        key=key,
        label=span.of(text),
        span=span,
        precision=precision,
        name=draw(NAMES),
        country=draw(COUNTRIES),
        point=(draw(near), draw(near)) if pinned else None,
        extent=(1.0, 2.0, 3.0, 4.0) if wide else None,
        geonames=draw(st.none() | st.integers(1, 3)),
    )


@st.composite
def report(
    draw: st.DrawFn, text: str, key: str, *, who: list[str], where: list[str]
) -> EventReport:
    kind = draw(st.sampled_from(codes("event-type")))
    modes = [name.split("/")[1] for name in codes("mode") if name.startswith(f"{kind}/")]
    parties = st.lists(st.builds(Mention, st.sampled_from(who), spans(text)), max_size=2)
    return EventReport(
        key=key,
        whole=draw(spans(text)),
        cue=own(key),
        event_type=kind,
        factuality=draw(st.sampled_from(codes("factuality"))),
        mode=draw(st.none() | st.sampled_from(modes)) if modes else None,
        contexts=tuple(sorted(draw(st.sets(st.sampled_from(codes("context")), max_size=2)))),
        actors=tuple(draw(parties)),
        recipients=tuple(draw(parties)),
        mediators=tuple(draw(parties)),
        place=draw(st.none() | st.builds(Mention, st.sampled_from(where), spans(text))),
        date=draw(st.none() | dates(text)),
        background=draw(st.booleans()),
        killed=draw(tolls(text)),
        injured=draw(tolls(text)),
        confidence=draw(CONFIDENCE),
    )


@st.composite
def statement(
    draw: st.DrawFn, text: str, key: str, *, who: list[str], about: list[str]
) -> Statement:
    mention = st.builds(Mention, st.sampled_from(who), spans(text))
    return Statement(
        key=key,
        whole=draw(spans(text)),
        cue=own(key),
        act=draw(st.sampled_from(codes("act"))),
        content=tuple(draw(st.lists(spans(text), max_size=2))),
        speaker=draw(st.none() | mention),
        quoted=draw(st.booleans()),
        addressees=tuple(draw(st.lists(mention, max_size=2))),
        targets=tuple(draw(st.lists(mention, max_size=2))),
        medium=draw(NAMES),
        about=tuple(sorted(draw(st.sets(st.sampled_from(about), max_size=2)))),
        date=draw(st.none() | dates(text)),
        confidence=draw(CONFIDENCE),
    )


@st.composite
def articles(draw: st.DrawFn) -> tuple[Article, Extraction]:
    """An article and findings in it, each with its spans."""
    text = draw(TEXTS)
    who, where, told, said = ["a1", "a2", "a3"], ["p1", "p2"], ["r1", "r2"], ["s1", "s2"]
    article = Article(
        text=text,
        url=draw(st.none() | st.just("https://post.example/1")),
        headline=draw(NAMES),
        published=draw(st.none() | dates(None)),
        publisher=draw(NAMES),
        author=draw(NAMES),
    )
    found = Extraction(
        extractor="hand",
        version="1",
        actors=draw(actors(text, who)),
        places=tuple([draw(place(text, key)) for key in where]),
        reports=tuple([draw(report(text, key, who=who, where=where)) for key in told]),
        statements=tuple([draw(statement(text, key, who=who, about=told)) for key in said]),
    )
    return article, found
