"""Objects that make a verb a cue: "claimed responsibility", "issued a denial"."""

from typing import Final

from kg.extract import negation, syntax
from kg.extract.lexicon import Cue, cues, noun_cues, triggers
from kg.extract.statements import accusing
from kg.extract.statements.finds import Find, Reading
from kg.extract.statements.spans import from_clause, from_phrase, widen
from kg.extract.tree import Word
from kg.model import Span

BEHIND: Final = ("obl", "advcl", "ccomp")
CLAIMING: Final = frozenset({"say", "claim", "report", "accuse"})
BEFORE: Final = frozenset({"after", "following"})
"""What leads to the claim that a denial answers."""
PAPERS: Final = frozenset({"report", "statement", "story", "article"})
"""What may be taken out of use as well as taken back; what it says then is no claim denied."""


def named_noun(reading: Reading, verb: Word, frame: Cue) -> Find | None:
    """ "Claimed responsibility", "repeated her call for talks": only these objects make a cue."""
    what = syntax.child(verb, "nsubj:pass" if syntax.is_passive(verb) else "obj")
    names, _, preposition = frame.frame.removeprefix("np=").partition(">")
    if what is None or what.lemma not in names.split("|") or negation.is_nobody(what):
        return None
    if preposition:
        return _behind_noun(reading, verb, frame, (what, preposition))
    if what.lemma in noun_cues() and noun_cues()[what.lemma].act == frame.act == "deny":
        return _denial(reading, verb, frame)
    if frame.act == "deny" and what.lemma in PAPERS and not _tells(what):
        return None
    find = from_phrase(reading, verb, frame, what)
    if frame.act == "request":
        call_to(reading, find, what)
    trigger = triggers().get((what.lemma, "noun"))
    if frame.act == "order" and trigger is not None and trigger.mode == "investigate":
        find.heads = []  # who orders an inquiry begins it: it is no longer only asked for
    return find


def _denial(reading: Reading, verb: Word, frame: Cue) -> Find | None:
    """ "Issued a denial after reports that they fired"; alone, of what was said before."""
    after = [c for c in syntax.children(verb, "obl", "advcl") if syntax.case_of(c) in BEFORE]
    for told in after:
        if told.dep == "advcl":
            said = any(cue.act in CLAIMING for cue in cues().get(told.lemma, ()))
            claim = syntax.child(told, "ccomp") or told
            return from_clause(reading, verb, frame, claim) if said else None
        if told.lemma in noun_cues():
            return from_phrase(reading, verb, frame, told)
    return Find(verb, frame, None, [], aside=True)


def _tells(what: Word) -> bool:
    """ "Her statement that they had fled": it is told what it says."""
    return any(syntax.case_of(clause) == "that" for clause in syntax.children(what, "acl", "ccomp"))


def _behind_noun(reading: Reading, verb: Word, frame: Cue, behind: tuple[Word, str]) -> Find | None:
    """ "Renewed her call for talks", "has the impression that they lost": what follows the noun."""
    what, link = behind
    if any(child.lower == "no" for child in what.lefts):
        return None
    asked = [*syntax.children(what, "nmod", "acl", "ccomp"), *syntax.children(verb, *BEHIND)]
    found = syntax.first(c for c in asked if c.i > what.i and syntax.case_of(c) == link)
    if found is None:
        return None
    if frame.act == "accuse":
        return accusing.against(reading, verb, frame, found)
    read = from_clause if link == "that" else from_phrase
    return read(reading, verb, frame, found)


def call_to(reading: Reading, find: Find, who: Word) -> None:
    """ "Called for the army to leave": the infinitive may hang on the verb."""
    edge = who.right_edge.i + 1
    for clause in syntax.children(find.cue, "advcl", "xcomp"):
        if is_infinitive(clause) and clause.left_edge.i == edge:
            end = syntax.char_span(syntax.subtree(clause)).end
            find.content = [widen(reading, Span(find.content[0].start, end))]
            find.heads.append(clause)


def is_infinitive(verb: Word) -> bool:
    """ "To leave"."""
    return any(child.lower == "to" and child.dep == "mark" for child in verb.children)
