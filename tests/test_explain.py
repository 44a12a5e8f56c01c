"""``kg explain``: the reasons are those of the running program, for people and for programs."""

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import kg
from kg.edtf import parse_date
from kg.extract.explain import Why
from kg.extract.extractor import RuleExtractor
from kg.iri import DEFAULT_BASE, article_iri
from kg.model import Article

TEXT_TREE = ["She", "called", "for", "an", "inquiry", "."]
PAGE = (Path(__file__).parents[1] / "docs" / "explain.md").read_text(encoding="utf-8")
TEXT = (
    "The mayor of Aleppo, Ada Lane, said on Monday that rebels might have shelled Latakia.\n"
    "She called for an inquiry."
)


def run(*arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(kg, ["explain", *arguments], input=given)


@pytest.fixture(scope="module")
def found() -> dict[str, Why]:
    """What explains each finding of the text, by its cue."""
    article = Article(TEXT, published=parse_date("2024-04-12"))
    return {why.steps[0].value: why for why in RuleExtractor().explain(article)}


def reason(why: Why, what: str) -> tuple[str, str]:
    (step,) = (step for step in why.steps if step.what == what)
    return step.value, step.why


def test_the_page_shows_what_the_program_prints() -> None:
    ((command, printed),) = re.findall(r"```console\n\$ kg (.*)\n((?:.*\n)*?)```", PAGE)
    result = CliRunner().invoke(kg, shlex.split(command))
    assert bare(result.output) == bare(printed)


def bare(printed: str) -> list[str]:
    """The words of a table, whatever its lines are numbered and however wide it is."""
    numbered = re.sub(r"line \d+", "line N", printed)
    return [re.sub(r"[\s━─┃│]+", " ", line).strip() for line in numbered.strip().splitlines()]


def test_a_cue_is_told_with_its_line_in_the_lexicon(found: dict[str, Why]) -> None:
    _, line = reason(found["called"], "cue")
    number = int(re.findall(r"cues.tsv line (\d+): call, frame for", line)[0])
    data = Path(__file__).parents[1] / "kg" / "extract" / "data" / "cues.tsv"
    row = data.read_text(encoding="utf-8").splitlines()[number - 1]
    assert row.split("\t")[:3] == ["call", "for", "request"]


def test_a_pronoun_is_told_with_whom_it_stands_for(found: dict[str, Why]) -> None:
    assert reason(found["called"], "speaker") == (
        "Ada Lane (Person)",
        "“She”, nsubj of “called”, first named as “Ada Lane”",
    )


def test_a_date_is_told_with_its_words_and_its_anchor(found: dict[str, Why]) -> None:
    assert reason(found["said"], "date") == (
        "2024-04-08",
        "“Monday”, counted from the publication date 2024-04-12",
    )


def why_of(text: str, cue: str) -> Why:
    """Why the finding with this cue is what it is, in a text without a publication date."""
    (found,) = (
        why
        for why in RuleExtractor().explain(Article(text))
        if any((step.what, step.value) == ("cue", cue) for step in why.steps)
    )
    return found


def test_a_date_is_counted_from_the_dateline_where_there_is_no_other() -> None:
    text = "ALEPPO, 12 April 2024 (Lake News) - Rebels shelled a mill on Monday."
    assert reason(why_of(text, "shelled"), "date") == (
        "2024-04-08",
        "“Monday”, counted from the dateline 2024-04-12",
    )


def test_a_thing_that_is_hit_is_told_with_its_place_in_the_tree() -> None:
    why = why_of("Rebels shelled a mill near Aleppo, wounding dozens.", "shelled")
    assert reason(why, "what it hits") == ("mill", "a thing, no actor, obj of “shelled”")
    assert reason(why, "injured") == ("dozens", "minimum 24")
    assert reason(why, "place")[1].endswith("near it or a part of it")


def test_capitals_are_told_as_they_were_read() -> None:
    text = "THE ARMY SHELLED ALEPPO ON MONDAY, AND REBELS LEFT THE CITY BY NIGHT."
    why = why_of(text, "SHELLED")
    value, because = reason(why, "read as")
    assert value.startswith("The army shelled Aleppo")
    assert because.startswith("capitals")
    assert why.words == text[why.start : why.end]


def test_a_step_names_the_findings_it_speaks_of(found: dict[str, Why]) -> None:
    (about,) = (step for step in found["called"].steps if step.what == "about")
    assert about.keys == (about.value,) == (found["inquiry"].key,)
    (told,) = (step for step in found["shelled"].steps if step.what == "factuality")
    assert told.keys == (found["said"].key,)


def test_only_what_is_chosen_is_explained_and_as_it_would_be_among_all(
    found: dict[str, Why],
) -> None:
    article = Article(TEXT, published=parse_date("2024-04-12"))
    wanted = found["shelled"]
    assert RuleExtractor().explain(article, lambda _: [wanted.key]) == (wanted,)
    assert RuleExtractor().explain(article, lambda _: []) == ()


def test_confidence_is_told_with_its_addends(found: dict[str, Why]) -> None:
    value, table = reason(found["called"], "confidence")
    assert (value, table) == ("0.75", "phrase 0.85, pronoun -0.10 (confidence.tsv)")


def test_factuality_is_told_with_its_hedge_and_its_statement(found: dict[str, Why]) -> None:
    value, why = reason(found["shelled"], "factuality")
    said = found["said"]
    assert value == "hypothetical"
    assert why == (
        f"the words around “shelled” say hypothetical; told in {said.key}, whose act is say"
    )


def test_a_place_is_told_with_what_its_name_can_mean(found: dict[str, Why]) -> None:
    places = found["shelled"].places
    assert [one["country"] for one in places if one["chosen"]] == ["SY"]
    assert [one["weight"] for one in places] == sorted(
        (one["weight"] for one in places), reverse=True
    )


def test_the_tree_is_that_of_the_sentence(found: dict[str, Why]) -> None:
    nodes = {node.number: node for node in found["called"].tree}
    assert [node.word for node in nodes.values()] == TEXT_TREE
    assert {node.word: nodes[node.head].word for node in nodes.values()}["inquiry"] == "called"


def test_explaining_finds_what_reading_finds(found: dict[str, Why]) -> None:
    article = Article(TEXT, published=parse_date("2024-04-12"))
    read = RuleExtractor().extract(article)
    wanted = {one.key for one in read.statements} | {one.key for one in read.reports}
    assert {why.key for why in found.values()} == wanted


def test_a_finding_of_the_store_is_explained_in_its_article(tmp_path: Path) -> None:
    store = f"oxigraph:{tmp_path / 'store'}"
    source = tmp_path / "a.txt"
    source.write_text(TEXT, encoding="utf-8")
    ingested = CliRunner().invoke(
        kg, ["ingest", str(source), "--date", "2024-04-12", "--store", store]
    )
    assert ingested.exit_code == 0, ingested.output
    iri = article_iri(DEFAULT_BASE, None, TEXT)
    whole = json.loads(run(iri, "--store", store, "--json").output)
    assert len(whole) == 4
    record = CliRunner().invoke(kg, ["show", iri, "--store", store, "--json"])
    statement = json.loads(record.output)["statements"][1]
    (one,) = json.loads(run(statement["id"], "--store", store, "--json").output)
    assert (one["kind"], one["steps"][0]["value"]) == ("statement", "called")
    report = json.loads(record.output)["reports"][0]
    (one,) = json.loads(run(report["id"], "--store", store, "--json").output)
    assert (one["kind"], one["steps"][0]["value"]) == ("report", "shelled")
    (last,) = json.loads(run(report["id"].rsplit("/", 1)[-1], "--store", store, "--json").output)
    assert last == one
    unknown = run("0123456789abcdef0123456789abcdef", "--store", store)
    assert "nothing is called" in str(unknown.exception)
    actor = statement["speaker"]["id"]
    refused = run(actor, "--store", store)
    assert "no statement, event, report or article" in str(refused.exception)


def test_a_text_may_come_by_standard_input() -> None:
    result = run("-", "--json", given="Rebels denied the charge.")
    assert [one["steps"][1]["value"] for one in json.loads(result.output)] == ["deny"]


def test_a_text_that_says_nothing_is_said_to_say_nothing() -> None:
    assert run("It rained.").output.startswith("Nothing is said or done in it")
