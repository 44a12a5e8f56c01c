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
Box = tuple[float, float, float, float]


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


def labels(
    dots: Sequence[Dot],
    *,
    size: float,
    width: float,
    height: float,
    others: Sequence[Dot] = (),
    taken: Sequence[Box] = (),
) -> list[Label | None]:
    """A label for each dot, in the same order; ``size`` is the font's, in the drawing's units.

    ``others`` and ``taken`` are dots and room (:func:`extent`) that must stay free.

    >>> labels([Dot(50, 50, 5, "Lorik")], size=10, width=200, height=100)
    [Label(x=58, y=53.5, anchor='start', text='Lorik')]
    """
    full = [*taken, *map(_square, dots), *map(_square, others)]
    frame = (0.0, 0.0, width, height)
    out: list[Label | None] = []
    for dot in dots:
        found = next(
            (
                (label, box)
                for label in _sides(dot, size)
                if _inside(box := extent(label, size), frame)
                and not any(_overlap(box, other) for other in full)
            ),
            None,
        )
        out.append(found[0] if found else None)
        full.extend([found[1]] if found else [])
    return out


def extent(label: Label, size: float) -> Box:
    """The room a label takes: left, top, right, bottom."""
    long = len(label.text) * size * GLYPH
    left = {"start": label.x, "end": label.x - long, "middle": label.x - long / 2}[label.anchor]
    return left, label.y - size * 0.8, left + long, label.y + size * 0.2


def short(name: str) -> str:
    """A name cut to what fits in a drawing.

    >>> short("The Office of the Prosecutor-General of the Republic")
    'The Office of the Prosecutor-Gene…'
    """
    return name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"


def _sides(dot: Dot, size: float) -> Iterator[Label]:
    text, gap = short(dot.name), dot.radius + 3
    for x, y, anchor in (
        (dot.x + gap, dot.y + size * 0.35, "start"),
        (dot.x - gap, dot.y + size * 0.35, "end"),
        (dot.x, dot.y + gap + size * 0.8, "middle"),
        (dot.x, dot.y - gap - size * 0.1, "middle"),
    ):
        yield Label(round(x, 1), round(y, 1), _ANCHORS[anchor], text)


def _square(dot: Dot) -> Box:
    return dot.x - dot.radius, dot.y - dot.radius, dot.x + dot.radius, dot.y + dot.radius


_ANCHORS: Final[dict[str, Anchor]] = {"start": "start", "end": "end", "middle": "middle"}


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _inside(box: Box, frame: Box) -> bool:
    return box[0] >= frame[0] and box[1] >= frame[1] and box[2] <= frame[2] and box[3] <= frame[3]
