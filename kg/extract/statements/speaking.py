"""Who says it: the subject of a cue, its agent, or whoever speaks by a paper."""

from typing import Final

from kg.extract import negation, syntax
from kg.extract.actors import naming
from kg.extract.actors.pronouns import is_first_person
from kg.extract.lexicon import verbs
from kg.extract.quotations import around
from kg.extract.statements.finds import Find, Reading
from kg.extract.tree import Word

MUTE: Final = frozenset({"law", "rule", "plan", "time", "reason", "thing", "way", "fact"})
"""Nouns that "say" nothing in the sense meant here."""
POLITE: Final = frozenset({"urge", "call", "appeal", "ask", "encourage", "say", "add", "stress"})
SOME: Final = frozenset({"some", "others", "many", "several", "another", "second", "third"})
"""Words that stand for people alone, where somebody accuses or denies."""
WRITTEN: Final = frozenset({"accuse", "condemn", "request", "warn"})
"""Acts of papers that nobody signs: "the report accuses the army", "the letter calls for"."""
ANSWERING: Final = frozenset({"deny", "reject"})
"""Cues of papers that answer: "the statement denied the attack"; figures may contradict it."""
WORDLESS: Final = frozenset({"evidence", "data", "figures", "statistics"}) | {
    *("footage", "images", "photographs", "photos", "pictures", "video", "videos", "proof"),
}
"""What shows something and was written by nobody, so that it denies and accuses nobody."""
BIDDING: Final = frozenset({"order", "warn"})


def author(reading: Reading, document: Word) -> Word | None:
    """ "A statement by the ministry", "issued a letter that …": who speaks in it."""
    noun = naming.noun_at(document)
    if noun is None or noun.kind != "Document" or document.entity is not None:
        return None
    owners = [
        child
        for child in document.children
        if (child.dep in {"nmod:poss", "compound"} and child.lower not in noun.noun.split())
        or (child.dep == "nmod" and syntax.case_of(child) in {"by", "from", "of"})
    ]
    issued = (c for c in syntax.children(document, "acl") if c.tag == "VBN")
    owners.extend(a for c in issued if c.lemma in verbs("issuing") if (a := syntax.agent(c)))
    if document.dep == "obj" and document.head.lemma in verbs("issuing"):
        owners.append(syntax.subject(document.head) or document)
    return syntax.first(o for o in owners if o is not document and reading.cast.resolve(o))


def source_of(verb: Word, *, passive: bool) -> Word | None:
    """The word for whoever says it, if the sentence has one."""
    if passive:
        return syntax.agent(verb)
    stray = syntax.stray_subject(verb)
    source = stray if stray is not None else syntax.subject(verb)
    return source if source is not None else _inverted(verb)


def _inverted(verb: Word) -> Word | None:
    """The subject after its verb ("…," warned the leader), where the tree calls it an object."""
    said_before = any(c.i < verb.i for c in syntax.children(verb, "ccomp", "parataxis"))
    after = [c for c in syntax.objects(verb) if c.i > verb.i]
    return after[0] if said_before and after else None


def is_polite(verb: Word) -> bool:
    """ "We would urge both sides to stop": it is said all the same."""
    subject = syntax.first(syntax.children(verb, "nsubj"))
    own = subject is not None and is_first_person(subject)
    return own and "would" in syntax.auxiliaries(verb) and verb.lemma in POLITE


def speaks(reading: Reading, find: Find) -> bool:
    """Whether the source is one who can say it; a passive without agent has none."""
    source = find.source
    if source is None:
        bidden = find.addressee is not None and find.frame.act in BIDDING
        told = find.frame.lemma == "tell"
        return find.passive and (find.target is not None or (bidden and not told))
    if not find.quoted and find.says(source.idx):
        return False
    if source.lower in {"there", "what"} or negation.is_hardly_any(source):
        return False
    if syntax.children(find.cue, "expl") and not find.passive and " " not in find.frame.lemma:
        return False  # but "made it clear that …" is said
    return _can_speak(reading, find, source)


def _can_speak(reading: Reading, find: Find, source: Word) -> bool:
    """Whether the source is of the kind that the cue's frame asks for."""
    personal = is_first_person(source)
    key = reading.cast.resolve(source)
    if _is_obscure(reading, source, key) and (key is not None or find.frame.subject != "any"):
        return False
    if find.frame.subject == "any":
        return source.pos in syntax.NOMINAL and source.lower not in MUTE
    kind = reading.cast.register.drafts[key].kind if key else None
    if find.frame.subject == "self":
        quoted = around(reading.quotations, source.idx)  # whose words they are is seen later
        return personal and (kind is not None or quoted is not None)
    if find.frame.subject == "document":
        return kind == "Document"
    if find.frame.subject == "body":
        return kind is not None and kind != "Person"
    answers = find.frame.act in WRITTEN or find.frame.lemma in ANSWERING
    written = kind == "Document" and answers and source.lower not in MUTE | WORDLESS
    some = source.lower in SOME and find.frame.act != "threaten"
    return (kind is not None and kind != "Document") or personal or written or some


def _is_obscure(reading: Reading, source: Word, key: str | None) -> bool:
    """Whether only who is quoted knows whom "they" or "one of them" means.

    Known is who is named before in the same paragraph; who said something above it need not be.
    """
    quotation = around(reading.quotations, source.idx)
    if quotation is None or is_first_person(source):
        return False
    if any(c.lower == "them" for c in syntax.children(source, "nmod")):
        return True
    if source.lower != "they" or key is None:
        return source.lower == "they"
    start = reading.text.rfind("\n", 0, source.idx) + 1
    before = (word for word in reading.tree.within(start, source.idx) if word.pos != "PRON")
    return not any(reading.cast.resolve(word) == key for word in before)
