"""How a cue verb takes its content: the frames of ``cues.tsv``, one function each."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from kg.extract import syntax
from kg.extract.lexicon import Cue, verbs
from kg.extract.statements import accusing, clauses, objects
from kg.extract.statements.acts import dismisses
from kg.extract.statements.finds import ANSWERS, Find, Reading
from kg.extract.statements.spans import from_clause, from_phrase, widen
from kg.extract.tree import Word

HOLLOW: Final = frozenset({"more", "less", "it", "that", "this", "so", "them", "him", "her"}) | {
    *("comment", "comments"),
}
EMPTY: Final = frozenset({"PRON", "ADJ", "ADV", "DET", "NUM"})
"""What says nothing alone: "asked for more"."""
POINTING: Final = frozenset({"this", "that", "it", "these", "those"})
"""Words that point back at what was said before: "the police deny this"."""
NAMING: Final = frozenset({"call", "dub", "label"})
BUT: Final = frozenset({"but", "except", "besides", "save"})
RELATIVES: Final = frozenset({"WDT", "WP"})


def content(reading: Reading, verb: Word, frame: Cue) -> Find | None:
    """What the verb says in this frame, or None where the sentence does not fill it."""
    read = FRAMES.get(frame.frame)
    if frame.act in ANSWERS and _is_kept_back(frame, syntax.children(verb, "obj", "iobj")):
        return None
    if read is not None:
        return read(reading, verb, frame)
    if frame.frame.endswith("+inf"):
        return _calling_on(reading, verb, frame)
    if frame.frame.startswith("np="):
        return objects.named_noun(reading, verb, frame)
    return _preposition(reading, verb, frame)


def _preposition(reading: Reading, verb: Word, frame: Cue) -> Find | None:
    """ "Called for an inquiry", also behind another phrase: "apologised to Kesh for the raid"."""
    phrases = syntax.children(verb, "obl", "advcl", "xcomp", "obl:agent")
    behind = [inner for phrase in phrases for inner in syntax.children(phrase, "nmod")]
    behind = [] if frame.frame == "of" else behind  # "spoke in the town of Kesh"
    found = [
        phrase
        for phrase in (*phrases, *behind)
        if syntax.case_of(phrase) == frame.frame and not reading.is_dated(phrase)
    ]
    if not found or (found[0].pos in EMPTY and len(found[0].children) < 2):
        return None
    find = from_phrase(reading, verb, frame, found[0])
    if find.content[0].of(reading.text).lower() in HOLLOW:
        return None
    if frame.act == "warn":
        find.addressee = syntax.first(syntax.objects(verb))
    if frame.act == "condemn":
        find.target = found[0] if reading.cast.resolve(found[0]) else None
    if frame.frame == "for":
        objects.call_to(reading, find, found[0])
    return find


def _bidding(reading: Reading, verb: Word, frame: Cue) -> Find | None:
    """ "Urged X to …", "X was ordered to …"."""
    if syntax.is_passive(verb):
        who = syntax.child(verb, "nsubj:pass")
    else:
        who = syntax.first(syntax.objects(verb))
    clauses = syntax.children(verb, "xcomp", "ccomp", "advcl")
    return _bid(reading, verb, frame, who, [c for c in clauses if objects.is_infinitive(c)])


def _calling_on(reading: Reading, verb: Word, frame: Cue) -> Find | None:
    """ "Called on X to …"."""
    preposition = frame.frame.removesuffix("+inf")
    who = syntax.first(c for c in syntax.children(verb, "obl") if syntax.case_of(c) == preposition)
    if who is None or reading.cast.resolve(who) is None:
        return None
    inside = [word for word in syntax.subtree(who) if word is not who and word.dep == "nmod"]
    clauses = [
        clause
        for holder in (verb, who, *inside)  # "on states with a say over them to use it"
        for clause in syntax.children(holder, "xcomp", "advcl", "acl", "ccomp")
    ]
    return _bid(reading, verb, frame, who, [c for c in clauses if objects.is_infinitive(c)])


def _bid(
    reading: Reading, verb: Word, frame: Cue, who: Word | None, clauses: list[Word]
) -> Find | None:
    """What somebody is asked to do, by the first of the infinitives."""
    if who is None or not clauses:
        return None
    find = from_clause(reading, verb, frame, clauses[0])
    if find is not None:
        find.addressee = who
    return find


def _infinitive(reading: Reading, verb: Word, frame: Cue) -> Find | None:
    """ "Promised to …"; "declined to comment" says nothing."""
    what = syntax.first(c for c in syntax.children(verb, "xcomp") if objects.is_infinitive(c))
    what = what if what is not None else _behind_day(reading, verb)
    if what is None or what.lemma in verbs("silence"):
        return None
    return from_clause(reading, verb, frame, what)


def _behind_day(reading: Reading, verb: Word) -> Word | None:
    """ "Agreed on Saturday to leave": the infinitive may hang loose behind the day."""
    loose = (c for c in syntax.children(verb, "advcl") if objects.is_infinitive(c) and c.i > verb.i)
    words = verb.tree.words
    return syntax.first(c for c in loose if reading.is_dated(words[c.left_edge.i - 1]))


def _gerund(reading: Reading, verb: Word, frame: Cue) -> Find | None:
    """ "Denied shelling the town", "denied having shelled it", "denied being behind it"."""
    what = syntax.first(c for c in syntax.children(verb, "xcomp") if _is_gerund(c))
    return from_clause(reading, verb, frame, what) if what is not None else None


def _is_gerund(word: Word) -> bool:
    helpers = syntax.children(word, "aux", "aux:pass", "cop")
    return any(one.tag == "VBG" for one in (word, *helpers[:1]))


def _noun(reading: Reading, verb: Word, frame: Cue) -> Find | None:
    """ "Condemned the attack", "a claim the ministry denied"."""
    what = syntax.first(syntax.children(verb, "nsubj:pass" if syntax.is_passive(verb) else "obj"))
    if what is None and frame.act == "request":
        what = syntax.first(c for c in syntax.children(verb, "xcomp") if _is_bare(c))
    if what is None:
        claim = _claimed(verb)
        return _aside(verb, frame, claim) if claim is not None else None
    if what.tag in RELATIVES and verb.dep == "acl:relcl":
        return _which(verb, frame, what)
    if what.lower in POINTING and what.pos in EMPTY and frame.act in ANSWERS:
        beside = verb.dep == "parataxis"  # "A says it fell, B denies it"
        return Find(verb, frame, None, [], aside=True, cut=verb.left_edge.idx if beside else None)
    whole = frame.act in ANSWERS and what.lower == "everything"
    if what.pos in {"PRON", "NUM"} and not whole and not syntax.child(what, "acl:relcl"):
        return None
    if frame.frame == "thing" and _is_party(reading, what):
        return None
    find = from_phrase(reading, verb, frame, what)
    if frame.act == "condemn":
        find.target = what if reading.cast.resolve(what) else None
    return find


def _is_kept_back(frame: Cue, taken: list[Word]) -> bool:
    """ "Denied Kesh the skies": no words are; nor are they in "denied everything but the raid"."""
    whole = [what for what in taken if what.lower == "everything"]
    owned = any(word.lower in BUT for what in whole for word in what.tree.words[what.i + 1 :][:1])
    return owned or (frame.act == "deny" and len(taken) > 1)


def _is_bare(what: Word) -> bool:
    """ "Urged calm": a noun that may look like an adjective."""
    return what.tag in {"JJ", "NN"} and not what.children


def _is_party(reading: Reading, what: Word) -> bool:
    """Whether the object is somebody: who dismisses a colonel or backs a militia says nothing."""
    draft = reading.cast.register.drafts.get(reading.cast.resolve(what) or "")
    return draft is not None and draft.kind != "Document"


def _claimed(verb: Word) -> Word | None:
    """The noun before a relative clause without a pronoun: "a claim the ministry denied"."""
    clause = verb
    while clause.dep == "conj" and clause.head.pos == "VERB":
        clause = clause.head
    named = clause.head.pos == "NOUN" or clause.head.lower == "something"
    return clause.head if clause.dep in {"acl", "acl:relcl"} and named else None


def _aside(verb: Word, frame: Cue, noun: Word) -> Find | None:
    """ "…, a claim the ministry denied": the content is the claim, which stands outside.

    Likewise "the raid, denied by the army".
    """
    own = syntax.agent(verb) if syntax.is_passive(verb) else syntax.child(verb, "nsubj")
    if own is None or own.tag in RELATIVES or own.lower == "that":
        return None
    if noun.pos == "PRON":
        return Find(verb, frame, own, [], cut=noun.idx, aside=True)
    words = [t for t in syntax.phrase(noun) if t.i < min(verb.i, own.left_edge.i)]
    claim = syntax.char_span(words or [noun])
    return Find(verb, frame, own, [claim], heads=[noun], cut=claim.start, aside=True)


def _which(verb: Word, frame: Cue, relative: Word) -> Find | None:
    """ "The army said it held the hill, which the rebels denied": what was said before."""
    own = syntax.child(verb, "nsubj")
    if own is None or own == relative or frame.act not in ANSWERS:
        return None
    return Find(verb, frame, own, [], cut=relative.left_edge.idx, aside=True)


def _naming(reading: Reading, verb: Word, frame: Cue) -> Find | None:
    """ "Called the charge baseless", "described it as a lie"."""
    what = syntax.child(verb, "obj")
    name = syntax.first(c for c in verb.children if c.i > verb.i and _is_name(c))
    if what is not None and name is None and verb.lemma in NAMING:
        after = [c for c in syntax.children(what, "acl", "amod", "appos") if c.i > what.i]
        after = [c for c in after if c.tree.words[c.left_edge.i - 1].text != ","]
        name = syntax.first(c for c in after if c.pos != "VERB")
    if name is not None and (what is None or what.i < verb.i):
        return _called(verb, frame, name)
    if what is None or name is None or (name.i < what.i and syntax.case_of(name) != "as"):
        return None
    if what.lower.endswith(("self", "selves")):
        return None  # "a group calling itself the Free Hand"
    if name.pos == "VERB" and objects.is_infinitive(name):
        return None
    if name.pos == "PROPN" and verb.lemma in NAMING:
        return None  # "called the ship Sea Lark"
    tokens = [t for part in (what, name) for t in syntax.subtree(part) if not t.is_space]
    return Find(verb, frame, None, [widen(reading, syntax.char_span(tokens))], heads=[name])


def _called(verb: Word, frame: Cue, name: Word) -> Find | None:
    """ "…, a charge the minister called a lie", "which he called nonsense": it is denied."""
    claim, before = _claimed(verb), syntax.child(verb, "obj")
    if not dismisses(name):
        return None
    denial = replace(frame, act="deny")
    if before is not None:
        return _which(verb, denial, before) if before.tag in RELATIVES else None
    return _aside(verb, denial, claim) if claim is not None else None


def _is_name(child: Word) -> bool:
    """Whether the word is what something is called."""
    as_phrase = child.dep in {"obl", "advcl"} and syntax.case_of(child) == "as"
    return child.dep == "xcomp" or as_phrase


FRAMES: Final[dict[str, Callable[[Reading, Word, Cue], Find | None]]] = {
    "clause": clauses.clause,
    "target": accusing.accusation,
    "blame": accusing.accusation,
    "obj+inf": _bidding,
    "inf": _infinitive,
    "np": _noun,
    "thing": _noun,
    "name": _naming,
    "ing": _gerund,
    "finite": clauses.finite,
    "adj": clauses.of_mind,
}
"""Frame of ``cues.tsv`` → how it is read; the rest are prepositions."""
