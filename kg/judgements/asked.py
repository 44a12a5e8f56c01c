"""A judgement as a person gives it: names, codes and words, before the store is asked.

::

    {"verdict": "correct", "subject": "…/statement/0f…", "slot": "speaker",
     "value": "Mira Tolen", "evidence": ["the ombudswoman"], "by": "Ana", "why": "…"}
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, get_args

from kg.errors import BadInput
from kg.judgements.record import OF_IDENTITY, VERDICTS, Verdict
from kg.judgements.slots import SLOTS
from kg.model import ActorKind

LONGEST_NAME: Final = 200
LONGEST_TEXT: Final = 4000
MOST: Final = 50
"""Values and pieces of evidence of one judgement."""

FIELDS: Final = ("verdict", "subject", "object", "slot", "value", "evidence", "by", "why")
KINDS: Final[tuple[str, ...]] = get_args(ActorKind)


@dataclass(frozen=True, slots=True)
class Filler:
    """What is to fill a slot: a code, a date, a toll, an IRI or a name (``text``), or somebody whom
    the machine did not find: ``label`` and ``kind``, and as whom they are known (``same``)."""

    text: str = ""
    label: str = ""
    kind: str = ""
    same: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Words that show a correction: where they stand, or what they are."""

    exact: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person wants to be recorded; ``subject`` and ``object`` are IRIs or keys.

    ``undo`` has as its subject the judgement that it takes back.
    """

    verdict: Verdict
    subject: str
    by: str
    why: str
    object: str | None = None
    slot: str | None = None
    fillers: tuple[Filler, ...] = ()
    words: tuple[Words, ...] = ()

    @classmethod
    def parse(cls, given: Mapping[str, Any]) -> "Asked":
        """What the fields of a request say. Raises BadInput for what is missing or not allowed."""
        if unknown := sorted(given.keys() - set(FIELDS)):
            raise BadInput(f"{unknown[0]!r} is no field of a judgement; there are {_all(FIELDS)}")
        verdict = _text(given, "verdict", LONGEST_NAME)
        if verdict not in VERDICTS:
            raise BadInput(f"verdict is {verdict!r}; it is one of {_all(VERDICTS)}")
        found = cls(
            verdict=VERDICTS[VERDICTS.index(verdict)],
            subject=_text(given, "subject", LONGEST_TEXT),
            by=name_of(_text(given, "by", LONGEST_NAME)),
            why=_text(given, "why", LONGEST_TEXT),
            object=_text(given, "object", LONGEST_TEXT) if given.get("object") else None,
            slot=_text(given, "slot", LONGEST_NAME) if given.get("slot") else None,
            fillers=tuple(map(_filler, _several(given, "value"))),
            words=tuple(map(_words, _several(given, "evidence"))),
        )
        found._check("value" in given)
        return found

    def _check(self, has_value: bool) -> None:
        if (self.verdict in OF_IDENTITY) != bool(self.object):
            raise BadInput(
                f"{self.verdict} needs an object, the other of the two"
                if self.verdict in OF_IDENTITY
                else f"an object is given with {_all(OF_IDENTITY)} only"
            )
        if self.verdict != "correct":
            if self.slot or has_value or self.words:
                raise BadInput("slot, value and evidence are given with correct only")
        elif self.slot not in SLOTS:
            raise BadInput(f"slot is {self.slot!r}; it is one of {_all(SLOTS)}")
        elif not has_value:
            raise BadInput("correct needs a value; null where the text has none")


def name_of(text: str) -> str:
    """A person's name as it is kept and compared: one spelling, one blank between words."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _all(names: Sequence[str] | Mapping[str, object]) -> str:
    return ", ".join(names)


def _text(given: Mapping[str, Any], name: str, longest: int) -> str:
    found = given.get(name)
    if not isinstance(found, str) or not found.strip():
        raise BadInput(f"{name} is {found!r}; it must be a text that is not empty")
    if len(found) > longest:
        raise BadInput(f"{name} has {len(found)} characters; it may have {longest}")
    return _clean(found, name).strip()


def _clean(text: str, name: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadInput(f"{name} holds half a character (a lone surrogate)") from None
    return text


def _several(given: Mapping[str, Any], name: str) -> Sequence[Any]:
    found = given.get(name)
    listed = [] if found is None else found if isinstance(found, list) else [found]
    if len(listed) > MOST:
        raise BadInput(f"{name} has {len(listed)} entries; it may have {MOST}")
    return listed


def _filler(given: Any) -> Filler:
    """A value: a text, ``{"id"}``, or ``{"label", "type"}`` with or without ``same``."""
    if isinstance(given, str) and given.strip():
        return _told(_text({"value": given}, "value", LONGEST_TEXT))
    if not isinstance(given, dict) or given.keys() - {"id", "label", "type", "same"}:
        raise BadInput(
            f'value is {given!r}; it is a text, {{"id": IRI}}, or {{"label", "type"}} of somebody '
            'whom the machine did not find, with "same" where they are known from elsewhere'
        )
    if "id" in given:
        return Filler(text=_text(given, "id", LONGEST_TEXT))
    kind = given.get("type", "")
    if kind not in ("", "Place", *KINDS):
        raise BadInput(f"type is {kind!r}; it is one of {_all(KINDS)}, Place")
    same = _text(given, "same", LONGEST_TEXT) if given.get("same") else ""
    label = " ".join(_text(given, "label", LONGEST_NAME).split()) if given.get("label") else ""
    if not (label and kind) and not same:
        raise BadInput("somebody whom the machine did not find needs a label and a type")
    return Filler(label=label, kind=kind, same=same)


def _told(text: str) -> Filler:
    """``Person: Ada Lane`` is somebody new, anything else is as it stands."""
    kind, colon, label = text.partition(":")
    if colon and kind.strip() in ("Place", *KINDS) and label.strip():
        return Filler(label=" ".join(label.split()), kind=kind.strip())
    return Filler(text=text)


def _words(given: Any) -> Words:
    """Words: a text, or ``{"start", "end"}``, with or without ``exact``."""
    if isinstance(given, str) and given:
        return Words(exact=_clean(given, "evidence"))
    if isinstance(given, dict) and not given.keys() - {"exact", "start", "end"}:
        start, end, exact = given.get("start"), given.get("end"), given.get("exact")
        whole = type(start) is int and type(end) is int
        if whole and (exact is None or isinstance(exact, str)):
            return Words(exact, start, end)
        if isinstance(exact, str) and exact and start is None and end is None:
            return Words(exact=_clean(exact, "evidence"))
    raise BadInput(
        f'evidence is {given!r}; it is words of the article, or {{"start", "end"}}, code points '
        "of its text, the end exclusive"
    )
