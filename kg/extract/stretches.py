"""Which stretches of a text a character stands in, found without a look at all of them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final, Generic, TypeVar

from kg.model import Span

Thing = TypeVar("Thing")
BLOCK: Final = 256
"""Characters that are looked up together."""


class Stretches(Generic[Thing]):
    """Things, each with the characters that belong to it, asked by character."""

    __slots__ = ("_blocks",)

    def __init__(self) -> None:
        self._blocks: defaultdict[int, list[tuple[Span, Thing]]] = defaultdict(list)

    def add(self, thing: Thing, spans: Iterable[Span]) -> None:
        """Give a thing these characters too."""
        for span in spans:
            for block in range(span.start // BLOCK, (span.end - 1) // BLOCK + 1):
                self._blocks[block].append((span, thing))

    def at(self, offset: int) -> list[Thing]:
        """The things that a character belongs to, in the order in which they were added."""
        near = self._blocks.get(offset // BLOCK, ())
        return [thing for span, thing in near if span.start <= offset < span.end]
