"""Whether an event happened, according to the text: the codes of the scheme ``factuality``."""

from collections.abc import Collection, Sequence
from typing import Final

from kg.extract import negation, syntax
from kg.extract.events import denial
from kg.extract.lexicon import hedges, light_verbs, verbs
from kg.extract.needs import asked_for
from kg.extract.tree import Word
from kg.extract.withheld import is_withheld

FUTURE: Final = frozenset({"will", "'ll", "’ll", "shall"})
UNREAL: Final = frozenset({"would", "could", "might", "may", "should", "must", "can"})
BEING: Final = frozenset({"is", "are", "was", "were"})
PROMISES: Final = frozenset({"promise", "agree", "threaten", "warn"})
SHOWING: Final = frozenset({"prove", "show", "demonstrate", "explain", "clarify"})
FINITE: Final = frozenset({"VBD", "VBZ", "VBP"})
UNTIL: Final = frozenset({"before", "until", "till", "once", "when", "after"})
BINDING: Final = denial.REQUESTS | PROMISES
"""Acts that tell what an event is which they are made of, whatever the words hedge."""
GOVERNED: Final = frozenset({"xcomp", "obj", "ccomp", "csubj", "csubj:pass", "conj", "acl"})
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


def of_words(trigger: Word, said: Collection[int] = (), *, denied: bool = False) -> str | None:
    """What the words on and above the trigger say of it, or None where they say nothing.

    A plan, a wish or a refusal reaches only what its verb governs; doubt ("appears to show")
    reaches everything within its clause. ``said``: where the cues of statements begin;
    ``denied``: whether the innermost of these is a denial, which is itself what calls it untrue.
    """
    node, found, governed, spoken = trigger, _own(trigger, denied), True, denied
    while found is None and node.head != node and node.dep in WITHIN:
        governed = governed and _is_governed(node)
        if node.dep == "conj" and syntax.child(node, *syntax.SUBJECTS) and not _is_to_do(node):
            break  # "agreed to a truce, but clashes went on"
        below, node = node, node.head
        if (
            _takes_for_granted(node, below)
            or _is_in_force(below, node)
            or denial.is_left_out(node, trigger)
        ):
            break
        if is_withheld(node):
            return "hypothetical"  # "refrained from accusing them of the attack"
        if node.lemma == "vote" and syntax.case_of(below) == "against":
            return "negated"
        above = _of_word(node, below, said)
        spoken = spoken or node.idx in said  # who says it does not call it untrue
        if not spoken and _is_told(below, trigger) and denial.is_untrue(node, below):
            above = "negated"
        talked = above == "hypothetical" and node.pos == "NOUN" and below is trigger
        if above == "alleged" or talked or (above is not None and governed):
            found = above
        node = denial.above_undone(node)
    due = denied and found in {"planned", "requested"}
    return "hypothetical" if due else found  # "denied planning a raid, having ordered one"


def _of_word(word: Word, below: Word, said: Collection[int]) -> str | None:
    """What a word makes of the event that is told below it."""
    if word.pos in {"VERB", "AUX", "ADJ"}:
        return _purposed(below) or _above(word, below, said)
    return _told_by(word, below)


def _is_told(word: Word, trigger: Word) -> bool:
    """Whether a word tells the event, or heads the clause that does."""
    return word is trigger or word.dep in denial.COMPLEMENTS or word.tag == "VBG"


def _takes_for_granted(verb: Word, below: Word) -> bool:
    """Whether a verb that is no fact leaves the event one.

    "Urged them to stop the raids", "avoided blaming them for the raid".
    """
    if verb.lemma in verbs("presuming"):
        return not denial.is_barred(verb, below) or denial.is_undone(verb)
    return is_withheld(verb) and below.dep in {"obj", "obl"} and syntax.case_of(below) != "of"


def _is_in_force(thing: Word, asked: Word) -> bool:
    """ "Called on Kesh to respect the truce signed in May": what is signed is no longer asked."""
    done = any(clause.tag == "VBN" for clause in syntax.children(thing, "acl"))
    return thing.dep == "obj" and done and denial.is_asked_of(asked)


def _is_governed(node: Word) -> bool:
    """Whether what is said of the word above holds of this one: "plan to", "a call for"."""
    if node.dep == "acl":  # not "return the arms seized last year"
        return node.tag not in {"VBN", "VBG"} or syntax.child(node, "mark") is not None
    if node.dep == "advcl" and node.tag == "VBG" and syntax.case_of(node) in {"on", "from", "to"}:
        return True  # "will vote on renewing it", "kept from renewing it", "committed to it"
    if _is_bound(node):
        return True
    if _purposed(node) or denial.is_asked_of(node):
        return True
    link = syntax.case_of(node)
    owed = link == "for" and node.head.lemma in verbs("redressing")  # "justice for the raid"
    return node.dep in GOVERNED or (link in {"for", "of"} and not owed)


def _is_bound(clause: Word) -> bool:
    """ "Obliges the rebels to release them": what they are to do."""
    asked = hedges("verb").get(clause.head.lemma) == "requested"
    return (
        asked and clause.dep == "advcl" and _is_to_do(clause) and bool(syntax.objects(clause.head))
    )


def _purposed(clause: Word) -> str | None:
    """What an infinitive is by the noun that it tells of: "signed an accord in May to send aid"."""
    answer = clause.tag == "VBG" and syntax.case_of(clause) == "to"  # "his confession to killing"
    if clause.dep != "advcl" or not (clause.tag == "VB" or answer):
        return None
    told = (c.lemma for c in syntax.children(clause.head, "obj") if c.i < clause.i)
    return syntax.first(hedges("noun")[noun] for noun in told if noun in hedges("noun"))


def _own(trigger: Word, denied: bool) -> str | None:
    """What its own words say of it: not, without, may, allegedly, any, due to."""
    if _is_denied(trigger):
        return "hypothetical" if syntax.auxiliaries(trigger) & {"may", "might"} else "negated"
    if is_withheld(trigger):
        return hedges("verb").get(trigger.head.lemma, "negated")
    if trigger.pos in {"VERB", "AUX"}:
        outer = syntax.child(trigger, "nsubj:outer")  # "the allegation is that they fled"
        rumour = hedges("noun").get(outer.lemma) if outer is not None else None
        return _mood(trigger) or _modified(trigger) or rumour
    if not denied and any(child.lower == "any" for child in trigger.lefts):
        return "hypothetical"
    return (_fate(trigger) if trigger.dep in syntax.SUBJECTS else None) or _modified(trigger)


def _is_denied(trigger: Word) -> bool:
    """Whether the event itself is: not so "were not behind the raid"."""
    if trigger.pos == "NOUN" and syntax.child(trigger, "cop") and syntax.case_of(trigger):
        return False
    if negation.negated(trigger) or denial.is_yet_to(trigger):
        return True
    parties = syntax.children(trigger, "nsubj", "nsubj:pass", "obj")
    return trigger.pos in {"VERB", "AUX"} and any(negation.is_nobody(party) for party in parties)


def _fate(event: Word) -> str | None:
    """What is said of an event that is a subject: "talks are due to resume", "was postponed"."""
    verb = event.head
    if event.dep == "nsubj" and syntax.child(verb, "obj"):
        return None  # "the raid delayed a vote"
    words = [verb, *syntax.children(verb, "case"), *syntax.children(verb, "conj")]
    fates = [hedges("subject").get(word.lemma) for word in words]
    return "negated" if "negated" in fates else syntax.first(fate for fate in fates if fate)


def _told_by(noun: Word, below: Word) -> str | None:
    """What a noun says of the event told in its clause or phrase: reports, a plan, fears."""
    case = syntax.case_of(below)
    if case in {"on", "about", "over"} and noun.lemma in verbs("talking"):
        return "hypothetical"  # "talks on a truce"
    clause = below.dep in {"acl", "ccomp", "appos"} or case in {"of", "for"}
    if below.lemma == "responsibility":
        return _modified(noun)  # "no claim of responsibility for the raid"
    found = hedges("noun").get(noun.lemma) if clause else None
    if (found or below.dep in denial.COMPLEMENTS) and denial.is_lacking(noun):
        lacking = hedges("no").get(noun.lemma, "hypothetical")
        return None if lacking == "asserted" else lacking
    if found and noun.dep in syntax.SUBJECTS and _fate(noun) == "negated":
        return "negated"  # "an attempt to kill her failed"
    if found and noun.dep == "obj" and hedges("verb").get(noun.head.lemma) == "negated":
        return found if denial.is_undone(noun.head) else "negated"  # "foiled a plot to kill her"
    return found or _modified(noun)


def _mood(verb: Word) -> str | None:
    helpers = syntax.auxiliaries(verb)
    if helpers & FUTURE:
        return "planned"
    if helpers & UNREAL:
        return "hypothetical"
    if _is_to_be(verb, helpers):
        return "planned"
    if _is_inverted(verb):
        return "hypothetical"
    marks = [child.lower for child in verb.children if child.dep in {"mark", "advmod"}]
    if verb.dep == "advcl" and verb.tag in {"VBP", "VBZ"} and not UNTIL.isdisjoint(marks):
        return "hypothetical"  # "they must agree before we disarm"
    return syntax.first(hedges("clause")[mark] for mark in marks if mark in hedges("clause"))


def _is_inverted(verb: Word) -> bool:
    """ "Had rebels attacked, …": if they had."""
    first = verb.left_edge
    return verb.dep == "advcl" and first.head is verb and first.lower in {"had", "were", "should"}


def _is_to_be(verb: Word, helpers: set[str]) -> bool:
    """ "Kesh is to send troops", and as headlines have it "Kesh to send troops"."""
    return _is_to_do(verb) and (verb.head is verb or bool(helpers & BEING))


def _is_to_do(verb: Word) -> bool:
    """Whether the verb is an infinitive with "to"."""
    return verb.tag == "VB" and any(c.lower == "to" and c.dep == "mark" for c in verb.lefts)


def _modified(word: Word) -> str | None:
    table = hedges("modifier")
    for child in word.children:
        if child.dep in {"amod", "advmod"} and child.lower in table:
            found = table[child.lower]
            return None if found == "hypothetical" and _counts(child) else found
    return None


def _counts(adverb: Word) -> bool:
    """ "Killed almost 40": the number it stands before, not the verb."""
    after = adverb.tree.words[adverb.i + 1 : adverb.i + 2]
    return bool(after) and after[0].pos in {"NUM", "SYM", "DET", "ADV"}


def _above(verb: Word, below: Word, said: Collection[int]) -> str | None:
    """What a verb or adjective makes of its clause or object."""
    undone = denial.is_undone(verb)
    found = denial.of_undone(verb, below) if undone else _of_done(verb, below, said)
    if found is not None:
        return None if found == "asserted" else found
    if denial.is_asked_of(below):
        return "requested"
    unsaid = denial.of_unsaid(verb, below) if verb.idx not in said else None
    return _mood(verb) or _modified(verb) or unsaid or _rumoured(verb, below)


def _rumoured(verb: Word, below: Word) -> str | None:
    """ "Rumours swirled that they fled": as the subject has it, which the clause belongs to."""
    subject = syntax.child(verb, "nsubj") if below.dep == "ccomp" else None
    return hedges("noun").get(subject.lemma) if subject is not None else None


def _of_done(verb: Word, below: Word, said: Collection[int]) -> str | None:
    """What an undenied verb makes of it: "cleared of shelling", "believe that", "plan to"."""
    shown = _is_to_be_shown(below)
    if not shown and (denial.asks(below) or _goes_on(below)):
        return None  # "unclear who attacked", "refused and fired"
    if verb.lemma in verbs("acquitting") and syntax.case_of(below) == "of":
        return "negated" if verb.idx not in said else None
    if denial.is_barred(verb, below):
        return _unless_aim(verb, "negated")
    if shown or denial.is_charged(verb, below) or _is_name(below, verb):
        return "alleged"
    if below.tag == "VBG" and syntax.case_of(below) == "against":
        return "hypothetical"  # "decided against attacking"
    carried = below.dep == "obj" and verb.lemma == "commit"  # "committed a massacre" is no vow
    found = _hedge(verb) if verb.lemma not in {"report", "accuse"} and not carried else None
    return _unless_aim(verb, found) if found is not None else None


def _is_to_be_shown(below: Word) -> bool:
    """ "Challenged them to prove that rebels did it", "to explain why": so somebody says."""
    verb = below.head
    return below.dep == "ccomp" and verb.tag == "VB" and verb.lemma in SHOWING


def _goes_on(below: Word) -> bool:
    """ "Refused to leave and fired on them", "tried to flee and killed two": they did so."""
    return below.dep == "conj" and below.tag == below.head.tag and below.tag in FINITE


def _is_name(below: Word, verb: Word) -> bool:
    """ "What he called a massacre": in his words it was one, and nobody calls for it."""
    named = verb.lemma == "call" and below.dep == "xcomp" and below.pos == "NOUN"
    return named and not syntax.child(verb, "compound:prt")  # "called off talks"


def _unless_aim(verb: Word, found: str) -> str:
    """ "Sent troops to prevent a raid": nobody says that they did."""
    aim = verb.tag == "VB" and verb.dep in {"advcl", "acl"}
    return "hypothetical" if aim and found == "negated" else found


def calls_off(verb: Word) -> bool:
    """Whether what the verb governs does not take place."""
    return _hedge(verb) == "negated"


def _hedge(verb: Word) -> str | None:
    """What a verb, or it and its particle, makes of what it governs: "call off" is no call."""
    rows = hedges("verb")
    return syntax.first(rows[name] for name in denial.names(verb) if name in rows)


def in_statement(act: str, *, main: bool, own: bool, lasting: bool = False) -> str:
    """What being said makes of an event that no word hedges.

    ``main``: the event is itself what is called for or promised; ``own``: the speaker tells of
    its own act; ``lasting``: it is a truce, a meeting and the like, which a refusal undoes.
    """
    if main and lasting and act == "reject":
        return "negated"
    if main and act in denial.REQUESTS:
        return "requested"
    if main and act in PROMISES:
        return "planned" if own or act != "warn" else "hypothetical"  # "warned them against it"
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
        presumed = node.dep == "xcomp" and node.head.lemma in verbs("presuming")
        if presumed or _is_to_be_shown(node):
            return False  # "urged them to stop fighting", "to prove that they fought"
        if asked_for(node):
            return any(above in heads for above in (node.head, node.head.head))
        inner = {"xcomp", "conj", "nsubj:pass", "ccomp"} | ({"acl"} if node.tag == "VB" else set())
        if node.dep not in inner or node.head == node:
            return False  # but "a commission to investigate" is one
        if node.dep == "nsubj:pass" and node.head.lemma not in light_verbs():
            return False  # "the killing must be investigated": no killing is asked for
        node = node.head
    return False
