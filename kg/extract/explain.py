"""Why a finding is what it is: the words, the lines of the lexicons and the tables behind it.

Nothing is recorded while an article is read. An article that is to be explained is read again,
and its tree and drafts are kept instead of thrown away (:class:`Worked`).
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.extract.confidence import addends
from kg.extract.events import Scenes, factuality
from kg.extract.events.reports import confidence_rules as report_rules
from kg.extract.events.tellings import Telling
from kg.extract.explain_dates import Dates
from kg.extract.lexicon import where
from kg.extract.statements import Told
from kg.extract.statements.assemble import confidence_rules as statement_rules
from kg.model import Article, DateRange, EventReport, Meaning, Mention, Place, Span, Statement, Toll

_PARTIES: Final = (("by", "actors"), ("to or with", "recipients"), ("mediated by", "mediators"))


@dataclass(frozen=True, slots=True)
class Worked:
    """An article worked through: its findings, and the drafts they were made from."""

    article: Article
    scenes: Scenes
    statements: tuple[Statement, ...]
    reports: tuple[EventReport, ...]
    published: DateRange | None

    @property
    def places(self) -> dict[str, Place]:
        """The places of the article so far, by key."""
        return self.scenes.places.found


@dataclass(frozen=True, slots=True)
class Step:
    """One property of a finding: what it is, and why; ``keys`` are other findings it speaks of."""

    what: str
    value: str
    why: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A word of the finding's sentence: ``head`` is the number of a word, its own at the root."""

    number: int
    word: str
    tag: str
    relation: str
    head: int


@dataclass(frozen=True, slots=True)
class Why:
    """Why one finding is what it is. ``start`` and ``end`` are those of its words."""

    key: str
    kind: str
    start: int
    end: int
    words: str
    steps: tuple[Step, ...]
    places: tuple[Meaning, ...]
    tree: tuple[Node, ...]


def explain(worked: Worked, chosen: Collection[str] | None = None) -> tuple[Why, ...]:
    """Why findings of an article are what they are: those with the keys chosen, or all."""
    told = {one.statement.key: one for one in worked.scenes.told}
    tellings = {one.key: one for one in worked.scenes.open.values()}
    dates = Dates.of(worked.scenes.tree.text, worked.published)
    found: list[Why] = []
    for said in worked.statements:
        if chosen is None or said.key in chosen:
            found.append(_statement(worked, said, told[said.key], dates))
    for report in worked.reports:
        if chosen is None or report.key in chosen:
            found.append(_report(worked, report, tellings[report.key], dates))
    return tuple(sorted(found, key=lambda why: (why.start, why.end, why.key)))


def _why(
    worked: Worked, one: Statement | EventReport, steps: Iterator[Step], places: Sequence[Meaning]
) -> Why:
    kind = "statement" if isinstance(one, Statement) else "report"
    whole, text = one.whole, worked.article.text
    tree = tuple(_tree(worked, one.cue))
    words = whole.of(text)
    told = (*_restored(worked, whole), *steps)
    return Why(one.key, kind, whole.start, whole.end, words, told, tuple(places), tree)


def _restored(worked: Worked, whole: Span) -> Iterator[Step]:
    """Words in capitals (telex, headlines), as they were read."""
    read = whole.of(worked.scenes.tree.text)
    if read != whole.of(worked.article.text):
        yield Step("read as", read, "capitals taken back to those of running text")


def _tree(worked: Worked, cue: Span) -> Iterator[Node]:
    tree = worked.scenes.tree
    for sentence in tree.sentences(cue.start, cue.end):
        for word in tree.of(sentence):
            if not word.is_space:
                yield Node(word.i, word.text, word.tag, word.dep, word.head.i)


# -- statements --------------------------------------------------------------------------


def _statement(worked: Worked, said: Statement, told: Told, dates: Dates) -> Why:
    return _why(worked, said, _statement_steps(worked, said, told, dates), ())


def _statement_steps(worked: Worked, said: Statement, told: Told, dates: Dates) -> Iterator[Step]:
    find, text = told.find, worked.article.text
    frame = find.frame
    line = where("cues.tsv", lemma=frame.lemma, frame=frame.frame, act=frame.act)
    yield Step("cue", said.cue.of(text), f"{line or 'a rule'}: {frame.lemma}, frame {frame.frame}")
    same = frame.act == said.act
    yield Step("act", said.act, "the cue's" if same else f"{frame.act}, made so by what is said")
    yield from _party(worked, "speaker", said.speaker)
    if said.speaker is None:
        yield Step("speaker", "", "nobody is named")
    how = "a quotation beside the cue" if said.quoted else f"the cue's frame {frame.frame}"
    for span in said.content:
        yield Step("content", span.of(text), how)
    for what, mentions in (("addressee", said.addressees), ("target", said.targets)):
        for mention in mentions:
            yield from _party(worked, what, mention)
    if said.medium:
        yield Step("medium", said.medium, where("media.tsv", medium=said.medium))
    for key in said.about:
        yield Step("about", key, "told in its content", (key,))
    yield from _date(dates, said.date)
    rules = list(statement_rules(find, said.speaker, worked.scenes.cast))
    yield _confidence(said.confidence, addends("statement", rules))


# -- reports -----------------------------------------------------------------------------


def _report(worked: Worked, report: EventReport, telling: Telling, dates: Dates) -> Why:
    places = worked.scenes.places
    weighed = places.weighed(report.place) if report.place is not None else ()
    return _why(worked, report, _report_steps(worked, report, telling, dates), weighed)


def _report_steps(
    worked: Worked, report: EventReport, telling: Telling, dates: Dates
) -> Iterator[Step]:
    text, trigger = worked.article.text, telling.trigger
    line = where("triggers.tsv", lemma=trigger.lemma, pos=trigger.pos, type=trigger.event_type)
    yield Step("cue", report.cue.of(text), f"{line or 'a rule'}: {trigger.lemma}, {trigger.pos}")
    yield Step("type", report.event_type, "the cue's")
    if report.mode:
        own = report.mode == trigger.mode
        yield Step("mode", report.mode, "the cue's" if own else "by the means or the party told")
    for what, name in _PARTIES:
        for mention in getattr(report, name):
            yield from _party(worked, what, mention)
    for span in report.targets:
        yield Step("what it hits", span.of(text), f"a thing, no actor{_hanging(worked, span)}")
    if report.place is not None:
        yield _place(worked, report.place)
    yield from _date(dates, report.date)
    for what, toll in (("killed", report.killed), ("injured", report.injured)):
        if toll is not None:
            yield Step(what, toll.text, _bounds(toll))
    yield _factuality(worked, report.factuality, telling)
    if report.background:
        yield Step("background", "yes", "an aside, or long before the article")
    for key in report.about:
        yield Step("about", key, "told in its phrase", (key,))
    yield _confidence(report.confidence, addends("report", list(report_rules(telling))))


def _bounds(toll: Toll) -> str:
    """The numbers that the words of a toll give."""
    numbers = (("minimum", toll.least), ("best", toll.best), ("maximum", toll.most))
    return ", ".join(f"{name} {number:,}" for name, number in numbers if number is not None)


def _factuality(worked: Worked, value: str, telling: Telling) -> Step:
    """What the words around an event and the statement it is told in say of it."""
    token = telling.light or telling.token
    hedge = factuality.of_words(token) or factuality.of_words(telling.token)
    around = f"the words around “{token.text}” say {hedge}" if hedge else "no word hedges it"
    told = worked.scenes.said_in(telling)
    if told is None:
        return Step("factuality", value, f"{around}; told by the article itself")
    key, act = told.statement.key, told.statement.act
    own = ", of what its speaker did" if value == "asserted" and not hedge else ""
    return Step("factuality", value, f"{around}; told in {key}, whose act is {act}{own}", (key,))


def _place(worked: Worked, mention: Mention) -> Step:
    place = worked.places[mention.ref]
    known = f", GeoNames {place.geonames}" if place.geonames else ""
    country = f" in {place.country}" if place.country else ""
    words = mention.span.of(worked.article.text)
    why = f"“{words}”: {place.precision}{country}{_position(place)}{known}"
    return Step("place", place.label, why)


def _position(place: Place) -> str:
    """Where a place is, or why there is no pin."""
    if place.point:
        return f" at {place.point[0]}, {place.point[1]}"
    if place.extent:
        return ", an extent and no point"
    if place.name is None:
        return ", no point: not the place named, but near it or a part of it"
    return ", no point is sure" if place.country else ", not in the gazetteer"


# -- both --------------------------------------------------------------------------------


def _party(worked: Worked, what: str, mention: Mention | None) -> Iterator[Step]:
    """Who is meant, and the words that say so with their place in the tree."""
    if mention is None:
        return
    actor = worked.scenes.cast.register.drafts[mention.ref]
    words = mention.span.of(worked.article.text)
    first = f", first named as “{actor.label}”" if actor.label != words else ""
    hangs = _hanging(worked, mention.span)
    yield Step(what, f"{actor.label} ({actor.kind})", f"“{words}”{hangs}{first}")


def _hanging(worked: Worked, span: Span) -> str:
    """ ", nsubj of “said”"."""
    word = worked.scenes.tree.root_of(span.start, span.end)
    if word is None:
        return ""
    return f", {word.dep} of “{word.head.text}”" if word.head is not word else ", root"


def _date(dates: Dates, date: DateRange | None) -> Iterator[Step]:
    if date is not None:
        yield Step("date", date.edtf, dates.why(date))


def _confidence(value: float, table: str) -> Step:
    return Step("confidence", f"{value:.2f}", f"{table} (confidence.tsv)")
