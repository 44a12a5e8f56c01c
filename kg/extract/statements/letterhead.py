"""Whose paper a text is: under "Statement by the Ministry of Defence" "we" is the ministry."""

import re
from typing import Final

from kg.extract.statements.finds import Reading
from kg.model import Span

_HEADING: Final = re.compile(
    r"\s*(?:[A-Z][\w’'-]+ ){0,2}(?:statement|communiqu[ée]|declaration|press release|open letter)"
    r" (?:by|of|from) (?=[^\n]{3,120}(?:\n|\Z))",
    re.IGNORECASE,
)
VERBAL: Final = frozenset({"VERB", "AUX"})


def read(reading: Reading) -> None:
    """Give the first person of a text to whoever its heading says speaks in it.

    A headline with a verb ("Statement by the army draws criticism") is none, and what is quoted
    stays with whom it is quoted from, who is heard later.
    """
    heading = _HEADING.match(reading.text)
    end = reading.text.find("\n", heading.end()) if heading is not None else -1
    if heading is None or end < 0:
        return
    words = reading.tree.within(heading.end(), end)
    who = reading.tree.root_of(heading.end(), end)
    if who is None or any(word.pos in VERBAL for word in words):
        return
    if any(word.dep == "conj" and word.head is who for word in words):
        return  # of "France and Germany" no one of them is "we"
    key = reading.cast.resolve(who)
    if key is not None and reading.cast.register.drafts[key].kind != "Document":
        reading.cast.register.voices.add(key, [Span(end, len(reading.text))])
