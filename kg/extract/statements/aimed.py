"""Of whom something is asked, and at whom a statement is aimed, where only its content tells it."""

from collections.abc import Iterator
from functools import cache
from typing import Final

from kg.extract import syntax
from kg.extract.lexicon import triggers, verbs
from kg.extract.statements.acts import mains, obliges
from kg.extract.statements.finds import Find, Reading
from kg.extract.tree import Word
from kg.model import Mention

REQUESTS: Final = frozenset({"request", "order"})
TOWARD: Final = frozenset({"against", "on", "at", "to", "toward", "towards", "from"})
MAKERS: Final = frozenset({"by", "from"})
BELOW: Final = frozenset({"xcomp", "obj", "obl", "nmod"})
DEPTH: Final = 3
"""How far below its main verb a content names whom it strikes: "to go on with raids on Kesh"."""


def asked(reading: Reading, find: Find, act: str, speaker: Mention | None) -> tuple[Mention, ...]:
    """Who is to do what is asked for: "demanded that Kesh leave", "an admission by Kesh"."""
    if act not in REQUESTS:
        return ()
    if find.asked is not None:
        return _first(reading, iter([find.asked]), speaker)
    doers = [who for head in find.heads for who in _doers(reading, find, head, speaker)]
    if not any(_is_leaving(head) for head in find.heads):
        doers += [c for c in syntax.children(find.cue, "obl") if syntax.case_of(c) in MAKERS]
    return _first(reading, iter(doers), speaker)


def aimed_at(
    reading: Reading, find: Find, act: str, speaker: Mention | None
) -> tuple[Mention, ...]:
    """Who is refused, backed, blamed or threatened: "rejected a Kesh offer"."""
    read = READINGS.get(act)
    if read is None:
        return ()
    return _first(reading, (who for head in find.heads for who in read(reading, head)), speaker)


def _first(reading: Reading, found: Iterator[Word], speaker: Mention | None) -> tuple[Mention, ...]:
    """The first that names somebody other than the speaker: no place, no paper."""
    for who in found:
        mention = _mention(reading, who)
        if mention is not None and (speaker is None or mention.ref != speaker.ref):
            return (mention,)
    return ()


def _mention(reading: Reading, who: Word) -> Mention | None:
    cast = reading.cast
    if who.dep in {"amod", "compound"} and (country := cast.nations.at(who)):
        return Mention(cast.state(who, country), syntax.char_span([who]))  # "a French offer"
    mention = cast.speaker(who)
    kind = cast.of(mention).kind if mention is not None else None
    place = who.entity is not None and who.entity.label == "LOC" and kind not in {"State", "Group"}
    place = place and (mention is None or cast.of(mention).sector is None)  # but "the U.N."
    return None if place or kind == "Document" else mention


# -- of whom it is asked -----------------------------------------------------------------


def _doers(reading: Reading, find: Find, head: Word, speaker: Mention | None) -> Iterator[Word]:
    if head.pos == "NOUN" and not syntax.child(head, "cop"):
        yield from () if _is_leaving(head) else _makers(head)
        yield from (
            c for c in syntax.children(find.cue, "obl") if _is_maker(c) and find.says(c.idx)
        )
        yield from _granting(head)
        yield from _made_in(reading, head)
        return
    for main in mains(head):
        told = main is head or find.says(main.idx)
        if told and (not find.frame.neutral or obliges(main, reading.cast, speaker)):
            yield from _doer(main)


def _doer(verb: Word) -> Iterator[Word]:
    """Who does it; of a passive, who stands behind "by"."""
    who = syntax.agent(verb) if syntax.is_passive(verb) else syntax.child(verb, "nsubj")
    if who is not None and not syntax.child(verb, "expl"):
        yield who


def _granting(noun: Word) -> Iterator[Word]:
    """ "Insisted on its demand that Kesh leave": who does it in the clause of an asking noun."""
    if noun.lemma in verbs("offering"):
        for clause in syntax.children(noun, "acl", "ccomp", "acl:relcl"):
            if any(child.lower == "that" and child.dep == "mark" for child in clause.lefts):
                yield from _doer(clause)


def _made_in(reading: Reading, noun: Word) -> Iterator[Word]:
    """ "Asked for French help", "demanded Kesh's withdrawal": who is to give it."""
    if noun.lemma in verbs("making"):
        yield from syntax.children(noun, "nmod:poss")
        yield from _named_before(reading, noun)


def _is_leaving(word: Word) -> bool:
    """ "A withdrawal from Kesh": Kesh is what is left, not who is to leave it."""
    known = triggers().get((word.lemma, "noun" if word.pos == "NOUN" else "verb"))
    return known is not None and known.event_type == "RETREAT"


def _named_before(reading: Reading, noun: Word) -> Iterator[Word]:
    named = syntax.children(noun, "amod", "compound")
    return (c for c in named if reading.cast.nations.at(c) or c.entity is not None)


def _makers(noun: Word) -> Iterator[Word]:
    return (c for c in syntax.children(noun, "nmod") if _is_maker(c))


def _is_maker(phrase: Word) -> bool:
    return syntax.case_of(phrase) in MAKERS


# -- at whom it is aimed -----------------------------------------------------------------


def _answered(reading: Reading, head: Word) -> Iterator[Word]:
    """Who made what is refused or backed; to whom one refuses to do something."""
    if head.pos == "VERB":
        yield from _struck(reading, head)
        return
    yield head
    yield from syntax.children(head, "nmod:poss")
    yield from _makers(head)
    if head.lemma in verbs("offering") | verbs("making"):
        yield from _named_before(reading, head)


def _struck(reading: Reading, verb: Word, depth: int = DEPTH) -> Iterator[Word]:
    """To whom an act would be done: behind "against", "to", "on" …, its object, behind "with"."""
    after = [c for c in verb.rights if not reading.is_dated(c)]
    yield from (c for c in after if syntax.case_of(c) in TOWARD)
    if verb.lemma not in verbs("giving") and (verb.lemma, "verb") not in _gathering():
        yield from (c for c in after if c.dep in {"obj", "iobj"})
    yield from (c for c in after if syntax.case_of(c) == "with")
    for child in after if depth else ():
        if child.dep in BELOW:
            yield from _struck(reading, child, depth - 1)


@cache
def _gathering() -> frozenset[tuple[str, str]]:
    """The verbs whose object is one's own forces or gifts: "deploy troops"."""
    own = {"MOBILIZE", "AID"}
    return frozenset(at for at, trigger in triggers().items() if trigger.event_type in own)


READINGS: Final = {
    "reject": _answered,
    "support": _answered,
    "condemn": _made_in,
    "threaten": _struck,
}
"""Act → how its content names at whom it is aimed: who made what it answers to, or is struck."""
