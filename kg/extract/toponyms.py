"""Names of places as a text writes them, and what it says on the spot of where they lie."""

import re
from typing import Final

from kg.extract.actors.naming import clean
from kg.extract.tree import Name, Tree

WITHIN: Final = re.compile(r",\s+|\s+in\s+(?:the\s+)?")
"""What stands between a place and what it lies in: "Paris, Texas", "Orm in Kesh"."""
ABBREVIATION: Final = re.compile(r",\s+((?:[A-Z][a-z]*\.\s?){1,2})")
"""A state in news style, which the analyser may not take for a name: "Paris, Tex."."""


def places(tree: Tree) -> list[tuple[Name, str]]:
    """The names of places, each with the words to ask the gazetteer for.

    A name that the text puts in another is asked for with it: "Paris, Texas".
    """
    names = [name for name in tree.names if name.label == "LOC"]
    after = {name.start_char: name for name in names}
    return [(name, _asked(tree.text, name, after)) for name in names]


def _asked(text: str, name: Name, after: dict[int, Name]) -> str:
    words = clean(name.text)
    between = WITHIN.match(text, name.end_char)
    if between is not None and between.end() in after:
        return f"{words}, {clean(after[between.end()].text)}"
    state = ABBREVIATION.match(text, name.end_char)
    return f"{words}, {state[1].strip()}" if state is not None else words
