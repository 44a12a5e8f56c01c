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
FIGHTERS: Final = frozenset({"MIL", "REB", "UAF", "PRM"})
"""Sectors whose losses are combat, which these templates leave out."""
FIRE: Final = ("arson", "burn", "set fire", "set on fire", "torch")


def predict(record: Json, reader: Reader) -> Json:
    """The violent events of a record that it tells as done, history and combat left out.

    Persons and groups who do it are individuals, bodies organisations, and so are the bodies they
    belong to; persons and groups who suffer it are victims, bodies and things targets. A filler
    has the words used here and the actor's label.
    """
    text = record["text"]
    found = reader.read(text, published(record.get("anchor")))
    actors = {actor.key: actor for actor in found.actors}
    events = [_template(one, found, text) for one in found.reports if _is_attack(one, actors)]
    return {"events": [event for i, event in enumerate(events) if event not in events[:i]]}


def _is_attack(one: EventReport, actors: dict[str, Actor]) -> bool:
    """An armed act that somebody or something suffers, told as done; combat is none."""
    if one.event_type != "ASSAULT" or one.factuality not in TOLD or one.background:
        return False
    suffered = one.recipients or one.targets or one.killed or one.injured
    hit = {actors[mention.ref].sector for mention in one.recipients}
    combat = bool(hit) and hit <= FIGHTERS and not one.targets
    return bool(suffered) and not combat


def _template(one: EventReport, found: Extraction, text: str) -> Json:
    actors = {actor.key: actor for actor in found.actors}
    places = {place.key: place for place in found.places}
    by, to = one.actors, one.recipients
    return {
        "type": _type(one, text),
        "date": str(one.date.earliest) if one.date and one.date.earliest else None,
        "place": places[one.place.ref].label if one.place else None,
        "perp_individual": _fillers(by, actors, text, bodies=False),
        "perp_org": [*_fillers(by, actors, text, bodies=True), *_bodies(by, actors)],
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


def _bodies(mentions: Iterable[Mention], actors: dict[str, Actor]) -> list[Json]:
    """The bodies that those mentioned belong to: the Front of "Front guerrillas"."""
    posts = (post for mention in mentions for post in actors[mention.ref].memberships)
    keys = dict.fromkeys(post.organization for post in posts if post.organization)
    return [{"strings": [actors[key].label]} for key in keys]


def _fillers(
    mentions: Iterable[Mention], actors: dict[str, Actor], text: str, *, bodies: bool
) -> list[Json]:
    found = []
    for mention in mentions:
        actor = actors[mention.ref]
        if (actor.kind in ("Organization", "State")) == bodies:
            strings = dict.fromkeys([mention.span.of(text), actor.label, *actor.aliases])
            found.append({"strings": [string for string in strings if string]})
    return found
