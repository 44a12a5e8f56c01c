"""Filters as parameters: their names, the values they take, and what is said of a bad one.

========== ====================================================================================
kind       parameters, next to ``limit cursor sort facets histogram``
========== ====================================================================================
statements q speaker target addressee hearer actor role act event_type mode factuality about
           place bbox article publisher from to published_from published_to review has
events     q actor role agent recipient mediator speaker act event_type mode factuality status
           context about place bbox article publisher from to published_from published_to
           review has
actors     q type sector country article publisher has
places     q precision country bbox article publisher has
articles   q publisher actor place from to has
========== ====================================================================================

A parameter given several times means any of its values; ``q`` and ``has`` mean all of theirs. An
actor, place, event, statement or article is named by its IRI or the last part of it, an article
also by its URL. A name of an actor or place is compared in any case and without accents: it means
whoever is called exactly that, one word also every person of that name; where nobody is called so,
it means all whose name has its words.
``q`` is compared whole, in any case and without accents: ``word``, ``begin*``, ``"a phrase"``
(``kg.filters.words``). ``role`` says which part the ``actor`` has. ``bbox`` is west, south, east
and north in degrees; a place is within that is no wider than a district and whose point is.
``from`` and ``to`` are EDTF dates. A record is in when its own date touches the days from the
first day of ``from`` to the last day of ``to``; a record without a date of its own is out.
``sort=rank``, where ``q`` is given, puts what fits its words best first.
"""

import base64
import binascii
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, Final, Literal, get_args

from kg import edtf, terms
from kg.errors import BadFilter, NotFound
from kg.filters.words import Term, asked
from kg.limits import at_most
from kg.model import ActorKind
from kg.vocab import codes

Kind = Literal["statements", "events", "actors", "places", "articles"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

ALLOWED: Final[Mapping[Kind, tuple[str, ...]]] = {
    "statements": (
        *("q", "speaker", "target", "addressee", "hearer", "actor", "role", "act", "event_type"),
        *("mode", "factuality", "about", "place", "bbox", "article", "publisher", "from", "to"),
        *("published_from", "published_to", "review", "has"),
    ),
    "events": (
        *("q", "actor", "role", "agent", "recipient", "mediator", "speaker", "act", "event_type"),
        *("mode", "factuality", "status", "context", "about", "place", "bbox", "article"),
        *("publisher", "from", "to", "published_from", "published_to", "review", "has"),
    ),
    "actors": ("q", "type", "sector", "country", "article", "publisher", "has"),
    "places": ("q", "precision", "country", "bbox", "article", "publisher", "has"),
    "articles": ("q", "publisher", "actor", "place", "from", "to", "has"),
}
HAS: Final[Mapping[Kind, tuple[str, ...]]] = {
    "statements": (
        *("date", "place", "toll", "target", "addressee", "quotation", "denial", "contested"),
    ),
    "events": (
        *("date", "place", "toll", "agent", "recipient", "mediator", "statement", "denial"),
        "contested",
    ),
    "actors": ("country", "sector", "role"),
    "places": ("country", "point"),
    "articles": ("date", "headline", "publisher", "url"),
}
"""What a record may be asked to have. ``denial``: a statement that denies is about it; a
statement's ``place`` and ``toll`` are those of an event that it is about. ``contested``: people
judged it, or a report of it, and do not agree."""

ROLES: Final[Mapping[Kind, tuple[str, ...]]] = {
    "statements": ("speaker", "target", "addressee", "agent", "recipient", "mediator"),
    "events": ("agent", "recipient", "mediator"),
}
"""The parts that an actor may have: in a statement itself, or in an event that it is about."""
FACETS: Final[Mapping[Kind, tuple[str, ...]]] = {
    "statements": (
        *("act", "speaker", "target", "event_type", "mode", "factuality", "place", "article"),
        *("publisher", "review"),
    ),
    "events": (
        *("event_type", "mode", "factuality", "status", "context", "actor", "agent", "recipient"),
        *("mediator", "place", "article", "publisher", "review"),
    ),
    "actors": ("type", "sector", "country", "article", "publisher"),
    "places": ("precision", "country", "article", "publisher"),
    "articles": ("publisher",),
}
SORTS: Final[Mapping[Kind, tuple[str, ...]]] = {
    "statements": ("published", "date"),
    "events": ("date",),
    "actors": ("label",),
    "places": ("label",),
    "articles": ("published",),
}
"""Orders of each kind, the usual one first; with ``-`` before it, the other way round."""
RANK: Final = "rank"
"""The order of what fits the words of ``q`` best, where there are any."""

ACTOR_ROLES: Final = (
    *("speaker", "target", "addressee", "hearer", "actor", "agent", "recipient", "mediator"),
)
"""Parameters that name an actor. ``hearer`` is a target or an addressee, ``actor`` any role."""

DATED: Final = ("statements", "events", "articles")
STEPS: Final = ("year", "month", "day")
TYPES: Final[tuple[str, ...]] = get_args(ActorKind)
LIMIT: Final = 50
MOST: Final = 1000

_DEGREES: Final = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,12})?")
_SHAPING: Final = ("limit", "cursor", "sort", "facets", "histogram")
DAYS: Final = (("from", "to"), ("published_from", "published_to"))
"""Parameters that leave in a stretch of days: of the record's own, and of its publication."""
_ONCE: Final = (*chain(*DAYS), "bbox", "limit", "cursor", "sort", "histogram")


@dataclass(frozen=True, slots=True)
class Filters:
    """A checked selection of records of one kind, and how to show it.

    ``where`` holds (parameter, values) in the order of ``ALLOWED``. ``after`` is the place in
    the order (``sort``) where the page before ended. Make one with :meth:`parse`.
    """

    kind: Kind
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    limit: int = LIMIT
    after: str | None = None
    sort: str = ""
    facets: tuple[str, ...] = ()
    histogram: str | None = None

    @classmethod
    def parse(cls, kind: str, parameters: Mapping[str, Sequence[str]]) -> "Filters":
        """The filters that parameters (name → values) ask for; empty values count as absent.

        Raises NotFound for a kind that is not, BadFilter for any name or value that is not
        allowed; the message says what is.
        """
        if kind not in KINDS:
            raise NotFound(f"no kind of record {kind!r}; there are {', '.join(KINDS)}")
        given = _given(kind, parameters)
        sort = _sort(kind, given)
        found = cls(
            kind=kind,
            where=tuple(
                (name, _checked(kind, name, given)) for name in ALLOWED[kind] if name in given
            ),
            limit=_limit(given),
            after=_after(given, sort),
            sort=sort,
            facets=_facets(kind, given),
            histogram=_histogram(kind, given),
        )
        _agree(found)
        return found

    def get(self, name: str) -> tuple[str, ...]:
        """The values of a parameter; none where it is not given."""
        return dict(self.where).get(name, ())

    def pairs(self) -> list[tuple[str, str]]:
        """The selection alone as query-string pairs, in one order, for links and metadata."""
        return [(name, value) for name, given in self.where for value in given]

    def days(self, names: tuple[str, str] = DAYS[0]) -> tuple[date | None, date | None]:
        """The first and the last day that a pair of parameters leaves in."""
        first, last = map(self.get, names)
        return (
            edtf.bounds(first[0])[0] if first else None,
            edtf.bounds(last[0])[1] if last else None,
        )

    def terms(self) -> tuple[Term, ...]:
        """What ``q`` looks for, each once."""
        return tuple(dict.fromkeys(term for text in self.get("q") for term in asked(text)))

    def box(self) -> tuple[float, float, float, float] | None:
        """West, south, east and north of ``bbox``; it crosses the date line where east < west."""
        return _box(self.get("bbox")[0]) if self.get("bbox") else None


def cursor(sort: str, key: str) -> str:
    """The opaque mark of a place in an order."""
    plain = json.dumps([sort, key], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(plain).decode().rstrip("=")


def _given(kind: Kind, parameters: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    allowed = (*ALLOWED[kind], *_SHAPING)
    given: dict[str, tuple[str, ...]] = {}
    for name, found in parameters.items():
        if name not in allowed:
            raise BadFilter(f"no filter {name!r} for {kind}; there are {', '.join(allowed)}")
        listed = (found,) if isinstance(found, str) else found
        kept = tuple(dict.fromkeys(value.strip() for value in listed if value.strip()))
        if len(kept) > 1 and name in _ONCE:
            raise BadFilter(f"{name} is given {len(kept)} times; give it once")
        if kept:
            given[name] = kept
    return given


def _bad(name: str, value: str, allowed: str) -> BadFilter:
    return BadFilter(f"{name}={value!r} is not allowed; allowed: {allowed}")


def _checked(kind: Kind, name: str, given: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    allowed = {"has": HAS, "role": ROLES}.get(name)
    check = _one_of(lambda: allowed[kind]) if allowed else _CHECKS.get(name, _text)
    return tuple(check(name, value) for value in given[name])


def _one_of(allowed: Callable[[], Iterable[str]]) -> Callable[[str, str], str]:
    def check(name: str, value: str) -> str:
        if value not in (known := tuple(allowed())):
            raise _bad(name, value, ", ".join(known))
        return value

    return check


def _text(name: str, value: str) -> str:
    try:
        value.encode()
        return value
    except UnicodeEncodeError:
        raise _bad(name, value, "text without lone surrogates") from None


def _words(name: str, value: str) -> str:
    if not asked(_text(name, value)):
        raise _bad(name, value, 'words, beginnings of words (invest*) and phrases ("a phrase")')
    return value


def _bbox(name: str, value: str) -> str:
    if _box(value) is None:
        said = "west,south,east,north in degrees, as in 43.4,38.8,46.6,41.3"
        raise _bad(name, value, said)
    return value


def _box(value: str) -> tuple[float, float, float, float] | None:
    parts = value.split(",")
    if len(parts) != 4 or not all(_DEGREES.fullmatch(part.strip()) for part in parts):
        return None
    west, south, east, north = map(float, parts)
    fits = max(abs(west), abs(east)) <= 180 and -90 <= south <= north <= 90
    return (west, south, east, north) if fits else None


def _reference(name: str, value: str) -> str:
    if "://" in value:
        try:
            terms.iri(value)
        except ValueError as error:
            raise _bad(name, value, f"an IRI, a key or a name ({error})") from None
    return _text(name, value)


def _day(name: str, value: str) -> str:
    try:
        found = edtf.bounds(value)[0 if name.endswith("from") else 1]
    except ValueError:
        found = None
    if found is None:
        raise _bad(name, value, "a date with a year: 2022, 2022-10, 2022-10-03, 199X")
    return value


def _country(name: str, value: str) -> str:
    if len(value) != 2 or not (value.isascii() and value.isalpha()):
        raise _bad(name, value, "two letters of ISO 3166-1, as in AM")
    return value.upper()


def _modes() -> list[str]:
    """Bare modes, then with their event type."""
    full = codes("mode")
    return [*sorted({mode.split("/")[1] for mode in full}), *full]


_CHECKS: Final[Mapping[str, Callable[[str, str], str]]] = {
    "act": _one_of(lambda: codes("act")),
    "event_type": _one_of(lambda: codes("event-type")),
    "mode": _one_of(_modes),
    "factuality": _one_of(lambda: codes("factuality")),
    "context": _one_of(lambda: codes("context")),
    "sector": _one_of(lambda: codes("sector")),
    "status": _one_of(lambda: codes("status")),
    "precision": _one_of(lambda: codes("place-precision")),
    "type": _one_of(lambda: TYPES),
    "review": _one_of(lambda: codes("review")),
    "country": _country,
    **dict.fromkeys(chain(*DAYS), _day),
    "q": _words,
    "bbox": _bbox,
    **dict.fromkeys((*ACTOR_ROLES, "about", "place", "article"), _reference),
}


def _limit(given: Mapping[str, tuple[str, ...]]) -> int:
    return at_most(given.get("limit", (str(LIMIT),))[0], MOST)


def _sort(kind: Kind, given: Mapping[str, tuple[str, ...]]) -> str:
    text = given.get("sort", SORTS[kind])[0]
    allowed = [f"{sign}{one}" for one in SORTS[kind] for sign in ("", "-")]
    if text not in allowed and not (text == RANK and "q" in given):
        raise _bad("sort", text, ", ".join([*allowed, f"{RANK} (with q)"]))
    return text


def _after(given: Mapping[str, tuple[str, ...]], sort: str) -> str | None:
    if "cursor" not in given:
        return None
    text = given["cursor"][0]
    try:
        made: Any = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        made = None
    match made:
        case [str(order), str(key)] if order == sort:
            return _text("cursor", key)
    raise _bad("cursor", text, f"what the page before gave as next, with the same sort ({sort})")


def _facets(kind: Kind, given: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    listed = [part.strip() for text in given.get("facets", ()) for part in text.split(",")]
    parts = [part for part in listed if part]
    for part in parts:
        if part not in FACETS[kind]:
            raise _bad("facets", part, ", ".join(FACETS[kind]))
    return tuple(dict.fromkeys(parts))


def _histogram(kind: Kind, given: Mapping[str, tuple[str, ...]]) -> str | None:
    text = given.get("histogram", (None,))[0]
    if text is None:
        return None
    if kind not in DATED:
        raise _bad("histogram", text, f"no histogram: {kind} have no date")
    if text not in STEPS:
        raise _bad("histogram", text, ", ".join(STEPS))
    return text


def _agree(found: Filters) -> None:
    """Whether parameters go together."""
    for begin, end in DAYS:
        first, last = found.days((begin, end))
        if first and last and first > last:
            raise _bad(begin, found.get(begin)[0], f"a date not after {end}={found.get(end)[0]}")
    if found.get("role") and not found.get("actor"):
        raise BadFilter("role says which part an actor has: give actor too")
