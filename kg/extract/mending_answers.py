"""Slips of the parser around what somebody answers: claims refuted, dismissed or called lies."""

from typing import Final

from kg.extract.dates_words import DAYS
from kg.extract.lexicon import cues, noun_cues, verbs
from kg.extract.mending_claims import heads
from kg.extract.tree import Word

FINITE: Final = frozenset({"VBD", "VBZ", "VBP"})
NOUNS: Final = frozenset({"np", "thing"})
"""Frames of cues whose object is what they answer to."""
REPLYING: Final = frozenset({"respond", "reply", "react", "answer", "counter", "retaliate"})
BESIDE: Final = frozenset({"conj", "punct", "cc"})


def mend_answer(words: list[Word], verb: Word) -> None:
    """Mend what hangs on a verb of answering and asking, or what it hangs on."""
    if verb.lemma == "call":
        _call_lies(words, verb)
        _call_absurd(words, verb)
    _take_dismissed(words, verb)
    _call_false(words, verb)
    _take_teller(words, verb)
    _return_saying(words, verb)
    for phrase in (w for w in words if w.head is verb and w.dep == "nmod" and w.i > verb.i):
        phrase.dep = "obl"  # "calls on all parties": no phrase is a verb's as it is a noun's


def free_day(words: list[Word], verb: Word) -> None:
    """ "The ministry on Friday denied it": that is when, and no kind of ministry."""
    before = next((w for w in words if w.i == verb.i - 1), None)
    noun = before.head if before is not None and before.lower in DAYS else None
    if before is None or noun is None or before.dep != "nmod" or noun.head is not verb:
        return
    if noun.dep.startswith("nsubj") and _has(words, before, "on"):
        before.head, before.dep = verb, "obl"


def take_claims(words: list[Word], verb: Word, claims: Word) -> None:
    """ "On Friday refuted claims that it fired": claims are refuted, and nobody claims.

    Two finite verbs do not stand side by side, so that the second is a noun.
    """
    if claims.tag not in {"VBZ", "NNS"} or claims.lemma not in noun_cues():
        return
    if claims.tag == "NNS" and not any(w.head is claims and w.dep == "nsubj" for w in words):
        return
    if verb.tag not in FINITE | {"VBN"} or not _answers(verb):
        return
    if verb in (claims, *heads(claims)) and claims.dep not in {"obj", "ccomp"}:
        return
    if verb not in heads(claims):
        verb.head, verb.dep = (verb if claims.head is claims else claims.head), claims.dep
    for word in words:
        if word.head is claims and word is not verb and (word.i < verb.i or word.is_punct):
            word.head = verb
        elif word.head is claims and word.dep == "ccomp":
            word.dep = "acl"
    verb.pos, verb.tag = "VERB", "VBD" if verb.tag == "VBN" else verb.tag
    claims.pos, claims.tag, claims.head, claims.dep = "NOUN", "NNS", verb, "obj"


def _call_lies(words: list[Word], verb: Word) -> None:
    """ "Called the reports lies": that is what they were called, and no report lies."""
    lies = (w for w in words if w.lower == "lies" and w.i > verb.i)
    named = next((w for w in lies if w.head is verb or verb.head is w), None)
    own = (w for w in words if (w.head is named and w.dep == "nsubj") or w.head is verb)
    what = next((w for w in own if w.i > verb.i and w.dep in {"nsubj", "obj"}), None)
    if named is None or what is None or what.i > named.i:
        return
    if verb.head is named:
        verb.head, verb.dep = (verb if named.head is named else named.head), named.dep
    named.pos, named.tag, named.head, named.dep = "NOUN", "NNS", verb, "xcomp"
    what.head, what.dep = verb, "obj"
    for word in words:
        if word.head is named and word.dep in BESIDE:
            word.head = verb


def _call_absurd(words: list[Word], verb: Word) -> None:
    """ "Called reports that they had fled "absurd"": so are the reports called."""
    for word in words:
        clause, what = word.head, word.head.head
        named = word.lower in verbs("dismissal") and word.dep in {"obj", "xcomp"}
        if not named or what.head is not verb or what.dep != "obj" or clause.dep != "acl":
            continue
        if what.lemma in noun_cues() and clause.i < word.i and not _has_own(words, word):
            word.head, word.dep = verb, "xcomp"


def _has_own(words: list[Word], word: Word) -> bool:
    """Whether a word has one of its own before it: "spread the lies"."""
    return any(w.head is word and w.dep in {"det", "amod", "nmod:poss"} for w in words)


def _call_false(words: list[Word], verb: Word) -> None:
    """ "Described as false the claim that it fired": the first is what it is called."""
    objects = [w for w in words if w.head is verb and w.dep == "obj" and w.i > verb.i]
    if len(objects) == 2 and _has(words, objects[0], "as"):
        objects[0].dep = "xcomp"


def _take_dismissed(words: list[Word], verb: Word) -> None:
    """ "Dismissed as fabricated the claims", "was dismissed as fabricated by the army".

    Nobody fabricates here: the claims are dismissed, and the army dismisses them.
    """
    name = next((w for w in words if w.head is verb and w.i > verb.i and _is_as(words, w)), None)
    if name is None or not _answers(verb):
        return
    if any(w.head is name and w.dep.startswith("nsubj") for w in words):
        return
    own = {w.dep for w in words if w.head is verb}
    for word in (w for w in words if w.head is name and w.i > name.i):
        if word.dep == "obj" and own.isdisjoint({"obj", "aux:pass"}):
            word.head = verb
            name.pos, name.tag = ("NOUN", "NN") if name.tag == "VB" else ("VERB", "VBN")
        elif word.dep in {"obl:agent", "obl"} and "aux:pass" in own and _has(words, word, "by"):
            word.head = verb


def _take_teller(words: list[Word], verb: Word) -> None:
    """ "The town fell, local media reported, citing …": they report, and are none that fell."""
    told = verb.head
    takes = any(cue.frame == "clause" for cue in cues().get(verb.lemma, ()))
    if verb.dep != "parataxis" or not takes or any(_is_subject(w, verb) for w in words):
        return
    loose = [w for w in words if _is_subject(w, told) or (w.head is told and w.dep == "appos")]
    if len(loose) > 1 and loose[0].i < told.i < loose[-1].i < verb.i and told.pos == "VERB":
        loose[-1].head, loose[-1].dep = verb, "nsubj"


def give_whom(words: list[Word], whom: Word) -> None:
    """ "The rebels, whom the general accused": the general does so, and is not accused."""
    after = (w for w in words if w.i > whom.i and w.pos == "VERB")
    verb = next(after, None)
    own = [w for w in words if w.head is verb]
    subject = next((w for w in own if whom.i < w.i and _is_subject(w, w.head)), None)
    helped = any(w.dep.startswith("aux") for w in own)
    if verb is None or subject is None or subject.i > verb.i or verb.dep != "acl:relcl":
        return
    whom.head, whom.dep, subject.dep = verb, "obj", "nsubj"
    verb.tag = "VBD" if verb.tag == "VBN" and not helped else verb.tag


def _is_subject(word: Word, verb: Word) -> bool:
    return word.head is verb and word.dep in {"nsubj", "nsubj:pass"}


def _return_saying(words: list[Word], verb: Word) -> None:
    """ "Corrected the statement, saying …": whoever corrects it says so, and no statement."""
    before = next((w for w in words if w.i == verb.i - 1), None)
    noun, above = verb.head, verb.head.head
    loose = verb.tag == "VBG" and verb.dep == "acl" and noun.dep in {"obj", "obl"}
    if loose and before is not None and before.text == "," and above.pos == "VERB":
        verb.head, verb.dep = above, "advcl"
    answering = next((w for w in heads(verb) if w.lemma in REPLYING), None)
    if answering is not None and verb.tag == "VBG" and _has(words, verb, "by"):
        verb.head, verb.dep = answering, "advcl"  # "responded to claims that it fired by saying …"


def _answers(verb: Word) -> bool:
    return any(cue.frame in NOUNS for cue in cues().get(verb.lemma, ()))


def _is_as(words: list[Word], name: Word) -> bool:
    """Whether a word is what something is called: "as fabricated", "as slander"."""
    return name.dep == "advcl" and name.tag in {"VBN", "VBD", "VB"} and _has(words, name, "as")


def _has(words: list[Word], head: Word, link: str) -> bool:
    return any(w.head is head and w.lower == link and w.i < head.i for w in words)
