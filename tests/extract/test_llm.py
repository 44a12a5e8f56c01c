"""The reader that asks a language model, against an endpoint that answers well, badly, late."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from kg.cli import kg
from kg.config import settings
from kg.edtf import parse_date
from kg.errors import BadInput, NoAnswer
from kg.extract import open_extractor
from kg.extract.llm import LlmExtractor, locate, schema
from kg.extract.llm.client import Client, Endpoint
from kg.model import Article, Extraction, Span
from kg.pipeline import ingest
from kg.store import open_store
from tests.extract.endpoint import Json, Reply, in_turn, message, serving, text_of

TEXT = (
    "Ada Lane, the mayor of Aleppo, said on Monday that the army had shelled the market in Aleppo,"
    " killing at least 12 people. The army denied it. “We saw it,” she said."
)
ARTICLE = Article(TEXT, published=parse_date("2024-04-12"))
LANE = {"words": "Ada Lane", "name": "Ada Lane", "kind": "Person"}
ARMY = {"words": "the army", "name": None, "kind": "Organization"}
SAID: Json = {
    "quote": "Ada Lane, the mayor of Aleppo, said on Monday that the army had shelled the market",
    "cue": "said",
    "act": "claim",
    "content": ["that the army had shelled the market in Aleppo, killing at least 12 people"],
    "speaker": LANE,
    "quoted": False,
    "addressees": [],
    "targets": [],
    "date": "on Monday",
}
SHELLED: Json = {
    "quote": "the army had shelled the market in Aleppo, killing at least 12 people",
    "cue": "shelled",
    "event_type": "ASSAULT",
    "mode": "heavy-weapons",
    "factuality": "alleged",
    "actors": [ARMY],
    "recipients": [],
    "mediators": [],
    "targets": ["the market"],
    "place": "Aleppo",
    "date": None,
    "background": False,
    "killed": "at least 12 people",
    "injured": None,
}
GOOD: Json = {"statements": [SAID], "reports": [SHELLED]}


def told(*replies: Reply, slept: list[float] | None = None, **limits: Any) -> Extraction:
    """What the reader makes of an article when the endpoint replies so."""
    with serving(in_turn(replies)) as endpoint:
        waits = slept if slept is not None else []
        client = Client(Endpoint(endpoint.url, "secret", **limits), sleep=waits.append)
        found = LlmExtractor("tests", client).extract(ARTICLE)
        assert set(endpoint.keys) == {"Bearer secret"}
        return found


def changed(finding: Json, **changes: object) -> Json:
    """A good answer in which one finding says something else."""
    altered = {**finding, **changes}
    return {
        "statements": [altered if finding is SAID else SAID],
        "reports": [altered if finding is SHELLED else SHELLED],
    }


def test_a_good_answer_is_read() -> None:
    found = told(message(GOOD))
    (said,), (report,) = found.statements, found.reports
    assert found.dropped == 0
    assert (said.cue.of(TEXT), said.act, said.about) == ("said", "claim", (report.key,))
    assert said.date is not None
    assert (said.date.edtf, said.date.text) == (
        "2024-04-08",
        "Monday",
    )  # by the rules, not the model
    assert report.killed is not None
    assert (report.killed.least, report.killed.best) == (12, None)
    assert report.place is not None
    assert found.places[0].country == "SY"
    assert {actor.label for actor in found.actors} == {"Ada Lane", "the army"}
    assert {said.confidence, report.confidence} == {0.6}


@pytest.mark.parametrize("finding", [SAID, SHELLED])
@pytest.mark.parametrize(
    "change",
    [
        {"cue": "bombarded"},
        {"quote": "The army had bombarded the market."},
        {"cue": None},
        {"act": "shout", "event_type": "WAR"},
        {"act": 7, "factuality": ["alleged"]},
        {"content": ["that the army had burned the market"], "factuality": "true"},
    ],
    ids=str,
)
def test_a_finding_without_its_words_or_with_a_wrong_code_is_dropped(
    finding: Json, change: Json
) -> None:
    found = told(message(changed(finding, **change)))
    kept = found.reports if finding is SAID else found.statements
    lost = found.statements if finding is SAID else found.reports
    assert (len(kept), len(lost)) == (1, 0)
    assert found.dropped >= 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"place": "Damascus"}, "place"),
        ({"date": "on Tuesday"}, "date"),
        ({"killed": "at least 30 people"}, "killed"),
        ({"mode": "agree"}, "mode"),
        ({"actors": [{**ARMY, "words": "rebels"}]}, "actors"),
        ({"actors": "the army"}, "actors"),
    ],
    ids=str,
)
def test_a_property_that_the_text_does_not_say_is_left_out_and_counted(
    change: Json, field: str
) -> None:
    found = told(message(changed(SHELLED, **change)))
    (report,) = found.reports
    assert not getattr(report, field)
    assert found.dropped == 1


def test_the_same_finding_twice_is_one() -> None:
    found = told(message({"statements": [SAID, SAID], "reports": [SHELLED, "and more"]}))
    assert (len(found.statements), len(found.reports), found.dropped) == (1, 1, 2)


def test_a_repeated_word_is_the_one_in_its_quotation() -> None:
    last = {**SAID, "quote": '"We saw it," she said', "content": ["We saw it"], "date": None}
    found = told(message({"statements": [last], "reports": []}))
    (said,) = found.statements
    assert said.cue.start == TEXT.rindex("said")
    assert said.content[0].of(TEXT) == "We saw it"


NOT_READ = {
    "nonsense": (message("The article is about a war."), "no JSON"),
    "another shape": (message({"answer": 42}), "not of the schema"),
    "a list": (message([]), "not of the schema"),
    "cut off": (message(json.dumps(GOOD)[:200], finish_reason="length"), "cut off"),
    "broken": (message(json.dumps(GOOD)[:-9]), "no JSON"),
    "deep": (message("[" * 100_000), "no JSON"),
    "refusal": (message("", message={"content": None, "refusal": "no"}), "refused"),
    "no message": (Reply("{}"), "holds no message"),
    "no JSON": (Reply("<html>"), "no JSON"),
    "not UTF-8": (Reply(b"\xff\xfe\xff"), "no JSON"),
    "bad request": (Reply("too long", 400), "answers 400 too long"),
}


@pytest.mark.parametrize("name", NOT_READ)
def test_an_answer_that_cannot_be_read_is_a_reason(name: str) -> None:
    reply, reason = NOT_READ[name]
    with pytest.raises(NoAnswer, match=reason):
        told(reply)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_passing_refusal_is_asked_again(status: int) -> None:
    slept: list[float] = []
    found = told(Reply("wait", status), Reply("wait", status), message(GOOD), slept=slept)
    assert (len(found.statements), slept) == (1, [1.0, 2.0])


def test_the_wait_is_what_the_endpoint_asks_for_within_bounds() -> None:
    slept: list[float] = []
    replies = [Reply("", 429, {"Retry-After": seconds}) for seconds in ("7", "9999", "soon")]
    told(*replies, message(GOOD), slept=slept)
    assert slept == [7.0, 60.0, 4.0]


def test_refused_again_and_again_is_a_reason() -> None:
    slept: list[float] = []
    with pytest.raises(NoAnswer, match="answers 429 slow down, 4 times"):
        told(Reply("slow down", 429), slept=slept)
    assert slept == [1.0, 2.0, 4.0]


def test_a_late_answer_is_a_reason() -> None:
    with pytest.raises(NoAnswer, match=r"no answer within 0.2 s, 4 times"):
        told(Reply("", seconds=0.5), seconds=0.2)


def test_a_closed_connection_is_a_reason() -> None:
    with pytest.raises(NoAnswer, match="cannot be reached"):
        told(Reply("", hang_up=True))


def test_nobody_there_is_a_reason() -> None:
    with serving(in_turn([message(GOOD)])) as endpoint:
        pass
    client = Client(Endpoint(endpoint.url), sleep=lambda _: None)
    with pytest.raises(NoAnswer, match="cannot be reached"):
        LlmExtractor("tests", client).extract(ARTICLE)


@pytest.mark.parametrize("status", [301, 307, 401, 404])
def test_what_every_article_would_meet_stops_the_run(status: int) -> None:
    """A redirect among them: the key and the article go nowhere else."""
    with serving(in_turn([message(GOOD)])) as other:
        reply = Reply("no", status, {"Location": f"{other.url}/chat/completions"})
        with pytest.raises(BadInput, match="check KG_LLM_URL"):
            told(reply)
        assert other.requests == []


def test_the_request_is_what_the_protocol_asks_for() -> None:
    with serving(in_turn([message(GOOD)])) as endpoint:
        client = Client(Endpoint(endpoint.url))
        LlmExtractor("some-model", client).extract(ARTICLE)
    (body,) = endpoint.requests
    assert (body["model"], body["temperature"]) == ("some-model", 0)
    assert text_of(body) == TEXT
    shape = body["response_format"]
    assert shape["type"] == "json_schema"
    assert shape["json_schema"]["strict"] is True
    jsonschema.Draft202012Validator.check_schema(shape["json_schema"]["schema"])
    jsonschema.validate(GOOD, shape["json_schema"]["schema"])


def test_the_schema_asks_for_every_property_that_words_can_give() -> None:
    said = schema.answer()["properties"]["statements"]["items"]
    assert set(said["required"]) == set(SAID)
    assert set(schema.answer()["properties"]["reports"]["items"]["required"]) == set(SHELLED)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(changed(SAID, act="shout"), schema.answer())


def test_the_budget_ends_a_run() -> None:
    with serving(in_turn([message(GOOD)])) as endpoint:
        reader = LlmExtractor("tests", Client(Endpoint(endpoint.url, requests=2)), concurrency=1)
        found = list(reader.extract_many([ARTICLE] * 3))
        assert len(endpoint.requests) == 2
    assert [isinstance(one, Extraction) for one in found] == [True, True, False]
    assert "KG_LLM_REQUESTS, 2, are used up" in str(found[2])
    with serving(in_turn([message(GOOD)])) as endpoint:
        reader = LlmExtractor("tests", Client(Endpoint(endpoint.url, tokens=100)), concurrency=1)
        assert "KG_LLM_TOKENS, 100" in str(list(reader.extract_many([ARTICLE] * 2))[1])


def test_many_are_read_side_by_side_and_come_in_order() -> None:
    texts = [f"Ada Lane said no to plan {number}." for number in range(6)]

    def model(body: Json) -> Reply:
        text = text_of(body)
        said = {**SAID, "quote": text, "content": [text[14:-1]], "date": None}
        reply = message({"statements": [said], "reports": []})
        return Reply(reply.body, seconds=0.3 if text.endswith("0.") else 0.0)

    with serving(model) as endpoint:
        reader = LlmExtractor("tests", Client(Endpoint(endpoint.url)), concurrency=3)
        found = list(reader.extract_many(map(Article, texts)))
    contents = [
        one.statements[0].content[0].of(text)
        for one, text in zip(found, texts, strict=True)
        if isinstance(one, Extraction)
    ]
    assert contents == [f"no to plan {number}" for number in range(6)]


def test_an_article_without_an_answer_is_skipped_with_its_reason() -> None:
    other = Article("Rebels left the town.", url="http://example.org/a")
    with serving(
        lambda body: message(GOOD if text_of(body) == TEXT else "I cannot do that.")
    ) as endpoint:
        reader = LlmExtractor("tests", Client(Endpoint(endpoint.url)))
        store = open_store("memory:", base="http://localhost:8000/")
        outcome = ingest(store, [other, ARTICLE], reader)
    assert (outcome.new, outcome.statements) == (1, 1)
    ((skipped),) = outcome.skipped
    assert skipped.where == "http://example.org/a"
    assert "no JSON" in skipped.reason
    assert len(outcome.articles) == 1
    store.close()


def test_without_a_named_endpoint_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KG_LLM_URL", raising=False)
    with pytest.raises(BadInput, match="KG_LLM_URL names no endpoint"):
        open_extractor("llm:some-model")


def test_the_command_line_names_model_and_endpoint(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text(TEXT, encoding="utf-8")
    with serving(in_turn([message(GOOD)])) as endpoint:
        result = CliRunner().invoke(
            kg,
            ["ingest", str(source), "--store", "memory:", "--json"],
            env={"KG_LLM_URL": endpoint.url, "KG_EXTRACTOR": "llm:some-model"},
        )
        assert endpoint.requests[0]["model"] == "some-model"
    outcome = json.loads(result.stdout)
    assert (outcome["new"], outcome["statements"], outcome["dropped"]) == (1, 1, 0)


def test_the_key_is_not_printed() -> None:
    assert "hush" not in repr(settings({"KG_LLM_KEY": "hush"}))


@pytest.mark.parametrize(
    ("words", "near", "start"),
    [
        ("it", None, 4),
        ("it", Span(20, 22), 17),
        ("hit it", None, 0),
        ("hit\n it", None, 0),
        ("It", None, None),
        ("i", None, None),
        ("", None, None),
        ("it" * 3000, None, None),
    ],
)
def test_words_are_found_where_they_stand(words: str, near: Span | None, start: int | None) -> None:
    found = locate.find("hit it, they hit it. 'No.'", words, near)
    assert (found.start if found else None) == start
