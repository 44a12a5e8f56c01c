"""The lexicons of ``kg/extract/data``: tab-separated files a researcher can edit.

Each file opens with comment lines (what it is, its source, its columns), then a header line.
"""

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from kg.gazetteer.names import code, is_code, key
from kg.model import ActorKind, Precision

DATA: Final = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Cue:
    """One way in which a verb makes a statement; see ``cues.tsv``."""

    lemma: str
    frame: str
    act: str
    neutral: bool
    subject: str
    held: bool = False
    """Whether it tells what is thought, hoped or feared rather than spoken."""


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that can speak or act; see ``nouns.tsv``."""

    noun: str
    kind: ActorKind
    sector: str | None
    post: str


@dataclass(frozen=True, slots=True)
class Body:
    """What is known of a body by its name alone; see ``bodies.tsv``."""

    sector: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that tells an event; see ``triggers.tsv``."""

    lemma: str
    pos: str
    event_type: str
    mode: str | None
    mutual: bool
    recipient: tuple[str, ...]


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a data file, by column name."""
    text = (DATA / name).read_text(encoding="utf-8")
    body = [line for line in text.splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(body, delimiter="\t", quoting=csv.QUOTE_NONE))


def where(name: str, **wanted: str) -> str:
    """The file and line of the first row that holds these values, "" where none does.

    >>> where("cues.tsv", lemma="no such verb")
    ''
    """
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    body = [(n, line.split("\t")) for n, line in enumerate(lines, 1) if line[:1] not in ("", "#")]
    header = body[0][1]
    for number, cells in body[1:]:
        if wanted.items() <= dict(zip(header, cells, strict=False)).items():
            return f"{name} line {number}"
    return ""


@cache
def cues() -> dict[str, tuple[Cue, ...]]:
    """Base form of the verb → its frames, in the order of the file."""
    found: dict[str, list[Cue]] = defaultdict(list)
    for cue in _cues():
        if not cue.frame.startswith("noun="):
            found[cue.lemma].append(cue)
    return {lemma: tuple(frames) for lemma, frames in found.items()}


@cache
def noun_cues() -> dict[str, Cue]:
    """Noun → how it tells of something said."""
    return {cue.lemma: cue for cue in _cues() if cue.frame.startswith("noun=")}


@cache
def _cues() -> tuple[Cue, ...]:
    return tuple(
        Cue(
            row["lemma"],
            row["frame"],
            row["act"],
            row["neutral"] in {"yes", "held"},
            row["subject"],
            row["neutral"] == "held",
        )
        for row in rows("cues.tsv")
    )


@cache
def nouns() -> dict[str, Noun]:
    """Noun or fixed phrase, lower case → what it names."""
    return {
        row["noun"]: Noun(
            row["noun"],
            row["kind"],  # type: ignore[arg-type]
            None if row["sector"] == "-" else row["sector"],
            row["post"],
        )
        for row in rows("nouns.tsv")
    }


@cache
def noun_ends() -> frozenset[str]:
    """The last words of the nouns and fixed phrases."""
    return frozenset(re.split(r"[ -]|(?=')", noun)[-1] for noun in nouns())


def known_body(name: str) -> Body | None:
    """The body of this name; an abbreviation counts as it is written."""
    plain = name.removeprefix("The ").removeprefix("the ")
    return _bodies().get(code(plain) if is_code(plain) else key(plain))


@cache
def _bodies() -> dict[str, Body]:
    found = {}
    for row in rows("bodies.tsv"):
        sector, country = (None if row[of] == "-" else row[of] for of in ("sector", "country"))
        known = Body(sector, country)
        for name in (row["name"], *(_listed(row["also"]) if row["also"] != "-" else ())):
            found[code(name) if is_code(name) else key(name)] = known
    return found


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split(", ")))


@cache
def triggers() -> dict[tuple[str, str], Trigger]:
    """(base form or phrase, ``verb`` or ``noun``) → the event it tells."""
    found = {}
    for row in rows("triggers.tsv"):
        frame, _, prepositions = row["frame"].partition(":")
        found[row["lemma"], row["pos"]] = Trigger(
            lemma=row["lemma"],
            pos=row["pos"],
            event_type=row["type"],
            mode=None if row["mode"] == "-" else row["mode"],
            mutual=frame == "mutual",
            recipient=tuple(prepositions.split("|")) if prepositions else (),
        )
    return found


@cache
def media() -> dict[str, str]:
    """Word → medium."""
    return {row["word"]: row["medium"] for row in rows("media.tsv")}


@cache
def hedges(how: str) -> dict[str, str]:
    """Word → factuality, of the hedges that work so: modifier, verb, noun, clause, subject."""
    return _hedges().get(how, {})


@cache
def _hedges() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows("hedges.tsv"):
        found[row["how"]][row["word"]] = row["factuality"]
    return found


@cache
def verbs(role: str) -> frozenset[str]:
    """Base forms of the verbs with a role of ``verbs.tsv``."""
    return _verbs().get(role, frozenset())


@cache
def _verbs() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows("verbs.tsv"):
        found[row["role"]].add(row["lemma"])
    return {role: frozenset(lemmas) for role, lemmas in found.items()}


@cache
def light_verbs() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Base form → what its subject is in its noun's event (``actor``, ``mediator``, or
    ``event``: the noun itself is the subject), and the prepositions the noun may stand behind.
    """
    return {
        row["lemma"]: (row["role"], tuple(row["behind"].split("|")))
        for row in rows("light_verbs.tsv")
    }


@cache
def things() -> frozenset[str]:
    """Nouns of things that an armed act can hit, take or destroy."""
    return frozenset(row["thing"] for row in rows("things.tsv"))


@cache
def sites() -> frozenset[str]:
    """Those of them that are a building or ground."""
    return frozenset(row["thing"] for row in rows("things.tsv") if row["kind"] == "site")


@cache
def vehicles() -> frozenset[str]:
    """Those of them that go, fly or sail."""
    return frozenset(row["thing"] for row in rows("things.tsv") if row["kind"] == "vehicle")


@cache
def weapons() -> dict[str, str | None]:
    """Noun, singular → the mode of an attack with it, or None where it does not tell."""
    return {
        row["weapon"]: None if row["mode"] == "-" else row["mode"] for row in rows("weapons.tsv")
    }


@cache
def affairs(where: str) -> frozenset[str]:
    """Words that open or head the names of what is no body; see ``affairs.tsv``."""
    return frozenset(row["word"] for row in rows("affairs.tsv") if row["where"] == where)


@cache
def accidents() -> frozenset[str]:
    """What kills and destroys without anybody's doing it."""
    return frozenset(row["accident"] for row in rows("accidents.tsv"))


@cache
def place_nouns() -> dict[str, Precision]:
    """Noun → how exactly it names a place; ``vague`` for a border or a coast."""
    return {
        row["noun"]: row["precision"]  # type: ignore[misc]
        for row in rows("places.tsv")
    }


@cache
def ranks() -> dict[str, str | None]:
    """Title or rank before a name, without its full stop → the gender it tells, if any."""
    return {
        row["title"]: None if row["gender"] == "-" else row["gender"] for row in rows("titles.tsv")
    }


@cache
def gendered() -> tuple[tuple[str, str], ...]:
    """(ending of a noun, the gender it tells), the first that fits counts."""
    return tuple((row["ending"], row["gender"]) for row in rows("genders.tsv"))


@cache
def pair_nouns() -> frozenset[str]:
    """Nouns that stand for the two parties of a conflict."""
    return frozenset(row["noun"] for row in rows("pairs.tsv"))


@cache
def quantifiers(how: str) -> frozenset[str]:
    """Words that are no part of a name (``vague``) or take one behind "of" (``part``)."""
    wanted = {"part", "least"} if how == "part" else {how}
    return frozenset(row["word"] for row in rows("quantifiers.tsv") if row["how"] in wanted)


@cache
def at_least() -> dict[str, int]:
    """Indefinite plural → the least it can mean: two of its unit."""
    found = (row for row in rows("quantifiers.tsv") if row["how"] == "least")
    return {row["word"]: int(row["value"]) for row in found}


@cache
def numbers(kind: str) -> dict[str, int]:
    """Number word → value, of the kind ``unit`` or ``scale``."""
    return {row["word"]: int(row["value"]) for row in rows("numbers.tsv") if row["kind"] == kind}
