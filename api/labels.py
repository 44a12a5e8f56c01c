"""Where to write the names of dots in a drawing so that no name covers another or a dot.

Greedy, in the order given: the first free side of right, left, below, above; a name that finds
no room is left out (its dot still has a title).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

GLYPH: Final = 0.56
"""Mean width of a letter, in font sizes."""
LONGEST: Final = 34

Anchor = Literal["start", "end", "middle"]
_Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Dot:
    """A circle with a name."""

    x: float
    y: float
    radius: float
    name: str


@dataclass(frozen=True, slots=True)
class Label:
    """A name and where its baseline starts, ends or has its middle."""

    x: float
    y: float
    anchor: Anchor
    text: str


def labels(dots: Sequence[Dot], *, size: float, width: float, height: float) -> list[Label | None]:
    """A label for each dot, in the same order; ``size`` is the font's, in the drawing's units.

    >>> labels([Dot(50, 50, 5, "Lorik")], size=10, width=200, height=100)
    [Label(x=58, y=53.5, anchor='start', text='Lorik')]
    """
    taken = [
        (dot.x - dot.radius, dot.y - dot.radius, dot.x + dot.radius, dot.y + dot.radius)
        for dot in dots
    ]
    frame = (0.0, 0.0, width, height)
    out: list[Label | None] = []
    for dot in dots:
        found = next(
            (
                (label, box)
                for label, box in _sides(dot, size)
                if _inside(box, frame) and not any(_overlap(box, other) for other in taken)
            ),
            None,
        )
        out.append(found[0] if found else None)
        taken.extend([found[1]] if found else [])
    return out


def short(name: str) -> str:
    """A name cut to what fits in a drawing.

    >>> short("The Office of the Prosecutor-General of the Republic")
    'The Office of the Prosecutor-Gene…'
    """
    return name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"


def _sides(dot: Dot, size: float) -> Iterator[tuple[Label, _Box]]:
    text = short(dot.name)
    long, gap = len(text) * size * GLYPH, dot.radius + 3
    for x, y, anchor in (
        (dot.x + gap, dot.y + size * 0.35, "start"),
        (dot.x - gap, dot.y + size * 0.35, "end"),
        (dot.x, dot.y + gap + size * 0.8, "middle"),
        (dot.x, dot.y - gap - size * 0.1, "middle"),
    ):
        left = {"start": x, "end": x - long, "middle": x - long / 2}[anchor]
        label = Label(round(x, 1), round(y, 1), _ANCHORS[anchor], text)
        yield label, (left, y - size * 0.8, left + long, y + size * 0.2)


_ANCHORS: Final[dict[str, Anchor]] = {"start": "start", "end": "end", "middle": "middle"}


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _inside(box: _Box, frame: _Box) -> bool:
    return box[0] >= frame[0] and box[1] >= frame[1] and box[2] <= frame[2] and box[3] <= frame[3]
