"""From a model's answer to an extraction: what the text bears out is kept, the rest is counted.

Dates, places and tolls are read by the same rules as everywhere, in the words that the model
points to: it never gives a day, a point or a number.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, cast, get_args

from kg import vocab
from kg.extract import dates, quotations
from kg.extract.confidence import confidence
from kg.extract.events import tolls
from kg.extract.linking import link_statements
from kg.extract.llm import locate
from kg.gazetteer import Gazetteer
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

Json = dict[str, Any]
KINDS: Final = frozenset(get_args(ActorKind))
_PARTIES: Final = ("actors", "recipients", "mediators")


@dataclass(slots=True)
class Draft:
    """An extraction in the making; ``dropped`` counts what the text does not bear out."""

    article: Article
    gazetteer: Gazetteer
    dates: tuple[DateRange, ...]
    quotations: tuple[quotations.Quotation, ...]
    statements: dict[str, Statement] = field(default_factory=dict)
    reports: dict[str, EventReport] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    dropped: int = 0

    @property
    def text(self) -> str:
        """The article's text."""
        return self.article.text

    def drop(self) -> None:
        """Count one thing that has no place in the text or is no code."""
        self.dropped += 1


def build(
    article: Article, gazetteer: Gazetteer, answer: Json, name: str, version: str
) -> Extraction:
    """The extraction that an answer of the schema, or of any shape, amounts to."""
    draft = Draft(
        article,
        gazetteer,
        dates.find(article.text, article.published),
        quotations.find(article.text),
    )
    for item in _items(draft, answer.get("statements")):
        _statement(draft, item)
    for item in _items(draft, answer.get("reports")):
        _report(draft, item)
    statements = _linked(list(draft.statements.values()), list(draft.reports.values()))
    used = {mention.ref for one in statements for mention in _mentions(one)}
    used |= {mention.ref for one in draft.reports.values() for mention in _mentions(one)}
    return Extraction(
        name,
        version,
        actors=tuple(draft.actors[key] for key in sorted(used)),
        places=tuple(draft.places[key] for key in sorted(draft.places)),
        statements=tuple(statements),
        reports=tuple(sorted(draft.reports.values(), key=lambda one: (one.cue, one.key))),
        dropped=draft.dropped,
    )


def _mentions(one: Statement | EventReport) -> Iterator[Mention]:
    if isinstance(one, Statement):
        yield from (one.speaker,) if one.speaker else ()
        yield from (*one.addressees, *one.targets)
    else:
        yield from (*one.actors, *one.recipients, *one.mediators)


def _items(draft: Draft, listed: object) -> Iterator[Json]:
    """The objects of a list; whatever else stands there is counted."""
    if not isinstance(listed, list):
        draft.dropped += listed is not None
        return
    for item in listed:
        if isinstance(item, dict):
            yield item
        else:
            draft.drop()


# -- statements --------------------------------------------------------------------------


def _statement(draft: Draft, item: Json) -> None:
    cue = _cue(draft, item)
    act = item.get("act")
    if cue is None or act not in vocab.codes("act") or f"s{cue.start}" in draft.statements:
        draft.drop()
        return
    content = _apart(_spans(draft, item.get("content"), cue))
    targets = _parties(draft, item.get("targets"), cue)
    if not content and not targets:
        draft.drop()
        return
    speaker = _actor(draft, item.get("speaker"), cue)
    addressees = _parties(draft, item.get("addressees"), cue)
    date = _date(draft, item.get("date"), cue)
    named = [m.span for m in (speaker, *targets, *addressees) if m is not None]
    parts = [cue, *content, *named, *([date.span] if date and date.span else [])]
    draft.statements[f"s{cue.start}"] = Statement(
        key=f"s{cue.start}",
        whole=_hull(parts),
        cue=cue,
        act=str(act),
        content=content,
        speaker=speaker,
        quoted=bool(item.get("quoted")) and _is_quoted(draft, content),
        addressees=addressees,
        targets=targets,
        date=date,
        confidence=confidence("statement", _rules(draft, speaker)),
    )


def _is_quoted(draft: Draft, content: Sequence[Span]) -> bool:
    return any(q.outer.touches(span) for q in draft.quotations for span in content)


def _rules(draft: Draft, speaker: Mention | None) -> Iterator[str]:
    yield "model"
    if speaker is None:
        yield "unknown"
    elif draft.actors[speaker.ref].name is None:
        yield "described"


def _linked(statements: list[Statement], reports: list[EventReport]) -> list[Statement]:
    """Each statement with what its content, and no statement inside it, tells."""
    ordered = sorted(statements, key=lambda one: one.cue)
    about: dict[str, list[str]] = {one.key: [] for one in ordered}
    for report in sorted(reports, key=lambda one: one.cue):
        holders = [s for s in ordered if any(span.holds(report.cue) for span in s.content)]
        nearest = min(holders, key=lambda s: s.whole.end - s.whole.start, default=None)
        if nearest is not None:
            about[nearest.key].append(report.key)
    return [replace(s, about=(*s.about, *about[s.key])) for s in link_statements(ordered)]


# -- reports -----------------------------------------------------------------------------


def _report(draft: Draft, item: Json) -> None:
    cue = _cue(draft, item)
    kind, factuality = item.get("event_type"), item.get("factuality")
    key = f"r{cue.start}" if cue is not None else ""
    known = kind in vocab.codes("event-type") and factuality in vocab.codes("factuality")
    if cue is None or not known or key in draft.reports:
        draft.drop()
        return
    sides = {side: _parties(draft, item.get(side), cue) for side in _PARTIES}
    place = _place(draft, item.get("place"), cue)
    date = _date(draft, item.get("date"), cue)
    killed, injured = (_toll(draft, item.get(name), cue) for name in ("killed", "injured"))
    named = [mention.span for side in sides.values() for mention in side]
    named += [toll.span for toll in (killed, injured) if toll]
    targets = _apart(_spans(draft, item.get("targets"), cue))
    whole = locate.phrase(draft.text, item.get("quote"), cue)
    draft.reports[key] = EventReport(
        key=key,
        whole=_hull([cue, *named, *targets, *([whole] if whole and whole.holds(cue) else [])]),
        cue=cue,
        event_type=str(kind),
        factuality=str(factuality),
        mode=_mode(draft, str(kind), item.get("mode")),
        actors=sides["actors"],
        recipients=sides["recipients"],
        mediators=sides["mediators"],
        targets=targets,
        place=place,
        date=date,
        background=item.get("background") is True,
        killed=killed,
        injured=injured,
        confidence=confidence("report", ["model"]),
    )


def _mode(draft: Draft, kind: str, mode: object) -> str | None:
    if mode is None:
        return None
    if f"{kind}/{mode}" in vocab.codes("mode"):
        return str(mode)
    draft.drop()
    return None


def _place(draft: Draft, words: object, cue: Span) -> Mention | None:
    span = _span(draft, words, cue)
    if span is None:
        return None
    name = span.of(draft.text)
    key = next(
        (k for k, known in draft.places.items() if known.label == name), f"p{span.start}-{span.end}"
    )
    if key not in draft.places:
        known = draft.gazetteer.resolve([name]).get(name)
        draft.places[key] = Place(
            key,
            name,
            span,
            known.precision if known else "vague",
            name=known.name if known else None,
            country=known.country if known else None,
            point=known.point if known else None,
            extent=known.extent if known else None,
            geonames=known.geonames if known else None,
        )
    return Mention(key, span)


def _toll(draft: Draft, words: object, cue: Span) -> Toll | None:
    span = _span(draft, words, cue)
    return tolls.told(draft.text, span) if span is not None else None


# -- both --------------------------------------------------------------------------------


def _cue(draft: Draft, item: Json) -> Span | None:
    """The cue: in the finding's quotation, which has to stand in the text too."""
    whole = locate.find(draft.text, item.get("quote"))
    return locate.phrase(draft.text, item.get("cue"), whole) if whole is not None else None


def _span(draft: Draft, words: object, near: Span) -> Span | None:
    """Where words stand; words that are given and do not stand anywhere are counted."""
    if words is None:
        return None
    span = locate.phrase(draft.text, words, near)
    if span is None:
        draft.drop()
    return span


def _spans(draft: Draft, listed: object, near: Span) -> Iterator[Span]:
    for words in listed if isinstance(listed, list) else [listed]:
        if (span := _span(draft, words, near)) is not None:
            yield span


def _apart(spans: Iterator[Span]) -> tuple[Span, ...]:
    """The spans in text order, without those that share characters with one before."""
    kept: list[Span] = []
    for span in sorted(spans):
        if not kept or kept[-1].end <= span.start:
            kept.append(span)
    return tuple(kept)


def _date(draft: Draft, words: object, cue: Span) -> DateRange | None:
    """The date that the rules read in the words, nearest to the cue."""
    span = _span(draft, words, cue)
    found = [d for d in draft.dates if span and d.span and d.span.touches(span)]
    return found[0] if found else None


def _parties(draft: Draft, listed: object, near: Span) -> tuple[Mention, ...]:
    found: dict[str, Mention] = {}
    for item in _items(draft, listed):
        mention = _actor(draft, item, near)
        if mention is not None:
            found.setdefault(mention.ref, mention)
    return tuple(found.values())


def _actor(draft: Draft, item: object, near: Span) -> Mention | None:
    """Who is meant by words near the cue; one actor for one name, or one description."""
    if not isinstance(item, dict):
        draft.dropped += item is not None
        return None
    span = _span(draft, item.get("words"), near)
    kind = item.get("kind")
    if span is None or kind not in KINDS:
        draft.dropped += span is not None
        return None
    named = _span(draft, item.get("name"), span)
    at = named or span
    label = at.of(draft.text)
    known = (a for a in draft.actors.values() if a.label.casefold() == label.casefold())
    actor = next(known, None)
    if actor is None:
        name = label if named is not None else None
        actor = Actor(f"a{at.start}-{at.end}", label, cast("ActorKind", kind), at, name=name)
        draft.actors[actor.key] = actor
    return Mention(actor.key, span)


def _hull(parts: Sequence[Span]) -> Span:
    return Span(min(part.start for part in parts), max(part.end for part in parts))
