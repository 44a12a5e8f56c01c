"""Who there is, where, and what happened when: few are named often, most hardly ever."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Final, Generic, TypeVar

_T = TypeVar("_T")

FIRST_DAY: Final = date(2015, 1, 1)
A_DAY: Final = 3
"""Articles a day; the more there are, the more days."""
PEOPLE: Final = 3000
PLACES: Final = 500
NEW: Final = 3.5
"""Events for each article; most are told once, a few by many."""

_STARTS: Final = "Bre Dra Ves Mar Ost Hol Fer Tar Lin Kor Sal Den Wes Pel Gor Ran Tol Ard Mir Vel"
_MIDDLES: Final = "an el ov ik ar en or us et il"
_ENDS: Final = "ska mont wick dal rin holt sen var quist bury lund mere nik gard"
_FIRST: Final = (
    "Nadia Anto Sula Otar Ilse Davor Marek Petra Jonas Lena Mira Sven Talia Boran Edda Kiril Runa"
    " Goran Alma Teodor Vera Ruben Hedda Milan Sanja Olaf Irena Pavle Greta Luka Nora Emil Tessa"
    " Viktor Dina Aron Selma Juro Katya Henrik"
)
_LANDS: Final = (
    "Vardania Keshia Torvania Ostrelia Brennia Sorvia Maldovia Quarnia Helvaria Drania Lomaria"
    " Pellonia Zarnia Ustria Gothia Norvia"
)
_BODIES: Final = (
    ("Defence Ministry", "GOV"),
    ("Interior Ministry", "GOV"),
    ("Foreign Ministry", "GOV"),
    ("Prosecutor's Office", "JUD"),
    ("Red Lantern Society", "NGO"),
    ("Border Guard", "MIL"),
    ("Human Rights Council", "NGO"),
    ("Health Ministry", "GOV"),
)
_ROLES: Final = (
    *("foreign minister", "prime minister", "opposition leader", "army spokesman", "mayor"),
    *("human rights commissioner", "prosecutor general", "special envoy", "defence minister"),
)
KINDS: Final = (
    *(("ASSAULT", "heavy-weapons", 14), ("ASSAULT", "aerial", 8), ("ASSAULT", "drone", 6)),
    *(("ASSAULT", "firearms", 8), ("ASSAULT", "explosives", 5), ("ASSAULT", "abduct", 3)),
    *(("COERCE", "arrest", 8), ("RETREAT", "release", 4), ("RETREAT", "withdraw", 4)),
    *(("RETREAT", "ceasefire", 3), ("CONSULT", "visit", 14), ("CONSULT", "third-party", 3)),
    *(("CONSULT", "phone", 3), ("PROTEST", "demo", 8), ("MOBILIZE", "troops", 5)),
    *(("AID", None, 4),),
)
"""Event type, mode, and how often."""


@dataclass(frozen=True, slots=True)
class Land:
    """A country: its name, the adjective, and a code that ISO leaves to its users."""

    name: str
    people: str
    code: str


@dataclass(frozen=True, slots=True)
class Body:
    """An institution of a country."""

    name: str
    land: Land
    sector: str


@dataclass(frozen=True, slots=True)
class Human:
    """Somebody with a post."""

    name: str
    land: Land
    role: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A town with its point."""

    name: str
    land: Land
    point: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened, by whom to whom; ``denied``: the doers say that it did not."""

    day: date
    kind: str
    mode: str | None
    land: Land
    other: Land
    place: Spot
    one: Human
    two: Human
    toll: int
    denied: bool


class Skewed(Generic[_T]):
    """A choice among things of which the n-th is met 1/n**power as often as the first."""

    def __init__(self, things: Iterable[_T], power: float = 1.0) -> None:
        self.things: Sequence[_T] = tuple(things)
        self._sums = list(accumulate(1 / n**power for n in range(1, len(self.things) + 1)))

    def choose(self, random: Random) -> _T:
        """One of them."""
        return self.things[bisect_left(self._sums, random.random() * self._sums[-1])]


class World:
    """The same for the same seed and number of articles."""

    def __init__(self, seed: int, articles: int) -> None:
        random = Random(seed)
        self.days = max(30, articles // A_DAY)
        lands = [_land(name, n) for n, name in enumerate(_LANDS.split())]
        self.lands = Skewed(lands, 0.8)
        self.bodies = Skewed(
            (
                Body(f"{land.people} {name}", land, sector)
                for name, sector in _BODIES
                for land in lands
            ),
            0.8,
        )
        self.people = Skewed(_people(random, lands), 0.8)
        self.places = Skewed(_places(random, lands), 0.9)
        self.outlets = Skewed(_outlets(random), 0.9)
        happened = [self._happening(random) for _ in range(max(8, int(articles * NEW)))]
        self._happened = sorted(happened, key=lambda one: one.day)
        self._days = [one.day for one in self._happened]

    def about(self, day: date, random: Random, back: int = 5) -> Happening:
        """Something that happened within some days before; of the latest before if nothing did."""
        start = bisect_left(self._days, day - timedelta(back))
        end = max(1, bisect_right(self._days, day))
        start = min(start, end - 1)
        # Of what is near in time a few things are told far more often than all others.
        return self._happened[start + int((end - start) * random.random() ** 2)]

    def _happening(self, random: Random) -> Happening:
        kind, mode, _ = random.choices(KINDS, [often for *_, often in KINDS])[0]
        place = self.places.choose(random)
        other = self.lands.choose(random)
        return Happening(
            day=FIRST_DAY + timedelta(int(self.days * random.random())),
            kind=kind,
            mode=mode,
            land=next(land for land in self.lands.things if land != place.land)
            if other == place.land
            else other,
            other=place.land,
            place=place,
            one=self.people.choose(random),
            two=self.people.choose(random),
            toll=int(2 / max(0.01, random.random())),
            denied=random.random() < 0.25,
        )


def _land(name: str, number: int) -> Land:
    return Land(
        name, f"{name}n", f"Q{chr(ord('M') + number)}" if number < 14 else f"X{'AB'[number - 14]}"
    )


def _names(random: Random, most: int, ends: str) -> list[str]:
    made = dict.fromkeys(
        a + b + c for a in _STARTS.split() for b in _MIDDLES.split() for c in ends.split()
    )
    names = list(made)
    random.shuffle(names)
    return names[:most]


def _people(random: Random, lands: Sequence[Land]) -> list[Human]:
    first, last = _FIRST.split(), _names(random, 900, _ENDS)
    names = [f"{a} {b}" for a in first for b in last]
    random.shuffle(names)
    roles = [(random.choice(lands), random.choice(_ROLES)) for _ in range(PEOPLE)]
    return [Human(name, *role) for name, role in zip(names, roles, strict=False)]


def _places(random: Random, lands: Sequence[Land]) -> list[Spot]:
    return [
        Spot(
            name,
            random.choice(lands),
            (round(random.uniform(-60, 70), 5), round(random.uniform(-170, 170), 5)),
        )
        for name in _names(random, PLACES, "esk anik sel arke oum ilde ovo iza")
    ]


def _outlets(random: Random) -> list[str]:
    kinds = ("Post", "Courier", "Wire", "Herald", "Gazette", "Observer", "Tribune", "Radio")
    return [f"The {name} {random.choice(kinds)}" for name in _names(random, 120, "port haven ton")]
