"""Which words of an article tell an event: verbs and event nouns of ``triggers.tsv``."""

from collections.abc import Iterator
from functools import cache
from typing import Final

from kg.extract import syntax
from kg.extract.actors import naming
from kg.extract.events import means, rising, words
from kg.extract.events.tellings import Telling
from kg.extract.lexicon import Trigger, nouns, triggers, verbs
from kg.extract.tree import Sentence, Tree, Word
from kg.model import Span

AWAY: Final = frozenset({"back", "out"})
"""Adverbs that the parser may not know for particles."""
STOPPAGE: Final = Trigger("strike", "noun", "PROTEST", "strike", mutual=False, recipient=())
FEUD: Final = Trigger("feud", "noun", "ASSAULT", None, mutual=True, recipient=())
FIGURES: Final = frozenset({"words", "nerves", "minds"})
"""What a war or battle is of that is none."""
LONGEST: Final = 3
"""Words that may stand before the last one of an event phrase."""


def find(tree: Tree) -> Iterator[Telling]:
    """An empty telling for every trigger, in text order."""
    skipped = tree.quiet | {sent.index for sent in tree.sents if _is_question(tree, sent)}
    told = (sent for sent in tree.sents if sent.index not in skipped)
    for token in (token for sent in told for token in tree.of(sent)):
        found = None
        predicate = token.pos == "VERB" or (token.pos == "ADJ" and syntax.child(token, "cop"))
        if predicate and token.dep != "amod":
            found = _verb(token)
            found = None if found is not None and _only_lends(token, found) else found
        elif token.pos in {"NOUN", "PROPN"} and not naming.is_person(token):
            found = _noun(token)
        if found is not None:
            yield Telling(_head(token, found), found, _cue(token, found), found.mode)


def _only_lends(verb: Word, found: Trigger) -> bool:
    """ "Hosted talks": the event is the noun's, not a meeting of its own."""
    return found.lemma in verbs("welcoming") and any(_noun(c) for c in syntax.children(verb, "obj"))


def _is_question(tree: Tree, sent: Sentence) -> bool:
    return tree.text[sent.start_char : sent.end_char].rstrip("\"'”’ \n").endswith("?")


def _verb(token: Word) -> Trigger | None:
    """The longest entry that the verb, its particle, its object or a preposition makes up.

    A particle makes another verb of it: "hit out at", "fired back".
    """
    table, lemma = triggers(), token.lemma
    if lemma not in _first_words():
        return None
    particle, things = _particle(token), _things(token)
    joined = particle is not None and all(particle != thing.lower for thing in things)
    stem = f"{lemma} {particle}" if joined else lemma
    names = [f"{stem} {word}" for thing in things for word in _forms(thing)]
    given = _given(token, stem, things)
    if given is not None and all((name, "verb") not in table for name in names):
        return given
    for child in syntax.children(token, "xcomp", "advmod"):
        after = f"{lemma} {child.lower}"
        names += [*(f"{after} {thing.lower}" for thing in syntax.children(child, "obj")), after]
    names.append(stem)
    for phrase in syntax.children(token, "obl"):
        case = syntax.case_of(phrase)
        if joined:
            names[:0] = [f"{stem} {phrase.lower}"]
        else:
            names[:0] = [f"{lemma} {case} {phrase.lower}", f"{lemma} {case}"]
    return next((table[name, "verb"] for name in names if (name, "verb") in table), None)


@cache
def _first_words() -> frozenset[str]:
    """The verbs that open an entry: all others tell no event."""
    known = (lemma.split()[0] for lemma, pos in triggers() if pos == "verb")
    return frozenset(known) | {lemma.split()[0] for lemma in verbs("giving")}


def _things(verb: Word) -> list[Word]:
    """What is given or fired: the object, of a passive the subject; and what it measures out."""
    found = syntax.children(verb, "obj")
    if not found and verb.tag == "VBN":
        found = syntax.children(verb, "nsubj:pass")
    if not found and syntax.child(verb, "compound:prt"):
        found = [c for c in syntax.children(verb, "obl") if not syntax.case_of(c)]
    if not found and verb.dep == "acl" and verb.tag == "VBN":
        found = [verb.head]
    last = 2 if found and found[0].tag == "$" else 1  # "$26 million in aid" may be two
    return [word for thing in found[:last] for word in words.contents(thing)]


def _forms(thing: Word) -> tuple[str, ...]:
    return (thing.lower,) if thing.lower == thing.lemma else (thing.lower, thing.lemma)


def _given(verb: Word, stem: str, things: list[Word]) -> Trigger | None:
    """Aid: "sent two tonnes of flour to Kesh", "supplied Kesh with arms"."""
    if stem not in verbs("giving"):
        return None
    goods = words.goods()
    if any(form in goods for thing in things for form in _forms(thing)):
        return words.GIVEN
    with_ = (c for c in syntax.obliques(verb, "with") if c.dep.startswith("obl"))
    inner = (thing for phrase in with_ for thing in words.contents(phrase))
    equipped = any(form in goods for thing in inner for form in _forms(thing))
    return words.EQUIPPED if equipped and things else None


def _particle(verb: Word) -> str | None:
    found = syntax.first(c.lower for c in syntax.children(verb, "compound:prt"))
    after = verb.rights[0] if verb.rights else None
    if found is not None or after is None:
        return found
    adverb = verb.tree.words[verb.i + 1]  # also where it is hung on what follows: "handed over 700"
    known = f"{verb.lemma} {adverb.lower}" in verbs("giving") and adverb.pos == "ADV"
    return adverb.lower if known or (after is adverb and after.lower in AWAY) else None


def _noun(token: Word) -> Trigger | None:
    figure = any(inner.lower in FIGURES for inner in syntax.children(token, "nmod"))
    if token.dep in {"compound", "amod"} or token.entity or figure or means.befalls(token):
        return None
    base = token.lemma if token.pos == "NOUN" else token.lower.removesuffix("s")
    if base in verbs("quarrelling") and rising.is_deadly(token):
        return FEUD
    if base not in _last_words() and token.lower not in _last_words():
        return None
    known = naming.noun_at(token)
    if known is not None and known.kind == "Document" and " " in known.noun:
        return None  # a press release frees nobody
    table, before = triggers(), token.tree.words
    for start in range(max(token.sent.start, token.i - LONGEST), token.i + 1):
        left = token.tree.text[before[start].idx : token.idx].lower()
        found = table.get((left + token.lower, "noun")) or table.get((left + base, "noun"))
        if found is not None:
            return STOPPAGE if base == "strike" and _is_stoppage(token) else found
    return None


@cache
def _last_words() -> frozenset[str]:
    """The nouns that end an entry: all others tell no event."""
    return frozenset(
        word
        for lemma, pos in triggers()
        if pos == "noun"
        for word in (lemma.split()[-1], lemma.split()[-1].split("-")[-1])
    )


def _is_stoppage(noun: Word) -> bool:
    """Whether a strike is the laying down of work: its sentence is of workers and pay."""
    if any(child.dep in {"amod", "compound"} for child in noun.lefts):
        return any(c.lemma in words.labour() for c in noun.lefts)
    called = syntax.subject(noun.head) if noun.dep == "obj" else None
    against = any(syntax.case_of(child) == "against" for child in noun.rights)
    if against and any(c.lemma in words.labour() for c in (*noun.lefts, *filter(None, [called]))):
        return True
    near = noun.tree.of(noun.sent)
    if any(syntax.case_of(child) in {"on", "against"} for child in noun.rights):
        return False
    return any(word.lemma in words.labour() or _is_labour(word.lower) for word in near)


def _is_labour(word: str) -> bool:
    known = nouns().get(word)
    return known is not None and known.sector == "LAB"


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
