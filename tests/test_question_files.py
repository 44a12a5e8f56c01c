"""Named questions as files: their headers, their parameters and what stands of them in the docs."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import query
from kg.errors import BadInput, NotFound
from kg.query import Param
from kg.store.base import Store
from tests.scene_talks import talks_store
from tests.test_query import NAMES, ask


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    opened = talks_store()
    yield opened
    opened.close()


DOCS = Path(__file__).parents[1] / "docs" / "sparql.md"


@pytest.mark.parametrize("name", NAMES)
def test_a_question_says_what_it_is(name: str) -> None:
    question = query.load(name)
    assert question.title
    assert question.question.endswith("?")
    assert question.description.endswith(".")
    assert max(map(len, question.text.splitlines())) <= 100
    for param in question.params:
        assert question.text.count(f"VALUES ?{param.name} {{ ") == 1


@pytest.mark.parametrize("name", NAMES)
def test_the_default_of_a_parameter_is_what_stands_in_the_query(name: str) -> None:
    question = query.load(name)
    defaults = {param.name: param.default for param in question.params}
    assert query.bind(question, defaults) == query.bind(question, {}) == question.text


def test_a_question_is_read_from_its_header() -> None:
    question = query.load("what-happened-on")
    assert question.title == "Events on or about a day"
    assert question.question == "What happened on or about a day?"
    assert question.params[1] == Param(
        "to", "date:last", "9999-12-31", "the last day; of a month or year its last"
    )


@pytest.mark.parametrize(
    ("name", "params", "says"),
    [
        ("who-called-for", {"colour": "red"}, "has no parameter 'colour'; it has mode"),
        ("articles", {"mode": "investigate"}, "has no parameter 'mode'; it has none"),
        ("who-called-for", {"mode": "probe"}, "mode='probe' is not allowed: allowed are ACCUSE"),
        ("who-called-for", {"mode": "withdraw"}, "RETREAT/withdraw or SANCTION/withdraw"),
        ("who-called-for", {"mode": ""}, "mode='' is not allowed"),
        ("what-happened-on", {"from": "soon"}, "from='soon' is not allowed"),
        ("what-happened-on", {"to": "XXXX-10-03"}, "a date with a year"),
        ("what-did-actor-say", {"actor": "\ud800"}, "actor="),
    ],
)
def test_what_is_not_allowed_is_refused_with_what_is(
    store: Store, name: str, params: Mapping[str, str], says: str
) -> None:
    with pytest.raises(BadInput, match=re.escape(says)):
        query.run(store, name, params)


@pytest.mark.parametrize("name", ["who", "../query", "who-called-for.rq", ""])
def test_an_unknown_question_lists_those_there_are(name: str) -> None:
    with pytest.raises(NotFound, match="alleged-unverified, articles"):
        query.load(name)


def test_other_types_of_parameter_become_terms() -> None:
    question = query.Question(
        name="test",
        title="Test",
        question="Test?",
        description="Test.",
        params=(Param("who", "iri", "-", "who"), Param("most", "integer", "3", "how many")),
        text="SELECT * { VALUES ?who { UNDEF } VALUES ?most { 3 } }",
    )
    bound = query.bind(question, {"who": "http://x/a", "most": "-12"})
    assert bound == (
        "SELECT * { VALUES ?who { <http://x/a> } "
        'VALUES ?most { "-12"^^<http://www.w3.org/2001/XMLSchema#integer> } }'
    )
    for bad in ({"who": "http://x/> } #"}, {"most": "1e3"}, {"most": "٣"}):
        with pytest.raises(BadInput, match="is not allowed"):
            query.bind(question, bad)


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(codec="utf-8"), max_size=30))
def test_a_string_stays_one_string(text: str) -> None:
    question = query.load("what-did-actor-say")
    bound = query.bind(question, {"actor": text})
    before, _, after = question.text.partition('VALUES ?actor { "" }')
    assert bound.startswith(before)
    assert bound.endswith(after)


@pytest.mark.parametrize("text", ['" } ?s ?p ?o { "', "VALUES ?actor { }", "\\", "a\\u0022 }"])
def test_text_that_looks_like_sparql_is_only_text(store: Store, text: str) -> None:
    assert ask(store, "what-did-actor-say", actor=text) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_question_is_documented(name: str) -> None:
    question = query.load(name)
    sections = re.split(r"^### ", DOCS.read_text(encoding="utf-8"), flags=re.MULTILINE)
    (section,) = [one for one in sections if one.startswith(f"`{name}`")]
    assert question.question in section
    assert question.description in " ".join(section.split())
    for param in question.params:
        assert f"`{param.name}`" in section


@pytest.mark.parametrize("name", NAMES)
def test_every_column_is_documented(store: Store, name: str) -> None:
    text = DOCS.read_text(encoding="utf-8")
    passage = re.findall("`([a-z]+)`", text.split("## The passage")[1].split("    ")[0])
    (section,) = [one for one in text.split("### ") if one.startswith(f"`{name}`")]
    named = re.findall("`([a-z_]+)`", section.split("Columns: ")[1].split("\n\n")[0])
    given = query.run(store, name, table="text/csv").body.decode().splitlines()[0].split(",")
    assert set(given) == set(named) | (set(passage) if "the passage" in section else set())
