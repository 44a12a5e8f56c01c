"""The gazetteer: what place names, demonyms and capitals stand for."""

from collections.abc import Collection, Iterable
from functools import cache, lru_cache
from typing import TypeVar

from kg.errors import BadInput
from kg.gazetteer.choice import holding, is_wide, lying_in, ranked, resolve
from kg.gazetteer.context import Context
from kg.gazetteer.data import (
    Candidate,
    Country,
    Names,
    Toponym,
    countries,
    labels,
    regions,
    table,
)
from kg.gazetteer.index import Districts, Divisions, Settlements
from kg.gazetteer.names import DIRECTIONS, SETTLED, SMALL_TYPES, code, is_code, key, split_type

Asked = TypeVar("Asked", str, Toponym, str | Toponym)


class Gazetteer:
    """Names of places all over the world, offline. Open it with :meth:`load`."""

    def __init__(self) -> None:
        self._states: Names[Candidate] = Names()
        self._nationals: Names[str] = Names()
        self._capitals: Names[str] = Names()
        self._divisions = Divisions()
        self._regions = regions()
        for country in countries().values():
            self._add(country)
        for word, alpha2 in table("peoples.tsv", 2):
            self._nationals.add(word, alpha2)

    @classmethod
    def load(cls) -> "Gazetteer":
        """The one gazetteer of this process; settlements are read when first asked for."""
        return _gazetteer()

    def _add(self, country: Country) -> None:
        candidate = Candidate(
            name=country.name,
            precision="country",
            country=country.alpha2,
            countries=(country.alpha2,),
            extent=self._divisions.extents.get(country.alpha2),
            label=labels().get(country.alpha2),
        )
        for name in (country.name, *country.names):
            self._states.add(name, candidate)
        for word in country.demonyms:
            self._nationals.add(word, country.alpha2)
        for word in country.capitals:
            self._capitals.add(word, country.alpha2)

    def lookup(self, name: str, *, near: Collection[str] = ()) -> tuple[Candidate, ...]:
        """Everything a place name can mean, the likeliest first.

        ``near`` holds what the article speaks of: countries ("LB") and divisions ("US.TX").

        >>> gazetteer = Gazetteer.load()
        >>> gazetteer.lookup("Tripoli")[0].country
        'LY'
        >>> gazetteer.lookup("Tripoli", near=["LB"])[0].country
        'LB'
        """
        return tuple(ranked(_candidates(self, name), Context.of(near)))

    def resolve(
        self, names: Iterable[Asked], *, near: Collection[str] = ()
    ) -> dict[Asked, Candidate]:
        """What the place names of one article mean together; names not sure of are left out.

        A settlement of which only the country is sure has no point. The order of the names makes
        no difference. ``near`` adds countries that the article speaks of in other words.

        >>> found = Gazetteer.load().resolve(["Paris", "Texas"])
        >>> found["Paris"].country, found["Paris"].point
        ('US', (33.661, -95.556))
        >>> Gazetteer.load().resolve(["Georgia", "Atlanta"])["Georgia"].division
        'US.GA'

        What a text says beside a name goes for the name alone, too.

        >>> ontario = Toponym("London", within="Ontario")
        >>> Gazetteer.load().resolve([ontario, "London"])["London"].division
        'CA.08'
        """
        asked = {one: one if isinstance(one, Toponym) else Toponym(one) for one in names}
        order = sorted(set(asked.values()))
        told = {one: found for one in order if (found := self._told(one))}
        alone: dict[Toponym, dict[Candidate, None]] = {}
        for one, found in told.items():
            if one.within:
                alone.setdefault(Toponym(one.name), {}).update(dict.fromkeys(found))
        towns = {one.name for one in order if one.title in SETTLED}
        meanings = {
            one: self._fitting(one, told.get(one) or tuple(alone.get(one, ())), towns)
            for one in order
        }
        sure = {one for one in told if one.within or one.holding}
        meant = resolve(meanings, near, sure | alone.keys())
        return {one: meant[name] for one, name in asked.items() if name in meant}

    def _told(self, one: Toponym) -> tuple[Candidate, ...]:
        """What a name can mean by what stands beside it; nothing where that says nothing."""
        found = _candidates(self, one.name)
        if one.title and one.title not in SETTLED:
            found = self._titled(key(one.name), one.title)
        elif not (one.within or one.holding):
            return found if split_type(key(one.name)) and all(x.seat for x in found) else ()
        if one.within:
            found = lying_in(found, _candidates(self, one.within))
        if one.holding:
            found = holding(found, _candidates(self, one.holding))
        return found

    def _fitting(
        self, one: Toponym, told: tuple[Candidate, ...], towns: Collection[str] = ()
    ) -> tuple[Candidate, ...]:
        """What a name can mean; called a town it is one, and elsewhere that or a country."""
        found = told or _candidates(self, one.name)
        if one.title not in SETTLED and one.name not in towns:
            return found
        kinds = {"settlement"} if one.title in SETTLED else {"settlement", "country"}
        kept = tuple(candidate for candidate in found if candidate.precision in kinds)
        city = () if kept else _candidates(self, f"{one.name} City")
        return kept or (city if one.title == "city" or not city else found)

    def is_told(self, asked: Toponym) -> bool:
        """Whether what the text says beside a name makes it that of a place the gazetteer knows.

        >>> gazetteer = Gazetteer.load()
        >>> [gazetteer.is_told(Toponym("Oxford", within=one)) for one in ("Ohio", "Chad")]
        [True, False]
        """
        return bool(self._told(asked))

    def is_well_known(self, name: str) -> bool:
        """Whether a name is that of a place also where it stands in a longer one.

        >>> gazetteer = Gazetteer.load()
        >>> [gazetteer.is_well_known(name) for name in ("Manitoba", "Harlan County", "Chapman")]
        [True, True, False]
        """
        found = _candidates(self, name)
        if is_code(_bare(name)):
            return any(one.precision == "country" for one in found)
        if title := split_type(key(name)):
            return title[1] in SMALL_TYPES and bool(found)
        return any(one.exact and is_wide(one) for one in found)

    def country_of(self, word: str) -> str | None:
        """The country (alpha-2) that a country's name, demonym or adjective stands for.

        >>> [Gazetteer.load().country_of(word) for word in ("Azerbaijanis", "the U.S.", "us")]
        ['AZ', 'US', None]
        """
        return _country_of(self, word)

    def _country(self, word: str) -> str | None:
        state = self._states.get(_bare(word))
        if state:
            return state[0].country
        return next(iter(self._national(word)), None) or None

    def is_state(self, word: str) -> bool:
        """Whether a word is the name of a country.

        >>> [Gazetteer.load().is_state(word) for word in ("the Philippines", "US", "Filipinos")]
        [True, True, False]
        """
        return bool(self._states.get(_bare(word)))

    def is_demonym(self, word: str) -> bool:
        """Whether a word is the adjective or name of a country's or region's people.

        >>> [Gazetteer.load().is_demonym(word) for word in ("Turks", "Kurdish", "Turkey")]
        [True, True, False]
        """
        return bool(self._national(word))

    def _national(self, word: str) -> tuple[str, ...]:
        bare = _bare(word)
        found = self._nationals.get(bare)
        return found or (self._nationals.get(bare[:-1]) if bare.endswith("s") else ())

    def capital_of(self, word: str) -> str | None:
        """The country (alpha-2) for whose government its capital's name is used.

        >>> [Gazetteer.load().capital_of(word) for word in ("Baku", "the Kremlin", "Kingston")]
        ['AZ', 'RU', None]
        """
        return next(iter(self._capitals.get(_bare(word))), None)

    def country_name(self, alpha2: str) -> str:
        """The name of a country; :class:`BadInput` for a code that is none.

        >>> Gazetteer.load().country_name("AM")
        'Armenia'
        """
        return self.country(alpha2).name

    def country(self, alpha2: str) -> Country:
        """The country of an ISO 3166-1 alpha-2 code; :class:`BadInput` for a code that is none."""
        try:
            return countries()[alpha2]
        except KeyError:
            raise BadInput(f"{alpha2!r} is no country; use an ISO 3166-1 alpha-2 code") from None

    def alpha2(self, alpha3: str) -> str | None:
        """The alpha-2 code of an alpha-3 code ("UKR"), as event data sets use.

        >>> Gazetteer.load().alpha2("UKR")
        'UA'
        """
        return next((one.alpha2 for one in countries().values() if one.alpha3 == alpha3), None)

    def meanings(self, asked: Toponym) -> tuple[Candidate, ...]:
        """Everything a name can mean with what stands beside it, in no particular order."""
        return self._fitting(asked, self._told(asked))

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """Everything a name can mean, in no particular order; with "province", divisions alone."""
        bare = _bare(name)
        known = (*self._states.get(bare), *self._regions.get(bare))
        if is_code(bare):
            return known or self._divisions.named(key(bare))
        if not bare[:1].isupper():
            return ()
        folded = key(bare)
        if any(one.precision in ("region", "area") and one.division is None for one in known):
            return known
        divided = () if folded in DIRECTIONS else self._divisions.named(folded)
        if (typed := split_type(folded)) and not known and not divided:
            divided = self._titled(*typed)
            if divided:
                return divided
        indexes = _settlements(), _districts()
        towns = [
            index.named(folded) or index.named(folded.removeprefix("the ")) for index in indexes
        ]
        return (*known, *divided, *towns[0], *towns[1])

    def _titled(self, base: str, title: str) -> tuple[Candidate, ...]:
        """Divisions that a name with a title means: a county is of the second level if it can.

        A country's name with "province" is no far district of that name.
        """
        if title not in SMALL_TYPES and self._states.get(base.title()):
            return self._divisions.named(base)
        levels = (self._divisions.named(base), _districts().named(base, titled=True))
        return next(filter(None, reversed(levels) if title in SMALL_TYPES else levels), ())


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer()


@cache
def _settlements() -> Settlements:
    return Settlements()


@cache
def _districts() -> Districts:
    return Districts()


@lru_cache(maxsize=8192)
def _candidates(gazetteer: Gazetteer, name: str) -> tuple[Candidate, ...]:
    return gazetteer.candidates(name)


def _bare(word: str) -> str:
    """A word without possessive and article; a code without full stops."""
    bare = word.strip().removesuffix("'s").removesuffix("’s")
    without = bare[4:] if bare[:4].lower() == "the " else bare
    return code(without) if is_code(without) else bare if bare[:1].isupper() else without


@lru_cache(maxsize=65536)
def _country_of(gazetteer: Gazetteer, word: str) -> str | None:
    return gazetteer._country(word)
