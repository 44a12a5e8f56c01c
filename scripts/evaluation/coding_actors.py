"""Actors as coders write them: the country they are of, or IGO and the like."""

import re
from typing import Final

from kg.extract.lexicon import nouns
from kg.gazetteer import Gazetteer
from kg.model import Actor, Extraction

WORLDLY: Final = frozenset({"IGO", "NGO", "MNC"})
"""Sectors that PLOVER writes where a country would stand."""
_NAME: Final = re.compile(r"(?:[A-Z][\w'’.-]+(?: (?=[A-Z]))?)+")


def named(words: str) -> tuple[str, ...]:
    """The countries that words name outright or by adjective, in order."""
    gazetteer = Gazetteer.load()
    found = (gazetteer.country_of(name) for name in _NAME.findall(words))
    return tuple(dict.fromkeys(gazetteer.country(one).alpha3 for one in found if one))


def country_code(actor: Actor, found: Extraction) -> str:
    """The three letters PLOVER has for an actor: its country, its employer's, or IGO and the like.

    Empty where the article does not tell.
    """
    by_key = {one.key: one for one in found.actors}
    bodies = [by_key[post.organization] for post in actor.memberships if post.organization]
    posts = [post.country for post in actor.memberships]
    for country in (actor.country, *posts, *(body.country for body in bodies)):
        if country:
            return Gazetteer.load().country(country).alpha3
    return next((one.sector for one in (actor, *bodies) if one.sector in WORLDLY), "") or ""


def inferred_code(actor: Actor, found: Extraction) -> str:
    """The same, or what the converter reads out of the actor's label."""
    outright = next(iter(named(actor.label)), None) if actor.kind != "Person" else None
    return country_code(actor, found) or outright or _worldly(actor.label) or ""


def _worldly(label: str) -> str | None:
    """The sector of a body named in the words for its people: "European Community ministers"."""
    words = label.lower()
    known = (noun.sector for name, noun in nouns().items() if f"{name} " in f"{words} ")
    return next((sector for sector in known if sector in WORLDLY), None)
