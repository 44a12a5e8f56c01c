"""Which judgements stand: a pure function of all of them, in any order.

1. A judgement that was undone counts for nothing, unless its undoing was undone.
2. Of one person's judgements on one question the latest counts. The questions are whether a finding
   stands, what each of its slots holds, and whether two things are one.
3. Where everybody who judged says the same, that holds, whatever the machine found. Where people
   disagree nobody's word counts for more: what the machine found holds, and all they said is shown.

Who corrects a finding also says that it stands; who rejects it corrects nothing in it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from graphlib import TopologicalSorter
from typing import Final, Literal

from kg.judgements.record import OF_FINDINGS, OF_IDENTITY, Judgement

State = Literal["standing", "contested", "outdated", "undone"]
STATES: Final[tuple[State, ...]] = ("standing", "contested", "outdated", "undone")

Question = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What people found of one statement or report: everybody's last word on whether it stands,
    the one correction that stands of each slot, and whether they disagree on a slot."""

    stances: tuple[Judgement, ...] = ()
    corrections: tuple[Judgement, ...] = ()
    divided: bool = False

    def of(self, saw: str) -> "Reviewed":
        """What they found of a finding that has this digest: who accepted or rejected one that
        said something else said nothing of it."""
        kept = tuple(one for one in self.stances if one.saw in (None, saw))
        return self if len(kept) == len(self.stances) else replace(self, stances=kept)

    @property
    def rejected(self) -> bool:
        """Whether all who judged it reject it."""
        return bool(self.stances) and all(one.verdict == "reject" for one in self.stances)

    @property
    def accepted(self) -> bool:
        """Whether somebody accepts it and nobody rejects it."""
        verdicts = {one.verdict for one in self.stances}
        return "accept" in verdicts and "reject" not in verdicts

    @property
    def contested(self) -> bool:
        """Whether people disagree on anything of it."""
        return self.divided or len({one.verdict == "reject" for one in self.stances}) > 1


@dataclass(frozen=True, slots=True)
class Identity:
    """What one person says of two things; ``contested`` where another says otherwise."""

    subject: str
    object: str
    same: bool
    by: str
    why: str
    contested: bool = False

    @property
    def pair(self) -> tuple[str, str]:
        """The two, in one order."""
        return min(self.subject, self.object), max(self.subject, self.object)


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands: of findings by article, of identity, and what became of each judgement."""

    findings: Mapping[str, Mapping[str, Reviewed]] = field(default_factory=dict)
    identities: tuple[Identity, ...] = ()
    states: Mapping[str, State] = field(default_factory=dict)

    def of(self, article: str) -> Mapping[str, Reviewed]:
        """What stands of the findings of an article."""
        return self.findings.get(article, {})


NONE: Final = Standing()


def standing(judgements: Iterable[Judgement], waiting: Collection[str] = ()) -> Standing:
    """What stands of these judgements, in whatever order they come.

    ``waiting`` are the IRIs of those that are of what is not there today: who accepts or rejects
    that contests nothing.
    """
    everything = sorted({one.id: one for one in judgements}.values(), key=lambda one: one.order)
    if not everything:
        return NONE
    alive = _alive(everything)
    states: dict[str, State] = {
        one.id: "standing" if one.id in alive else "undone" for one in everything
    }
    told = [one for one in everything if one.id in alive]
    findings = _findings(told, states, waiting)
    return Standing(findings, _identities(told, findings, states), states)


def _alive(judgements: Sequence[Judgement]) -> set[str]:
    """Those that no judgement undoes which is not itself undone."""
    undoing: dict[str, set[str]] = {one.id: set() for one in judgements}
    for one in judgements:
        if one.undoes in undoing:
            undoing[one.undoes].add(one.id)
    alive: set[str] = set()
    for ident in TopologicalSorter(undoing).static_order():
        if alive.isdisjoint(undoing[ident]):
            alive.add(ident)
    return alive


def _latest(
    asked: Iterable[tuple[Question, Judgement]], states: dict[str, State]
) -> dict[Question, dict[str, Judgement]]:
    """Question → person → the last they said; what they said before is outdated."""
    found: dict[Question, dict[str, Judgement]] = {}
    for question, one in asked:
        before = found.setdefault(question, {}).get(one.by)
        if before is not None:
            states[before.id] = "outdated"
        found[question][one.by] = one
    return found


def _findings(
    told: Sequence[Judgement], states: dict[str, State], waiting: Collection[str]
) -> dict[str, dict[str, Reviewed]]:
    judged = [one for one in told if one.verdict in OF_FINDINGS and one.article]
    stances = _latest((((one.subject,), one) for one in judged), {})
    for one in judged:
        if one.verdict != "correct" and stances[(one.subject,)][one.by] is not one:
            states[one.id] = "outdated"
    slots = _slots(judged, stances, states)
    found: dict[str, dict[str, Reviewed]] = {}
    for (subject,), stance in stances.items():
        counted = [
            one for one in stance.values() if one.verdict == "correct" or one.id not in waiting
        ]
        review = _reviewed(counted, slots.get(subject, []), states)
        article = next(iter(stance.values())).article or ""
        found.setdefault(article, {})[subject] = review
    return found


def _slots(
    judged: Sequence[Judgement],
    stances: Mapping[Question, Mapping[str, Judgement]],
    states: dict[str, State],
) -> dict[str, list[list[Judgement]]]:
    """Subject → for each slot that is corrected, everybody's last word on it, earliest first."""
    corrected = [one for one in judged if one.verdict == "correct"]
    found: dict[str, list[list[Judgement]]] = {}
    asked = (((one.subject, one.slot or ""), one) for one in corrected)
    for (subject, _), said in sorted(_latest(asked, states).items()):
        kept = []
        for person, one in said.items():
            if stances[(subject,)][person].verdict == "reject":
                states[one.id] = "outdated"
            else:
                kept.append(one)
        if kept:
            found.setdefault(subject, []).append(sorted(kept, key=lambda one: one.order))
    return found


def _reviewed(
    stance: Sequence[Judgement], slots: Sequence[Sequence[Judgement]], states: dict[str, State]
) -> Reviewed:
    found = Reviewed(stances=tuple(sorted(stance, key=lambda one: one.order)))
    if found.contested:
        states.update((one.id, "contested") for one in stance if one.verdict != "correct")
    corrections = []
    divided = False
    for said in slots:
        if len({(one.values, one.named) for one in said}) > 1:
            divided = True
            states.update((one.id, "contested") for one in said)
        else:
            corrections.append(said[0])
    return replace(found, corrections=tuple(corrections), divided=divided)


def _identities(
    told: Sequence[Judgement],
    findings: Mapping[str, Mapping[str, Reviewed]],
    states: dict[str, State],
) -> tuple[Identity, ...]:
    judged = [one for one in told if one.verdict in OF_IDENTITY and one.object]
    asked = (((*sorted((one.subject, one.object or "")),), one) for one in judged)
    said = {
        pair: {one.by: _identity(one) for one in latest.values()}
        for pair, latest in _latest(asked, states).items()
    }
    for meant in _meant(findings):
        said.setdefault(meant.pair, {}).setdefault(meant.by, meant)
    divided = {pair for pair, people in said.items() if len({p.same for p in people.values()}) > 1}
    for one in judged:
        if states[one.id] == "standing" and _identity(one).pair in divided:
            states[one.id] = "contested"
    found = [person for people in said.values() for person in people.values()]
    found.sort(key=lambda person: (person.pair, person.by))
    return tuple(replace(person, contested=person.pair in divided) for person in found)


def _identity(one: Judgement) -> Identity:
    return Identity(one.subject, one.object or "", one.verdict == "same", one.by, one.why)


def _meant(findings: Mapping[str, Mapping[str, Reviewed]]) -> Iterable[Identity]:
    """What corrections say by naming somebody who is known from elsewhere."""
    for article in findings.values():
        for found in article.values():
            for one in found.corrections:
                for name in one.named:
                    if name.same:
                        yield Identity(name.iri, name.same, same=True, by=one.by, why=one.why)
