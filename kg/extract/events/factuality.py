"""Whether an event happened, according to the text: the codes of the scheme ``factuality``."""

from collections.abc import Sequence
from typing import Final

from kg.extract import syntax
from kg.extract.lexicon import hedges, light_verbs, verbs
from kg.extract.needs import asked_for
from kg.extract.tree import Word
from kg.extract.withheld import is_withheld

FUTURE: Final = frozenset({"will", "'ll", "’ll", "shall"})
UNREAL: Final = frozenset({"would", "could", "might", "may", "should", "must", "can"})
BEING: Final = frozenset({"is", "are", "was", "were"})
REQUESTS: Final = frozenset({"request", "order"})
PROMISES: Final = frozenset({"promise", "agree", "threaten", "warn"})
UNTIL: Final = frozenset({"before", "until", "till", "once", "when", "after"})
BINDING: Final = REQUESTS | PROMISES
"""Acts that tell what an event is which they are made of, whatever the words hedge."""
GOVERNED: Final = frozenset({"xcomp", "obj", "ccomp", "conj", "acl"})
WITHIN: Final = GOVERNED | {
    "iobj",
    "obl",
    "acl",
    "nmod",
    "advcl",
    "parataxis",
    "nsubj",
    "nsubj:pass",
}


def of_words(trigger: Word) -> str | None:
    """What the words on and above the trigger say of it, or None where they say nothing.

    A plan, a wish or a refusal reaches only what its verb governs; doubt ("appears to show")
    reaches everything within its clause.
    """
    node, found, governed = trigger, _own(trigger), True
    while found is None and node.head != node and node.dep in WITHIN:
        governed = governed and _is_governed(node)
        if node.dep == "conj" and syntax.child(node, *syntax.SUBJECTS):
            break  # "agreed to a truce, but clashes went on"
        below, node = node, node.head
        if is_withheld(node):
            return "hypothetical"  # "refrained from accusing them of the attack"
        if node.lemma == "vote" and syntax.case_of(below) == "against":
            return "negated"
        if node.lemma in verbs("stopping"):
            break  # "urged them to stop the raids": the raids are not asked for
        if node.pos in {"VERB", "AUX", "ADJ"}:
            above = _purposed(below) or _above(node)
        else:
            above = _told_by(node, below)
        talked = above == "hypothetical" and node.pos == "NOUN" and below is trigger
        if above == "alleged" or talked or (above is not None and governed):
            found = above
    return found


def _is_governed(node: Word) -> bool:
    """Whether what is said of the word above holds of this one: "plan to", "a call for"."""
    if node.dep == "acl":
        return node.tag not in {"VBN", "VBG"}  # not "return the arms seized last year"
    if node.dep == "advcl" and node.tag == "VBG" and syntax.case_of(node) == "on":
        return True  # "will vote on renewing the ban"
    if _purposed(node):
        return True
    return node.dep in GOVERNED or syntax.case_of(node) in {"for", "of"}


def _purposed(clause: Word) -> str | None:
    """What an infinitive is by the noun that it tells of: "signed an accord in May to send aid"."""
    if clause.dep != "advcl" or clause.tag != "VB":
        return None
    told = (c.lemma for c in syntax.children(clause.head, "obj") if c.i < clause.i)
    return syntax.first(hedges("noun")[noun] for noun in told if noun in hedges("noun"))


def _own(trigger: Word) -> str | None:
    if syntax.negated(trigger):
        return "negated"
    if trigger.pos in {"VERB", "AUX"}:
        parties = syntax.children(trigger, "nsubj", "nsubj:pass", "obj")
        if any(syntax.is_nobody(party) for party in parties):
            return "negated"
        return _mood(trigger) or _modified(trigger)
    return (_fate(trigger) if trigger.dep in syntax.SUBJECTS else None) or _modified(trigger)


def _fate(event: Word) -> str | None:
    """What is said of an event that is a subject: "talks are due to resume", "was postponed"."""
    verb = event.head
    words = [verb, *syntax.children(verb, "case"), *syntax.children(verb, "conj")]
    fates = [hedges("subject").get(word.lemma) for word in words]
    return "negated" if "negated" in fates else syntax.first(fate for fate in fates if fate)


def _told_by(noun: Word, below: Word) -> str | None:
    """What a noun says of the event told in its clause or phrase: reports, a plan, fears."""
    case = syntax.case_of(below)
    if case in {"on", "about", "over"} and noun.lemma in verbs("talking"):
        return "hypothetical"  # "talks on a truce"
    clause = below.dep in {"acl", "ccomp", "appos"} or case in {"of", "for"}
    found = hedges("noun").get(noun.lemma) if clause else None
    if found and noun.dep in syntax.SUBJECTS and _fate(noun) == "negated":
        return "negated"  # "an attempt to kill her failed"
    return found or _modified(noun)


def _mood(verb: Word) -> str | None:
    helpers = syntax.auxiliaries(verb)
    if helpers & FUTURE:
        return "planned"
    if helpers & UNREAL:
        return "hypothetical"
    if _is_to_be(verb, helpers):
        return "planned"
    marks = [child.lower for child in verb.children if child.dep in {"mark", "advmod"}]
    if verb.dep == "advcl" and verb.tag in {"VBP", "VBZ"} and not UNTIL.isdisjoint(marks):
        return "hypothetical"  # "they must agree before we disarm"
    return syntax.first(hedges("clause")[mark] for mark in marks if mark in hedges("clause"))


def _is_to_be(verb: Word, helpers: set[str]) -> bool:
    """ "Kesh is to send troops", and as headlines have it "Kesh to send troops"."""
    if verb.tag != "VB" or not any(c.lower == "to" and c.dep == "mark" for c in verb.lefts):
        return False
    return verb.head is verb or bool(helpers & BEING)


def _modified(word: Word) -> str | None:
    table = hedges("modifier")
    for child in word.children:
        if child.dep in {"amod", "advmod"} and child.lower in table:
            return table[child.lower]
    return None


def _above(verb: Word) -> str | None:
    lemma = verb.lemma
    found = _hedge(verb)
    if found == "planned" and syntax.negated(verb):
        return "negated"
    if found is not None and lemma not in {"report", "accuse"}:
        return found
    return _mood(verb) or _modified(verb)


def _hedge(verb: Word) -> str | None:
    """What a verb, or it and its particle, makes of what it governs: "call off" is no call."""
    particle = syntax.child(verb, "compound:prt")
    whole = f"{verb.lemma} {particle.lower}" if particle is not None else verb.lemma
    return hedges("verb").get(whole, hedges("verb").get(verb.lemma))


def calls_off(verb: Word) -> bool:
    """Whether what the verb governs does not take place."""
    return _hedge(verb) == "negated"


def in_statement(act: str, *, main: bool, own: bool, lasting: bool = False) -> str:
    """What being said makes of an event that no word hedges.

    ``main``: the event is itself what is called for or promised; ``own``: the speaker tells of
    its own act; ``lasting``: it is a truce, a meeting and the like, which a refusal undoes.
    """
    if main and lasting and act == "reject":
        return "negated"
    if main and act in REQUESTS:
        return "requested"
    if main and act in PROMISES:
        return "planned"
    return "asserted" if own and act not in {"deny", "reject"} else "alleged"


def is_main(trigger: Word, heads: Sequence[Word]) -> bool:
    """Whether the trigger is the head of a content, or what its main verb takes."""
    node = trigger
    for _ in range(4):
        if node in heads:
            return not syntax.child(node, "cop") or node.pos == "VERB"
        if node.dep == "obj" and node.head.lemma in verbs("allowing"):
            node = node.head  # "urged Kesh to allow an inquiry"
            continue
        if node.dep == "xcomp" and node.head.lemma in verbs("stopping"):
            return False  # "urged them to stop fighting"
        if asked_for(node):
            return any(above in heads for above in (node.head, node.head.head))
        inner = {"xcomp", "conj", "nsubj:pass", "ccomp"} | ({"acl"} if node.tag == "VB" else set())
        if node.dep not in inner or node.head == node:
            return False  # but "a commission to investigate" is one
        if node.dep == "nsubj:pass" and node.head.lemma not in light_verbs():
            return False  # "the killing must be investigated": no killing is asked for
        node = node.head
    return False
