"""Who takes part, in terms that can be compared between articles."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from kg.link.facts import ActorFacts
from kg.link.words import described


@dataclass(frozen=True, slots=True)
class Parties:
    """Actors by IRI, the representative of each, and those that a person says are others."""

    actors: Mapping[str, ActorFacts]
    canonical: Mapping[str, str]
    judged: Set[str] = frozenset()

    def tokens(self, refs: Iterable[str]) -> frozenset[str]:
        """The parties the actors stand for: members of a group, else the actor itself.

        A named actor, or one that a person linked, is its representative; any other is its
        description and country, so that the same words of two articles compare as equal.
        """
        return frozenset(map(self.token, self.leaves(refs)))

    def token(self, ref: str) -> str:
        """One actor, as it is: a group is not taken apart."""
        actor = self.actors[ref]
        if actor.name or actor.kind == "State" or ref in self.judged:
            return self.canonical[ref]
        return f"{described(actor.label)} {actor.country or ''}"

    def told_apart(self, refs: Iterable[str]) -> bool:
        """Whether a name or a country tells who any of the actors or their members is."""
        leaves = (self.actors[one] for one in self.leaves(refs))
        return any(actor.name or actor.country for actor in leaves)

    def countries(self, refs: Iterable[str]) -> frozenset[str]:
        """The countries of the actors and of their members; one unknown makes it empty."""
        found = {self.actors[one].country for one in self.leaves(refs)}
        return frozenset() if None in found else frozenset(c for c in found if c)

    def leaves(self, refs: Iterable[str]) -> set[str]:
        """The actors that are not groups of others, each group taken apart once."""
        seen: set[str] = set()
        leaves: set[str] = set()
        waiting = list(refs)
        while waiting:
            ref = waiting.pop()
            if ref not in seen:
                seen.add(ref)
                members = [member for member in self.actors[ref].members if member in self.actors]
                waiting.extend(members)
                leaves.update(() if members else (ref,))
        return leaves or seen
