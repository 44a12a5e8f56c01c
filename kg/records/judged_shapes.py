"""The shapes of judgements as JSON."""

from typing import Annotated, TypedDict

from kg.judgements.listing import STATES
from kg.judgements.record import VERDICTS
from kg.judgements.slots import SLOTS
from kg.schema import Iri, one_of
from kg.vocab import codes


class Named(TypedDict):
    """Something judged or put into a slot: its IRI, null where it is a code, a date or a toll."""

    id: Iri | None
    label: str | None


class Subject(Named):
    """What was judged, as its article tells it: of a statement the act and the speaker too, of a
    report how it is told; each is null of anything else and where the article is not there."""

    act: Annotated[str, one_of(*codes("act"))] | None
    speaker: Named | None
    factuality: Annotated[str, one_of(*codes("factuality"))] | None


class Words(TypedDict):
    """The characters [start, end) of the article; exact is null where the article is not there."""

    start: int
    end: int
    exact: str | None


class Judgement(TypedDict):
    """What one person found, when and why. Value and evidence are those of a correction.

    State: standing; contested, where people disagree, so that what the machine found holds;
    waiting, where what it is of is not there today or says something else; outdated by a later
    word of the same person; undone by another judgement.
    """

    id: Iri
    verdict: Annotated[str, one_of(*VERDICTS)]
    subject: Subject
    object: Subject | None
    slot: Annotated[str, one_of(*SLOTS)] | None
    value: list[Named]
    evidence: list[Words]
    article: Iri | None
    by: str
    when: str
    why: str
    undoes: Iri | None
    state: Annotated[str, one_of(*STATES)]


class JudgementPage(TypedDict):
    """A page of judgements, the newest first; next is the cursor of the page after, or null."""

    items: list[Judgement]
    total: int
    next: str | None


class Judged(TypedDict):
    """What people judged of a record, the earliest first, undone and outdated ones included."""

    judgements: list[Judgement]
