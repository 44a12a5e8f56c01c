"""Lines that are no part of a story: its header, captions' labels, links, tags, sign-up lines.

What stands in them is told elsewhere or is no news; nothing is read from it.
"""

import re
from functools import cache
from typing import Final

from kg import header
from kg.extract.lexicon import rows
from kg.extract.stretches import Stretches
from kg.extract.tree import Tree
from kg.model import Span

LONGEST: Final = 120
"""Characters of a line that a list of links may have, and that no full stop ends."""
_ENDED: Final = re.compile(r"[.!?][\"'”’)]*$")


def quiet(tree: Tree) -> frozenset[int]:
    """The indices of the sentences of a text that stand in such lines."""
    lines: Stretches[bool] = Stretches()
    for start, end in _lines(tree.text):
        lines.add(True, [Span(start, end)])
    return frozenset(sent.index for sent in tree.sents if lines.at(sent.start_char))


def _lines(text: str) -> list[tuple[int, int]]:
    """The character ranges of the lines that are furniture."""
    found, start, listing = [(0, header.end(text))], 0, False
    for line in text.splitlines(keepends=True):
        bare, end = line.strip(), start + len(line)
        opening = _pattern("list").match(bare) is not None
        listing = opening or (listing and _is_link(bare))
        if opening or (listing and bare) or _pattern("line").match(bare):
            found.append((start, end))
        start = end
    return found


def _is_link(line: str) -> bool:
    """Whether a line may go on with a list of links: empty, or short and no sentence."""
    return len(line) < LONGEST and not _ENDED.search(line)


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    words = [re.escape(row["opens"]) for row in rows("furniture.tsv") if row["kind"] == kind]
    return re.compile(rf"[\W_]*(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)
