"""The command line as a person runs it: real processes, real stores, real answers."""

import csv
import io
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest

from kg import query
from kg.cli import COMMANDS, Lazy, kg
from kg.commands.common import extras
from kg.commands.lines import record_lines
from kg.errors import BadInput
from kg.export import FORMATS
from kg.iri import DEFAULT_BASE
from kg.store import open_store
from tests.cli import ROOT, run, scene_on_disk, start
from tests.scenes import scene_store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    return scene_on_disk(tmp_path_factory.mktemp("cli"))


def table(text: str) -> str:
    """A printed table as running text, so that wrapped cells can be searched."""
    return " ".join(text.replace("│", " ").split())


class TestQuery:
    def test_a_named_question_is_answered_as_a_table(self, store: str) -> None:
        found = run("query", "--name", "who-called-for", "--store", store).stdout
        assert "Mira Tolen" in table(found)
        assert "2021-05-04" in table(found)
        assert "http://" not in found

    def test_a_parameter_is_given_by_its_name(self, store: str) -> None:
        asked = ("query", "--name", "who-called-for", "--store", store)
        assert run(*asked, "--mode", "ceasefire").stdout == "no answer\n"
        assert "Mira Tolen" in run(*asked, "--mode=ACCUSE/investigate").stdout

    def test_json_and_csv_hold_every_column(self, store: str) -> None:
        asked = ("query", "--name", "who-called-for", "--store", store)
        (row,) = json.loads(run(*asked, "--json").stdout)["results"]["bindings"]
        (line,) = csv.DictReader(io.StringIO(run(*asked, "--format", "csv").stdout))
        assert line["who"] == row["who"]["value"] == "Mira Tolen"
        assert line["link"] == f"{row['article']['value']}#char={line['start']},{line['end']}"

    def test_a_query_is_a_text_or_a_file(self, store: str, tmp_path: Path) -> None:
        file = tmp_path / "how-many.rq"
        file.write_text(
            "PREFIX ck: <https://w3id.org/conflict-kg#>\n"
            "SELECT (COUNT(*) AS ?many) { ?s a ck:Statement }"
        )
        out = tmp_path / "answer.csv"
        asked = ("query", str(file), "--store", store, "--format", "csv", "--output", str(out))
        assert run(*asked).stdout == ""
        assert out.read_text().split() == ["many", "6"]
        assert run("query", "ASK { ?s ?p ?o }", "--store", store).stdout == "yes\n"

    def test_a_graph_comes_as_turtle(self, store: str) -> None:
        text = "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o } LIMIT 1"
        assert " a " in run("query", text, "--store", store).stdout

    def test_without_a_question_all_are_listed(self) -> None:
        listed = json.loads(run("query", "--json").stdout)
        assert {one["name"] for one in listed} >= set(query.names())
        (called,) = (one for one in listed if one["name"] == "who-called-for")
        assert {"name", "type", "default", "meaning"} <= called["params"][0].keys()
        listed = run("query").stdout
        assert not [name for name in query.names() if name not in listed]

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("--name", "who-knows"), "who-called-for"),
            (("--name", "who-called-for", "--mode", "tea"), "ACCUSE/investigate"),
            (("--name", "who-called-for", "--mood", "x"), "it has mode"),
            (("--name", "who-called-for", "--mode"), "no value"),
            (("--name", "who-called-for", "--mode", "a", "--mode", "b"), "2 times"),
            (("SELECT * { ?s ?p }",), "line 1, column"),
            (("SELECT * { ?s ?p ?o }", "--mode", "x"), "go with --name"),
            (("nowhere.rq",), "no query and no file"),
        ],
    )
    def test_a_bad_question_is_refused(
        self, store: str, arguments: tuple[str, ...], said: str
    ) -> None:
        assert said in run("query", *arguments, "--store", store, status=2).stderr

    def test_a_reader_that_leaves_is_no_error(self, store: str) -> None:
        process = start("query", "SELECT * { ?s ?p ?o }", "--format", "csv", "--store", store)
        assert process.stdout
        process.stdout.close()
        assert process.stderr
        assert process.stderr.read() == ""
        assert process.wait(60) == 0
        process.stderr.close()

    def test_it_starts_without_the_analyser(self, store: str) -> None:
        code = (
            "import sys; from kg.cli import main\n"
            "try: main(['query', 'ASK {}'])\n"
            "except SystemExit: print([m for m in sys.modules if m in sys.argv])"
        )
        heavy = ("spacy", "onnxruntime", "numpy", "trafilatura", "networkx", "flask")
        found = subprocess.run(
            [sys.executable, "-c", code, *heavy],
            cwd=ROOT,
            env={**os.environ, "KG_STORE": store},
            capture_output=True,
            text=True,
            check=True,
        )
        assert found.stdout == "yes\n[]\n"


class TestShow:
    def test_every_kind_of_record_is_shown_with_its_words(self, store: str) -> None:
        held = scene_store()
        for graph in held.graphs():
            for subject, predicate, kind in held.read(graph):
                if predicate.endswith("#type>") and kind.endswith("#Statement>"):
                    text = run("show", subject[1:-1], "--store", store).stdout
                    assert "whole [" in text
                    break

    def test_a_report_leads_to_its_event(self, store: str) -> None:
        asked = ("query", "--store", store, "--format", "csv")
        text = "PREFIX ck: <https://w3id.org/conflict-kg#> SELECT * { ?event ck:report ?report }"
        for row in csv.DictReader(io.StringIO(run(*asked, text).stdout)):
            found = json.loads(run("show", row["report"], "--store", store, "--json").stdout)
            assert found["id"] == row["event"]

    def test_a_key_alone_is_enough(self, store: str) -> None:
        found = run("query", "--name", "who-called-for", "--store", store, "--json").stdout
        (row,) = json.loads(found)["results"]["bindings"]
        key = row["speaker"]["value"].rsplit("-", 1)[-1]
        shown = run("show", key, "--store", store).stdout
        assert shown.startswith(row["speaker"]["value"])
        assert "Vardanian ombudswoman" in shown

    def test_what_is_not_there_is_said(self, store: str) -> None:
        assert "nothing is called" in run("show", "abc", "--store", store, status=2).stderr

    def test_lines_of_a_record(self) -> None:
        record = {
            "id": "http://x/event/a",
            "killed": {"min": 12, "best": None, "max": None, "text": "at least 12"},
            "place": {"id": "http://x/p", "label": "Lorik", "point": None},
            "reports": [],
            "statements": {"items": ["a\n b"], "total": 3, "next": "c"},
            "text": "Two\nlines",
        }
        assert list(record_lines(record)) == [
            "http://x/event/a",
            "killed: at least 12 (“at least 12”)",
            "place: Lorik <http://x/p>",
            "statements (3 in all):",
            "  a b",
            "",
            "Two\nlines",
        ]


class TestStoreCommands:
    def test_stats_count(self, store: str) -> None:
        found = json.loads(run("stats", "--store", store, "--json").stdout)
        assert (found["articles"], found["statements"], found["reports"]) == (2, 6, 5)
        assert found["acts"] == {"say": 4, "deny": 1, "request": 1}
        assert found["event_types"]["ACCUSE"] == 2
        assert "statements" in run("stats", "--store", store).stdout

    def test_a_sound_store_is_verified(self, store: str) -> None:
        assert run("verify", "--store", store).stdout.count(": kept") == 4

    def test_a_breach_is_named_and_the_status_says_so(self, tmp_path: Path) -> None:
        spec = f"oxigraph:{tmp_path / 'store'}"
        held = open_store(spec, base=DEFAULT_BASE)
        held.replace([(f"{DEFAULT_BASE}article/x", [("<http://a>", "<http://b>", "<http://c>")])])
        held.close()
        found = run("verify", "--store", spec, status=1).stdout
        assert f"{DEFAULT_BASE}article/x" in found
        assert json.loads(run("verify", "--json", "--store", spec, status=1).stdout)

    def test_a_view_that_is_not_whole_is_told_and_made_anew(self, tmp_path: Path) -> None:
        spec = f"oxigraph:{tmp_path / 'store'}"
        held = open_store(spec, base=DEFAULT_BASE)
        scene = scene_store()
        articles = [iri for iri in scene.graphs() if "/article/" in iri]
        held.replace([(iri, scene.read(iri)) for iri in articles])
        held.close()
        assert "kg link" in run("stats", "--store", spec).stderr
        assert "2 articles" in run("link", "--store", spec).stdout
        assert run("stats", "--store", spec).stderr == ""
        assert run("verify", "--store", spec).stdout.count(": kept") == 4

    def test_an_article_is_removed(self, tmp_path: Path) -> None:
        spec = f"oxigraph:{tmp_path / 'store'}"
        held = open_store(spec, base=DEFAULT_BASE)
        scene = scene_store()
        held.replace([(graph, scene.read(graph)) for graph in scene.graphs()])
        held.close()
        gone, _, _ = scene.graphs()
        run("remove", gone, "--store", spec)
        assert json.loads(run("stats", "--store", spec, "--json").stdout)["articles"] == 1
        assert "no article" in run("remove", gone, "--store", spec, status=2).stderr
        run("verify", "--store", spec)

    def test_a_missing_store_says_what_to_do(self, tmp_path: Path) -> None:
        found = run("stats", "--store", f"oxigraph:{tmp_path / 'none'}", status=2)
        assert "kg ingest" in found.stderr

    def test_the_environment_names_the_store(self, store: str) -> None:
        assert run("stats", KG_STORE=store).stdout
        assert "KG_BASE_IRI" in run("stats", KG_BASE_IRI="x", status=2).stderr


class TestExport:
    @pytest.mark.parametrize("form", FORMATS)
    def test_every_format_is_written_whole(self, store: str, tmp_path: Path, form: str) -> None:
        out = tmp_path / "file"
        run("export", "--format", form, "--store", store, "--output", str(out))
        assert out.stat().st_size > 500
        assert [path.name for path in tmp_path.iterdir()] == ["file"]

    def test_filters_select(self, store: str) -> None:
        asked = ("export", "--format", "statements-csv", "--store", store)
        rows = list(csv.DictReader(io.StringIO(run(*asked, "--act", "deny").stdout)))
        assert [row["who"] for row in rows] == ["Keshi Defence Ministry"]
        assert len(run(*asked, "--event-type=ASSAULT", "--from", "2021-05").stdout.split("\n")) > 1

    def test_texts_can_be_left_out(self, store: str) -> None:
        asked = ("export", "--format", "nquads", "--store", store)
        bodies = [line for line in run(*asked).stdout.splitlines() if "articleBody" in line]
        assert bodies
        assert "articleBody" not in run(*asked, "--no-text").stdout

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("--format", "pdf"), "gexf"),
            (("--format", "gexf", "--projection", "round"), "actor-actor"),
            (("--format", "gexf", "--act", "sing"), "request"),
            (("--format", "gexf", "--color", "red"), "speaker"),
            (("--format", "gexf", "--output", "/nowhere/x.gexf"), "cannot be written"),
        ],
    )
    def test_what_cannot_be_is_said(
        self, store: str, arguments: tuple[str, ...], said: str
    ) -> None:
        assert said in run("export", *arguments, "--store", store, status=2).stderr


def commands() -> Iterator[click.Command]:
    """Every command that does something, by itself or in a group."""
    for name in COMMANDS:
        command = import_module(f"kg.commands.{name}").command
        yield from command.commands.values() if isinstance(command, click.Group) else (command,)


class TestFrame:
    def test_help_lists_every_command(self) -> None:
        text = run("--help").stdout
        assert not [name for name in COMMANDS if name not in text]

    @pytest.mark.parametrize("name", COMMANDS)
    def test_each_command_says_what_the_list_says(self, name: str) -> None:
        command = import_module(f"kg.commands.{name}").command
        assert isinstance(command, click.Command)
        assert command.name == name
        assert command.help
        assert command.help.splitlines()[0] == COMMANDS[name]

    @pytest.mark.parametrize("command", list(commands()), ids=lambda one: str(one.name))
    def test_each_command_has_examples_that_can_be_typed(
        self, command: click.Command, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("KG_REVIEWER", "Ana")
        heading, *lines = (command.epilog or "").removeprefix("\b\n").splitlines()
        assert heading == "Examples:"
        assert lines
        for line in lines:
            words = shlex.split(re.split(r" [|>] ", line.partition("kg ")[2])[0])
            assert command.name in words[:2], line
            asked = words[words.index(command.name) + 1 :]
            context = command.make_context(command.name, [*asked])
            if name := context.params.get("name"):
                known = {option for one in command.params for option in one.opts}
                known |= {f"--{one.name}" for one in query.load(name).params}
                assert {word for word in asked if word.startswith("--")} <= known, line

    def test_help_says_what_the_statuses_mean(self) -> None:
        told = re.findall(r"^ +(\d+)  ", run("--help").stdout, re.MULTILINE)
        page = (ROOT / "docs" / "operations.md").read_text().partition("## Exit statuses")[2]
        assert told == re.findall(r"^\| (\d+) \|", page.partition("\n## ")[0], re.MULTILINE)

    def test_the_commands_are_the_files(self) -> None:
        files = {path.stem for path in (ROOT / "kg" / "commands").glob("*.py")}
        assert files - set(COMMANDS) == {"__init__", "common", "lines", "demo"}

    def test_every_command_is_found(self) -> None:
        context = click.Context(kg)
        assert isinstance(kg, Lazy)
        assert kg.list_commands(context) == list(COMMANDS)
        assert kg.get_command(context, "nothing") is None

    def test_a_wrong_word_is_usage(self) -> None:
        assert "No such command" in run("ingets", status=2).stderr
        assert "No such option" in run("stats", "--loud", status=2).stderr

    def test_it_starts_at_once(self, store: str) -> None:
        times = []
        for _ in range(3):
            before = os.times()
            run("stats", "--store", store)
            after = os.times()
            times.append(sum(after[2:4]) - sum(before[2:4]))
        assert min(times) < 1.5  # of processor time; measured 0.3 s where little else runs

    @pytest.mark.parametrize("bad", ["word", "--last"])
    def test_parameters_are_pairs(self, bad: str) -> None:
        with pytest.raises(BadInput, match="--name value"):
            extras(["--mode", "x", bad])
