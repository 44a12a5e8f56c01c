"""What is not documented does not exist: commands, settings, questions, formats, and links."""

import re
from pathlib import Path

import pytest

from kg import query
from kg.cli import COMMANDS
from kg.config import VARIABLES, settings
from kg.export import FORMATS
from kg.link import actors, answers, places, quotations, same_event
from kg.link.cluster import Match
from kg.projection import PRESETS
from kg.sources.fields import NAMES
from kg.sources.walk import SUFFIXES

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()
EVERYTHING = "\n".join(page.read_text() for page in PAGES)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented(name: str) -> None:
    assert f"kg {name}" in EVERYTHING


@pytest.mark.parametrize("name", VARIABLES)
def test_every_setting_is_in_the_table_with_its_default(name: str) -> None:
    (row,) = (line for line in OPERATIONS.splitlines() if line.startswith(f"| `{name}` |"))
    default = getattr(settings({}), VARIABLES[name])
    shown = str(int(default)) if isinstance(default, int | float) else default.split(":")[0]
    assert shown in row


@pytest.mark.parametrize("name", query.names())
def test_every_question_is_listed_with_its_parameters(name: str) -> None:
    found = query.load(name)
    rows = (ROOT / "docs" / "questions.md").read_text().splitlines()
    (row,) = (line for line in rows if line.startswith(f"| `{name}` |"))
    assert found.question in row
    assert not [one.name for one in found.params if f"`{one.name}`" not in row]


@pytest.mark.parametrize("name", [*FORMATS, *PRESETS])
def test_every_export_is_documented(name: str) -> None:
    assert f"`{name}`" in EVERYTHING or f"--format {name}" in EVERYTHING


def test_every_source_format_is_documented() -> None:
    assert not [suffix for suffix in SUFFIXES if f"`{suffix}`" not in OPERATIONS]
    assert not [names[0] for names in NAMES.values() if f"`{names[0]}`" not in OPERATIONS]


def test_every_reason_to_link_is_in_the_table_with_its_score() -> None:
    rooms = (actors, answers, places, quotations, same_event)
    matches = [one for room in rooms for one in vars(room).values() if isinstance(one, Match)]
    told = (ROOT / "docs" / "model.md").read_text()
    assert matches
    assert not [m for m in matches if m.score < 1 and f"| {m.reason} | {m.score:.2f} |" not in told]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text())
    local = [link for link in links if not link.startswith(("http://", "https://"))]
    assert not [link for link in local if not (page.parent / link).exists()]
