"""Nouns that tell of something said: "Kesh's claim that …", "a call by the envoy for talks"."""

from collections.abc import Iterator
from typing import Final

from kg.extract import syntax
from kg.extract.actors.pronouns import is_first_person
from kg.extract.lexicon import Cue, noun_cues, verbs
from kg.extract.quotations import around
from kg.extract.statements.finds import Find, Reading
from kg.extract.statements.lookup import frames_of
from kg.extract.statements.spans import from_clause, from_phrase
from kg.extract.tree import Word

UNTOLD: Final = frozenset({"no", "any", "neither", "without"})
UNSAID: Final = frozenset({"request", "order", "promise", "ask"})
DRAWN: Final = frozenset({"condemn", "deny", "reject"})
OWNING: Final = frozenset({"by", "from"})
TOWARD: Final = frozenset({"to"})
"""What names to whom it is said, but for a clause: "her promise to the people"."""


def named(reading: Reading, noun: Word) -> Find | None:
    """What a noun tells that somebody said: only where its speaker is named with it."""
    if UNTOLD & {word.lower for word in noun.lefts} or _is_wanted(noun):
        return None
    frame = noun_cues()[noun.lemma]
    source = syntax.first(o for o in _owners(reading, noun) if _owns(reading, o))
    find = _content(reading, noun, frame) if source is not None else None
    if find is None and frame.act in DRAWN:
        source = syntax.first(o for o in _drawn_from(noun) if _owns(reading, o))
        find = _drawn(reading, noun, frame) if source is not None else None
    if find is None or tuple(find.content) in reading.contents:
        return None  # "renewed her call for talks" has been read
    find.source = source
    return find


def _drawn_from(noun: Word) -> Iterator[Word]:
    """ "Drew condemnation from France": who condemns."""
    if noun.dep == "obj" and noun.head.lemma in verbs("drawing"):
        beside = [*syntax.children(noun, "nmod"), *syntax.children(noun.head, "obl")]
        yield from (phrase for phrase in beside if syntax.case_of(phrase) in OWNING)


def _drawn(reading: Reading, noun: Word, frame: Cue) -> Find | None:
    """ "The raid drew condemnation": the raid is condemned."""
    what = syntax.subject(noun.head)
    return from_phrase(reading, noun, frame, what) if what is not None else None


def _is_wanted(noun: Word) -> bool:
    """ "Demanded an admission by France that …": what is asked for has not been said."""
    return noun.dep in {"obj", "obl"} and any(cue.act in UNSAID for cue in frames_of(noun.head))


def _owners(reading: Reading, noun: Word) -> Iterator[Word]:
    """The words that may say whose it is: "her", "by the army", "UN calls"."""
    yield from syntax.children(noun, "nmod:poss")
    for phrase in syntax.children(noun, "nmod"):
        if syntax.case_of(phrase) in OWNING:
            yield phrase
    for word in syntax.children(noun, "compound"):
        key = reading.cast.resolve(word)
        body = key is not None and reading.cast.register.drafts[key].kind == "Organization"
        if body and reading.cast.nations.at(word) is None:
            yield word


def _owns(reading: Reading, owner: Word) -> bool:
    """Whether it is known whom the words mean; in a quotation only the speaker knows "their"."""
    if owner.pos == "PRON" or owner.tag == "PRP$":
        quoted = around(reading.quotations, owner.idx) is not None
        if quoted:
            return is_first_person(owner)
    key = reading.cast.resolve(owner)
    return key is not None and reading.cast.register.drafts[key].kind != "Document"


def _content(reading: Reading, noun: Word, frame: Cue) -> Find | None:
    """ "… that the army fired", "… to leave", "… for talks": the first that its entry allows."""
    links = frame.frame.removeprefix("noun=").split("|")
    for child in (c for c in noun.children if c.i > noun.i):
        link = syntax.case_of(child)
        if link not in links or link in OWNING:
            continue
        if child.dep in {"acl", "ccomp", "xcomp", "acl:relcl", "advcl"}:
            return from_clause(reading, noun, frame, child)
        if child.dep == "nmod" and link not in TOWARD and not reading.is_dated(child):
            return from_phrase(reading, noun, frame, child)
    return None
