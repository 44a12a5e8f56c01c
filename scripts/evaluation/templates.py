"""Event reports as the templates of the Message Understanding Conferences."""

from collections.abc import Iterable
from typing import Any, Final

from kg.model import Actor, EventReport, Extraction, Mention
from scripts.evaluation.reading import Reader, published

Json = dict[str, Any]

TOLD: Final = frozenset({"asserted", "alleged"})
TYPES: Final = {
    "abduct": "KIDNAPPING",
    "explosives": "BOMBING",
    "suicide-attack": "BOMBING",
    "primitive": "ATTACK",
}
FIRE: Final = ("arson", "burn", "set fire", "set on fire", "torch")


def predict(record: Json, reader: Reader) -> Json:
    """The violent events of a record that it tells as done, history left out.

    Persons and groups who do it are individuals, bodies organisations; persons and groups who
    suffer it are victims, bodies targets. A filler has the words used here and the actor's label.
    """
    text = record["text"]
    found = reader.read(text, published(record.get("anchor")))
    events = [_template(one, found, text) for one in found.reports if _is_attack(one)]
    return {"events": [event for i, event in enumerate(events) if event not in events[:i]]}


def _is_attack(one: EventReport) -> bool:
    return one.event_type == "ASSAULT" and one.factuality in TOLD and not one.background


def _template(one: EventReport, found: Extraction, text: str) -> Json:
    actors = {actor.key: actor for actor in found.actors}
    places = {place.key: place for place in found.places}
    by, to = one.actors, one.recipients
    return {
        "type": _type(one, text),
        "date": str(one.date.earliest) if one.date and one.date.earliest else None,
        "place": places[one.place.ref].label if one.place else None,
        "perp_individual": _fillers(by, actors, text, bodies=False),
        "perp_org": _fillers(by, actors, text, bodies=True),
        "victim": _fillers(to, actors, text, bodies=False),
        "target": [
            *_fillers(to, actors, text, bodies=True),
            *({"strings": [span.of(text)]} for span in one.targets),
        ],
    }


def _type(one: EventReport, text: str) -> str:
    if one.cue.of(text).lower().startswith(FIRE):
        return "ARSON"
    return TYPES.get(one.mode or "", "ATTACK")


def _fillers(
    mentions: Iterable[Mention], actors: dict[str, Actor], text: str, *, bodies: bool
) -> list[Json]:
    found = []
    for mention in mentions:
        actor = actors[mention.ref]
        if (actor.kind in ("Organization", "State")) == bodies:
            strings = dict.fromkeys([mention.span.of(text), actor.label])
            found.append({"strings": [string for string in strings if string]})
    return found
