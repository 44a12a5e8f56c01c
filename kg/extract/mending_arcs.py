"""Slips of the parser that no sentence allows: crossing subjects, an object taken for a dummy."""

from functools import cache
from itertools import pairwise
from typing import Final

from kg.extract.lexicon import cues, nouns, verbs
from kg.extract.tree import Word

_SUBJECTS: Final = frozenset({"nsubj", "nsubj:pass"})
_AROUND: Final = frozenset({"obl", "obl:unmarked", "advmod"})
_CLAUSES: Final = frozenset({"advcl", "xcomp", "ccomp"})
_HELPED: Final = _SUBJECTS | {"aux", "aux:pass", "obl:agent"}
_BARE: Final = frozenset({"VB", "VBG"})
_AIMS: Final = frozenset({"advcl", "xcomp", "conj"})
_RESULTS: Final = frozenset({"dead", "alive", "free", "open"})
"""What a deed leaves somebody or something: "shot dead two men", "set free the hostages"."""
_DETERMINERS: Final = frozenset({"det", "nummod"})
_FLEEING: Final = frozenset({"flee", "escape"})
"""What somebody gets away from is a deed of others: "fled fighting", "escaped shelling"."""
_FINITE: Final = frozenset({"VBD", "VBZ", "VBP"})


def mend_arcs(sentence: list[Word]) -> None:
    """Mend one sentence in place."""
    subjects = [word for word in sentence if word.dep in _SUBJECTS]
    for one in subjects:
        _return_subject(one, subjects)
    for word in sentence:
        if word.dep in _AROUND:
            _return_circumstance(word)
        if word.dep == "obl" and word.pos == "NOUN":
            _return_to_talks(sentence, word)
        if word.dep == "obl" and word.pos == "NUM":
            _count_object(sentence, word)
        if word.dep == "conj" and word.head.tag in {"VB", "VBD", "VBG"}:
            _part_calls(sentence, word)
            _tell_past(sentence, word)
            _return_finite(sentence, word)
        if word.dep == "obj" and word.head.head.i < word.i < word.head.i:
            _give_back_deed(sentence, word)
        if word.dep == "compound" and word.i < word.head.head.i < word.head.i:
            _return_doer(sentence, word)
    for word, following in pairwise(sentence):
        _mend_word(word, following)
        _mend_clause(sentence, word, following)


def _mend_word(word: Word, following: Word) -> None:
    """Mend what one word is, or what it hangs on, by the next."""
    if word.dep == "expl" and word.head.i < word.i and following.tag == "IN":
        word.dep = "obj"  # "accused it of": nothing stands behind that "it" could stand for
    if following.lower in _RESULTS and word.pos == "VERB":
        _return_result(word, following)
    if word.lower == "who" and word.dep in _SUBJECTS:
        _return_relative(word.head)
    if word.text == "US" and word.pos == "PRON":
        word.pos = "PROPN"
    if following.tag == "VBG" and word.lemma in _FLEEING and following.dep in _CLAUSES:
        following.dep, following.lemma = "obj", following.lower
        following.pos, following.tag = "NOUN", "NN"


def _mend_clause(sentence: list[Word], word: Word, following: Word) -> None:
    """Mend what hangs together behind two words."""
    if word.dep == following.dep == "conj" and word.head is following.head:
        _join_conjuncts(sentence, word, following)
    if following.lower == "to" and following.dep == "case":
        _join_route(sentence, word, following.head)
    if word.lower == "to" and following.tag == "VB":
        _join_to_noun(sentence, word, following)
        _join_to_adjective(word, following)
    if word.dep == "cc" and following.dep == "conj" and following.tag == "VB":
        _join_infinitive(sentence, following)
    if following.tag == "VBG" and word.tag == "IN" and _hangs_inside(word, following):
        word.head, word.dep = following, "mark"


def _count_object(sentence: list[Word], number: Word) -> None:
    """ "Shot dead at least five": how many, not where."""
    before = sentence[max(0, number.i - sentence[0].i - 2) : number.i - sentence[0].i]
    bound = [w.lower for w in before] in (["at", "least"], ["at", "most"])
    if bound and not any(w.head is number.head and w.dep == "obj" for w in sentence):
        number.dep, before[0].dep = "obj", "advmod"


def _give_back_deed(sentence: list[Word], doer: Word) -> None:
    """ "Saw soldiers beat my colleague, Ned Holt": who stands between two verbs does the second."""
    verb = doer.head
    if verb.dep not in _CLAUSES or doer.tag.startswith("W") or doer.pos == "PRON":
        return
    own = [w for w in sentence if w.head is verb and w.i != doer.i]
    if any(w.dep in _SUBJECTS and w.i < verb.i for w in own) or any(w.lower == "to" for w in own):
        return
    done = next((w for w in own if w.dep == "obj" and w.i > verb.i), None)
    for word in own:
        if word.dep in _SUBJECTS and done is not None:
            word.head, word.dep = done, "appos"
    doer.dep = "nsubj"


def _return_doer(sentence: list[Word], doer: Word) -> None:
    """ "The army shelled rebel trenches": no part of what stands behind the verb; it shelled."""
    verb = doer.head.head
    if verb.tag in _FINITE and not any(w.head is verb and w.dep in _SUBJECTS for w in sentence):
        doer.head, doer.dep = verb, "nsubj"


def _return_result(verb: Word, result: Word) -> None:
    """ "Shot dead two men": no particle, nor does it go with the men; "found dead birds" does."""
    if result.head is verb and result.dep in {"compound:prt", "advmod"}:
        result.dep = "xcomp"
    thing, following = result.head, result.tree.words[result.i + 1 : result.sent.end]
    behind = following[0] if following else verb
    counted = (behind.head is thing and behind.dep in _DETERMINERS) or behind is thing
    if result.dep == "amod" and thing.head is verb and counted:
        result.head, result.dep = verb, "xcomp"


def _return_subject(one: Word, subjects: list[Word]) -> None:
    """ "The governor said two people were killed": the first subject is the first verb's."""
    verb = one.head
    above = verb.head
    if above is verb or not one.i < above.i < verb.i or above.tag not in _FINITE:
        return
    others = [word for word in subjects if word is not one]
    doubled = any(word.head is verb and word.i > above.i for word in others)
    if doubled and not any(word.head is above for word in others):
        one.head, one.dep = above, "nsubj"


def _return_circumstance(word: Word) -> None:
    """ "We left, she told reporters in Kesh": behind the telling verb it is where she told."""
    verb = word.head
    if verb.dep == "ccomp" and verb.i < verb.head.i < word.i and verb.head.tag in _FINITE:
        word.head = verb.head


def _return_to_talks(sentence: list[Word], matter: Word) -> None:
    """ "Renewed talks today on a pullback": what the talks are on, and no pullback yet."""
    verb = matter.head
    cases = [word.lower for word in sentence if word.head is matter and word.dep == "case"]
    if cases[:1] in (["on"], ["over"], ["about"]):
        for word in sentence:
            if word.head is verb and word.dep == "obj" and word.lemma in verbs("talking"):
                matter.head, matter.dep = word, "nmod"


def _return_relative(clause: Word) -> None:
    """ "A woman linked to the KMA who shot at officers": who shot is she, not the body."""
    named = above = clause.head
    body = named.entity is not None and named.entity.label != "PERSON"
    while body and (above.dep in {"nmod", "acl"} or above.head.dep == "acl"):
        above = above.head
        noun = nouns().get(above.lemma)
        if noun is not None and noun.kind == "Person":
            clause.head = above
            return


def _join_conjuncts(sentence: list[Word], modifier: Word, noun: Word) -> None:
    """ "Kesh and Lorn leaders": nothing parts the last two, so that they are one member."""
    if noun.pos not in {"NOUN", "PROPN"} or modifier.pos not in {"NOUN", "PROPN", "ADJ"}:
        return
    link = sentence[max(0, modifier.i - sentence[0].i - 1)]
    if link.dep == "cc" and link.head is modifier:
        link.head = noun
    modifier.head, modifier.dep = noun, "compound"


def _join_route(sentence: list[Word], first: Word, last: Word) -> None:
    """ "On the road from Orm to Kesh": what happens there does not happen in Kesh."""
    opens = any(w.head is first and w.lower == "from" and w.dep == "case" for w in sentence)
    if opens and first.dep == "nmod" and first.head.i < first.i and last.head is first.head.head:
        last.head, last.dep = first.head, "nmod"


def _join_to_noun(sentence: list[Word], to: Word, verb: Word) -> None:
    """ "Proposed a panel to visit Kesh": the panel would visit, not who proposed it."""
    above = verb.head
    if verb.dep not in _CLAUSES or above.i > to.i or above.lemma not in _of_things():
        return
    before = next((word for word in reversed(sentence) if word.i < to.i), above)
    while before.head is not above and before.head is not before:
        before = before.head
    if before.dep == "obj" and before.pos == "NOUN" and before.i < to.i:
        verb.head, verb.dep = before, "acl"


def _join_to_adjective(to: Word, verb: Word) -> None:
    """ "Is due to meet": what it is due to do, not with what aim it is due."""
    if verb.dep == "advcl" and verb.head.pos == "ADJ" and verb.head.i == to.i - 1:
        verb.dep = "xcomp"


def _part_calls(sentence: list[Word], asked: Word) -> None:
    """ "Called on Kesh to disarm, and on Marland to send aid": Marland is to send it."""
    verb, above = asked.head, asked.head.head
    links = [w.lower for w in sentence if w.head is asked and w.dep == "case"]
    frames = {cue.frame for cue in cues().get(above.lemma, ())}
    if asked.pos not in {"NOUN", "PROPN"} or not any(f"{link}+inf" in frames for link in links):
        return
    for clause in sentence:
        loose = clause.head is verb and clause.dep in _CLAUSES | {"conj"} and clause.tag == "VB"
        if loose and verb.i < asked.i < clause.i:
            asked.head, asked.dep = clause, "nsubj"
            clause.dep = "conj"
            return


def _join_infinitive(sentence: list[Word], verb: Word) -> None:
    """ "Called on her to go and say so": a bare verb goes on with "to go", not with "called"."""
    above = verb.head
    opened = any(w.head is verb and w.dep in {"aux", "mark", *_SUBJECTS} for w in sentence)
    if above.tag not in {"VBD", "VBZ", "VBN"} or opened:
        return
    between = (w for w in sentence if above.i < w.i < verb.i and w.head is above)
    infinitives = [w for w in between if w.tag == "VB" and w.dep in _CLAUSES]
    verb.head = infinitives[-1] if infinitives else above


def _tell_past(sentence: list[Word], verb: Word) -> None:
    """ "Refused to leave and fired on them": they fired, and nothing here "is fired"."""
    before = sentence[max(0, verb.i - sentence[0].i - 1)]
    own = {w.dep for w in sentence if w.head is verb or (w.head is verb.head and w.i > verb.head.i)}
    if verb.tag == "VBN" and before.dep == "cc" and own.isdisjoint(_HELPED):
        verb.tag = "VBD"


def _return_finite(sentence: list[Word], verb: Word) -> None:
    """ "Urges them to stop and calls for talks": "calls" goes on with "urges", not with "stop"."""
    above = verb.head
    if (
        above.tag not in _BARE
        or verb.tag not in {"VBZ", "VBD"}
        or any(w.head is verb and w.dep in {"aux", "mark", *_SUBJECTS} for w in sentence)
    ):
        return
    while above.tag in _BARE and above.dep in _AIMS and above.head.i < above.i:
        above = above.head
    if above.tag == verb.tag and above.i < verb.i and above.dep != "ccomp":
        verb.head = above


@cache
def _of_things() -> frozenset[str]:
    """Cue verbs that take a thing, and not somebody with an infinitive ("urged her to leave")."""
    return frozenset(
        lemma
        for lemma, found in cues().items()
        if any(cue.frame.startswith("np") for cue in found)
        and all(cue.frame != "obj+inf" for cue in found)
    )


def _hangs_inside(preposition: Word, gerund: Word) -> bool:
    """ "Of shelling the town": the preposition was hung on what the gerund governs."""
    noun = preposition.head
    return noun.i > gerund.i and noun.head is gerund and preposition.dep == "case"
