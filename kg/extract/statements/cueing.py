"""Cues: which verbs of a sentence tell of something said, by whom, in which frame."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from kg.extract import negation, syntax
from kg.extract.actors.pronouns import is_first_person
from kg.extract.lexicon import Cue, cues, media, noun_cues, verbs
from kg.extract.statements import circumstances, frames, phrases, speaking, speech
from kg.extract.statements.finds import Find, Reading
from kg.extract.statements.lookup import frames_of, minds, starts
from kg.extract.statements.named import named
from kg.extract.tree import Sentence, Word
from kg.extract.withheld import is_withheld

UNREAL: Final = frozenset(
    {"would", "could", "might", "may", "should", "will", "must", "'ll", "’ll"}
)
BODIES: Final = frozenset({"Organization", "State"})
WANTING: Final = frozenset({"request", "order"})
STILL: Final = frozenset({"continue", "claim", "admit"})
"""Cues whose infinitive was said all the same: "continued to deny"."""
RELATIVE: Final = frozenset({"acl:relcl", "advcl:relcl"})
INSIDE: Final = frozenset({"acl:relcl", "ccomp", "conj"})
"""How a clause hangs inside what is said."""


def read(reading: Reading, sent: Sentence) -> None:
    """Add what a sentence's cues say to the finds, in their order."""
    turns, starting = reading.turns, starts()
    for token in reading.tree.of(sent):
        if turns and token.i in turns:
            for find in turns[token.i]:
                reading.note(find)
        if token.lemma not in starting and token.lower not in starting:
            continue
        said = _find(reading, token)
        if said is not None:
            reading.note(_heard(reading, said))


def _find(reading: Reading, token: Word) -> Find | None:
    """What a word that may be a cue says."""
    if token.pos == "VERB" and (wanted := frames_of(token)):
        opening = (
            phrases.as_said(reading, token, wanted[0]) if wanted[0].frame == "clause" else None
        )
        return opening or (_frame(reading, token, wanted) if _is_said(token) else None)
    if token.pos == "NOUN" and token.lemma in noun_cues():
        return named(reading, token)
    if token.lower in minds() and not negation.negated(token):
        return _frame(reading, token, minds()[token.lower]) if _is_said(token) else None
    if token.lower == "according":
        return phrases.according(reading, token)
    if token.lower == "words" and not syntax.is_question(token):
        return phrases.in_words_of(reading, token)
    return None


def _is_said(verb: Word) -> bool:
    """Whether the verb tells of words spoken: not denied, imagined, asked or wished for."""
    if verb.dep == "amod" or _is_unsaid(verb) or is_withheld(verb):
        return False
    lead = _lead(verb)
    if syntax.auxiliaries(lead) & UNREAL and not speaking.is_polite(verb):
        return False
    head = lead.head
    if any(above.lemma in cues() and negation.negated(above) for above in _governing(verb)):
        return False
    if lead.dep == "xcomp" and (
        negation.negated(head) or head.lemma in verbs("distrust") | {"help"}
    ):
        return False
    marks = {child.lower for child in lead.children if child.dep == "mark"}
    if marks & {"if", "unless", "whether"}:
        return False
    return "to" not in marks or head.lemma in STILL or _is_aim(verb, lead)


def _lead(verb: Word) -> Word:
    """The first of infinitives that one "to" or helper opens: "asked them to go and warn Kesh"."""
    while verb.dep == "conj" and verb.tag == "VB" and verb.head.tag == "VB":
        if syntax.child(verb, *syntax.SUBJECTS, "mark", "aux"):
            return verb
        verb = verb.head
    return verb


def _is_unsaid(verb: Word) -> bool:
    return _is_asked(verb) or _is_denied(verb) or _is_wanted(verb)


def _is_wanted(verb: Word) -> bool:
    """ "Demanded that the army withdraw the claim": it has not yet."""
    bare = verb.lower == verb.lemma and not syntax.children(verb, "aux", "cop")
    marks = {child.lower for child in verb.lefts if child.dep == "mark"}
    acts = {cue.act for cue in cues().get(verb.head.lemma, ()) if cue.frame == "clause"}
    return verb.dep == "ccomp" and bare and "that" in marks and not acts.isdisjoint(WANTING)


def _is_denied(verb: Word) -> bool:
    """ "Denied that she had accused them", "denied accusing them": perhaps nobody has."""
    return verb.dep in {"ccomp", "xcomp"} and any(
        cue.act == "deny" and cue.frame in {"clause", "ing", "finite"}
        for cue in frames_of(verb.head)
    )


def _is_asked(verb: Word) -> bool:
    """Whether the sentence asks for what is said; not so "I think it fell, or did it?"."""
    subject = syntax.child(verb, "nsubj")
    plain = subject is not None and is_first_person(subject) and subject.i < verb.i
    before = [c for c in verb.lefts if subject is not None and c.i < subject.i]
    asks = any(c.pos == "AUX" or c.tag in {"WRB", "WP", "WDT"} for c in before)
    return syntax.is_question(verb) and (asks or not plain)


def _governing(verb: Word) -> Iterator[Word]:
    """The verbs above, up to one that only stands beside: "did not say, but he denies"."""
    for above in syntax.ancestors(verb):
        if verb.dep in {"conj", "parataxis"} and syntax.child(verb, *syntax.SUBJECTS):
            return
        if verb.dep in RELATIVE or _resumes(verb) or _is_done(verb):
            return
        yield above
        verb = above


def _is_done(verb: Word) -> bool:
    """ "Did not deny it but said …": a tense of its own, which "did not" does not reach."""
    return verb.dep == "conj" and verb.head.tag == "VB" and verb.tag in {"VBD", "VBZ", "VBP"}


def _is_aim(verb: Word, lead: Word) -> bool:
    """Whether an infinitive tells what was said all the same: "marched to demand a truce".

    Likewise "took to Telegram to accuse them".

    Not so "urged them to call for a truce": nobody has called yet.
    """
    if lead.dep in {"advcl", "xcomp"} and lead.head.lemma == "take":
        return any(word.lower in media() for word in syntax.children(lead.head, "obl"))
    acts = {cue.act for cue in frames_of(verb)}
    return lead.dep == "advcl" and acts == {"request"} and lead.head.lemma not in cues()


def _frame(reading: Reading, verb: Word, wanted: Sequence[Cue]) -> Find | None:
    """The first frame that the sentence fills."""
    passive = wanted[0].frame != "adj" and syntax.is_passive(verb)
    document = speaking.source_of(verb, passive=passive)
    if document is not None:
        reading.cast.single_out(document)
    author = speaking.author(reading, document) if document is not None else None
    source = author if author is not None else document
    takes_clause = any(frame.frame == "clause" for frame in wanted)
    quotations = speech.direct(reading, verb) if takes_clause and not _names(verb, wanted) else []
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
        if speaking.speaks(reading, find):
            if find.quoted:
                for quotation in quotations:
                    reading.claimed.setdefault(quotation, find)
            find.addressee = find.addressee or circumstances.addressee(find)
            return find
    if takes_clause and source is not None and not passive:
        _hear(reading, verb, source)  # "Her neighbour agreed."
    return None


def _hear(reading: Reading, verb: Word, source: Word) -> None:
    """Note that a known person has spoken, though not what: "she" may go on behind it."""
    register = reading.cast.register
    key = register.at.get(source.i)
    if key is not None and register.drafts[key].kind == "Person":
        register.hear(verb, key)


def _names(verb: Word, wanted: Sequence[Cue]) -> bool:
    """ "Denied the report: “…”": what is denied is named, the quotation is what they say of it."""
    denies = any(cue.act == "deny" and cue.frame == "np" for cue in wanted)
    return denies and any(what.i > verb.i for what in syntax.children(verb, "obj"))


def _heard(reading: Reading, find: Find) -> Find:
    """The find, its speaker noted for pronouns to come."""
    key = reading.cast.resolve(find.source) if find.source is not None else None
    if key is not None:
        reading.cast.register.hear(reading.tree.words[_last_said(reading, find)], key)
    accused = reading.cast.speaker(find.target) if find.target is not None else None
    if accused is not None:
        reading.cast.register.charge(find.cue, accused.ref)  # "They deny it"
    if find.addressee is not None and find.frame.act == "ask":
        asked = reading.cast.resolve(find.addressee)
        if asked is not None and reading.cast.register.drafts[asked].kind in BODIES:
            reading.cast.register.hear(find.cue, asked)  # "It said …"
    return find


def _last_said(reading: Reading, find: Find) -> int:
    """The last word of what stands behind a cue's colon, from which a pronoun is near, or the cue.

    Behind a denial that is what is denied or what the denier says of it: he is near either way.
    """
    spans = find.content if find.quoted else []
    if find.frame.act == "deny" and not find.quoted:
        spans = [quotation.inner for quotation in speech.block(reading, find.cue)]
    end = spans[-1].end if spans else 0
    return bisect_left(reading.tree.starts, end) - 1 if end > find.cue.end else find.cue.i


def _go_on(reading: Reading, find: Find) -> None:
    """ "She said the bridge was gone and called it a crime": she called, not the bridge.

    A cue co-ordinated with what is said goes on with the speaker where its subject could not
    speak, or would speak of itself.
    """
    verb = find.cue
    if verb.dep != "conj" or syntax.child(verb, "nsubj", "nsubj:pass"):
        return
    if find.frame.frame == "adj" or (find.frame.act, find.frame.frame) == ("threaten", "target"):
        return  # "said the raid was a crime and threatened the truce": the raid did
    link = _link(verb)
    answered = _answered(reading, verb)
    if answered is not None and link is not None:
        find.source, find.cut = answered.source, link.idx
        return
    resumed = _resumes(verb)
    key, *others = (
        reading.cast.resolve(word) if word is not None else None
        for word in (find.source, find.target, find.addressee)
    )
    outer = _outer(reading, verb, far=resumed or (key is None and _is_parted(verb)))
    if outer is None or outer.quoted or link is None or _is_done_to(reading, find, outer):
        return
    resumed = resumed and outer.cue.tag == "VBD"
    same = outer.source is not None and key == reading.cast.resolve(outer.source)
    own = key is None or key in others or (same and verb.tag == "VBD") or resumed
    if own or _turns(verb) or (same and _calls(find)):
        find.source, find.cut = outer.source, link.idx


def _link(verb: Word) -> Word | None:
    """The "and" before a verb, or its comma in a list: "said it fell, blamed Kesh, and left"."""
    link = syntax.child(verb, "cc")
    if link is not None or verb.tag != "VBD":
        return link
    comma = verb.tree.words[verb.i - 1]
    later = (c for holder in (verb.head, verb) for c in syntax.children(holder, "conj"))
    listed = any(c.i > verb.i and c.tag == "VBD" and syntax.child(c, "cc") for c in later)
    return comma if comma.text == "," and listed else None


def _calls(find: Find) -> bool:
    """ "Said it had had reports and called on them to stop": a call is made, not reported."""
    return find.cue.tag == "VBN" and find.frame.act == "request" and not find.passive


def _outer(reading: Reading, verb: Word, *, far: bool) -> Find | None:
    """The statement in whose content the cue is co-ordinated; ``far``: also inside an aside."""
    inner = verb.head
    while inner not in reading.heads and _is_listed(inner):
        inner = inner.head
    while far and inner not in reading.heads and inner.dep in INSIDE:
        inner = inner.head
    return syntax.first(reversed(reading.heads.get(inner, ())))


def _is_done_to(reading: Reading, find: Find, outer: Find) -> bool:
    """ "Lane said they took her, accused her of spying and vowed to kill her": she does not."""
    speaker = reading.cast.resolve(outer.source) if outer.source is not None else None
    objects = [word for head in find.heads for word in syntax.objects(head)]
    met = [w for w in (find.target, find.addressee, *objects) if w is not None and w.pos == "PRON"]
    return speaker is not None and any(reading.cast.resolve(word) == speaker for word in met)


def _is_parted(verb: Word) -> bool:
    """Whether a comma stands before its "and": "the raid, which killed two, and called for …"."""
    link = syntax.child(verb, "cc")
    return link is not None and verb.tree.words[link.i - 1].text == ","


def _is_listed(verb: Word) -> bool:
    """Whether a verb goes on with what is said before it, and has no subject of its own."""
    return verb.dep == "conj" and not syntax.child(verb, *syntax.SUBJECTS)


def _resumes(verb: Word) -> bool:
    """Whether a comma parts it from a clause of another tense: "said he was ill, and told them"."""
    link = syntax.child(verb, "cc") if verb.dep == "conj" and verb.tag == "VBD" else None
    if link is None or link.i <= verb.sent.start or syntax.auxiliaries(verb):
        return False
    return verb.tree.words[link.i - 1].text == "," and verb.head.tag != "VBD"


def _answered(reading: Reading, verb: Word) -> Find | None:
    """ "Rejected the claim that troops had fired and accused her of lying": who rejected it."""
    noun = verb.head.head
    if verb.head.dep != "acl" or verb.tag not in {"VBD", "VBN"}:
        return None
    return syntax.first(f for f in reading.heads.get(noun, ()) if f.cue.tag == "VBD")


def _turns(verb: Word) -> bool:
    """Whether the tense is that of "said", not of what was said.

    "Said they were searching and appealed for help", "denied it had fired and accused Kesh".
    """
    if verb.tag not in {"VBD", "VBN"} or syntax.auxiliaries(verb):
        return False
    inner = verb.head
    if any(c.lower == "that" and c.dep == "mark" for c in verb.children):
        return False
    cop = syntax.children(inner, "cop")
    if inner.tag == "VBN" and "had" in syntax.auxiliaries(inner):
        return verb.tag == "VBD" and not cop
    return inner.tag in {"VBG", "VB"} and bool(syntax.auxiliaries(inner)) and not cop
