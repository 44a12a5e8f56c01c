"""Cues: which verbs of a sentence tell of something said, by whom, in which frame."""

from collections.abc import Sequence
from typing import Final

from kg.extract import syntax
from kg.extract.actors import naming
from kg.extract.actors.pronouns import FIRST_PERSON
from kg.extract.lexicon import Cue, cues, verbs
from kg.extract.statements import circumstances, frames, speech
from kg.extract.statements.finds import Find, Reading
from kg.extract.statements.spans import widen
from kg.extract.tree import Sentence, Word

UNREAL: Final = frozenset(
    {"would", "could", "might", "may", "should", "will", "must", "'ll", "’ll"}
)
ACCORDING: Final = Cue("according", "clause", "say", True, "any")
STILL: Final = frozenset({"continue", "claim", "admit"})
"""Cues whose infinitive was said all the same: "continued to deny"."""
HUNG: Final = frozenset({"acl", "acl:relcl", "conj", "advcl", "appos", "nmod", "amod"})
MUTE: Final = frozenset({"law", "rule", "plan", "time", "reason", "thing", "way", "fact"})
"""Nouns that "say" nothing in the sense meant here."""


def read(reading: Reading, sent: Sentence) -> None:
    """Add what a sentence's cues say to the finds, in their order."""
    table = cues()
    for token in reading.tree.of(sent):
        find = None
        if token.pos == "VERB" and token.lemma in table and _is_said(token):
            find = _frame(reading, token, table[token.lemma])
        elif token.lower == "according":
            find = _according(reading, token)
        if find is not None:
            reading.finds.append(find)


def _is_said(verb: Word) -> bool:
    """Whether the verb tells of words spoken: not denied, imagined, asked or wished for."""
    if syntax.negated(verb) or syntax.is_question(verb) or verb.dep == "amod":
        return False
    if syntax.auxiliaries(verb) & UNREAL:
        return False
    head = verb.head
    if any(above.lemma in cues() and syntax.negated(above) for above in syntax.ancestors(verb)):
        return False
    if verb.dep == "xcomp" and (syntax.negated(head) or head.lemma in verbs("distrust") | {"help"}):
        return False
    marks = {child.lower for child in verb.children if child.dep == "mark"}
    if marks & {"if", "unless", "whether"}:
        return False
    return "to" not in marks or head.lemma in STILL or _is_aim(verb)


def _is_aim(verb: Word) -> bool:
    """Whether an infinitive tells what was said all the same: "marched to demand a truce".

    Not so "urged them to call for a truce": nobody has called yet.
    """
    acts = {cue.act for cue in cues()[verb.lemma]}
    return verb.dep == "advcl" and acts == {"request"} and verb.head.lemma not in cues()


def _frame(reading: Reading, verb: Word, wanted: Sequence[Cue]) -> Find | None:
    """The first frame that the sentence fills."""
    passive = syntax.is_passive(verb)
    document = _source(verb, passive=passive)
    author = _author(reading, document) if document is not None else None
    source = author if author is not None else document
    takes_clause = any(frame.frame == "clause" for frame in wanted)
    quotations = speech.direct(reading, verb) if takes_clause else []
    for frame in wanted:
        if quotations and frame.frame == "clause":
            find = Find(verb, frame, source, [q.inner for q in quotations], quoted=True)
            find.heads = speech.heads(reading, quotations)
        else:
            found = frames.content(reading, verb, frame)
            if found is None:
                continue
            find = found
            find.source = find.source or source
        find.passive = passive
        find.document = document if author is not None else None
        _go_on(reading, find)
        if _speaks(reading, find):
            if find.quoted:
                for quotation in quotations:
                    reading.claimed.setdefault(quotation, find)
            find.addressee = find.addressee or circumstances.addressee(find)
            return _heard(reading, find)
    return None


def _heard(reading: Reading, find: Find) -> Find:
    """The find, its speaker noted for pronouns to come."""
    key = reading.cast.resolve(find.source) if find.source is not None else None
    if key is not None:
        reading.cast.register.spoken.append((find.cue.i, key))
    return find


def _author(reading: Reading, document: Word) -> Word | None:
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
    if document.dep == "obj" and document.head.lemma in verbs("issuing"):
        owners.append(syntax.subject(document.head) or document)
    return syntax.first(o for o in owners if o is not document and reading.cast.resolve(o))


def _source(verb: Word, *, passive: bool) -> Word | None:
    if passive:
        return syntax.agent(verb)
    stray = syntax.stray_subject(verb)
    source = stray if stray is not None else syntax.subject(verb)
    return source if source is not None else _inverted(verb)


def _go_on(reading: Reading, find: Find) -> None:
    """ "She said the bridge was gone and called it a crime": she called, not the bridge.

    A cue co-ordinated with what is said goes on with the speaker where its subject could not
    speak, or would speak of itself.
    """
    verb = find.cue
    if verb.dep != "conj" or syntax.children(verb, "nsubj", "nsubj:pass"):
        return
    outer = syntax.first(f for f in reversed(reading.finds) if verb.head in f.heads)
    link = syntax.first(syntax.children(verb, "cc"))
    if outer is None or outer.quoted or link is None:
        return
    key = reading.cast.resolve(find.source) if find.source is not None else None
    target = reading.cast.resolve(find.target) if find.target is not None else None
    same = outer.source is not None and key == reading.cast.resolve(outer.source)
    if key is None or key == target or (same and verb.tag == "VBD"):
        find.source, find.cut = outer.source, link.idx


def _inverted(verb: Word) -> Word | None:
    """The subject after its verb ("…," warned the leader), where the tree calls it an object."""
    said_before = any(c.i < verb.i for c in syntax.children(verb, "ccomp", "parataxis"))
    after = [c for c in syntax.objects(verb) if c.i > verb.i]
    return after[0] if said_before and after else None


def _speaks(reading: Reading, find: Find) -> bool:
    """Whether the source is one who can say it; a passive without agent has none."""
    source = find.source
    if source is None:
        bidden = find.addressee is not None and find.frame.act in {"order", "warn"}
        return find.passive and (find.target is not None or bidden)
    if not find.quoted and find.says(source.idx):
        return False
    if (
        source.lower in {"there", "what"}
        or syntax.is_nobody(source)
        or syntax.children(find.cue, "expl")
    ):
        return False
    if find.frame.subject == "any":
        return source.pos in syntax.NOMINAL and source.lower not in MUTE
    key = reading.cast.resolve(source)
    kind = reading.cast.register.drafts[key].kind if key else None
    if find.frame.subject == "document":
        return kind == "Document"
    return (kind is not None and kind != "Document") or source.lower in FIRST_PERSON


def _attributed(source: Word) -> Word:
    """The clause that "according to" is said of; at a sentence's end all that led up to it."""
    clause = syntax.clause_of(source)
    rest = source.tree.words[source.right_edge.i + 1 : source.sent.end]
    if any(not (word.is_punct or word.is_space) for word in rest):
        return clause
    while clause.dep in HUNG and clause.head != clause:
        if clause.dep == "conj" and syntax.children(clause, *syntax.SUBJECTS):
            break
        clause = clause.head
    return clause


def _according(reading: Reading, token: Word) -> Find | None:
    """ "According to X, …": the longer side of the clause that the phrase hangs on."""
    source = token.head if token.dep in {"case", "mark"} else None
    if source is None:
        source = syntax.first(c for c in token.children if syntax.case_of(c) == "to")
    if source is None or source.pos not in syntax.NOMINAL:
        return None
    clause = _attributed(source)
    own = {t.i for t in syntax.subtree(source)} | {token.i}
    if clause.i in own or clause.pos not in speech.CONTENT_WORDS | {"NUM"}:
        return None
    if source.lower in MUTE and reading.cast.resolve(source) is None:
        return None
    tokens = [t for t in syntax.subtree(clause) if t.i not in own and not t.is_space]
    left = [t for t in tokens if t.i < min(own)]
    right = [t for t in tokens if t.i > max(own)]
    part = left if len(left) > len(right) else right
    if not part:
        return None
    author = _author(reading, source)
    find = Find(token, ACCORDING, author if author is not None else source, [], heads=[clause])
    find.document = source if author is not None else None
    find.content.append(widen(reading, syntax.char_span(part)))
    return _heard(reading, find)
