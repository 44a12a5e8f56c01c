"""How findings are put into the words of gold data: texts of our own, the real pipeline."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.errors import BadInput
from kg.vocab import concepts
from scripts.evaluation import causes, page
from scripts.evaluation.coding_records import codes
from scripts.evaluation.reading import Reader
from scripts.evaluation.tasks import TASKS, predictions

ROOT = Path(__file__).parents[2]
Json = dict[str, Any]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def record(text: str, **fields: object) -> Json:
    return {"id": "one", "text": text, "source": "own", **fields}


def answer(task: str, reader: Reader, text: str, **fields: object) -> Json:
    (found,) = predictions(task, [record(text, **fields)], reader)
    assert "failed" not in found
    return found


def plover(reader: Reader, text: str) -> list[Json]:
    found: list[Json] = answer("event-coding", reader, text, ontology="PLOVER")["events"]
    return found


def words(spans: list[list[int]], text: str) -> list[str]:
    return [text[start:end] for start, end in spans]


def test_a_statement_is_an_attribution(reader: Reader) -> None:
    text = "The bridge was hit at dawn, the mayor of Orvel said on Monday."
    (one,) = answer("attribution", reader, text, date="2024-04-12")["attributions"]
    assert words(one["cue"], text) == ["said"]
    assert words(one["source"], text) == ["mayor of Orvel"]
    assert words(one["content"], text) == ["The bridge was hit at dawn"]


def test_what_a_coded_statement_speaks_of_is_not_coded_again(reader: Reader) -> None:
    (one,) = plover(reader, "Chad condemned the killing of three farmers by rebels.")
    assert (one["code"], one["mode"]) == ("ACCUSE", "disapprove")
    assert [actor["code"] for actor in one["sources"]] == ["TCD"]


def test_saying_alone_is_no_event(reader: Reader) -> None:
    assert plover(reader, "Chad said that the weather was fine.") == []


def test_a_deed_has_its_type_and_both_sides(reader: Reader) -> None:
    (one,) = plover(reader, "Chadian troops attacked Libyan soldiers on Monday.")
    assert one["code"] == "ASSAULT"
    assert [actor["code"] for actor in one["sources"]] == ["TCD"]
    assert [actor["code"] for actor in one["targets"]] == ["LBY"]


def test_a_place_stands_for_its_country_where_no_side_is_told(reader: Reader) -> None:
    (one,) = plover(reader, "Protesters marched in Chad on Monday.")
    assert [actor["code"] for actor in one["targets"]] == ["TCD"]
    (one,) = plover(reader, "Chadian troops attacked Libyan soldiers in Kenya on Monday.")
    assert "KEN" not in {actor["code"] for actor in (*one["sources"], *one["targets"])}


def test_who_does_it_unnamed_is_of_the_place(reader: Reader) -> None:
    (one,) = plover(reader, "A Kenyan journalist was arrested in Chad on Monday.")
    assert [actor["code"] for actor in one["sources"]] == ["TCD"]
    assert [actor["code"] for actor in one["targets"]] == ["KEN"]


def test_what_an_inquiry_looks_into_is_its_target_and_no_event(reader: Reader) -> None:
    (one,) = plover(reader, "Chad is investigating the killing of a farmer by Libyan soldiers.")
    assert one["code"] == "ACCUSE"
    assert [actor["code"] for actor in one["targets"]] == ["LBY"]


def test_what_protesters_demand_is_no_event_besides(reader: Reader) -> None:
    (one,) = plover(reader, "Chadian workers marched on Monday to demand that Libya withdraw.")
    assert one["code"] == "PROTEST"
    assert [actor["code"] for actor in one["targets"]] == ["LBY"]


def test_complaining_disapproves_and_promised_harm_threatens(reader: Reader) -> None:
    (one,) = plover(reader, "Chad complained of Libyan interference on Monday.")
    assert (one["code"], one["mode"]) == ("ACCUSE", "disapprove")
    (one,) = plover(reader, "Chad vowed on Monday to wage war on Libya.")
    assert one["code"] == "THREATEN"
    assert [actor["code"] for actor in one["targets"]] == ["LBY"]


def test_a_complaint_is_aimed_at_who_did_it_and_a_request_at_who_is_to_act(reader: Reader) -> None:
    (one,) = plover(reader, "Chad complained to Kenya about a Libyan air raid.")
    assert [actor["code"] for actor in one["targets"]] == ["LBY"]
    (one,) = plover(reader, "There were calls on Monday for a withdrawal of Libyan troops.")
    assert (one["code"], one["sources"]) == ("REQUEST", [])
    assert [actor["code"] for actor in one["targets"]] == ["LBY"]


def test_an_attempt_on_a_life_is_an_assault(reader: Reader) -> None:
    (one,) = plover(reader, "Gunmen tried to assassinate the Chadian president on Monday.")
    assert (one["code"], one["mode"]) == ("ASSAULT", "targeted")
    assert plover(reader, "Gunmen tried to shell the Chadian capital on Monday.") == []


def test_who_mediates_consults_the_parties(reader: Reader) -> None:
    (one,) = plover(reader, "Kenya hosted talks between Chad and Libya on Monday.")
    assert [actor["code"] for actor in one["sources"]] == ["KEN"]
    assert [actor["code"] for actor in one["targets"]] == ["TCD", "LBY"]


def coded(reader: Reader, text: str, name: str = "own") -> list[tuple[str, str, str]]:
    (found,) = predictions(
        "event-coding", [{"id": name, "text": text, "ontology": "CAMEO", "date": ""}], reader
    )
    return sorted((one["source"], one["target"], one["code"]) for one in found["events"])


def test_cameo_codes_a_claim_of_responsibility_and_an_expression_of_sorrow(reader: Reader) -> None:
    (claimed,) = coded(reader, "Kenya claimed responsibility for the raid on Monday.")
    assert claimed[2] == "015"
    (felt,) = coded(reader, "Kenya expressed sorrow for the shootings in Chad.")
    assert felt[2] == "018"


def test_weis_codes_a_comment_by_whom_it_is_of_and_no_source_of_a_report(reader: Reader) -> None:
    comment = coded(reader, "Kenya believes Chad and Libya can cope with the drought.", "petr1-own")
    assert comment == [("KEN", "Chad", "020"), ("KEN", "Libya", "020")]
    assert coded(reader, "Chad can cope with the drought, Kenya said.", "petr1-own") == []


def test_what_an_accord_brings_is_no_event_besides(reader: Reader) -> None:
    (one,) = coded(reader, "Chad signed an accord on Monday to send rice to Libya.")
    assert one[2][:2] == "05"


def test_weis_has_visits_from_both_sides_and_meetings_that_are_off(reader: Reader) -> None:
    (found,) = predictions(
        "event-coding-unit",
        [{"id": "petr1-own", "text": "The president of Chad visited Libya.", "ontology": "CAMEO"}],
        reader,
    )
    assert sorted(one["code"] for one in found["events"]) == ["032", "033"]
    (found,) = predictions(
        "event-coding-unit",
        [
            {
                "id": "petr1-own",
                "text": "Chad and Libya have postponed their meeting.",
                "ontology": "CAMEO",
            }
        ],
        reader,
    )
    assert [one["code"] for one in found["events"]] == ["191", "191"]


def test_no_other_side_is_inferred_unless_asked(reader: Reader) -> None:
    text = "Chadian protesters marched on Monday."
    (one,) = plover(reader, text)
    assert not any(actor["code"] for actor in one["targets"])
    (other,) = answer("event-coding-inferred", reader, text, ontology="PLOVER")["events"]
    assert [actor["code"] for actor in other["targets"]] == ["TCD"]


def test_cameo_has_a_pair_a_line_and_what_is_mutual_both_ways(reader: Reader) -> None:
    text = "Chad and Libya held talks on Monday."
    events = answer("event-coding", reader, text, ontology="CAMEO", date="20240412")["events"]
    assert sorted((one["source"], one["target"]) for one in events) == [
        ("LBY", "TCD"),
        ("TCD", "LBY"),
    ]
    assert {one["code"][:2] for one in events} == {"04"}


def test_plover_alone_has_tense(reader: Reader) -> None:
    text = "Chad will attack Libya on Friday."
    events = {
        name: answer("event-coding", reader, text, ontology=name, date="20240409")["events"]
        for name in ("PLOVER", "CAMEO")
    }
    assert [one["code"] for one in events["PLOVER"]] == ["THREATEN"]
    assert [one["code"] for one in events["CAMEO"]] == ["190"]


def test_dates_are_written_as_tei_has_them(reader: Reader) -> None:
    text = "It lasted from 2004 to 2009, and ended on Monday."
    found = answer("dates", reader, text, anchor="2024-04-12")["dates"]
    assert [one.get("value") for one in found] == ["2004", "2009", "2024-04-08"]


def test_actors_that_no_finding_uses_are_entities_too(reader: Reader) -> None:
    text = "It was the army of Chad that Ada Lane had in mind in Tripoli."
    found = answer("entities", reader, text)["entities"]
    named = {text[one["start"] : one["end"]]: one["type"] for one in found}
    assert named["Ada Lane"] == "person"
    assert named["Tripoli"] == "place"


def test_a_country_is_put_in_its_middle(reader: Reader) -> None:
    text = "Troops crossed into Chad near Tripoli."
    found = answer("geoparse", reader, text)["places"]
    pins = {text[one["start"] : one["end"]]: (one["lat"], one["lon"]) for one in found}
    assert pins["Chad"] == pytest.approx((15.5, 18.7), abs=2)


def test_an_attack_is_a_template_with_its_parties(reader: Reader) -> None:
    text = "Rebels kidnapped two doctors in Tripoli on Monday."
    (one,) = answer("events", reader, text, anchor="2024-04-12")["events"]
    assert (one["type"], one["date"]) == ("KIDNAPPING", "2024-04-08")
    assert one["perp_individual"][0]["strings"][0] == "Rebels"
    assert "two doctors" in " ".join(one["victim"][0]["strings"])


def test_a_kept_parse_gives_the_same_answer(reader: Reader, tmp_path: Path) -> None:
    text = "The bridge was hit at dawn, the mayor of Orvel said on Monday."
    keeping = Reader(tmp_path)
    first = answer("attribution", keeping, text)
    assert list(tmp_path.glob("*.doc"))
    assert answer("attribution", keeping, text) == first == answer("attribution", reader, text)


def test_a_record_that_breaks_is_empty_and_named(
    reader: Reader, capsys: pytest.CaptureFixture[str]
) -> None:
    (found,) = predictions("dates", [{"id": "one"}], reader)
    assert "text" in found["failed"]
    assert "dates" not in found
    assert "one: KeyError" in capsys.readouterr().err


def test_the_table_of_codes_agrees_with_the_ontology() -> None:
    for (event_type, mode), (cameo, _) in codes().items():
        scheme, name = (
            ("event-type", event_type) if mode == "-" else ("mode", f"{event_type}/{mode}")
        )
        matches = [m.rpartition("cameo/")[2] for m in concepts()[scheme][name].matches]
        own = [one for one in matches if one.isdigit()]
        assert not own or mode == "-" or cameo in own, (event_type, mode)


def test_every_type_has_a_code() -> None:
    assert {event_type for event_type, mode in codes() if mode == "-"} == set(
        concepts()["event-type"]
    )


def test_the_page_keeps_its_prose(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text("before\n<!-- figures -->\nold\n<!-- end figures -->\nafter\n")
    new = page.replaced(path, "figures", "new\n")
    assert new == "before\n<!-- figures -->\n\nnew\n\n<!-- end figures -->\nafter\n"
    path.write_text("no marks")
    with pytest.raises(BadInput, match="put the two lines there"):
        page.replaced(path, "figures", "new")


def test_causes_tell_what_went_wrong() -> None:
    gold = {"text": "In 2014 and May", "dates": [{"start": 3, "end": 7, "value": "2014"}]}
    found = {"dates": [{"start": 3, "end": 7, "value": "2013"}, {"start": 12, "end": 15}]}
    assert causes.count("dates", [gold], [found]) == {
        "another value: a year alone": 1,
        "extra: words without a year": 1,
    }
    assert not causes.count("dates", [gold], [gold])


def test_the_command_writes_a_line_for_every_record(tmp_path: Path) -> None:
    gold, out = tmp_path / "gold.jsonl", tmp_path / "out.jsonl"
    rows = [{**record("It rained in 2014."), "id": str(n), "anchor": None} for n in range(2)]
    gold.write_text("".join(json.dumps(row) + "\n" for row in rows))
    call = [sys.executable, str(ROOT / "scripts" / "evaluate.py"), "dates", str(gold)]
    subprocess.run([*call, "--out", str(out)], check=True, cwd=tmp_path)
    found = [json.loads(line) for line in out.read_text().splitlines()]
    assert [row["id"] for row in found] == ["0", "1"]
    assert [row["dates"][0]["value"] for row in found] == ["2014", "2014"]


def test_a_gold_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    call = [sys.executable, str(ROOT / "scripts" / "evaluate.py"), "dates", "absent.jsonl"]
    done = subprocess.run(
        [*call, "--out", "out.jsonl"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "absent.jsonl" in done.stderr


def test_every_task_has_a_converter() -> None:
    assert set(causes.COUNTERS) <= set(TASKS)
