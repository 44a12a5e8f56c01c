"""What a statement says, its parts told apart where the article has other words between them."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

QUOTES: Final = " \n\t“”\"„«»'‘’"


def spoken(statement: Mapping[str, Any]) -> str:
    """The words of the article that say it, or nothing.

    A quotation of several paragraphs goes on without dots: only its marks and line ends fall away.

    >>> whole = {"slot": "whole", "start": 0, "end": 14, "exact": "No. It is late"}
    >>> one = {"slot": "content", "start": 0, "end": 3, "exact": "No."}
    >>> two = {"slot": "content", "start": 10, "end": 14, "exact": "late"}
    >>> spoken({"content": "No. late", "evidence": [whole, one, two]})
    'No. … late'
    """
    pieces = [one for one in statement.get("evidence", ()) if one["slot"] == "content"]
    words = _joined(statement, pieces) if len(pieces) > 1 else statement.get("content") or ""
    return words.strip()


def _joined(statement: Mapping[str, Any], pieces: Sequence[Mapping[str, Any]]) -> str:
    whole = next((one for one in statement["evidence"] if one["slot"] == "whole"), pieces[0])
    found = str(pieces[0]["exact"])
    for before, piece in pairwise(pieces):
        start, end = before["end"] - whole["start"], piece["start"] - whole["start"]
        gap = whole["exact"][max(start, 0) : max(end, 0)]
        apart = not gap or any(map(str.isalnum, gap))
        found += " … " if apart else f"{gap.strip(QUOTES)} "
        found += piece["exact"]
    return found
