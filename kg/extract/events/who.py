"""Which actors a phrase of an event names."""

from collections.abc import Iterator
from typing import Final

from kg.extract import negation, syntax
from kg.extract.actors import naming
from kg.extract.events.tellings import Scenes, Telling
from kg.extract.lexicon import place_nouns, quantifiers, things, verbs
from kg.extract.tree import Word
from kg.model import Mention

OWNED: Final = frozenset({"PROTEST", "CONCEDE", "REJECT", "SANCTION"})
"""Types that reach whose a thing is whatever the thing: "a rally against Kesh policies"."""


def parties(scenes: Scenes, token: Word, *, struck: bool = False) -> tuple[Mention, ...]:
    """Actors only: no documents, no "others", and no place where an act happens.

    A capital that is struck is a place; one that acts is a government.
    """
    beside = without_beasts(token)
    if beside[:1] != [token]:
        return tuple(found for part in beside for found in parties(scenes, part, struck=struck))
    mentions = scenes.cast.parties(token) if not _is_barred(scenes, token, struck) else ()
    if not mentions:
        return ()
    others = syntax.conjuncts(token)[1:]
    barred = [naming.phrase_span(part) for part in others if _is_barred(scenes, part, struck)]
    in_place = scenes.places.is_place(token)
    return tuple(
        mention
        for mention in mentions
        if (kind := scenes.cast.of(mention).kind) != "Document"
        and not (in_place and kind != "State")
        and mention.span not in barred
    )


def reached(scenes: Scenes, telling: Telling, token: Word) -> tuple[Mention, ...]:
    """Whom an act reaches: those a phrase names, or whose a thing is that the act is done to."""
    ruled = telling.trigger.event_type == "SANCTION" and _is_seat(scenes, token)
    found = parties(scenes, token, struck=telling.is_violent and not ruled)
    owned = token.lemma in things() or telling.trigger.event_type in OWNED
    return found or (tuple(_owners(scenes, token)) if owned else ())


def _is_seat(scenes: Scenes, token: Word) -> bool:
    """Whether the phrase is a capital's name: shelled it is a place, under sanctions a state."""
    return scenes.places.is_place(token) and scenes.cast.nations.is_seat(token)


def _owners(scenes: Scenes, thing: Word) -> Iterator[Mention]:
    """ "Kesh homes", "the positions of the army", "Kesh's failure", "abuses by the police"."""
    for child in thing.children:
        case = syntax.case_of(child)
        if child.dep in {"amod", "compound"} and (country := scenes.cast.nations.adjective(child)):
            yield Mention(scenes.cast.state(child, country), syntax.char_span([child]))
        elif child.dep == "nmod:poss" or (
            case in {"of", "by", "for"}
            and child.dep == "nmod"
            and not scenes.places.is_place(child)
        ):
            yield from parties(scenes, child, struck=True)


def targets(telling: Telling, token: Word) -> list[Word]:
    """The things that a phrase names which an armed act hits: "a bridge and two buses"."""
    if not telling.is_assault and telling.trigger.lemma not in verbs("seizing"):
        return []
    named = (part for part in syntax.conjuncts(token) if not negation.is_nobody(part))
    return [part for part in named if is_target(part)]


def without_beasts(token: Word) -> list[Word]:
    """The phrase, or whom it names beside animals: the guard of "two elephants and a guard"."""
    if token.lemma not in verbs("grazing"):
        return [token]
    return [part for part in syntax.conjuncts(token)[1:] if part.lemma not in verbs("grazing")]


def is_target(token: Word) -> bool:
    """Whether the phrase names a thing that can be hit, and no town or region."""
    thing = token.lower if token.lower in things() else token.lemma
    return token.tag != "PRP" and thing in things() and thing not in place_nouns()


def is_people(token: Word) -> bool:
    """Whether the phrase counts people: no cattle and no contracts."""
    noun = naming.noun_at(token)
    people = noun is not None and noun.kind in {"Person", "Group"}
    return people or token.pos == "NUM" or token.lower == "people"


def _is_barred(scenes: Scenes, token: Word, struck: bool) -> bool:
    """Whether a phrase names no party: others, numbers, a thing, a capital that is struck."""
    if token.lemma == "other" or negation.is_nobody(token) or scenes.cast.is_dated(token):
        return True
    if not struck:
        return False
    if token.lower in quantifiers("part"):
        return not any(syntax.case_of(child) == "of" for child in token.rights)
    if _is_seat(scenes, token):
        return True
    seats = (c for c in token.lefts if c.dep == "nmod:poss")
    if token.pos == "NOUN" and any(_is_seat(scenes, seat) for seat in seats):
        return True  # "fired at Kesh City's airport": no state is hit
    thing = naming.noun_at(token) is None and token.pos == "NOUN"
    return thing and token.lemma not in things()  # "attacked the government's budget"
