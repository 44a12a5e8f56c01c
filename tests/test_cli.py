"""The command line as a person runs it: real processes, real stores, real answers."""

import csv
import io
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from urllib.request import Request, urlopen

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
from kg.view import refresh
from tests.scenes import scene_store

ROOT = Path(__file__).parents[1]
Run = subprocess.CompletedProcess[str]


def start(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "kg", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(*arguments: str, status: int = 0, **environment: str) -> Run:
    process = start(*arguments, **environment)
    out, err = process.communicate(timeout=120)
    assert "Traceback" not in err
    assert process.returncode == status, err
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The scene's store on disk."""
    spec = f"oxigraph:{tmp_path_factory.mktemp('cli') / 'store'}"
    held = open_store(spec, base=DEFAULT_BASE)
    scene = scene_store()
    held.replace([(graph, scene.read(graph)) for graph in scene.graphs()])
    refresh(held)
    held.close()
    return spec


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


DENIAL = (
    "ARDANIK, May 4 (HP) — The Keshi Defence Ministry denied on Tuesday that its troops had"
    " shelled the market in Tolvesk.\n"
)


class TestIngest:
    """Each run loads the analyser, so there are few and they look at much."""

    def test_the_sample_articles_answer_the_first_question(self, tmp_path: Path) -> None:
        spec = f"oxigraph:{tmp_path / 'store'}"
        found = run("ingest", "kg/samples", "--store", spec, "--json").stdout
        outcome = json.loads(found)
        assert (outcome["new"], outcome["skipped"]) == (8, [])
        assert outcome["statements"] > 30
        assert outcome["reports"] > 20
        asked = ("query", "--name", "who-called-for", "--store", spec, "--json")
        rows = json.loads(run(*asked).stdout)["results"]["bindings"]
        who = {row["who"]["value"]: row.get("date", {}).get("value") for row in rows}
        assert who["United Nations Security Council"] == "2014-07-18"
        assert "Marek Osterly" in who
        assert "Keshi Defence Ministry" not in who
        tutorial = (ROOT / "docs" / "tutorial.md").read_text()
        filters = re.findall(r"`(--act [^`]+ --from [^`]+)`", tutorial)[0].split()
        asked = ("export", "--format", "statements-csv", *filters, "--store", spec)
        assert len(list(csv.reader(io.StringIO(run(*asked).stdout)))) > 1
        run("verify", "--store", spec)

    def test_bad_input_is_named_and_the_rest_kept(self, tmp_path: Path) -> None:
        spec, folder = f"oxigraph:{tmp_path / 'store'}", tmp_path / "in"
        folder.mkdir()
        (folder / "good.txt").write_text(DENIAL)
        (folder / "empty.txt").write_bytes(b"")
        (folder / "binary.txt").write_bytes(bytes(range(256)))
        (folder / "loop").symlink_to(folder)
        (folder / "lines.jsonl").write_text('{"text": \n' + json.dumps({"text": DENIAL * 2}))
        asked = ("ingest", str(folder), "/nowhere", "--date", "2021-05-05", "--store", spec)
        found = run(*asked, status=1)
        assert "2 articles: 2 new, 0 replaced, 0 unchanged; 5 skipped" in found.stdout
        named = ("empty.txt", "binary.txt", "loop", "lines.jsonl:1", "/nowhere")
        assert not [name for name in named if f"{name}: " not in found.stderr]
        assert "no publication date" not in found.stderr
        again = run("ingest", str(folder / "good.txt"), "--store", spec)
        assert "no publication date of 1 article" in again.stderr

    def test_any_order_process_and_hash_seed_gives_the_same_bytes(self, tmp_path: Path) -> None:
        sources = ["kg/samples/1-harbour-post.md", "kg/samples/2-wire.jsonl"]
        exports = []
        for seed, order in enumerate((sources, sources[::-1])):
            spec = f"oxigraph:{tmp_path / str(seed)}"
            for source in order if seed else [order]:
                given = [source] if isinstance(source, str) else source
                run("ingest", *given, "--store", spec, PYTHONHASHSEED=str(seed))
            asked = ("export", "--format", "nquads", "--store", spec)
            exports.append(run(*asked, PYTHONHASHSEED=str(seed + 7)).stdout)
        assert exports[0].count("\n") > 500
        assert exports[0] == exports[1]

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("--date", "4/10/22"), "2022-10-03"),
            (("--url", "http://a.example/", "other.txt"), "one article"),
            (("--extractor", "magic"), "default"),
        ],
    )
    def test_options_are_checked(
        self, tmp_path: Path, arguments: tuple[str, ...], said: str
    ) -> None:
        asked = ("ingest", "a.txt", *arguments, "--store", f"oxigraph:{tmp_path / 'store'}")
        assert said in run(*asked, status=2).stderr


class TestServe:
    @pytest.fixture
    def address(self, store: str) -> Iterator[str]:
        process = start("serve", "--port", "0", "--store", store)
        assert process.stdout
        yield process.stdout.readline().split()[1]
        process.terminate()
        _, err = process.communicate(timeout=30)
        assert "Traceback" not in err
        assert not list(Path(store.partition(":")[2]).glob("snapshot-*"))

    def test_it_answers_and_holds_the_store(self, address: str, store: str) -> None:
        request = Request(f"{address}statements", headers={"Accept": "application/json"})
        with urlopen(request) as answer:
            assert json.load(answer)["total"] == 6
        told = run("stats", "--store", store, status=2).stderr
        assert "holds the store" in told
        assert "readers at /sparql and /export/FORMAT" in told
        asked = ("judge", "accept", "0" * 32, "--by", "Ana", "--why", "It is so.")
        assert "kg judge takes --server" in run(*asked, "--store", store, status=2).stderr

    def test_records_named_after_another_address_are_told_of(self, store: str) -> None:
        process = start("serve", "--port", "0", "--store", store)
        assert process.stdout
        assert process.stdout.readline()
        process.terminate()
        assert f"named after {DEFAULT_BASE}; set KG_BASE_IRI" in process.communicate(timeout=30)[1]

    @pytest.mark.slow
    def test_the_demo_is_made_anew_and_named_after_its_port(self, tmp_path: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = str(free.getsockname()[1])
        held = {"XDG_DATA_HOME": str(tmp_path), "KG_STORE": "", "KG_TOKEN": "secret"}
        counts = [self.demonstrated(port, held) for _ in range(2)]
        assert counts[0] == counts[1]
        assert counts[0].startswith("8 articles, ")
        assert [one.name for one in (tmp_path / "conflict-kg").iterdir()] == [
            f"demo-localhost-{port}"
        ]

    def demonstrated(self, port: str, environment: dict[str, str]) -> str:
        """What a demonstration counts, to which an article is posted afterwards."""
        process = start("serve", "--demo", "--port", port, **environment)
        assert process.stdout
        lines = iter(process.stdout.readline, "")
        counts = next(lines)
        assert any(line.startswith("stop with") for line in lines)
        site = f"http://127.0.0.1:{port}"
        headers = {"Authorization": "Bearer secret", "Content-Type": "text/plain"}
        with urlopen(Request(f"{site}/articles", DENIAL.encode(), headers)) as answer:
            (item,) = json.load(answer)["items"]
        assert item["id"].startswith(f"http://localhost:{port}/article/")
        process.terminate()
        assert "named after" not in process.communicate(timeout=30)[1]
        return counts

    def test_a_taken_port_is_named_with_what_to_do(self, store: str) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = str(taken.getsockname()[1])
            found = run("serve", "--port", port, "--store", store, status=2)
        assert f"port {port} is taken" in found.stderr
        assert "--port" in found.stderr


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
            before = time.perf_counter()
            run("stats", "--store", store)
            times.append(time.perf_counter() - before)
        assert min(times) < 2.0  # measured 0.3 s on two idle cores

    @pytest.mark.parametrize("bad", ["word", "--last"])
    def test_parameters_are_pairs(self, bad: str) -> None:
        with pytest.raises(BadInput, match="--name value"):
            extras(["--mode", "x", bad])
