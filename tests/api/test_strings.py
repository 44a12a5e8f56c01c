"""One catalogue holds every text: templates have none of their own, and nothing lies unused."""

import re
from pathlib import Path

import pytest

from api import strings
from api.strings import TEXTS
from kg.export import FORMATS
from kg.filters import ALLOWED, FACETS
from kg.projection import PRESETS

API = Path(strings.__file__).parent
REFERENCE = ("docs.html", "shapes.html", "ontology.html", "void.html")
"""What describes the API and the vocabulary is a text of its own."""
TEMPLATES = sorted(one for one in (API / "templates").glob("*.html") if one.name not in REFERENCE)
TABLES = {
    *("nouns", "navigation", "facets", "slots", "status", "review", "types", "presets", "formats"),
    *(
        "islands",
        "views",
        "judgements",
        "company",
        "acts",
        "hints",
        "histogram",
        "has",
        "role",
        "sorts",
        "nodes",
    ),
}
"""Pages of the catalogue that are read by names made elsewhere."""
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.S)
SHOWN = re.compile(r'\b(?:aria-label|placeholder|title|alt)="([^"]*)"')


def used(text: str) -> set[tuple[str, str]]:
    by_dot = re.findall(r"\bt\.(\w+)\.(\w+)", text)
    by_key = re.findall(r"\bt\.(\w+)\[\"(\w+)\"\]", text)
    in_python = re.findall(r"TEXTS\[\"(\w+)\"\]\[\"(\w+)\"\]", text)
    return {pair for pair in (*by_dot, *by_key, *in_python) if pair[1] not in ("get",)}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_no_words_of_its_own(path: Path) -> None:
    text = path.read_text()
    plain = JINJA.sub("", text)
    assert not [words for words in SHOWN.findall(plain) if re.search(r"[A-Za-z]", words)]
    assert not re.findall(r">[^<>]*[A-Za-z]{2,}[^<>]*<", re.sub(r"<!doctype html>", "", plain))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_names_texts_that_are_there(path: Path) -> None:
    assert not [pair for pair in used(path.read_text()) if pair[1] not in TEXTS[pair[0]]]


def test_no_text_lies_unused() -> None:
    sources = [*API.glob("*.py"), *API.glob("templates/*.html")]
    everything = "\n".join(path.read_text() for path in sources)
    found = used(everything) | {
        (page, name)
        for page, listed in TEXTS.items()
        for name in listed
        if f'"{name}"' in everything or page in TABLES or name.startswith("of_")
    }
    assert not [(p, n) for p, listed in TEXTS.items() for n in listed if (p, n) not in found]


def test_islands_say_what_the_catalogue_has_and_nothing_else() -> None:
    sources = "\n".join(one.read_text() for one in (API.parent / "web" / "src").glob("*.ts"))
    said = set(re.findall(r"\bsay\(\s*\"(\w+)\"", sources))
    assert said == set(TEXTS["islands"])


def test_formats_filters_and_projections_have_their_words() -> None:
    assert set(FORMATS) <= set(TEXTS["formats"])
    assert set(PRESETS) == set(TEXTS["presets"])
    names = {name for listed in (*ALLOWED.values(), *FACETS.values()) for name in listed}
    known = set(TEXTS["facets"]) | set(TEXTS["fields"])
    assert names <= known


def test_what_fills_a_gap_is_escaped() -> None:
    assert TEXTS["search"]["heading"].format(words="<b>") == "Search for “&lt;b&gt;”"
