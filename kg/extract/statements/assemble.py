"""Statements: who said what, read off reporting words, quotation marks and the tree.

Follows the three parts of PARC (Pareti 2015): a cue, its source, its content. A cue verb of
``cues.tsv`` takes its content in one of a few frames; a direct quotation beside a cue is its
content however many sentences it has.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.extract import syntax
from kg.extract.actors.cast import Cast
from kg.extract.actors.pronouns import is_first_person, voice
from kg.extract.confidence import confidence
from kg.extract.quotations import Quotation
from kg.extract.statements import (
    aimed,
    answering,
    circumstances,
    cited,
    cueing,
    introduced,
    letterhead,
    listed,
    parted,
    pulled,
    speech,
    turns,
)
from kg.extract.statements.acts import act_of
from kg.extract.statements.finds import Find, Reading
from kg.extract.stretches import Stretches
from kg.extract.tree import Tree, Word
from kg.model import DateRange, Mention, Span, Statement

NAMING: Final = frozenset({"NOUN", "PROPN", "NUM", "DET", "ADJ"})
"""What may be a speaker's words, though nobody known: "the market", "many of those who fled"."""
PRESENT: Final = frozenset({"VBZ", "VBP", "VBG", "VBD"})


@dataclass(frozen=True, slots=True)
class Told:
    """A statement, the main words of its content, and what it was made from."""

    statement: Statement
    heads: tuple[Word, ...]
    find: Find


def find(
    tree: Tree, cast: Cast, quotations: tuple[Quotation, ...], dates: tuple[DateRange, ...]
) -> list[Told]:
    """All statements of a parsed article, in the order of their cues."""
    reading = Reading(tree, cast, quotations, dates)
    finds = reading.finds
    letterhead.read(reading)
    turns.read(reading)
    for sent in (sent for sent in tree.sents if sent.index not in tree.quiet):
        cueing.read(reading, sent)
    introduced.read(reading)
    speech.follow_up(reading)
    cited.read(reading)
    listed.read(reading)
    pulled.read(reading)
    parted.read(reading)
    finds.sort(key=lambda one: (one.cue.i, one.part))
    for one in finds:
        _give_voice(cast, one)
    answering.settle(reading)
    told = []
    for one in _outermost(cast, finds):
        statement = _finish(reading, one)
        if statement is not None:
            told.append(Told(statement, tuple(one.heads), one))
    return told


def _give_voice(cast: Cast, find: Find) -> None:
    """ "We" in a direct quotation is its speaker."""
    speaker = cast.speaker(find.source) if find.source is not None else None
    if speaker is not None and find.quoted:
        cast.register.voices.add(speaker.ref, find.content)


def _outermost(cast: Cast, finds: Sequence[Find]) -> list[Find]:
    """The finds without those that are only the act of the statement around them."""
    contents: Stretches[Find] = Stretches()
    for find in finds:
        contents.add(find, find.content)
    inner = {
        find: None for find in finds if _is_inner_performative(cast, find, _around(find, contents))
    }
    for find in inner:
        outer = _around(find, contents)
        if outer is not None:
            outer.heads.extend(find.heads)
            outer.asked = outer.asked or find.addressee
    return [find for find in finds if find not in inner]


def _is_inner_performative(cast: Cast, find: Find, outer: Find | None) -> bool:
    """Whether this cue is the act of the statement around it: "we call for" she said."""
    own = find.source is not None and is_first_person(find.source)
    if find.source is None or not (own or (_is_present(find.cue) and not find.frame.neutral)):
        return False
    if outer is None or not outer.frame.neutral:
        return False
    if find.cue not in outer.heads and find.cue.head not in outer.heads:
        return False
    if own:
        if find.frame.held:
            return act_of(find, cast, None) not in {"say", "deny"}
        told = find.frame.neutral or find.cue.tag == "VBD"
        return told or act_of(outer, cast, None) == find.frame.act
    key = cast.resolve(outer.source) if outer.source is not None else None
    return key is not None and key == cast.resolve(find.source)


def _is_present(verb: Word) -> bool:
    return verb.tag in PRESENT and not syntax.auxiliaries(verb) & {"had", "has", "have"}


def _around(find: Find, contents: Stretches[Find]) -> Find | None:
    """The innermost statement in whose content this cue stands."""
    holders = [other for other in contents.at(find.cue.idx) if other is not find]
    return min(holders, key=lambda other: other.length, default=None)


def _finish(reading: Reading, find: Find) -> Statement | None:
    """The finished statement, or None where nothing is left that is said."""
    cast = reading.cast
    speaker = _speaker(cast, find.source)
    targets, addressees = _mentions(cast, find.target), _mentions(cast, find.addressee)
    if not find.content and not targets:
        return None
    if find.frame.subject == "self" and speaker is None:
        return None
    act = act_of(find, cast, speaker)
    targets = targets or aimed.aimed_at(reading, find, act, speaker)
    addressees = _all_asked(addressees, aimed.asked(reading, find, act, speaker))
    date = circumstances.date(reading, find)
    medium = circumstances.medium(reading, find)
    named = [m.span for m in (speaker, *targets, *addressees) if m is not None]
    beside = [span for span in (medium and medium[1], date and date.span) if span]
    parts = [find.cue_span, *find.content, *named, *beside]
    return Statement(
        key=find.key,
        whole=Span(min([s.start for s in parts]), max([s.end for s in parts])),
        cue=find.cue_span,
        act=act,
        content=tuple(find.content),
        speaker=speaker,
        quoted=find.quoted,
        addressees=addressees,
        targets=targets,
        medium=medium[0] if medium else None,
        about=(find.refers.key,) if find.refers is not None else (),
        date=date,
        confidence=confidence("statement", confidence_rules(find, speaker, cast)),
    )


def _all_asked(spoken_to: tuple[Mention, ...], asked: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Those spoken to and those of whom something is asked, each once."""
    known = {mention.ref for mention in spoken_to}
    return (*spoken_to, *(mention for mention in asked if mention.ref not in known))


def _speaker(cast: Cast, source: Word | None) -> Mention | None:
    """Who says it; a source that is no known kind of actor is kept as it is named."""
    if source is None:
        return None
    own = voice(cast.register, source) if is_first_person(source) else None
    if own is not None:
        return Mention(own, Span(source.idx, source.end))  # "we", whomever they speak for
    speaker = cast.speaker(source)
    if speaker is None and source.pos in NAMING:
        return cast.unknown(source)
    return speaker


def _mentions(cast: Cast, token: Word | None) -> tuple[Mention, ...]:
    mention = cast.speaker(token) if token is not None else None
    return (mention,) if mention is not None else ()


def confidence_rules(find: Find, speaker: Mention | None, cast: Cast) -> Iterator[str]:
    """Which rules of the table of confidence hold."""
    if find.quoted:
        yield "quoted"
    else:
        yield "clause" if find.frame.frame == "clause" else "phrase"
    if find.frame.held:
        yield "held"
    if speaker is None:
        yield "unknown"
    elif find.source is not None and find.source.pos == "PRON":
        yield "pronoun"
    elif cast.of(speaker).name is None:
        yield "described"
