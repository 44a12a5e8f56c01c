"""Why findings of stored articles are what they are: each article is read again for it.

Nothing of this is stored, so an explanation is that of the reader that runs now.
"""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final, Literal, TypedDict

from kg.edtf import parse_date
from kg.errors import BadInput, NotFound
from kg.extract import Explains, Extractor
from kg.model import Article, EventReport, Extraction, Meaning, Statement
from kg.rdf import finding_iris
from kg.records import Json, sources
from kg.records.shapes import Source
from kg.schema import Iri
from kg.store import Queryable

if TYPE_CHECKING:
    from kg.extract.explain import Why

MEANINGS: Final = 5
"""Meanings of a place name that are shown to people."""


class Reference(TypedDict):
    """Another finding; id is its IRI, where the store it is of is known."""

    key: str
    id: Iri | None
    words: str


class Step(TypedDict):
    """A property, and why it is so; refers are other findings it speaks of."""

    what: str
    value: str
    why: str
    refers: list[Reference]


class TreeWord(TypedDict):
    """A word of the sentence; head is the number of the word that it hangs on."""

    number: int
    word: str
    tag: str
    relation: str
    head: int


class Reason(TypedDict):
    """Why a statement or report is what it is; start and end are those of its words."""

    id: Iri | None
    key: str
    kind: Literal["statement", "report"]
    start: int
    end: int
    words: str
    steps: list[Step]
    places: list[Meaning]
    tree: list[TreeWord]


class Explanation(TypedDict):
    """Why it was read so; missing is what the reader of now does not find any more."""

    id: Iri
    reader: str
    findings: list[Reason]
    missing: list[Iri]


@dataclass(frozen=True, slots=True)
class Asked:
    """An article, and the IRIs of the findings that are to be explained; none for every one."""

    article: Article
    wanted: tuple[str, ...] = ()


def asked(queryable: Queryable, record: Json, *, only: str | None = None) -> list[Asked]:
    """What is to be read again for the record of a statement, an event or an article.

    ``only`` is the IRI of one of an event's reports. BadInput for other records.
    """
    wanted: dict[str, list[str]] = {}
    if "act" in record:
        wanted[record["article"]["id"]] = [record["id"]]
    elif "reports" in record and "event_type" in record:
        for report in record["reports"]:
            if only in (None, report["id"]):
                wanted.setdefault(report["article"]["id"], []).append(report["id"])
    elif "text" in record:
        wanted[record["id"]] = []
    else:
        raise BadInput(f"{record['id']} is no statement, event, report or article")
    found = sources(queryable, list(wanted))
    return [Asked(_article(one), tuple(wanted[one["id"]])) for one in found]


def explained(reader: Extractor, base: str | None, questions: Sequence[Asked]) -> Json:
    """``{"reader", "findings", "missing"}``: ``missing`` are IRIs that the reader does not find.

    Findings and those they refer to have the IRI that a store of this base has for them.
    """
    if not isinstance(reader, Explains):
        raise NotFound(f"the extractor {reader.name!r} cannot explain itself; the default one can")
    found = [one for question in questions for one in _findings(reader, base, question)]
    given = {one["id"] for one in found}
    wanted = [iri for question in questions for iri in question.wanted]
    return {
        "reader": f"{reader.name} {reader.version}",
        "findings": found,
        "missing": [iri for iri in wanted if iri not in given],
    }


class _Choice:
    """Which findings of an article are asked for, and what the keys of all of them stand for."""

    def __init__(self, base: str | None, question: Asked) -> None:
        self._base = base
        self._question = question
        self.iris: dict[str, str] = {}
        self.words: dict[str, str] = {}

    def __call__(self, found: Extraction) -> Collection[str]:
        """The keys of those asked for."""
        article, wanted = self._question.article, self._question.wanted
        findings: tuple[Statement | EventReport, ...] = (*found.statements, *found.reports)
        self.words = {one.key: one.whole.of(article.text) for one in findings}
        if self._base is not None:
            self.iris = finding_iris(self._base, article, found)
        return [key for key in self.words if not wanted or self.iris.get(key) in wanted]


def _findings(reader: Explains, base: str | None, question: Asked) -> list[Json]:
    choice = _Choice(base, question)
    return [_finding(why, choice) for why in reader.explain(question.article, choice)]


def _finding(why: "Why", choice: _Choice) -> Json:
    found = {"id": choice.iris.get(why.key), **asdict(why)}
    for step in found["steps"]:
        step["refers"] = [_reference(key, choice) for key in step.pop("keys")]
    return found


def _reference(key: str, choice: _Choice) -> Json:
    return {"key": key, "id": choice.iris.get(key), "words": choice.words[key]}


def _article(record: Source) -> Article:
    published = record["published"]
    return Article(
        record["text"] or "",
        url=record["url"],
        headline=record["headline"],
        published=parse_date(published) if published else None,
        publisher=record["publisher"],
        author=record["author"],
        revision_of=record["revision_of"],
    )
