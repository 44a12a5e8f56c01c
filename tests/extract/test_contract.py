"""What any extraction keeps to, whatever the text: spans, keys, references, codes, shapes."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import vocab
from kg.analyse.sentences import SENTENCES
from kg.extract import Extractor, open_extractor
from kg.extract.dates import parse_date
from kg.extract.extractor import RuleExtractor
from kg.extract.lexicon import accidents, cues, nouns, rows, triggers, weapons
from kg.model import Actor, Article, DateRange, EventReport, Extraction, Mention, Span, Statement
from kg.rdf import article_graph
from tests.analyse.clear_trees import TREES, saved
from tests.analyse.clear_trees import WRITTEN as WRITTEN_TREES
from tests.extract.conftest import Read
from tests.extract.test_tables import CASES
from tests.ontology.validate import conforms

BASE = "http://localhost:8000/"
FOLDER = Path(__file__).parent / "articles"
ARTICLES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.txt"))}
"""Articles in the style of different outlets, with invented people."""
WRITTEN = {"written trees": " ".join(tree.text for tree in TREES)}
"""Sentences that every analyser of the tests knows, also where no model is installed."""
ODD = {
    "empty": "",
    "blanks": " \n\t \n",
    "one word": "War",
    "only marks": '"“”‘’«»,.?!—()[]{}',
    "no capitals": "the army said on monday it had taken the town of mopti from the rebels.",
    "all capitals": "ARMY SAYS 12 REBELS KILLED IN MOPTI RAID, REBELS DENY CLAIM",
    "other scripts": "Генерал сказал: «Мы победим». 將軍說 قال الجنرال army said so.",
    "combining": "Ge\u0301ne\u0301ral Ada Lane\u0301 said the bridge was gone.\u200b\ufeff\u00ad",
    "astral": "🔥 Ada Lane said: “The bridge 🌉 is gone.” 💥 Two soldiers were killed.",
    "line ends": "Ada Lane said\r\nthe bridge\rwas gone.\x0b\x0cRebels\u2028attacked a base.",
    "open quotation": "Ada Lane said: “The bridge is gone. Nobody can cross. Rebels killed",
    "one long sentence": "Rebels said " + "that the army said " * 60 + "it had attacked.",
    "one long word": "a" * 5000 + " said the bridge was gone.",
}


def spans(extraction: Extraction) -> Iterator[Span]:
    """Every span of an extraction."""
    for actor in extraction.actors:
        yield actor.span
        yield from (post.span for post in actor.memberships)
    yield from (place.span for place in extraction.places)
    for said in extraction.statements:
        yield from (said.whole, said.cue, *said.content)
        yield from dates([said.date])
    for report in extraction.reports:
        yield from (report.whole, report.cue)
        yield from dates([report.date])
        yield from (toll.span for toll in (report.killed, report.injured) if toll)
    yield from (mention.span for mention in mentions(extraction))
    yield from (report.place.span for report in extraction.reports if report.place)


def dates(found: list[DateRange | None]) -> Iterator[Span]:
    for date in found:
        if date is not None:
            assert date.span is not None, "a date without its words"
            yield date.span


def mentions(extraction: Extraction) -> Iterator[Mention]:
    """Every mention of an actor."""
    for said in extraction.statements:
        yield from (said.speaker,) if said.speaker else ()
        yield from (*said.addressees, *said.targets)
    for report in extraction.reports:
        yield from (*report.actors, *report.recipients, *report.mediators)


def check(text: str, extraction: Extraction) -> None:
    """Everything but the shapes, which cost a second."""
    for span in spans(extraction):
        assert 0 <= span.start < span.end <= len(text)
        assert span.of(text).strip(), "a span of blanks"
    check_keys(extraction)
    check_codes(extraction)
    for said in extraction.statements:
        assert said.content or said.targets, "a statement that says nothing"
        parts = (said.cue, *said.content, *(m.span for m in (*said.targets, *said.addressees)))
        assert all(said.whole.holds(part) for part in parts)
    for report in extraction.reports:
        assert report.whole.holds(report.cue)
    for actor in extraction.actors:
        assert actor.label.strip(), "an actor without a label"
        assert actor.name is None or actor.name.strip()


def check_keys(extraction: Extraction) -> None:
    actors = {actor.key: actor for actor in extraction.actors}
    places = {place.key for place in extraction.places}
    findings: list[Statement | EventReport] = [*extraction.statements, *extraction.reports]
    told = [one.key for one in findings]
    counts = Counter([*told, *(a.key for a in extraction.actors), *places])
    assert not [key for key, count in counts.items() if count > 1]
    assert {mention.ref for mention in mentions(extraction)} <= set(actors)
    assert {report.place.ref for report in extraction.reports if report.place} == places
    for one in findings:
        assert set(one.about) <= set(told) - {one.key}, f"{one.key} is about {one.about}"
        assert len(one.about) == len(set(one.about))
    for actor in extraction.actors:
        check_actor(actor, set(actors))


def check_actor(actor: Actor, keys: set[str]) -> None:
    bodies = {post.organization for post in actor.memberships if post.organization}
    assert set(actor.members) | bodies <= keys
    assert actor.key not in actor.members
    assert actor.kind == "Group" or not actor.members
    assert actor.sector is None or actor.sector in vocab.codes("sector")


def check_codes(extraction: Extraction) -> None:
    for said in extraction.statements:
        assert said.act in vocab.codes("act")
        assert 0 < said.confidence < 1
        assert round(said.confidence, 2) == said.confidence
    for report in extraction.reports:
        assert report.event_type in vocab.codes("event-type")
        assert report.mode is None or f"{report.event_type}/{report.mode}" in modes()
        assert report.factuality in vocab.codes("factuality")
        assert 0 < report.confidence < 1
        assert round(report.confidence, 2) == report.confidence


def modes() -> frozenset[str]:
    return frozenset(vocab.codes("mode"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text[:40])
def test_sentences_keep_the_contract(case: object, read: Read) -> None:
    text = str(getattr(case, "text", case))
    check(text, read(text).extraction)


@pytest.mark.parametrize("name", [*ARTICLES, *ODD, *WRITTEN])
def test_texts_keep_the_contract(name: str, reader: Extractor) -> None:
    text = {**ARTICLES, **ODD, **WRITTEN}[name]
    for published in (parse_date("2024-04-12"), None):
        found = reader.extract(Article(text, published=published))
        check(text, found)
        assert (found.extractor, found.version) == (reader.name, reader.version)


@pytest.mark.parametrize("name", ARTICLES)
def test_article_graphs_conform_to_the_shapes(name: str, extractor: RuleExtractor) -> None:
    shaped(name, ARTICLES[name], extractor)


@pytest.mark.parametrize("name", WRITTEN)
def test_the_graphs_of_every_reader_conform(name: str, reader: Extractor) -> None:
    shaped(name, WRITTEN[name], reader)


def shaped(name: str, text: str, reader: Extractor) -> None:
    article = Article(text, published=parse_date("2024-04-12"), headline=name)
    _, triples = article_graph(BASE, article, reader.extract(article))
    assert conforms(triples) == []


def test_reading_again_gives_the_same(reader: Extractor) -> None:
    for text in (*ARTICLES.values(), *WRITTEN.values()):
        assert reader.extract(Article(text)) == reader.extract(Article(text))


def test_order_and_company_do_not_matter(reader: Extractor) -> None:
    articles = [Article(text) for text in (*ARTICLES.values(), *WRITTEN.values())]
    forward = list(reader.extract_many(articles))
    backward = list(reader.extract_many(articles[::-1]))
    assert forward == backward[::-1]


@pytest.mark.parametrize("seed", ["0", "1234"])
def test_another_process_finds_the_same(seed: str, extractor: RuleExtractor) -> None:
    """Hash seeds must not matter: no set or dictionary order reaches the output."""
    name = next(iter(ARTICLES))
    code = (
        "import sys; from kg.extract import open_extractor; from kg.model import Article;"
        "print(open_extractor().extract(Article(open(sys.argv[1], encoding='utf-8').read())))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(FOLDER / f"{name}.txt")],
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert run.stdout.strip() == str(extractor.extract(Article(ARTICLES[name])))


PIECES = st.sampled_from([case.text for case in CASES])
JUNK = st.text("\n\r\t \u00a0\u200b\"'“”‘’.,?!—-()0Aaé🔥", max_size=4)


@st.composite
def mutilated(draw: st.DrawFn) -> str:
    """Sentences cut off, said twice, with characters lost or put in."""
    text = draw(JUNK).join(draw(st.lists(PIECES, min_size=1, max_size=3)))
    for _ in range(draw(st.integers(0, 4))):
        left, right = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
        change = draw(st.sampled_from(["cut", "drop", "twice", "junk", "upper"]))
        middle = text[left:right]
        changed = {
            "drop": text[:left] + text[min(left + 1, right) :],
            "twice": text[:right] + middle + text[right:],
            "junk": text[:left] + draw(JUNK) + text[left:],
            "upper": text[:left] + middle.upper() + text[right:],
        }
        text = changed.get(change, middle)[:1500]
    return text


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(text=mutilated())
def test_mutilated_texts_keep_the_contract(text: str, read: Read) -> None:
    check(text, read(text).extraction)


def test_lexicons_hold_codes_of_the_ontology() -> None:
    acts = {frame.act for frames in cues().values() for frame in frames}
    assert acts <= set(vocab.codes("act"))
    told = triggers().values()
    assert {trigger.event_type for trigger in told} <= set(vocab.codes("event-type"))
    assert {f"{t.event_type}/{t.mode}" for t in told if t.mode} <= modes()
    assert {f"ASSAULT/{mode}" for mode in weapons().values() if mode} <= modes()
    assert {noun.sector for noun in nouns().values()} - {None} <= set(vocab.codes("sector"))
    assert {noun.kind for noun in nouns().values()} <= {
        *("Person", "Organization", "State", "Group", "Document"),
    }
    assert {row["factuality"] for row in rows("hedges.tsv")} <= set(vocab.codes("factuality"))
    assert not accidents() & set(weapons())


DATA = sorted((Path(__file__).parents[2] / "kg" / "extract" / "data").glob("*.tsv"))


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.name)
def test_lexicons_name_their_source_and_have_no_double(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    assert any(line.startswith("# Source: ") for line in lines)
    found = rows(path.name)
    assert found, "an empty lexicon"
    for row in found:
        assert all(value is not None and value == value.strip() and value for value in row.values())
    keys = [tuple(row.values()) for row in found]
    assert len(keys) == len(set(keys))


def test_extractor_says_what_it_is() -> None:
    found = open_extractor("rules")
    assert (found.name, bool(found.version)) == ("rules", True)


def test_rules_read_over_an_installed_pipeline(tmp_path: Path) -> None:
    """What the rules find in trees of another style, once these are hung anew."""
    reader = open_extractor(f"spacy:{saved(tmp_path / 'clear', SENTENCES, WRITTEN_TREES)}")
    found = reader.extract(Article(WRITTEN["written trees"]))
    labels = {actor.key: actor.label for actor in found.actors}
    text = WRITTEN["written trees"]
    told = [
        (labels[one.speaker.ref] if one.speaker else "", one.act, one.content[0].of(text))
        for one in found.statements
        if one.content
    ]
    assert ("Ada Lane", "say", "that the army was in Kesh") in told
    assert ("Rebels", "deny", "that there was a war") in told
    assert ("envoy", "say", "the talks were not dead") in told
    assert "spacy:en_pipeline-0.0.0" in reader.version
