"""Operations written anew, a token a line: read in one way only, and led back to their source."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kg.errors import BadQuery, Unsupported
from kg.store.text.querytext import position
from kg.store.text.updatetext import Operation, Token

_PLACE: Final = re.compile(r"line (\d+), column \d+")


@dataclass(frozen=True, slots=True)
class Written:
    """A text as the engine is given it; ``starts`` says where each line's token stood before.

    ``kind`` is what it is called in errors: a query or an update.
    """

    text: str
    source: str
    starts: tuple[int, ...] = ()
    kind: str = "update"

    def located(self, error: BadQuery) -> BadQuery:
        """An error of the text written, as one of the text it was written from."""
        if error.line is None or not self.starts:
            return error
        line, column = position(self.source, self.starts[min(error.line, len(self.starts)) - 1])
        said = _PLACE.sub(f"line {line}, column {column}", str(error), count=1)
        kind = Unsupported if isinstance(error, Unsupported) else BadQuery
        return kind(said.replace("the query", f"the {self.kind}"), line=line, column=column)


def written(found: Sequence[Operation], source: str, *, kind: str = "update") -> Written:
    """Operations (none empty) as one text."""
    pieces: list[str] = []
    starts: list[int] = []
    for number, operation in enumerate(found):
        between = (Token("mark", ";", operation[0].start),) if number else ()
        for token in (*between, *operation):
            pieces.append(f"{token.text}\n")
            starts += [token.start] * (token.text.count("\n") + 1)
    return Written("".join(pieces), source, tuple(starts) or (0,), kind)
