"""What a word that governs an event makes of it where it is itself denied, or said by nobody.

"Has yet to confirm that …", "found no evidence that …", "did not prevent the raid": who does not
confirm does not deny either, and a lack of proof is no proof of the contrary. So what is not said
stays alleged, what is not known hypothetical, and only what is told to be untrue is negated.
"""

from typing import Final

from kg.extract import negation, syntax
from kg.extract.lexicon import cues, hedges, verbs
from kg.extract.tree import Word, once

COMPLEMENTS: Final = frozenset({"ccomp", "csubj", "csubj:pass", "xcomp", "acl"})
REQUESTS: Final = frozenset({"request", "order"})
TO_DO: Final = REQUESTS | {"promise", "agree", "threaten", "reject"}
"""Acts whose infinitive is still to be done."""
TURNED: Final = {"planned": "negated", "requested": "hypothetical", "negated": "asserted"}
"""What a word makes of its event → what it does when it is itself denied, where that differs."""
ANSWERS: Final = frozenset({"confirm", "deny"})
"""Acts of which an event noun may be the object: "did not confirm the strike"."""
SCARCE: Final = frozenset({"no", "little", "scant", "insufficient", "neither"})
HARDLY: Final = frozenset({"hardly", "scarcely", "barely"})
REASONS: Final = frozenset({"WP", "WRB", "WDT"})
DEFINITE: Final = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her"})
OR: Final = frozenset({"or", "nor"})


@once
def is_undone(verb: Word) -> bool:
    """Whether what the verb or adjective says is denied: "did not", "nobody", "refused to"."""
    above = verb.head
    if _is_other_of_two(verb):
        return is_undone(above)
    plain = _is_denied(verb)
    if verb.dep != "xcomp" or not _is_open(verb):
        return plain
    if hedges("verb").get(above.lemma) == "negated":
        return plain == is_undone(above)  # "failed to deny", "did not fail to deny"
    return plain or is_undone(above)


def _is_other_of_two(verb: Word) -> bool:
    """ "Would not confirm or deny": the second of them."""
    joined = verb.dep == "conj" and any(c.lower in OR for c in syntax.children(verb, "cc"))
    return joined and not syntax.child(verb, *syntax.SUBJECTS, "aux")


def above_undone(verb: Word) -> Word:
    """The word that denies what the verb says: the verb, or the "failed" of "failed to prevent"."""
    while verb.dep == "xcomp" and is_undone(verb) and not _is_denied(verb):
        verb = verb.head
    return verb


def _is_open(verb: Word) -> bool:
    return verb.tag in {"VB", "VBG", "VBN"} or verb.pos == "ADJ"


def _is_denied(verb: Word) -> bool:
    hardly = any(adverb.lower in HARDLY for adverb in syntax.children(verb, "advmod"))
    if negation.negated(verb) or hardly or is_yet_to(verb):
        return True
    subject = syntax.child(verb, *syntax.SUBJECTS)
    return subject is not None and negation.is_hardly_any(subject)


def is_yet_to(verb: Word) -> bool:
    """ "Have yet to confirm", "are yet to leave"."""
    before = verb.tree.words[max(verb.i - 2, 0) : verb.i]
    return [word.lower for word in before] == ["yet", "to"]


def of_undone(verb: Word, below: Word) -> str | None:
    """What a denied verb or adjective makes of the event that ``below`` tells.

    ``asserted`` where it takes the event for granted; None where it says nothing of it.
    """
    if asks(below):
        return "asserted"  # "did not say why they attacked": they did
    if verb.dep == "xcomp" and verb.head.lemma in verbs("indicting"):
        return "alleged"  # "pleaded not guilty to killing her"
    listed = _listed(verb)
    return listed if listed is not None else _of_cue(verb, below)


def _listed(verb: Word) -> str | None:
    """What the lexicon says of the denied word, or what of the word, turned round."""
    denied, meant = hedges("not"), hedges("verb")
    known = names(verb)
    row = syntax.first(denied[name] for name in known if name in denied)
    turned = (TURNED.get(meant[name], meant[name]) for name in known if name in meant)
    return row if row is not None else syntax.first(turned)


def _of_cue(verb: Word, below: Word) -> str | None:
    """ "Did not say that they attacked", "did not order them to attack"."""
    acts = {cue.act for cue in cues().get(verb.lemma, ()) if "=" not in cue.frame}
    if is_asked_of(below):
        return "hypothetical"
    if below.dep not in COMPLEMENTS:
        named = bool(acts & ANSWERS) and below.dep in {"obj", "nsubj:pass"}
        return "alleged" if named else None
    if verb.lemma in verbs("knowing"):
        return "asserted"
    if below.dep == "xcomp" and (acts <= TO_DO or (below.tag == "VB" and acts & TO_DO)):
        return "hypothetical"  # not so "was not accused of having attacked"
    return "alleged" if acts else None


def is_asked_of(clause: Word) -> bool:
    """ "Called on Kesh to leave": whether a loose infinitive is what somebody is asked to do."""
    opened = any(c.lower == "to" and c.dep == "mark" for c in clause.lefts)
    if clause.dep != "advcl" or clause.tag != "VB" or not opened:
        return False
    asked = [f"{syntax.case_of(c)}+inf" for c in syntax.children(clause.head, "obl")]
    asked += ["obj+inf" for _ in syntax.objects(clause.head)]
    found = cues().get(clause.head.lemma, ())
    return any(cue.frame in asked and cue.act in REQUESTS for cue in found)


def of_unsaid(verb: Word, below: Word) -> str | None:
    """What a verb of saying makes of an event where no statement was read off it."""
    if below.dep not in COMPLEMENTS or asks(below) or verb.lemma in verbs("knowing"):
        return None
    frames = {cue.frame: cue.act for cue in cues().get(verb.lemma, ())}
    if below.dep == "xcomp" and below.tag == "VB" and frames.get("obj+inf") in REQUESTS:
        return "requested"
    if below.dep == "xcomp" and frames.get("inf") in TO_DO:
        return "planned"
    if below.dep == "xcomp":
        whole = syntax.is_passive(verb)  # "are said to have attacked"
    else:
        whole = below.dep != "acl" or syntax.child(below, "mark") is not None
    told = bool(frames.keys() & {"clause", "finite"}) or verb.lemma in verbs("hearing")
    return "alleged" if told and whole else None


def names(verb: Word) -> tuple[str, ...]:
    """How the lexicon may name the verb: with its particle, its base form, as it stands."""
    particles = (f"{verb.lemma} {c.lower}" for c in syntax.children(verb, "compound:prt"))
    return (*particles, verb.lemma, verb.lower)


def asks(clause: Word) -> bool:
    """Whether a clause asks who, why or where, so that its event is taken for granted."""
    edge = clause.left_edge
    words = clause.tree.words[edge.i : clause.i + 1]
    return any(word.tag in REASONS and word.lower != "that" for word in words[:3])


def is_lacking(noun: Word) -> bool:
    """Whether the text says that there is none of it: "no proof", "did not find any sign"."""
    before = {word.lower for word in noun.lefts}
    if before & SCARCE:
        return True
    held = noun.dep == "obj" and noun.head.lemma in verbs("having")
    return held and before.isdisjoint(DEFINITE) and is_undone(noun.head)


def is_untrue(word: Word, below: Word) -> bool:
    """Whether a word calls the clause below it untrue: "false rumours", "it is not true that"."""
    if word.pos not in {"VERB", "AUX", "ADJ"}:
        return _is_false(word)
    if any(child.lower in verbs("wrongly") for child in syntax.children(word, "advmod")):
        return word.lemma in verbs("charging") | verbs("indicting")
    if below.dep not in COMPLEMENTS or not syntax.child(word, "cop"):
        return False
    return word.lower in verbs("true") if negation.negated(word) else _dismisses(word)


def _is_false(claim: Word) -> bool:
    """ "False rumours", "the report was baseless", "it is a lie", "no truth in the report"."""
    above = claim.head
    if any(map(_dismisses, syntax.children(claim, "amod"))):
        return True
    if syntax.child(claim, "cop"):
        return _dismisses(claim) and not negation.negated(claim)
    if claim.dep in syntax.SUBJECTS:
        said = (above, *syntax.children(above, "xcomp"))
        return any(map(_dismisses, said)) and not is_undone(above)
    return claim.dep == "nmod" and above.lemma in verbs("truth") and is_lacking(above)


def _dismisses(word: Word) -> bool:
    return not verbs("dismissal").isdisjoint((word.lemma, word.lower))


def is_left_out(verb: Word, event: Word) -> bool:
    """ "Did not join the raid": the raid was, without who did not join."""
    known = not DEFINITE.isdisjoint([word.lower for word in event.lefts])
    return known and verb.lemma in verbs("joining") and is_undone(verb)


def withholds_leave(verb: Word) -> bool:
    """ "Did not approve the raid": there may have been one all the same."""
    return verb.lemma in verbs("allowing") and is_undone(verb)


def is_charged(verb: Word, below: Word) -> bool:
    """ "Charged with ordering the massacre": so somebody says."""
    cases = {"with", "of", "for"} | ({"to"} if below.tag == "VBG" else set())
    return verb.lemma in verbs("indicting") and syntax.case_of(below) in cases


def is_barred(verb: Word, below: Word) -> bool:
    """ "Were stopped from attacking": not "stopped attacking", which they had begun."""
    kept = verb.lemma in verbs("barring") and below.tag == "VBG"
    return kept and syntax.case_of(below) == "from"
