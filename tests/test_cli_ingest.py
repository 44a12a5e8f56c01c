"""``kg ingest`` as a person runs it: each run loads the analyser, so there are few."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

from tests.cli import DENIAL, ROOT, run

AGAIN = ROOT / "docs" / "operations" / "articles.rq"
"""By which all articles of a store are read again."""


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

    def test_a_plain_file_is_told_about_on_the_command_line(self, tmp_path: Path) -> None:
        spec, file = f"oxigraph:{tmp_path / 'store'}", tmp_path / "a.txt"
        file.write_text(DENIAL)
        asked = ("ingest", str(file), "--date", "2021-05-05", "--store", spec)
        told = ("--headline", "A denial", "--publisher", "The Post", "--author", "A. B.")
        (iri,) = json.loads(run(*asked, *told, "--url", "http://a.example/1", "--json").stdout)[
            "articles"
        ]
        found = json.loads(run("show", iri, "--json", "--store", spec).stdout)
        assert [found[name] for name in ("headline", "publisher", "author", "url")] == [
            "A denial",
            "The Post",
            "A. B.",
            "http://a.example/1",
        ]
        rows = json.loads(run("query", str(AGAIN), "--json", "--store", spec).stdout)
        lines = tmp_path / "articles.jsonl"
        lines.write_text(
            "\n".join(
                json.dumps({name: cell["value"] for name, cell in row.items()})
                for row in rows["results"]["bindings"]
            )
        )
        assert "1 unchanged" in run("ingest", str(lines), "--store", spec).stdout
        again = run(*asked, "--url", "http://a.example/1").stderr
        assert [name for name in ("--headline", "--publisher", "--author") if name in again] == [
            *("--headline", "--publisher", "--author")
        ]

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
            (("--headline", "A", "other.txt"), "one article"),
            (("--extractor", "magic"), "default"),
        ],
    )
    def test_options_are_checked(
        self, tmp_path: Path, arguments: tuple[str, ...], said: str
    ) -> None:
        asked = ("ingest", "a.txt", *arguments, "--store", f"oxigraph:{tmp_path / 'store'}")
        assert said in run(*asked, status=2).stderr
