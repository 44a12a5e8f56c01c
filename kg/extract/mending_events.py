"""Mends what parsers often make of reports of events, each sure from word order alone.

Only heads, relations, tags and false names change; no word is added, dropped or moved.
"""

from functools import cache
from typing import Final

from kg.extract.lexicon import at_least, hedges, triggers, verbs
from kg.extract.tree import Word

PAST: Final = frozenset({"VBD", "VBZ", "VBP"})
BEING: Final = frozenset({"is", "are", "was", "were"})
OPENERS: Final = frozenset({"since", "after", "before", "until", "as"})
ENDS: Final = frozenset({".", "!", "?", "…"})
HARM: Final = frozenset({"kill", "wound", "injure", "hurt"})


def mend_events(sentence: list[Word]) -> None:
    """Mend one sentence in place."""
    for word in sentence:
        if word.dep == "conj":
            _give_back_wounded(sentence, word)
            _part_wounded(sentence, word)
        elif word.dep == "compound" and word.tag in {"VB", "NN"}:
            _due_to_do(sentence, word)
            _hospital_shelled(sentence, word)
        elif word.dep == "obl" and word.head.tag in PAST:
            _subject_of_clause(sentence, word)
        elif word.dep == "nsubj:outer" and word.head.tag == "VB":
            _is_to_do(sentence, word)
        elif word.dep == "advcl" and word.tag == "VBG" and word.lemma in HARM:
            _killing_in_all(word)
        elif word.dep in {"acl", "advcl"} and word.tag == "VB":
            _headline_to_do(sentence, word)
            _foiled(sentence, word)
        elif word.dep == "nmod" and word.head.dep == "nmod":
            _done_to(sentence, word)
        elif word.dep == "amod" and word.tag == "VBN":
            _scores_wounded(sentence, word)
            _charged_them(sentence, word)
        elif word.dep == "nsubj":
            _seen_to_do(sentence, word)
            _convoy_hit(sentence, word)
            _second_leader(sentence, word)
        elif word.dep == "acl:relcl" and word.head.pos == "NOUN":
            _who(sentence, word)
            _that_killed(sentence, word)
        elif word.dep == "acl" and word.tag == "VBN" and word.lemma in verbs("presuming"):
            _for_it_to_be(sentence, word)


def _give_back_wounded(sentence: list[Word], noun: Word) -> None:
    """ "Killed nine civilians and wounded 23 others": the others are wounded."""
    verb = next((w for w in reversed(sentence) if w.i < noun.i and w.dep != "nummod"), None)
    if verb is None or verb.lemma not in HARM or verb.dep != "conj" or verb.i < noun.head.i:
        return
    counted = any(word.head is noun and word.dep == "nummod" for word in sentence)
    given = any(w.head is verb and w.dep in {"obj", "nsubj", "nsubj:pass"} for w in sentence)
    if noun.pos == "NOUN" and counted and not given:
        noun.head, noun.dep = verb, "obj"


def _part_wounded(sentence: list[Word], noun: Word) -> None:
    """ "Eleven people were killed and 30 others injured": the others are not killed."""
    at = noun.i - sentence[0].i + 1
    verb = sentence[at] if at < len(sentence) else noun
    hurt = verb.tag == "VBN" and verb.lemma in HARM and verb.dep == "conj"
    if hurt and noun.head.i < verb.head.i < noun.i:
        noun.head, noun.dep = verb, "nsubj:pass"


def _due_to_do(sentence: list[Word], verb: Word) -> None:
    """ "Are due to resume talks": the talks are what is resumed."""
    noun = verb.head
    due = next((w for w in sentence if w.i == verb.i - 2 and w.lower == "due"), None)
    mark = next((w for w in sentence if w.i == verb.i - 1 and w.lower == "to"), None)
    if due is None or mark is None or due.head is not noun:
        return
    due.head, due.dep, due.pos = (due if noun.head is noun else noun.head), noun.dep, "ADJ"
    for word in sentence:
        if word.head is noun and word.i < due.i:
            word.head = due
    mark.head, mark.dep = verb, "mark"
    verb.head, verb.dep, verb.pos, verb.tag = due, "xcomp", "VERB", "VB"
    noun.head, noun.dep = verb, "obj"


def _subject_of_clause(sentence: list[Word], noun: Word) -> None:
    """ "Since the front signed a truce": the front signs, and "since" opens the clause."""
    verb = noun.head
    if verb.dep != "advcl" or noun.i > verb.i:
        return
    mine = [word for word in sentence if word.head is verb and word.i < verb.i]
    case = next((w for w in sentence if w.head is noun and w.dep == "case"), None)
    if case is None or case.lower not in OPENERS or noun.entity is None:
        return
    if any(word.dep.startswith(("nsubj", "csubj", "aux")) for word in mine):
        return
    noun.dep = "nsubj"
    case.head, case.dep = verb, "mark"


def _is_to_do(sentence: list[Word], subject: Word) -> None:
    """ "The delegations are to hold talks": they hold them, in time to come."""
    verb = subject.head
    cop = next((w for w in sentence if w.head is verb and w.dep == "cop"), None)
    if cop is not None and cop.lower in BEING and cop.i + 1 < verb.i:
        subject.dep, cop.dep = "nsubj", "aux"


def _killing_in_all(verb: Word) -> None:
    """ "Fired on a crowd that had gathered, killing three": who fired killed, not the crowd."""
    clause = verb.head
    victims = clause.head
    if clause.dep != "acl:relcl" or _assaults(clause) or victims.dep not in {"obj", "obl", "nmod"}:
        return
    above = victims.head
    while above.pos == "NOUN" and above.head is not above:
        above = above.head
    before = verb.tree.words[verb.i - 1]
    if above.pos == "VERB" and before.text == "," and above.i < victims.i and _assaults(above):
        verb.head = above


def _assaults(verb: Word) -> bool:
    return verb.lemma in _assaulting()


@cache
def _assaulting() -> frozenset[str]:
    """The verbs that open an entry of an attack: fire, open (fire), attack."""
    known = triggers().items()
    armed = (lemma for (lemma, pos), one in known if pos == "verb" and one.event_type == "ASSAULT")
    return frozenset(lemma.split()[0] for lemma in armed)


def _headline_to_do(sentence: list[Word], verb: Word) -> None:
    """ "Kesh to recognise Wadai": in a headline the name is who will do it."""
    name = verb.head
    before = [word for word in sentence if word.i < verb.i]
    if name.head is not name or name.pos != "PROPN" or len(before) < 2:
        return
    if before[-1].lower != "to" or before[-2] is not name:
        return
    if any(word.tag in PAST for word in sentence):
        return
    for word in sentence:
        if word.head is name and word.i > verb.i:
            word.head = verb
    verb.head, verb.dep = verb, "root"
    name.head, name.dep = verb, "nsubj"


def _foiled(sentence: list[Word], verb: Word) -> None:
    """ "Police foiled a plot to bomb the gate": it is not the police who would."""
    above = verb.head
    if verb.dep != "advcl" or hedges("verb").get(above.lemma) != "negated":
        return
    to = next((w for w in sentence if w.head is verb and w.lower == "to"), None)
    plot = next((w for w in sentence if w.head is above and w.dep == "obj"), None)
    if to is not None and plot is not None and plot.i == to.i - 1:
        verb.head, verb.dep = plot, "acl"


def _done_to(sentence: list[Word], victim: Word) -> None:
    """ "An attack by gunmen on a station": the attack is on the station."""
    doer = victim.head
    case = next((w.lower for w in sentence if w.head is victim and w.dep == "case"), "")
    by = next((w.lower for w in sentence if w.head is doer and w.dep == "case"), "")
    if by == "by" and case in {"on", "against"} and doer.head.pos == "NOUN":
        victim.head = doer.head


def _who(sentence: list[Word], verb: Word) -> None:
    """ "The arrest of Ada Lane, who …": nobody asks who an arrest is."""
    event = verb.head
    who = next((w for w in sentence if w.lower in {"who", "whom"} and w.head is verb), None)
    if who is None or (event.lemma, "noun") not in triggers():
        return
    before = [w for w in sentence if event.i < w.i < who.i and not w.is_punct]
    near = before[-1] if before else None
    while near is not None and near.head.i > event.i and near.head.i < who.i:
        near = near.head
    if near is not None and near.head is event and near.pos in {"NOUN", "PROPN"}:
        verb.head = near


def _that_killed(sentence: list[Word], verb: Word) -> None:
    """ "A raid on a Kesh base that killed two": the raid did, and not the base."""
    place = verb.head
    that = any(w.head is verb and w.dep == "nsubj" and w.tag == "WDT" for w in sentence)
    if verb.lemma not in HARM or not that or place.dep != "nmod":
        return
    trigger = triggers().get((place.head.lemma, "noun"))
    if trigger is not None and trigger.event_type == "ASSAULT":
        verb.head = place.head


def _for_it_to_be(sentence: list[Word], verb: Word) -> None:
    """ "Called for the raid to be punished": the punishment is called for, no raid."""
    event, call = verb.head, verb.head.head
    link = next((w for w in sentence if w.head is event and w.dep == "case"), None)
    to = any(w.head is verb and w.lower == "to" for w in sentence)
    if event.dep == "obl" and link is not None and link.lower == "for" and to:
        event.head, event.dep, link.head, link.dep = verb, "nsubj:pass", verb, "mark"
        verb.head, verb.dep = call, "advcl"


def _scores_wounded(sentence: list[Word], verb: Word) -> None:
    """ "Killed 14 people and wounded scores": they are wounded, not killed."""
    noun = verb.head
    before = next((w for w in sentence if w.i == verb.i - 1), None)
    if (
        verb.lemma not in HARM
        or noun.i != verb.i + 1
        or noun.dep != "conj"
        or before is None
        or before.dep != "cc"
    ):
        return
    first = noun.head.head
    if noun.head.dep == "obj" and first.lemma in HARM and noun.lower in at_least():
        before.head = verb
        verb.head, verb.dep, verb.pos, verb.tag = first, "conj", "VERB", "VBD"
        noun.head, noun.dep = verb, "obj"


def _charged_them(sentence: list[Word], verb: Word) -> None:
    """ "Weeks after herders accused farmers of it": they accuse them, and are not accused."""
    noun, before = verb.head, sentence[verb.i - sentence[0].i - 1]
    charged = verb.lemma in verbs("charging") and before.dep.startswith("nsubj")
    if not charged or before.head is not verb or noun.i < verb.i:
        return
    verb.head, verb.dep, verb.pos, verb.tag = noun.head, "advcl", "VERB", "VBD"
    before.dep = "nsubj"
    for word in sentence:
        if word.head is noun and word.dep == "case" and word.i < verb.i:
            word.head, word.dep = verb, "mark"
    noun.head, noun.dep = verb, "obj"


def _convoy_hit(sentence: list[Word], noun: Word) -> None:
    """ "Convoy hit outside Gorom": with nothing that it hits, it is the convoy that is hit.

    Headlines tell what somebody did in the present tense; a past one is what was done to them.
    """
    verb = noun.head
    trigger = triggers().get((verb.lemma, "verb"))
    if trigger is None or trigger.event_type != "ASSAULT":
        return
    headline = not any(word.text in ENDS for word in sentence[-2:])
    # One who hits "hits": "convoy hit" is past.
    past = verb.tag == "VBD" or (verb.tag == "VB" and noun.tag in {"NN", "NNP"})
    if verb.tag != "VBN" and not (headline and past):
        return
    if not any(w.head is verb and (w.dep == "obj" or w.dep.startswith("aux")) for w in sentence):
        noun.dep, verb.tag = "nsubj:pass", "VBN"


def _seen_to_do(sentence: list[Word], name: Word) -> None:
    """ "He had seen Lane beat a man": Lane did, whom he saw."""
    verb = name.head
    mine = [word for word in sentence if word.head is verb]
    seeing = any(w.dep == "nsubj" and w.i < verb.i for w in mine) and name.i > verb.i
    if seeing and any(w.dep == "xcomp" and w.tag in {"VB", "VBG"} and w.i > name.i for w in mine):
        name.dep = "obj"


def _hospital_shelled(sentence: list[Word], noun: Word) -> None:
    """ "Hospital shelled": what a headline's one verb was done to."""
    verb = noun.head
    if verb.tag == "VBN" and verb.head is verb and noun.i == verb.i - 1:
        noun.dep = "nsubj"
        _convoy_hit(sentence, noun)


def _second_leader(sentence: list[Word], name: Word) -> None:
    """ "President A B and Kesh's leader C D met": the leader is C D, and both met."""
    post = next((w for w in sentence if w.i == name.i - 1), None)
    if name.entity is None or post is None or post.dep != "conj" or post.pos != "NOUN":
        return
    first = post.head
    if first is name or first.head is not name.head or not first.dep.startswith("nsubj"):
        return
    for word in sentence:
        if word.head is post and word.dep in {"cc", "punct"}:
            word.head = name
    name.head, name.dep = first, "conj"
    post.head, post.dep = name, "nmod:desc"
