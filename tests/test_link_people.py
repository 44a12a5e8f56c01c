"""What people say of identity, over what the linker found."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

from kg.judgements import Identity
from kg.link.cluster import Clusters
from kg.link.people import overruled
from kg.model import Link


@dataclass(frozen=True)
class Thing:
    iri: str
    published: str | None


DAYS = {"a": "2021-05-01", "b": "2021-05-02", "c": "2021-05-03", "d": "2021-05-04", "e": None}
THINGS = [Thing(f"<{name}>", day) for name, day in DAYS.items()]


def said(one: str, other: str, *, same: bool, contested: bool = False) -> Identity:
    return Identity(one, other, same, "Ana", "read", contested)


def star(*names: str) -> Clusters:
    """The linker's cluster of these, each linked to the first; the others stand alone."""
    members = [tuple(f"<{name}>" for name in names)]
    members += [(f"<{name}>",) for name in DAYS if name not in names]
    links = [Link(name, names[0], "same", 0.9, "rule") for name in names[1:]]
    return Clusters(tuple(sorted(members)), tuple(links))


def groups(found: Clusters) -> list[str]:
    return ["".join(one.strip("<>") for one in members) for members in found.members]


def judged(found: Clusters, *identities: Identity) -> list[str]:
    """The groups after people's word, in whatever order they said it."""
    results = {tuple(groups(overruled(found, THINGS, order))) for order in permutations(identities)}
    assert len(results) == 1
    return list(results.pop())


def test_two_that_no_rule_joins_are_joined() -> None:
    assert judged(star("a", "b"), said("d", "a", same=True)) == ["abd", "c", "e"]


def test_what_is_said_of_others_changes_nothing() -> None:
    found = star("a", "b")
    assert overruled(found, THINGS, [said("x", "a", same=True)]) is found


def test_the_later_one_leaves_and_the_rest_stays() -> None:
    assert judged(star("a", "b", "c"), said("a", "c", same=False)) == ["ab", "c", "d", "e"]
    assert judged(star("a", "b", "c"), said("b", "c", same=False)) == ["ab", "c", "d", "e"]


def test_what_is_undated_is_told_last() -> None:
    assert judged(star("a", "e", "d"), said("d", "e", same=False)) == ["ad", "b", "c", "e"]


def test_people_s_joins_come_before_the_linkers() -> None:
    apart, together = said("a", "c", same=False), said("c", "d", same=True)
    assert judged(star("a", "b", "c", "d"), apart, together) == ["ab", "cd", "e"]


def test_who_joins_all_and_parts_two_is_not_followed_in_both() -> None:
    chain = (said("a", "b", same=True), said("b", "c", same=True), said("a", "c", same=False))
    assert judged(star("a"), *chain) == ["ab", "c", "d", "e"]


def test_what_is_contested_leaves_it_to_the_linker() -> None:
    found = overruled(star("a", "b"), THINGS, [said("a", "b", same=False, contested=True)])
    assert groups(found) == ["ab", "c", "d", "e"]
    assert [(link.by, link.judgement, link.contested) for link in found.links] == [
        ("linker", "same", False),
        ("Ana", "different", True),
    ]


def links_of(found: Clusters) -> Sequence[tuple[str, str, str]]:
    return sorted((link.subject + link.object, link.by, link.judgement) for link in found.links)


def test_every_merge_that_is_left_has_its_link() -> None:
    found = overruled(star("a", "b", "c"), THINGS, [said("a", "c", same=False)])
    assert links_of(found) == [("ac", "Ana", "different"), ("ba", "linker", "same")]
    found = overruled(star("a", "b"), THINGS, [said("b", "a", same=True)])
    assert links_of(found) == [("ba", "Ana", "same")]


def test_what_cannot_be_one_waits() -> None:
    found = star("a", "b")
    joined = overruled(found, THINGS, [said("c", "a", same=True)], fits=lambda one, other: False)
    assert joined is found
