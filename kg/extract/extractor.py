"""The default extractor: rules over a parsed text. No network, no key, no GPU."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc

from kg.analyse import Analyser, load
from kg.extract import dates, quotations
from kg.extract.actors import Cast
from kg.extract.events import Events, mark_background
from kg.extract.places import Places
from kg.extract.statements import Statements, link_statements
from kg.extract.tree import Tree
from kg.gazetteer import Gazetteer
from kg.model import Actor, Article, EventReport, Extraction, Statement


class RuleExtractor:
    """Reads statements and events off a dependency tree with lexicons of ``kg/extract/data``."""

    name = "rules"

    def __init__(
        self, analyser: Analyser | None = None, gazetteer: Gazetteer | None = None
    ) -> None:
        self.analyser = analyser or load()
        self.gazetteer = gazetteer or Gazetteer.load()
        self.version = f"0.1.0+{self.analyser.name}-{self.analyser.version}"

    def extract(self, article: Article) -> Extraction:
        """What one article says."""
        return self.read(article, self.analyser.parse(article.text))

    def extract_many(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        """What many articles say, one by one."""
        for article in articles:
            yield self.extract(article)

    def read(self, article: Article, doc: Doc) -> Extraction:
        """What a parsed article says."""
        tree = Tree(doc)
        found_dates = dates.find(article.text, article.published)
        cast = Cast(tree, self.gazetteer, found_dates)
        reader = Statements(tree, cast, quotations.find(article.text), found_dates)
        statements = link_statements(reader.find())
        places = Places(tree, self.gazetteer, cast)
        reports = Events(tree, cast, places, found_dates, statements, reader.mains).find()
        reports = mark_background(reports, tree, article.published)
        statements = link_reports(statements, reports, tree)
        actors = _used(cast, statements, reports)
        used_places = {report.place.ref for report in reports if report.place}
        return Extraction(
            extractor=self.name,
            version=self.version,
            actors=actors,
            places=tuple(p for key, p in sorted(places.found.items()) if key in used_places),
            statements=tuple(statements),
            reports=tuple(reports),
        )


def link_reports(
    statements: list[Statement], reports: list[EventReport], tree: Tree
) -> list[Statement]:
    """Point each statement to the event reports inside its content and no inner statement's."""
    owner: dict[str, list[str]] = {}
    for report in reports:
        holders = [s for s in statements if any(c.holds(report.cue) for c in s.content)]
        if holders and not _aside(report, min(holders, key=_length), tree):
            owner.setdefault(min(holders, key=_length).key, []).append(report.key)
    inquiries = {key for report in reports for key in report.about}
    linked = []
    for said in statements:
        own = [
            key for key in owner.get(said.key, []) if key not in inquiries or said.act != "request"
        ]
        linked.append(_about(said, own))
    return _through(linked)


def _through(statements: list[Statement]) -> list[Statement]:
    """A denial of a statement is about what that statement is about, too."""
    by_key = {said.key: said for said in statements}
    reached = []
    for said in statements:
        keys = [k for about in said.about if about in by_key for k in by_key[about].about]
        new = [k for k in dict.fromkeys(keys) if k not in said.about and k != said.key]
        reached.append(_about(said, new) if said.act in {"deny", "reject", "confirm"} else said)
    return reached


def _aside(report: EventReport, said: Statement, tree: Tree) -> bool:
    """Whether the event is told in a relative clause inside what is said."""
    node = tree.root_of(report.cue.start, report.cue.end)
    while node is not None and any(s.start <= node.idx < s.end for s in said.content):
        if node.dep == "acl:relcl":
            return True
        node = node.head if node.head != node else None
    return False


def _about(said: Statement, keys: list[str]) -> Statement:
    return replace(said, about=(*keys, *said.about)) if keys else said


def _length(said: Statement) -> int:
    return sum(span.end - span.start for span in said.content)


def _used(
    cast: Cast, statements: Iterable[Statement], reports: Iterable[EventReport]
) -> tuple[Actor, ...]:
    """The actors that some finding names, and the bodies and members that these lead to."""
    wanted: list[str] = []
    for said in statements:
        wanted.extend(m.ref for m in (said.speaker,) if m is not None)
        wanted.extend(m.ref for m in (*said.addressees, *said.targets))
    for report in reports:
        wanted.extend(m.ref for m in (*report.actors, *report.recipients, *report.mediators))
    kept: dict[str, Actor] = {}
    while wanted:
        key = wanted.pop()
        if key not in kept:
            actor = kept[key] = cast.drafts[key].freeze()
            wanted.extend(actor.members)
            wanted.extend(p.organization for p in actor.memberships if p.organization)
    return tuple(kept[key] for key in sorted(kept))
