"""The view of judged articles: patched it is what building it anew gives, undone what it was."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.iri import DEFAULT_BASE, graph_iri, mint
from kg.judgements import Judgement, Named, Verdict, minted
from kg.judgements.slots import SLOTS, FindingKind
from kg.keeping import judge
from kg.model import Span
from kg.store import Store, open_store
from kg.terms import Triple, value
from kg.verify import verify
from kg.view import Edit, build, is_whole, refresh, turn, update
from kg.vocab import codes
from tests.ontology.validate import conforms
from tests.scene_review import article_store, saw
from tests.scenes import scene_graphs
from tests.sheet import instances
from tests.test_view import CORPUS
from tests.test_view_stored import POOL, VIEW, put

JUDGED = graph_iri(DEFAULT_BASE, "judgements")
GRAPHS = sorted(POOL)
FIRST = datetime(2021, 5, 6, tzinfo=UTC)


class Things:
    """What articles hold that can be judged: (article, IRI) of everything in any version."""

    def __init__(self, versions: Mapping[str, Sequence[Sequence[Triple]]]) -> None:
        self.versions = versions
        self.statements = self._of("ck:Statement")
        self.reports = self._of("ck:EventReport")
        self.actors = self._of("ck:Actor")
        self.places = self._of("ck:Place")

    def says(self, article: str, finding: str) -> list[str]:
        """The digests of what a finding says in the versions of its article."""
        return [saw(triples, finding) for triples in self.versions[article]]

    def _of(self, kind: str) -> list[tuple[str, str]]:
        return sorted(
            {
                (graph, value(node))
                for graph, versions in self.versions.items()
                for triples in versions
                for node in instances(triples, kind)
            }
        )


CHANGING = Things(POOL)
SCENE = Things({graph: [triples] for graph, triples in scene_graphs()})
VERDICTS: list[Verdict] = ["accept", "reject", "correct", "same", "different"]
PEOPLE = st.sampled_from(["Ana", "Ben"])
VALUES = {
    "act": codes("act"),
    "event_type": ("ASSAULT", "COERCE"),
    "mode": ("ASSAULT/aerial", "COERCE/seize"),
    "factuality": codes("factuality"),
    "date": ("2021-05-02", "2021-05", "XXXX-05-02"),
    "killed": ("3", "12..", "..40"),
    "injured": ("2..3..4",),
}


@st.composite
def judgements(draw: st.DrawFn, number: int, things: Things = CHANGING) -> Judgement:
    """Anything that a person may say of the pool's articles."""
    when = FIRST + timedelta(minutes=number)
    by, verdict = draw(PEOPLE), draw(st.sampled_from(VERDICTS))

    def made(verdict: Verdict, subject: str, **more: object) -> Judgement:
        return minted(DEFAULT_BASE, verdict, subject, by=by, when=when, why="read", **more)

    if verdict in ("same", "different"):
        kinds = [things.statements, things.reports, things.actors, things.places]
        kind = st.sampled_from(draw(st.sampled_from(kinds)))
        one, other = draw(st.lists(kind, min_size=2, max_size=2, unique=True))
        return made(verdict, one[1], object=other[1])
    of: FindingKind = draw(st.sampled_from(get_args(FindingKind)))
    findings = things.statements if of == "statement" else things.reports
    article, subject = draw(st.sampled_from(findings))
    if verdict != "correct":
        seen = draw(st.none() | st.sampled_from(things.says(article, subject)))
        return made(verdict, subject, article=article, saw=seen)
    slot = draw(st.sampled_from([one for one in SLOTS.values() if of in one.of]))
    start = draw(st.integers(0, 9))
    spans = (Span(start, start + draw(st.integers(1, 9))),)
    named: tuple[Named, ...] = ()
    if slot.name in VALUES:
        values = (draw(st.sampled_from(VALUES[slot.name])),)
    elif draw(st.booleans()):
        pool = things.places if slot.holds == "place" else things.actors
        label = draw(st.sampled_from(["Ada Lorne", "an official"]))
        same = draw(st.none() | st.sampled_from([iri for _, iri in pool]))
        room = "place" if slot.holds == "place" else "actor"
        iri = mint(DEFAULT_BASE, room, article, "named", label, same or "")
        named = (Named(iri, label, "Place" if room == "place" else "Person", same),)
        values = (iri,)
    else:
        pool = things.places if slot.holds == "place" else things.actors
        values = (draw(st.sampled_from([iri for graph, iri in pool if graph == article] or [""])),)
    filled = tuple(filter(None, values))
    return made(
        *("correct", subject),
        article=article,
        slot=slot.name,
        values=filled,
        named=named,
        spans=spans,
    )


@st.composite
def histories(draw: st.DrawFn) -> list[Judgement | dict[str, int]]:
    """Articles that change, judgements and undoings, one after the other."""
    steps: list[Judgement | dict[str, int]] = [dict.fromkeys(GRAPHS, 0)]
    made: list[Judgement] = []
    for number in range(draw(st.integers(1, 8))):
        what = draw(st.sampled_from(["judge", "judge", "judge", "undo", "change"]))
        if what == "change":
            changed = st.dictionaries(
                st.sampled_from(GRAPHS), st.integers(0, 3), min_size=1, max_size=2
            )
            steps.append(draw(changed))
            continue
        one = draw(judgements(number))
        if what == "undo" and made:
            gone = draw(st.sampled_from(made))
            one = minted(
                DEFAULT_BASE,
                "undo",
                gone.subject,
                by="Ana",
                when=FIRST + timedelta(minutes=number),
                why="no",
                undoes=gone.id,
            )
        made.append(one)
        steps.append(one)
    return steps


def expected(store: Store, told: Sequence[Judgement]) -> list[Triple]:
    graphs = [(iri, store.read(iri)) for iri in store.graphs() if "/article/" in iri]
    return build(DEFAULT_BASE, graphs, told)


@settings(deadline=None, max_examples=15)
@given(histories())
def test_a_patched_view_is_the_view_made_anew(steps: list[Judgement | dict[str, int]]) -> None:
    walk(steps)


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@given(histories())
def test_so_it_is_after_many_histories(steps: list[Judgement | dict[str, int]]) -> None:
    walk(steps)


def walk(steps: list[Judgement | dict[str, int]]) -> None:
    """Go through a history; after each step the patched view is the one made anew."""
    store = open_store("memory:", base=DEFAULT_BASE)
    refresh(store)
    told: list[Judgement] = []
    for step in steps:
        if isinstance(step, Judgement):
            told.append(step)
            judge(store, step)
        else:
            wanted = {graph: POOL[graph][at % len(POOL[graph])] for graph, at in step.items()}
            if len(step) > 1:
                update(store, put(store, wanted))
            else:
                turn(store, {graph: Edit(store.read(graph), new) for graph, new in wanted.items()})
        assert store.read(VIEW) == expected(store, told[::-1])
        assert is_whole(store)
    store.close()


@settings(deadline=None, max_examples=8)
@given(
    st.lists(st.integers(0, 99), max_size=6).flatmap(
        lambda numbers: st.tuples(*(judgements(number, SCENE) for number in numbers))
    )
)
def test_whatever_people_judge_every_promise_is_kept(told: tuple[Judgement, ...]) -> None:
    store = article_store()
    judge(store, *told)
    refresh(store)
    assert list(verify(store)) == []
    assert conforms(store.read(VIEW)) == []
    store.close()


@settings(deadline=None, max_examples=20)
@given(
    st.lists(st.integers(0, 99), min_size=1, max_size=3).flatmap(
        lambda numbers: st.tuples(*(judgements(number) for number in numbers))
    )
)
def test_undoing_gives_back_the_very_bytes(made: tuple[Judgement, ...]) -> None:
    store = open_store("memory:", base=DEFAULT_BASE)
    store.replace(CORPUS)
    refresh(store)
    before = store.read(VIEW)
    judge(store, *made)
    undo = {
        one.id: minted(
            *(DEFAULT_BASE, "undo", one.subject),
            by="Ben",
            when=FIRST + timedelta(days=1),
            why="no",
            undoes=one.id,
        )
        for one in made
    }
    judge(store, *undo.values())
    assert store.read(VIEW) == before
    assert len(store.read(JUDGED)) > 0
    store.close()
