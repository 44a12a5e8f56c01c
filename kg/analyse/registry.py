"""The port of the analyser, and how one is opened by name.

A name is ``default``, ``spacy:NAME`` (an installed spaCy pipeline), the name of an installed
``conflict_kg.analysers`` entry point, or ``module:Class``. Nothing heavy is imported before an
analyser is asked for.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, Protocol, cast

from kg.plugins import names as plugin_names
from kg.plugins import open_named

if TYPE_CHECKING:
    from spacy.tokens import Doc

ENTRY_POINTS: Final = "conflict_kg.analysers"
BUILT_IN: Final = {
    "default": "kg.analyse.pipeline:NewsAnalyser",
    "spacy:": "kg.analyse.installed:InstalledAnalyser",
}


class Analyser(Protocol):
    """What turns a text into a parsed Doc.

    The Doc has ``doc.text == text``, sentence starts, ``tag_`` (Penn), ``pos_``, ``morph``,
    ``lemma_``, ``head`` and ``dep_`` (Universal Dependencies; one ``root`` a sentence) and
    ``ents`` (PERSON, ORG, LOC). The same text gives the same Doc, whatever else is parsed.
    """

    @property
    def name(self) -> str:
        """Which analyser this is."""

    @property
    def version(self) -> str:
        """Changes whenever its output may change."""

    def parse(self, text: str) -> "Doc":
        """The parsed Doc of one text."""

    def parse_many(self, texts: Iterable[str]) -> "Iterator[Doc]":
        """The parsed Docs of many texts, in their order, one at a time."""


def load(name: str = "default") -> Analyser:
    """The analyser of this name, ready to parse; BadInput says which names there are."""
    found = open_named(name, kind="analyser", group=ENTRY_POINTS, built_in=BUILT_IN)
    return cast("Analyser", found)


def names() -> tuple[str, ...]:
    """The names of the analysers that are installed, sorted."""
    return plugin_names(ENTRY_POINTS, BUILT_IN)
