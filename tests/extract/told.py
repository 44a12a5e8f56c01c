"""What an extraction tells, one line a finding, so that tables of expectations stay readable.

A statement: ``speaker | act | content`` and then, where there is one, ``| to addressee``,
``| against target``, ``| via medium``, ``| on date``, ``| quoted``. A report: ``TYPE/mode
factuality | actors > recipients`` and then ``| by mediators``, ``| at place``, ``| on date``,
``| killed …``, ``| injured …``, ``| background``.
"""

from collections.abc import Iterable

from kg.model import Actor, Article, EventReport, Extraction, Mention, Statement, Toll


class Told:
    """An extraction and its article, ready to be put in words."""

    def __init__(self, article: Article, extraction: Extraction) -> None:
        self.text = article.text
        self.extraction = extraction
        self.actors = {actor.key: actor for actor in extraction.actors}
        self.places = {place.key: place for place in extraction.places}

    def statements(self) -> list[str]:
        return [self.statement(said) for said in self.extraction.statements]

    def reports(self) -> list[str]:
        return [self.report(report) for report in self.extraction.reports]

    def statement(self, said: Statement) -> str:
        content = " // ".join(span.of(self.text) for span in said.content)
        speaker = self.labels([said.speaker]) if said.speaker else "-"
        parts = [speaker, said.act, content.replace("\n", " ")]
        parts += [f"to {self.labels(said.addressees)}"] if said.addressees else []
        parts += [f"against {self.labels(said.targets)}"] if said.targets else []
        parts += [f"via {said.medium}"] if said.medium else []
        parts += [f"on {said.date.edtf}"] if said.date else []
        return " | ".join([*parts, "quoted"] if said.quoted else parts)

    def report(self, report: EventReport) -> str:
        code = report.event_type + (f"/{report.mode}" if report.mode else "")
        sides = f"{self.labels(report.actors) or '-'} > {self.labels(report.recipients) or '-'}"
        parts = [f"{code} {report.factuality}", sides]
        parts += [f"by {self.labels(report.mediators)}"] if report.mediators else []
        parts += [f"at {self.places[report.place.ref].label}"] if report.place else []
        parts += [f"on {report.date.edtf}"] if report.date else []
        parts += [f"killed {bounds(report.killed)}"] if report.killed else []
        parts += [f"injured {bounds(report.injured)}"] if report.injured else []
        return " | ".join([*parts, "background"] if report.background else parts)

    def labels(self, mentions: Iterable[Mention]) -> str:
        return ", ".join(self.actors[mention.ref].label for mention in mentions)

    def actor(self, label: str) -> Actor:
        return next(actor for actor in self.extraction.actors if actor.label == label)


def bounds(toll: Toll) -> str:
    """The bounds of a toll, ``min/best/max`` with dots for what is not known."""
    return "/".join("." if n is None else str(n) for n in (toll.least, toll.best, toll.most))
