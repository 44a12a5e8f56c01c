"""Where the words of an answer stand in the text; words that do not stand there have no place.

The rule for words that occur more than once: the occurrence nearest to an anchor (that of a part:
the cue; that of a cue: the finding's quotation, inside it before beside it), the earlier one of
two. White space and the shape of quotation marks, apostrophes and dashes may differ, as models
straighten them; nothing else may.
"""

import re
from functools import lru_cache
from typing import Final

from kg.extract.syntax import trim
from kg.model import Span

_ALIKE: Final = ('"“”„«»', "'‘’‚", "-‐‑–—")
LONGEST: Final = 4000
"""Characters of a quotation; a longer one is no quotation of one finding."""


def find(text: str, words: object, near: Span | None = None) -> Span | None:
    """The characters of these words in the text, nearest to ``near``; None if they are not there.

    >>> text = "He said no. She said “no, no”."
    >>> find(text, "said", Span(12, 20)), find(text, 'said "no,  no"'), find(text, "yes")
    (Span(start=16, end=20), Span(start=16, end=29), None)
    """
    if not isinstance(words, str) or not words.strip() or len(words) > LONGEST:
        return None
    found = [Span(*match.span()) for match in _pattern(words.strip()).finditer(text)]
    return min(found, key=lambda span: (_far(span, near), span.start), default=None)


def phrase(text: str, words: object, near: Span | None = None) -> Span | None:
    """The same, without the quotation marks and blanks around it."""
    found = find(text, words, near)
    bare = trim(text, found) if found is not None else None
    return bare if bare is not None and bare.start < bare.end else None


def _far(span: Span, near: Span | None) -> int:
    if near is None or near.touches(span):
        return 0
    return max(near.start - span.end, span.start - near.end) + 1


@lru_cache(maxsize=256)
def _pattern(words: str) -> re.Pattern[str]:
    """These words and no part of a longer one."""
    parts = (r"".join(map(_alike, part)) for part in words.split())
    before = r"(?<!\w)" if words[0].isalnum() else ""
    after = r"(?!\w)" if words[-1].isalnum() else ""
    return re.compile(before + r"\s+".join(parts) + after)


def _alike(char: str) -> str:
    return next((f"[{re.escape(marks)}]" for marks in _ALIKE if char in marks), re.escape(char))
