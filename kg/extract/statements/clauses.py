"""How a cue takes a clause: said (that) …, asked how …, was adamant that …"""

from typing import Final

from kg.extract import syntax
from kg.extract.lexicon import Cue, media
from kg.extract.statements.finds import ANSWERS, Find, Reading
from kg.extract.statements.spans import from_clause
from kg.extract.tree import Word

ASIDE: Final = frozenset({"feel", "suspect", "guess", "suppose", "imagine"})
"""What one says aside: "the bridge, I suppose, is gone"."""
ASKING: Final = frozenset({"WRB", "WP"})


def clause(reading: Reading, verb: Word, frame: Cue) -> Find | None:
    """ "Said (that) …", and the clause that "officials said" is hung on."""
    inner = [x for x in syntax.children(verb, "xcomp") if frame.lemma.endswith(f" {x.lower}")]
    taken = [c for word in (verb, *inner) for c in syntax.children(word, "ccomp")]
    near = [c for c in taken if _is_near(reading, verb, c)]
    clause = min(near, key=lambda c: c.left_edge.i, default=None)
    clause = clause if clause is not None else _behind_document(verb)
    clause = clause if clause is not None else _asked(verb)
    clause = clause if clause is not None else _foretold(verb)
    clause = clause if clause is not None else _opened(verb)
    if clause is None and verb.dep == "parataxis" and _comments(verb):
        clause = _interrupted(verb)
    if clause is None and _is_quoted(verb):
        return _quoted(reading, verb, frame)
    answered = frame.act in ANSWERS and syntax.child(verb, "obj")  # "denied it, and blamed rebels"
    if clause is None and not answered:
        clause = syntax.first(
            c
            for c in syntax.children(verb, "parataxis", "xcomp")
            if c.i > verb.i and c.pos in {"VERB", "AUX", "ADJ", "NOUN"} and is_finite(c)
            if _is_near(reading, verb, c)
        )
    return from_clause(reading, verb, frame, clause) if clause is not None else None


def _opened(verb: Word) -> Word | None:
    """ "I mean the theory was …": the clause right behind, though the tree hangs it beside."""
    if verb.dep != "parataxis" or verb.i + 1 >= verb.sent.end or not _comments(verb):
        return None
    word = verb.tree.words[verb.i + 1]
    for above in (word, *syntax.ancestors(word)):
        if above is verb:
            return None  # "the town fell, say two officials"
        subject = syntax.child(above, *syntax.SUBJECTS, "expl")
        if subject is not None and subject.left_edge is word:
            return above
    return None


def _is_quoted(verb: Word) -> bool:
    """ "The bridge is gone, the agency quoted her as saying": what is quoted stands before."""
    return verb.head.dep == "parataxis" and syntax.case_of(verb) == "as"


def _quoted(reading: Reading, verb: Word, frame: Cue) -> Find | None:
    find = from_clause(reading, verb.head, frame, verb.head.head)
    if find is not None:
        find.cue = verb
    return find


def _asked(verb: Word) -> Word | None:
    """ "Asked how they knew": the word that asks may be taken for the object of the verb."""
    found = (c for c in syntax.children(verb, "obj", "obl") if c.i > verb.i and c.tag in ASKING)
    return syntax.first(c for c in found if syntax.child(c, "advcl:relcl", "acl:relcl"))


def _interrupted(verb: Word) -> Word:
    """ "The convoy, officials said, was hit": the clause that the comment stands in."""
    head = verb.head
    return head.head if head.dep in syntax.SUBJECTS and head.head.i > verb.i else head


def _foretold(verb: Word) -> Word | None:
    """ "It was claimed by the rebels that …"."""
    it = any(c.lower == "it" and c.i < verb.i for c in verb.children)
    return syntax.first(c for c in syntax.children(verb, "csubj", "csubj:pass") if it)


def _is_near(reading: Reading, verb: Word, clause: Word) -> bool:
    """Whether no semicolon parts a clause from its verb."""
    return ";" not in reading.text[verb.end : clause.idx]


def finite(reading: Reading, verb: Word, frame: Cue) -> Find | None:
    """ "I feel (that) it was wrong", not "I felt the ground shake"."""
    clause = syntax.child(verb, "ccomp", "xcomp")
    clause = clause if clause is not None else _opened(verb)
    if clause is None and verb.dep == "parataxis" and _comments(verb) and verb.lemma in ASIDE:
        return from_clause(reading, verb, frame, verb.head)
    return from_clause(reading, verb, frame, clause) if clause and _is_told(clause) else None


def of_mind(reading: Reading, word: Word, frame: Cue) -> Find | None:
    """ "Was adamant that no shell had been fired"."""
    clause = syntax.child(word, "ccomp")
    joined = syntax.children(word, "cop", "aux:pass")
    return from_clause(reading, word, frame, clause) if clause is not None and joined else None


def _behind_document(verb: Word) -> Word | None:
    """ "Said in a message that …": the clause may hang on the message."""
    for phrase in syntax.children(verb, "obl"):
        for clause in syntax.children(phrase, "acl", "ccomp") if phrase.lemma in media() else ():
            if any(c.dep == "mark" and c.lower == "that" for c in clause.lefts):
                return clause
    return None


def _comments(verb: Word) -> bool:
    """ "The town fell, officials said": a short clause hung on what it attributes."""
    taken = syntax.children(verb, "obj", "ccomp", "xcomp")
    return not taken and syntax.child(verb, "nsubj") is not None


def _is_told(verb: Word) -> bool:
    """Whether a clause has a subject and a tense."""
    helped = {"AUX"} & {c.pos for c in verb.children} or verb.tag in {"VBD", "VBZ", "VBP"}
    return bool(helped) and syntax.child(verb, "nsubj", "nsubj:pass", "expl", "csubj") is not None


def is_finite(verb: Word) -> bool:
    """Whether a clause has a subject or a tense."""
    own = syntax.children(verb, "nsubj", "nsubj:pass", "expl")
    return bool(own) or verb.tag in {"VBD", "VBZ", "VBP"}
