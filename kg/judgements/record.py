"""One judgement: who found what of which thing, when and why."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final, Literal, get_args

from kg import iri
from kg.model import Span

Verdict = Literal["accept", "reject", "correct", "same", "different", "undo"]
VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)
OF_FINDINGS: Final[tuple[Verdict, ...]] = ("accept", "reject", "correct")
OF_IDENTITY: Final[tuple[Verdict, ...]] = ("same", "different")


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """An actor or place of an article that a person names and the machine did not find there.

    ``kind`` is an actor's (Person, Group …) or "Place"; ``same`` the IRI of the actor or place of
    another article that it is.
    """

    iri: str
    label: str
    kind: str
    same: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one person found of a thing (``subject``, an IRI), at one time, and why.

    ``accept``, ``reject`` and ``correct`` are of a statement or event report of ``article``.
    ``correct`` puts ``values`` (none: the text has none) into a ``slot``, for the words at
    ``spans``; a value is a code, an EDTF date, a toll or the IRI of an actor or place of the
    article, which is found there or among ``named``. ``same`` and ``different`` are of
    ``subject`` and ``object``, two actors, places, event reports or statements. ``undo`` takes
    back the judgement ``undoes``, whose subject it has. ``saw`` is the digest of what a finding
    that is accepted or rejected said then (``kg.judgements.seen``); it is of nothing else, and
    without it of whatever the finding says. Make one with :func:`minted`.
    """

    id: str
    verdict: Verdict
    subject: str
    by: str
    when: datetime
    why: str
    article: str | None = None
    slot: str | None = None
    values: tuple[str, ...] = ()
    named: tuple[Named, ...] = ()
    spans: tuple[Span, ...] = ()
    object: str | None = None
    undoes: str | None = None
    saw: str | None = None

    @property
    def order(self) -> tuple[datetime, str]:
        """Earlier first; a tie is told apart by the IRIs, which is the same everywhere."""
        return self.when, self.id


def minted(
    base: str, verdict: Verdict, subject: str, *, by: str, when: datetime, why: str, **more: object
) -> Judgement:
    """A judgement with the IRI that its content gives it; ``when`` has a time zone.

    >>> at = datetime(2022, 10, 3, 8, tzinfo=UTC)
    >>> minted("http://x/", "accept", "http://x/statement/0f", by="Ada", when=at, why="read").id
    'http://x/judgement/15cb6ab2ec2b18820fc6503e99885601'
    """
    plain = Judgement("", verdict, subject, by, when.astimezone(UTC), why)
    whole = replace(plain, **more)  # type: ignore[arg-type]
    tidy = replace(
        whole,
        values=tuple(sorted(set(whole.values))),
        named=tuple(sorted(set(whole.named))),
        spans=tuple(sorted(set(whole.spans))),
    )
    return replace(tidy, id=iri_of(base, tidy))


def iri_of(base: str, judgement: Judgement) -> str:
    """The IRI that a judgement's content mints."""
    return iri.mint(base, "judgement", *_key(judgement))


def _key(one: Judgement) -> Iterator[str]:
    yield from (one.verdict, one.subject, one.by, one.when.isoformat(), one.why)
    yield from (part or "" for part in (one.article, one.slot, one.object, one.undoes))
    for value in one.values:
        yield f"value {value}"
    for name in one.named:
        yield f"named {name.iri}"
    for span in one.spans:
        yield f"span {span.start},{span.end}"
    if one.saw:
        yield f"saw {one.saw}"
