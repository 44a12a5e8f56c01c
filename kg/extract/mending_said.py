"""Slips of the parser around what stands before a sentence or behind an accusation.

A dateline ("GENEVA, 3 June -") and a speaker's label ("Ada Lane:") are no part of the sentence
behind them, but parsers hang it on them or take them for its subject.
"""

import re
from functools import cache
from itertools import pairwise
from typing import Final

from kg.extract.lexicon import cues, verbs
from kg.extract.mending_answers import free_day, give_whom, mend_answer, take_claims
from kg.extract.mending_charges import free_charge_behind_agent, free_culprit
from kg.extract.mending_claims import (
    free_claim,
    free_quoted,
    free_teller,
    give_clause,
    give_speaker,
    give_subject,
    mend_claim,
    return_clause,
    return_participle,
)
from kg.extract.mending_sources import LOOSE, free_source, join_name, join_to_post
from kg.extract.tree import Tree, Word

DATELINE: Final = re.compile(
    r"(?:\([^()\n]{2,40}\)|[A-Z][A-Z .’'-]{2,}(?:, [^\n–—-]{2,30})?(?: \([\w ]+\))?"
    r"|[A-Z][\w ’']{2,25}, [^\n–—:-]{0,20}\d[^\n–—:-]{0,12})\s+[–—-]\s+"
    r"|\d{1,2}[:.]\d\d(?: ?(?:[ap]\.?m\.?|[A-Z]{2,4}))?(?: ?[–—:-])?\s+(?=[A-Z“\"])"
)
"""What opens a report: "(Nairobi) –", "KYIV, Ukraine —", "Geneva, 3 June 2024 -", "14:05 –"."""
_LABEL: Final = re.compile(r"[ \t*_•-]*[^\s:.?!“\"'‘(\[][^:.?!“”\"\n]{0,60}?[ \t*_]*:(?=\s)")
CHARGING: Final = frozenset({"accuse", "suspect", "convict"})
LINKS: Final = frozenset({"mark", "obl:unmarked"})
MAIN: Final = frozenset({"parataxis", "root", "ccomp"})
FEELING: Final = frozenset(
    {"apologise", "apologize", "blame", "criticise", "criticize", "thank"}
) | {
    *("condemn", "denounce", "praise", "rebuke", "fault", "slam"),
}
BEHIND: Final = {"nmod": "obl", "acl": "advcl"}
"""How a charge hangs on the accused → how on the verb."""
NOT: Final = frozenset({"n't", "n’t", "not"})
PREDICATES: Final = frozenset({"VERB", "AUX", "ADJ"})


def mend_speech(tree: Tree) -> None:
    """Mend in place what opens lines, and charges hung on the accused."""
    for sent in tree.sents:
        words = tree.of(sent)
        start = next((word.idx for word in words if not word.is_space), sent.start_char)
        if _opens_line(tree.text, start):
            _free_opening(tree, words, start)
        for before, word in pairwise(words):
            if word.lower == "that":
                mend_claim(words, before, word)
            elif before.text == "," and word.lower in {"say", "says"}:
                give_speaker(words, word)
            elif word.tag in {"VBZ", "NNS"}:
                take_claims(words, before, word)
        for word in words:
            if word.lower == "according":
                join_name(tree, words, word)
                free_source(words, word)
            elif word.pos == "VERB":
                _mend_verb(words, word)
            else:
                _mend_word(words, word)
    for name in tree.names:
        if name.label == "PERSON" and name.root.dep in LOOSE | {"nsubj"}:
            join_to_post(tree, name)


def _mend_verb(words: list[Word], verb: Word) -> None:
    """Mend what is hung on whom a verb accuses, thanks or calls something."""
    free_day(words, verb)
    free_culprit(words, verb)
    if verb.lemma in _completed():
        _free_name(words, verb)
    if verb.lemma in cues():
        mend_answer(words, verb)
        _part_subjects(words, verb)
        free_quoted(words, verb)
        free_teller(words, verb)
        return_participle(words, verb)
        give_clause(words, verb)
        return_clause(words, verb)
        give_subject(words, verb)
    if verb.lemma in CHARGING | verbs("acquitting"):
        free_charge_behind_agent(words, verb)
        _free_charge(words, verb, "of", {"obj", "iobj"})
    elif verb.lemma in FEELING:
        _free_charge(words, verb, "for", {"obj", "iobj", "obl"})


def _mend_word(words: list[Word], word: Word) -> None:
    """Mend what hangs on a few small words, or where they hang."""
    if word.tag == "WDT" and word.dep == "obj":
        free_claim(words, word)
    elif word.lower == "whom":
        give_whom(words, word)
    elif word.lower == "terms":
        _free_terms(words, word)
    elif word.lower in NOT and word.head.i > word.i + 1:
        _free_not(words, word)
    elif word.lower == "that" and word.dep in LINKS and word.head.dep == "acl:relcl":
        word.dep, word.head.dep = "mark", "acl"  # "the report that they fired": what is reported
    elif word.dep == "appos":
        _free_aside(word)
    elif word.tag == "NNS" and word.dep in MAIN and word.lemma in cues():
        _say(words, word)


def _say(words: list[Word], word: Word) -> None:
    """ "The town fell, the ministry estimates": what has a subject is a verb."""
    if any(w.head is word and w.dep == "nsubj" for w in words):
        word.pos, word.tag = "VERB", "VBZ"
        for phrase in (w for w in words if w.head is word and w.dep in BEHIND):
            phrase.dep = BEHIND[phrase.dep]  # "The clinic calls on all parties to …"


def _opens_line(text: str, start: int) -> bool:
    line = text.rfind("\n", 0, start) + 1
    return not text[line:start].strip(" -•*\t")


def _free_opening(tree: Tree, words: list[Word], start: int) -> None:
    """Let the sentence behind a dateline or label stand by itself."""
    match = DATELINE.match(tree.text, start) or _LABEL.match(tree.text, start)
    if match is None:
        return
    before = [w for w in words if w.idx < match.end() and not w.is_space]
    after = [w for w in words if w.idx >= match.end() and not w.is_space]
    if not after or any(w.pos in {"VERB", "AUX"} for w in before):
        return
    _stand_alone(before, after)


def _stand_alone(before: list[Word], after: list[Word]) -> None:
    """Hang the one part on the other, rather than words here and there."""
    inside = {word.i for word in before}
    hung = [word for word in after if word.head.i in inside or word.head is word]
    root = next((w for w in hung if w.pos in PREDICATES), hung[0] if hung else None)
    if root is None:
        return
    has_subject = any(w.head is root and w.dep.startswith("nsubj") and w in after for w in after)
    for word in hung:
        if word is root:
            continue
        subject = word.i < root.i and word.pos in {"NOUN", "PROPN", "PRON"} and not has_subject
        word.head, word.dep = root, "nsubj" if subject else "parataxis"
        has_subject = has_subject or subject
    root.head, root.dep = root, "root"
    for word in before:
        if word.head.i not in inside or word.head is word:
            word.head, word.dep = root, "punct" if word.is_punct else "dislocated"


def _free_terms(words: list[Word], terms: Word) -> None:
    """ "Condemns in the strongest terms the raid": the raid is condemned, the terms are how."""
    before = [w for w in words if terms.i - 6 < w.i < terms.i]
    verb = next((w for w in reversed(before) if w.pos == "VERB"), None)
    inside = [w for w in before if verb is not None and w.i > verb.i]
    if verb is None or not inside or inside[0].lower != "in":
        return
    hung = (w for w in words if w.i > terms.i and (w.head is verb or w.head is terms))
    what = next(hung, None)
    if (
        what is None
        or what.pos not in {"NOUN", "PROPN"}
        or any(w.is_punct for w in words if terms.i < w.i < what.i)
    ):
        return
    if any(w.head is what and w.dep in {"case", "cc"} and w.i > terms.i for w in words):
        return
    for word in inside:
        word.head = terms
    terms.head, terms.dep, what.head, what.dep = verb, "obl", verb, "obj"


def _free_not(words: list[Word], word: Word) -> None:
    """ "He doesn't: she has demanded …": "n't" belongs to the verb it is written with."""
    between = [w for w in words if word.i < w.i < word.head.i]
    before = next((w for w in words if w.i == word.i - 1), None)
    if before is not None and any(w.text in {":", ";"} for w in between):
        word.head = before


def _free_aside(word: Word) -> None:
    """ "Ada Lane said she would help, an offer …": the offer, behind the verb, is not Ada Lane."""
    verb = word.head.head
    if word.head.i < verb.i < word.i and verb.pos == "VERB" and word.head is not verb:
        word.head, word.dep = verb, "obl:unmarked"


def _free_charge(words: list[Word], verb: Word, link: str, deps: set[str]) -> None:
    """ "Accused the army of betrayal": of betrayal is the charge, no kind of army.

    Likewise "apologised to the families for the raid", "thanked the envoy for his work".
    """
    own = [w for w in words if w.head is verb]
    accused = next((w for w in own if w.dep in deps and w.i > verb.i), None)
    if accused is None or any(_is_behind(words, w, link) for w in own):
        return
    behind = [w for w in words if w.head is accused and w.dep in BEHIND and w.i > accused.i]
    charges = [w for w in behind if _is_behind(words, w, link)]
    if charges and charges[-1].pos != "PROPN":
        charges[-1].head, charges[-1].dep = verb, BEHIND[charges[-1].dep]


@cache
def _completed() -> frozenset[str]:
    """Cues whose object is called something: "considers it a crime", "holds it responsible"."""
    return frozenset(
        lemma.partition(" ")[0]
        for lemma, found in cues().items()
        if any(cue.frame == "name" or (cue.frame == "target" and " " in lemma) for cue in found)
    )


def _part_subjects(words: list[Word], verb: Word) -> None:
    """ "Colonel, the other side says …": who is spoken to, or of, before the one who says it."""
    subjects = [w for w in words if w.head is verb and w.dep == "nsubj" and w.i < verb.i]
    if len(subjects) < 2:
        return
    first, last = subjects[0], subjects[-1]
    near = not any(w.pos == "VERB" for w in words if last.i < w.i < verb.i)
    if near and any(w.text == "," for w in words if first.i < w.i < last.i):
        first.dep = "dislocated"


def _free_name(words: list[Word], verb: Word) -> None:
    """ "Held the army responsible": what the army is called, no kind of army."""
    after = [w for w in words if w.head is verb and w.i > verb.i and w.dep in {"obj", "xcomp"}]
    called = [w for w in after if w.dep == "obj" or w.pos in {"NOUN", "PROPN", "ADJ"}]
    if len(called) > 1:
        called[0].dep, called[1].dep = "obj", "xcomp"
    elif called:
        behind = (w for w in words if w.head is called[0] and w.dep == "amod")
        for word in [w for w in behind if w.i > called[0].i and w.pos == "ADJ"]:
            word.head, word.dep = verb, "xcomp"


def _is_behind(words: list[Word], phrase: Word, link: str) -> bool:
    return any(w.head is phrase and w.lower == link and w.i < phrase.i for w in words)
