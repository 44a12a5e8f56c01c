"""Which words of an article tell an event: verbs and event nouns of ``triggers.tsv``."""

from collections.abc import Iterator
from typing import Final

from kg.extract import syntax
from kg.extract.actors import naming
from kg.extract.events.tellings import Telling
from kg.extract.lexicon import Trigger, triggers
from kg.extract.tree import Sentence, Tree, Word
from kg.model import Span

AWAY: Final = frozenset({"back", "out"})
"""Adverbs that the parser may not know for particles."""
LONGEST: Final = 3
"""Words that may stand before the last one of an event phrase."""


def find(tree: Tree) -> Iterator[Telling]:
    """An empty telling for every trigger, in text order."""
    skipped = tree.quiet | {sent.index for sent in tree.sents if _is_question(tree, sent)}
    for token in tree:
        found = None
        if token.sent.index in skipped:
            continue
        if token.pos == "VERB" and token.dep != "amod":
            found = _verb(token)
        elif token.pos in {"NOUN", "PROPN"} and not naming.is_person(token):
            found = _noun(token)
        if found is not None:
            yield Telling(_head(token, found), found, _cue(token, found), found.mode)


def _is_question(tree: Tree, sent: Sentence) -> bool:
    return tree.text[sent.start_char : sent.end_char].rstrip("\"'”’ \n").endswith("?")


def _verb(token: Word) -> Trigger | None:
    """The longest entry that the verb, its particle, its object or a preposition makes up.

    A particle makes another verb of it: "hit out at", "fired back".
    """
    table, lemma = triggers(), token.lemma
    particle = _particle(token)
    thing = syntax.first(c.lower for c in syntax.children(token, "obj"))
    names = [f"{lemma} {particle}"]
    if particle is None or particle == thing:
        names = [f"{lemma} {thing}", lemma]
        for phrase in syntax.children(token, "obl"):
            case = syntax.case_of(phrase)
            names[:0] = [f"{lemma} {case} {phrase.lower}", f"{lemma} {case}"]
    return next((table[name, "verb"] for name in names if (name, "verb") in table), None)


def _particle(verb: Word) -> str | None:
    found = syntax.first(c.lower for c in syntax.children(verb, "compound:prt"))
    after = verb.rights[0] if verb.rights else None
    if found is None and after is not None and after.i == verb.i + 1 and after.lower in AWAY:
        return after.lower
    return found


def _noun(token: Word) -> Trigger | None:
    if token.dep in {"compound", "amod"} or token.entity:
        return None
    known = naming.noun_at(token)
    if known is not None and known.kind == "Document" and " " in known.noun:
        return None  # a press release frees nobody
    table, words = triggers(), token.tree.words
    base = token.lemma if token.pos == "NOUN" else token.lower.removesuffix("s")
    for start in range(max(token.sent.start, token.i - LONGEST), token.i + 1):
        left = token.tree.text[words[start].idx : token.idx].lower()
        found = table.get((left + token.lower, "noun")) or table.get((left + base, "noun"))
        if found is not None:
            return found
    return None


def _head(token: Word, trigger: Trigger) -> Word:
    """The word that a phrase hangs by: the state of "state of emergency"."""
    words = len(trigger.lemma.split())
    inside = " of " in trigger.lemma and token.i - words < token.head.i < token.i
    return token.head if inside else token


def _cue(token: Word, trigger: Trigger) -> Span:
    """The trigger's characters: for "cease-fire" or "car bomb" the whole phrase."""
    if trigger.pos == "verb" or " " not in trigger.lemma.replace("-", " "):
        return Span(token.idx, token.end)
    start, words = token.i, token.tree.words
    size = len(trigger.lemma) - 2
    while start > token.sent.start and token.end - words[start].idx < size:
        start -= 1
    return Span(words[start].idx, token.end)
