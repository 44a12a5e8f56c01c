"""Reading in several processes: the same bytes as in one, and none is waited for in vain."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from kg.errors import BadInput, KgError, LimitHit
from kg.iri import DEFAULT_BASE
from kg.model import Article, Extraction
from kg.pipeline import ingest
from kg.reading import Readers, Reading, name_of
from kg.store import open_store

TEXTS = (
    "The mayor of Geneva said on Monday that two bridges had been shelled.",
    "At least 12 people were killed in Doha, the army said. Kenya denied it.",
    "Nobody spoke.",
    "“We will leave by May,” Foreign Minister Ada Quill told reporters in Nairobi.",
    "Kenya accused Qatar of breaking the cease-fire. Qatar rejected the claim.",
    "Thousands protested in Kursk on 4 October 2022, demanding that the mayor resign.",
    "The prosecutor general called for an investigation into the shelling of a market.",
    "Both sides agreed to exchange prisoners.",
)
ARTICLES = [Article(text, url=f"http://news.test/{n}") for n, text in enumerate(TEXTS)]


class Mortal:
    """An extractor that may die or fail of what it reads, or be slow."""

    name = "mortal"
    version = "1"

    def extract(self, article: Article) -> Extraction:
        if "kill" in article.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "limit" in article.text:
            raise LimitHit("too long", limit="words", value=3)
        if "bug" in article.text:
            raise LookupError(article.text)
        if "slow" in article.text:
            time.sleep(60)
        return Extraction(self.name, self.version)

    def extract_many(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        for article in articles:
            yield self.extract(article)


class Stillborn(Mortal):
    """An extractor that ends its process while it loads."""

    def __init__(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


MORTAL = "tests.test_reading:Mortal"


def numbered(*texts: str) -> list[Article]:
    return [Article(f"Text {n}. {text}") for n, text in enumerate(texts)]


def everything(by: Readers, *batches: list[Article]) -> dict[str, list[tuple[str, str, str]]]:
    store = open_store("memory:", base=DEFAULT_BASE)
    for batch in batches:
        ingest(store, batch, by)
    held = {graph: store.read(graph) for graph in store.graphs()}
    store.close()
    return held


def processes() -> Iterator[tuple[int, int, int]]:
    """Number, parent and group of every process that lives."""
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent, group = file.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if state != "Z":
            yield int(file.parent.name), int(parent), int(group)


def ended(groups: Iterable[int]) -> bool:
    """Whether no process of these groups lives, or none after some seconds."""
    for _ in range(100):
        if not [one for one, _, group in processes() if group in groups]:
            return True
        time.sleep(0.1)
    return False


@pytest.fixture(scope="module")
def alone() -> dict[str, list[tuple[str, str, str]]]:
    with Readers(count=1) as by:
        return everything(by, ARTICLES)


@pytest.mark.parametrize("count", [2, 3])
def test_any_number_of_processes_and_any_batches_give_the_same_store(
    count: int, alone: dict[str, list[tuple[str, str, str]]]
) -> None:
    with Readers(count=count) as by:
        assert everything(by, ARTICLES) == alone
        assert everything(by, ARTICLES[::-1]) == alone
        assert everything(by, ARTICLES[5:], ARTICLES[:5]) == alone
        assert by.groups
    assert not by.groups


def test_the_seed_of_hashes_changes_nothing(
    alone: dict[str, list[tuple[str, str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "77")
    with Readers(count=2) as by:
        assert everything(by, ARTICLES) == alone


def test_readings_come_in_the_order_of_the_articles() -> None:
    many = numbered(*["Short."] * 100)
    with Readers(MORTAL, count=3) as by:
        found = list(by.read(DEFAULT_BASE, many))
    assert all(isinstance(one, Reading) for one in found)
    bodies = [one.triples[-1] for one in found if isinstance(one, Reading)]
    with Readers(MORTAL, count=1) as by:
        assert found == list(by.read(DEFAULT_BASE, many))
    assert len(set(bodies)) == 100


def test_a_few_articles_start_no_process() -> None:
    with Readers(MORTAL, count=4) as by:
        assert len(list(by.read(DEFAULT_BASE, numbered("a", "b")))) == 2
        assert not by.groups


def test_a_process_that_dies_once_costs_no_article() -> None:
    with Readers(MORTAL, count=2) as by:
        found = by.read(DEFAULT_BASE, numbered(*["Short."] * 50))
        first = next(found)
        for group in by.groups:
            os.killpg(group, signal.SIGKILL)
        rest = list(found)
    assert isinstance(first, Reading)
    assert all(isinstance(one, Reading) for one in rest)
    assert len(rest) == 49


def test_a_process_that_dies_before_it_began_costs_no_article() -> None:
    with Readers(MORTAL, count=2) as by:
        found = by.read(DEFAULT_BASE, numbered(*["Short."] * 50))
        killer = threading.Thread(target=kill_first_group, args=[by])
        killer.start()
        readings = list(found)
        killer.join()
    assert len(readings) == 50
    assert all(isinstance(one, Reading) for one in readings)


def kill_first_group(by: Readers) -> None:
    """Kill the processes of readers the moment that they are there."""
    while not by.groups:
        time.sleep(0.001)
    os.killpg(by.groups[0], signal.SIGKILL)


def test_an_article_that_ends_its_process_is_named_and_the_rest_is_kept() -> None:
    articles = numbered("a", "b", "kill", "c", "d", "e", "f")
    store = open_store("memory:", base=DEFAULT_BASE)
    with Readers(MORTAL, count=2) as by:
        outcome = ingest(store, articles, by)
    store.close()
    (skipped,) = outcome.skipped
    assert skipped.where == name_of(articles[2])
    assert "out of memory" in skipped.reason
    assert (outcome.new, len(outcome.articles)) == (6, 6)


def test_what_an_extractor_raises_is_raised_here_with_its_place() -> None:
    with Readers(MORTAL, count=2) as by, pytest.raises(LookupError, match="bug") as raised:
        list(by.read(DEFAULT_BASE, numbered("a", "b", "c", "d", "bug", "e")))
    assert "in extract" in raised.value.__notes__[0]


def test_an_error_that_cannot_be_sent_is_told_in_words() -> None:
    with Readers(MORTAL, count=2) as by, pytest.raises(KgError, match="LimitHit: too long"):
        list(by.read(DEFAULT_BASE, numbered("a", "b", "c", "d", "limit", "e")))


def test_an_extractor_that_is_not_there_is_named() -> None:
    with Readers("nobody", count=2) as by, pytest.raises(BadInput, match="nobody"):
        list(by.read(DEFAULT_BASE, ARTICLES))


def test_processes_that_do_not_come_up_are_an_error_not_a_wait() -> None:
    name = "tests.test_reading:Stillborn"
    with Readers(name, count=2) as by, pytest.raises(KgError, match="before it began"):
        list(by.read(DEFAULT_BASE, ARTICLES))


def test_closing_ends_processes_that_are_reading() -> None:
    by = Readers(MORTAL, count=2)
    found = by.read(DEFAULT_BASE, numbered("a", "b", "c", *["slow"] * 8))
    next(found)
    groups = by.groups
    assert groups
    by.close()
    by.close()
    assert ended(groups)


def test_processes_end_with_their_parent() -> None:
    script = (
        "import sys; from tests.test_reading import *\n"
        "by = Readers(MORTAL, count=2)\n"
        "next(by.read(DEFAULT_BASE, numbered(*['Short.'] * 40)))\n"
        "print(*by.groups, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == -signal.SIGKILL
    groups = [int(group) for group in done.stdout.split()]
    assert groups
    assert ended(groups)


def test_an_interrupted_command_leaves_no_process(tmp_path: Path) -> None:
    for n in range(12):
        (tmp_path / f"{n:02}.txt").write_text(f"Text {n}. slow in English, on the day.")
    command = [sys.executable, "-m", "kg", "ingest", str(tmp_path), "--store", "memory:"]
    command += ["--readers", "2", "--extractor", MORTAL]
    with subprocess.Popen(command, preexec_fn=_can_be_interrupted) as process:  # noqa: PLW1509
        groups = _started_by(process.pid)
        process.send_signal(signal.SIGINT)
        try:
            assert process.wait(timeout=30) == 130
        finally:
            process.kill()
    assert groups
    assert ended(groups)


def _can_be_interrupted() -> None:
    """What is started behind a shell ignores the signal, and so would its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _started_by(parent: int) -> list[int]:
    """The groups of the processes that a process has started, once they read."""
    for _ in range(200):
        if any(one == parent for _, one, _ in processes()):
            time.sleep(1)
            break
        time.sleep(0.1)
    return [group for _, one, group in processes() if one == parent]
