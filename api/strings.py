"""What pages call things: every text of the interface, read from ``strings.toml``.

Templates show a text as ``t.page.name``; a template holds none of its own.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from markupsafe import Markup

__all__ = [
    "FACET_TITLES",
    "FORMAT_WORDS",
    "NAVIGATION",
    "PRESET_WORDS",
    "REVIEW_WORDS",
    "SLOT_WORDS",
    "STATUS_WORDS",
    "TYPE_WORDS",
    "VIEWS",
]

Texts = Mapping[str, Markup]


def _texts() -> dict[str, Texts]:
    text = (Path(__file__).parent / "strings.toml").read_text(encoding="utf-8")
    return {
        page: {name: Markup(words) for name, words in found.items()}
        for page, found in tomllib.loads(text).items()
    }


TEXTS: Final[Mapping[str, Texts]] = _texts()
"""Page → name → text. They are safe as HTML, and escape what fills their gaps."""

ISLANDS: Final = TEXTS["islands"]
NAVIGATION: Final = tuple((f"/{name}", words) for name, words in TEXTS["navigation"].items())
FACET_TITLES: Final = TEXTS["facets"]
SLOT_WORDS: Final = TEXTS["slots"]
STATUS_WORDS: Final = TEXTS["status"]
REVIEW_WORDS: Final = TEXTS["review"]
PRESET_WORDS: Final = TEXTS["presets"]
TYPE_WORDS: Final = TEXTS["types"]
VIEWS: Final = {name: TEXTS["views"][name] for name in ("table", "map", "timeline", "graph")}
FORMAT_WORDS: Final = {name: tuple(words.split(" | ")) for name, words in TEXTS["formats"].items()}
"""Format → what a file of it holds, and what opens it."""


def number_of(noun: str, number: int) -> Markup:
    """A number with its noun.

    >>> print(number_of("statement", 1), number_of("event", 1200))
    1 statement 1,200 events
    """
    one, _, many = TEXTS["nouns"][noun].partition("|")
    return (one if number == 1 else many).format(n=f"{number:,}")
