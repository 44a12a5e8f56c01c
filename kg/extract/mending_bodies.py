"""What parsers take for a helping verb and is a body's abbreviation: "IS fighters left"."""

from typing import Final

from kg.extract.lexicon import known_body
from kg.extract.tree import Word

SUBJECTS: Final = frozenset({"nsubj", "nsubj:pass", "csubj", "expl"})
HELPING: Final = frozenset({"aux", "aux:pass", "cop"})
NOUNS: Final = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})


def name_bodies(sentence: list[Word]) -> None:
    """Mend one sentence in place; not so "the town IS theirs", nor where all is in capitals."""
    if not any(word.text.islower() for word in sentence):
        return
    for at, word in enumerate(sentence[:-1]):
        helping = word.pos == "AUX" and word.dep in HELPING and word.text.isupper()
        if not helping or known_body(word.text) is None or word.head is word:
            continue
        before = sentence[at - 1] if at else None
        own = [w for w in sentence if w.head is word.head and w.dep in SUBJECTS]
        if before is not None and before.pos == "VERB":
            _mark(word, before, "obj")
            _give(sentence, before)
        elif any(w.i < word.i for w in own):
            continue
        elif sentence[at + 1].pos in NOUNS and own:
            _belong(word, own[0])
        elif word.head.pos == "VERB" and not own and word.i < word.head.i:
            _mark(word, word.head, "nsubj")
            _act(word.head, word)


def _belong(word: Word, subject: Word) -> None:
    """ "IS fighters shelled Orm": the fighters are its, and shelled it."""
    verb = subject.head
    _mark(word, subject, "compound")
    if subject.dep == "nsubj:pass":
        subject.dep = "nsubj"
        _act(verb, subject)


def _give(sentence: list[Word], verb: Word) -> None:
    """ "The army accused IS": with an object behind it, and no helper, it is what the army did."""
    for subject in sentence:
        if subject.head is verb and subject.dep == "nsubj:pass":
            _act(verb, subject)
            subject.dep = "nsubj" if verb.tag == "VBD" else subject.dep
    clause = verb.head
    if verb.dep == "nsubj:outer" and verb.i < clause.i:
        verb.head, verb.dep = verb if clause.head is clause else clause.head, clause.dep
        clause.head, clause.dep = verb, "xcomp"


def _act(verb: Word, subject: Word) -> None:
    """Let a verb without a helper of its own be finite."""
    between = verb.tree.words[subject.i + 1 : verb.i]
    if verb.tag == "VBN" and not any(w.head is verb and w.dep in HELPING for w in between):
        verb.tag = "VBD"


def _mark(word: Word, head: Word, dep: str) -> None:
    word.head, word.dep, word.pos, word.tag = head, dep, "PROPN", "NNP"
    word.lemma = word.text
    if word.entity is None:
        word.tree.mark(word.i, word.i + 1, "ORG")
