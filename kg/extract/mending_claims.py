"""Slips of the parser around the clause of a claim, and around the clause a cue leads to."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from kg.extract.lexicon import cues, noun_cues
from kg.extract.tree import Word

FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
HELPING: Final = frozenset({"aux", "aux:pass", "cop"})
NAMING: Final = frozenset({"NOUN", "PROPN", "ADJ", "DET", "NUM"})
QUOTES: Final = frozenset({'"', "”", "''", "»", "“"})
CLOSING: Final = frozenset({".", '"', "”", "'", "’", "''"})
PLURAL: Final = "s"
WITHIN: Final = frozenset({"ccomp", "xcomp", "conj", "advcl"})
ANSWERING: Final = frozenset({"deny", "reject", "accuse", "condemn"})
ADDING: Final = frozenset({"add", "note", "stress", "warn"})
"""What a speaker goes on with: "said it had fallen, adding that …"."""
RUMOURS: Final = frozenset({"rumour", "rumor"})
"""Claims that are nobody's, so that they are no cue."""


def mend_claim(words: list[Word], before: Word, that: Word) -> None:
    """ "Reports that rebels fled were untrue": the reports were untrue, the rebels fled."""
    above = (word for word in (before, *heads(before)) if word.i < that.i)
    noun = next((word for word in above if _is_claim(word)), None)
    if noun is None or that.dep not in {"mark", "det", "nsubj"}:
        return
    clauses = list(_clauses(words, that))
    _give_back_object(words, clauses)
    main = next((c for c in clauses[1:] if _is_bare(words, c, noun)), None)
    if main is None:
        return
    told = that.head if that.head in clauses and that.head is not main else clauses[0]
    if told.dep != "acl:relcl" or that.dep == "mark":
        _part(words, (noun, that, told, main))


def _give_back_object(words: list[Word], clauses: list[Word]) -> None:
    """ "The claim that it had warned residents was denied": the claim was, and no resident."""
    for told, main in pairwise(clauses):
        own = [w for w in words if w.head is main]
        subject = next((w for w in own if w.dep == "nsubj:pass"), None)
        answers = any(cue.act in ANSWERING for cue in cues().get(main.lemma, ()))
        passive = any(w.dep == "aux:pass" for w in own)
        bare = not any(
            w.head is told and w.dep in {"obj", "ccomp"} and w is not main for w in words
        )
        if subject is not None and answers and passive and bare and told.i < subject.i < main.i:
            subject.head, subject.dep = told, "obj"


def _is_claim(noun: Word) -> bool:
    """Whether the word is a noun that tells of a claim, though it may look like a verb."""
    known = noun.lemma in noun_cues() or noun.lemma in RUMOURS
    return known and (noun.pos == "NOUN" or (noun.tag == "VBZ" and noun.lower.endswith(PLURAL)))


def _clauses(words: list[Word], that: Word) -> Iterator[Word]:
    """The words that finite verbs behind "that" make clauses of, in order."""
    found: dict[Word, None] = {}
    for word in (w for w in words if w.i > that.i and w.tag in FINITE):
        found.setdefault(word.head if word.dep in HELPING else word)
    yield from found


def _is_bare(words: list[Word], clause: Word, noun: Word) -> bool:
    """Whether nothing but the noun is the subject of a clause that is joined to no other."""
    subjects = (w for w in words if w.head is clause and w.dep.startswith(("nsubj", "expl")))
    return clause.dep != "conj" and all(w is noun for w in subjects)


def _part(words: list[Word], parts: tuple[Word, Word, Word, Word]) -> None:
    """Hang a claim and its clause under what is said of it, and share out the other words."""
    noun, that, told, main = parts
    start = min(w.i for w in words if w is main or (w.head is main and w.dep in HELPING))
    passive = any(w.head is main and w.dep == "aux:pass" for w in words)
    if {noun, told} & set(heads(main)):
        main.head = main if noun.head in (noun, main) else noun.head
        main.dep = "root" if main.head is main else "ccomp"
    for word in words:
        if word.i >= start and word.head in (noun, told) and word not in (told, main):
            word.head = main
        elif noun.i < word.i < start and word.head is main and word is not told:
            word.head = told
    noun.pos, noun.tag, noun.head = "NOUN", noun.tag.replace("VBZ", "NNS"), main
    noun.dep = "nsubj:pass" if passive else "nsubj"
    that.head, that.dep, told.head, told.dep = told, "mark", noun, "acl"


def heads(word: Word) -> Iterator[Word]:
    """The heads above a word in a tree that may not be one yet."""
    seen = {word}
    while word.head not in seen:
        word = word.head
        seen.add(word)
        yield word


def free_claim(words: list[Word], that: Word) -> None:
    """ "The claim by the rebels that the army shelled the town": what is claimed, not shelled."""
    clause, owner = that.head, that.head.head
    objects = [w for w in words if w.head is clause and w.dep == "obj" and w is not that]
    if clause.dep != "acl:relcl" or that.lower != "that" or not objects:
        return
    if owner.dep == "nmod" and owner.head.lemma in noun_cues() and owner.head.i < owner.i:
        that.dep, clause.head, clause.dep = "mark", owner.head, "acl"


def give_subject(words: list[Word], verb: Word) -> None:
    """ "Denied its men fired": they fired. "The town fell, says army": the army says."""
    own = [w for w in words if w.head is verb]
    after = [w for w in own if w.i > verb.i]
    what = next((w for w in after if w.dep in {"obj", "iobj"}), None)
    clause = next((w for w in after if w.dep in {"ccomp", "xcomp"} and _is_told(words, w)), None)
    teller = next((w for w in words if w.dep == "vocative" and w.i == verb.i + 1), None)
    if verb.lemma == "say" and clause is None and what is not None and what.dep == "iobj":
        teller = what  # nobody is said something
    if what is not None and clause is not None and _is_between(words, what, (verb, clause)):
        passive = any(w.head is clause and w.dep == "aux:pass" for w in words)
        what.head, what.dep = clause, "nsubj:pass" if passive else "nsubj"
        clause.dep = "ccomp"
    elif teller is not None and not any(w.dep.startswith("nsubj") for w in own):
        teller.head, teller.dep = verb, "nsubj"


def give_clause(words: list[Word], verb: Word) -> None:
    """ "Rebels say army shelled camp": nobody says a camp, so that a headline goes on there."""
    what = next((w for w in words if w.head is verb and w.dep in {"obj", "iobj"}), None)
    done = next((w for w in words if w.head is what and w.dep == "amod" and w.tag == "VBN"), None)
    if verb.lemma != "say" or what is None or done is None:
        return
    before = [w for w in words if verb.i < w.i < done.i and w.head in (what, done)]
    if not before or before[-1].pos not in {"NOUN", "PROPN"} or before[0].dep == "det":
        return
    for word in before:
        word.head = before[-1]
    before[-1].head, before[-1].dep = done, "nsubj"
    what.head, what.dep = done, "obj"
    done.head, done.dep, done.tag = verb, "ccomp", "VBD"


def free_quoted(words: list[Word], verb: Word) -> None:
    """ "“What we want? Peace,” says Ada Lane": she says it, and no peace does."""
    subjects = [w for w in words if w.head is verb and w.dep == "nsubj"]
    if len(subjects) == 2 and subjects[0].i < verb.i < subjects[1].i:
        between = words[subjects[0].i - words[0].i : verb.i - words[0].i]
        if any(w.text in QUOTES for w in between):
            subjects[0].dep = "parataxis"


def free_teller(words: list[Word], verb: Word) -> None:
    """'"It fell," Ada Lane posted on X': she posted, and is no second subject of "fell"."""
    who, told = verb.head, verb.head.head
    stray = verb.tag == "VBN" and verb.dep == "acl" and who.dep == "nsubj" and told.i < who.i
    if not stray or not any(w.head is told and w.dep == "nsubj" and w is not who for w in words):
        return
    verb.head, verb.dep = (verb if told.head is told else told.head), told.dep
    told.head, told.dep, who.head, verb.tag = verb, "ccomp", verb, "VBD"


def return_participle(words: list[Word], verb: Word) -> None:
    """ "Denied that they fired, saying …": who denies says so, not those who did not fire."""
    before = next((w for w in words if w.i == verb.i - 1), None)
    if verb.tag != "VBG" or verb.dep != "advcl" or before is None or before.text != ",":
        return
    cue = next((w for w in heads(verb) if w.dep not in WITHIN), verb)
    if cue.dep == "acl" and cue.head.dep == "obj" and cue.head.lemma in noun_cues():
        cue = cue.head.head  # "withdrew her claim that it had burned, saying …"
    acts = {found.act for lemma in (cue.lemma, verb.lemma) for found in cues().get(lemma, ())}
    answers = not ANSWERING.isdisjoint(acts)
    helped = any(w.head is cue and w.dep == "aux" for w in words)
    told = cue.tag in FINITE or (cue.tag == "VBN" and helped)
    if cue.lemma in cues() and told and (answers or verb.lemma in ADDING):
        verb.head = cue


def return_clause(words: list[Word], verb: Word) -> None:
    """ "Said in a speech to the nation that it was over": she said so, of no nation."""
    own = [w for w in words if w.head is verb]
    takes = any(cue.frame == "clause" for cue in cues().get(verb.lemma, ()))
    if not takes or any(w.dep in {"ccomp", "xcomp", "obj"} for w in own):
        return
    for that in (w for w in words if w.i > verb.i and w.lower == "that"):
        clause, subjects = that.head, [w for w in words if w.head is that.head and w is not that]
        links = {"mark", "nsubj", "obj"} if clause.head.pos == "PROPN" else {"mark", "nsubj"}
        whole = that.dep in links and any(w.dep.startswith("nsubj") for w in subjects)
        behind = {"obl", "obl:agent"}  # "was told by residents that it was over"
        inside = any(w in own and w.dep in behind for w in (clause.head, clause.head.head))
        inside = inside and not _is_claim(clause.head)  # "responded to claims that it was over"
        if whole and inside and clause.dep in {"acl", "acl:relcl"}:
            that.dep, clause.head, clause.dep = "mark", verb, "ccomp"
            return


def give_speaker(words: list[Word], verb: Word) -> None:
    """ "Bridge not mined, say police": a headline ends with who says so."""
    after = words[verb.i - words[0].i + 1 :]
    size = next((n for n, w in enumerate(after) if w.pos not in NAMING), len(after))
    phrase = after[:size]
    closed = all(w.is_space or w.text in CLOSING for w in after[size : size + 1])
    heads = [w for w in phrase if w.head not in phrase and w.pos in {"NOUN", "PROPN"}]
    if not closed or len(heads) != 1:
        return
    told = [w for w in words if w.head is verb and w.dep == "ccomp" and w.i < verb.i]
    for subject in (w for w in words if w.head is verb and w.dep == "nsubj" and w.i < verb.i):
        subject.head = told[-1] if told else subject.head
    heads[0].head, heads[0].dep, verb.pos = verb, "nsubj", "VERB"
    verb.tag = "VBP" if verb.tag in {"VB", "UH"} else verb.tag
    verb.dep = "parataxis" if verb.dep == "discourse" else verb.dep


def _is_told(words: list[Word], clause: Word) -> bool:
    """Whether a clause has a tense, and no subject; "crossed" may be marked as a participle."""
    own = [w for w in words if w.head is clause]
    if any(w.dep.startswith(("nsubj", "expl", "csubj", "mark")) for w in own):
        return False
    finite = clause.tag in FINITE or any(w.tag in FINITE for w in own if w.dep in {"aux", "cop"})
    denied = any(cue.act == "deny" for cue in cues().get(clause.head.lemma, ()))
    return finite or (clause.tag == "VBN" and denied)


def _is_between(words: list[Word], what: Word, ends: tuple[Word, Word]) -> bool:
    """Whether nothing but the phrase of a word stands between a verb and its clause."""
    verb, clause = ends
    inside = [w for w in words if verb.i < w.i < clause.i and w.head is not clause]
    return what in inside and all(w is what or what in heads(w) for w in inside)
