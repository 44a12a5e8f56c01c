"""The default extractor: rules over a parsed text. No network, no key, no GPU."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from spacy.tokens import Doc

from kg.analyse import Analyser, load
from kg.errors import SkipItem
from kg.extract import dates, events, furniture, quotations, statements, toponyms
from kg.extract.actors import Cast
from kg.extract.events import Places, Scenes
from kg.extract.explain import Why, Worked, explain
from kg.extract.linking import link_reports, link_statements
from kg.extract.mending import mend
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
        self.version = f"0.2.0+{self.analyser.name}-{self.analyser.version}"

    def extract(self, article: Article) -> Extraction:
        """What one article says."""
        return self.read(article, self.analyser.parse(article.text))

    def extract_many(self, articles: Iterable[Article]) -> Iterator[Extraction | SkipItem]:
        """What many articles say, one by one; the reason where one cannot be parsed."""
        for article in articles:
            try:
                yield self.extract(article)
            except SkipItem as reason:
                yield reason

    def read(self, article: Article, doc: Doc) -> Extraction:
        """What a parsed article says."""
        worked = self.work(article, doc)
        extraction = self._extraction(worked)
        worked.scenes.tree.fell()
        return extraction

    def _extraction(self, worked: Worked) -> Extraction:
        used_places = {report.place.ref for report in worked.reports if report.place}
        return Extraction(
            extractor=self.name,
            version=self.version,
            actors=_used(worked.scenes.cast, worked.statements, worked.reports),
            places=tuple(p for key, p in sorted(worked.places.items()) if key in used_places),
            statements=worked.statements,
            reports=worked.reports,
        )

    def work(self, article: Article, doc: Doc) -> Worked:
        """A parsed article worked through, its tree still standing."""
        tree = Tree(doc, article.text)
        mend(tree)
        tree.quiet = furniture.quiet(tree)
        published = article.published or dates.dateline(tree.text)
        found_dates = dates.find(tree.text, published)
        cast = Cast(tree, self.gazetteer, found_dates)
        near = toponyms.spoken_of(tree, cast.nations.named)
        places = Places(tree, self.gazetteer, near=near)
        told = statements.find(tree, cast, quotations.find(tree.text), found_dates)
        scenes = Scenes(tree, cast, places, found_dates, tuple(told))
        reports = events.find(scenes, published)
        said = link_statements([one.statement for one in told])
        said = link_reports(said, reports, tree)
        if tree.text != tree.exact:
            said = [_as_given(one, article.text) for one in said]
            reports = [_as_given(one, article.text) for one in reports]
        return Worked(article, scenes, tuple(said), tuple(reports), published)

    def explain(
        self, article: Article, chosen: Callable[[Extraction], Collection[str]] | None = None
    ) -> tuple[Why, ...]:
        """Why each finding of an article, or each one chosen by its key, is what it is."""
        worked = self.work(article, self.analyser.parse(article.text))
        return explain(worked, chosen(self._extraction(worked)) if chosen else None)


def over_pipeline(name: str) -> RuleExtractor:
    """The rules over an installed spaCy pipeline."""
    return RuleExtractor(load(f"spacy:{name}"))


Dated = TypeVar("Dated", Statement, EventReport)


def _as_given(one: Dated, text: str) -> Dated:
    """The finding with the words of its date as the article has them."""
    if one.date is None or one.date.span is None:
        return one
    return replace(one, date=replace(one.date, text=one.date.span.of(text)))


def _used(
    cast: Cast, said: Iterable[Statement], reports: Iterable[EventReport]
) -> tuple[Actor, ...]:
    """The actors that some finding names, and the bodies and members that these lead to."""
    wanted: list[str] = []
    for one in said:
        wanted.extend(m.ref for m in (one.speaker,) if m is not None)
        wanted.extend(m.ref for m in (*one.addressees, *one.targets))
    for report in reports:
        wanted.extend(m.ref for m in (*report.actors, *report.recipients, *report.mediators))
    kept: dict[str, Actor] = {}
    while wanted:
        key = wanted.pop()
        if key not in kept:
            actor = kept[key] = cast.register.drafts[key].freeze()
            wanted.extend(actor.members)
            wanted.extend(p.organization for p in actor.memberships if p.organization)
    return tuple(kept[key] for key in sorted(kept))
