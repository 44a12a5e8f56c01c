"""Slips of the parser around the name of who speaks: parts of it, and its place in the sentence."""

from itertools import pairwise
from typing import Final

from kg.extract.dates_words import MONTH_NAMES, WEEKDAYS
from kg.extract.lexicon import cues, known_body, media
from kg.extract.tree import Name, Tree, Word

NAMING: Final = frozenset({"NOUN", "PROPN", "NUM", "X"})
FINITE: Final = frozenset({"VBD", "VBZ", "VBP"})
PARTS: Final = frozenset({"compound", "nmod", "nmod:desc", "amod", "nummod", "nmod:unmarked"})
DEEPEST: Final = 8
"""Words that a word of an aside hangs below the verb of its sentence, at the most."""
OUTLETS: Final = frozenset({"media", "television", "tv", "radio"})
LETTERS: Final = 2
CLAUSES: Final = frozenset({"xcomp", "ccomp"})
LOOSE: Final = frozenset({"appos", "conj"})
BEHIND: Final = frozenset({"appos", "obj", "parataxis"})
SPEAKING: Final = frozenset({"nsubj", "nsubj:pass", "obl:agent"})


def join_name_words(tree: Tree, name: Name) -> Name:
    """ "By Boko Haram": two words of one name are not two who speak."""
    name = _with_wing(tree, name)
    name = _without_day(tree, name)
    root = name.root
    for word in tree.words[name.start : name.end]:
        if word is not root and word.head is root.head and word.dep == root.dep:
            word.head, word.dep = root, "flat"
    return name


def _without_day(tree: Tree, name: Name) -> Name:
    """ "Kesh Liberation Front Tuesday denied it": the day is no part of the name."""
    day = tree.words[name.end - 1]
    if name.root.i >= day.i or not _is_day(day):
        return name
    day.head, day.dep = name.root.head, "obl:unmarked"
    tree.unmark(name)
    return tree.mark(name.start, day.i, name.label)


def _with_wing(tree: Tree, name: Name) -> Name:
    """ "ISIS-K", "FARC-EP": one or two letters behind the hyphen are part of the name."""
    behind = tree.words[name.end : name.end + 2]
    if name.label != "ORG" or len(behind) < 2 or behind[0].text != "-":
        return name
    hyphen, wing = behind
    glued = name.end_char == hyphen.idx and hyphen.end == wing.idx
    letters = wing.text.isupper() and len(wing) <= LETTERS and known_body(wing.text) is None
    if not (glued and letters and name.text.isupper() and wing.entity is None):
        return name
    tree.unmark(name)
    return tree.mark(name.start, wing.i + 1, "ORG")


def mend_speakers(sentence: list[Word]) -> None:
    """Mend one sentence in place."""
    _free_opening_day(sentence)
    for word in sentence:
        if word.dep == "conj":
            _return_conjunct(word)
    for first, last in pairwise(sentence):
        names = first.pos == last.pos == "PROPN" and first.head is last.head
        if names and first.dep == last.dep and first.dep in SPEAKING and not _is_day(last):
            last.head, last.dep = first, "flat"  # nothing parts them: one name, unmarked
    for verb in sentence:
        if verb.pos != "VERB" or verb.lemma not in cues():
            continue
        _free_means(sentence, verb)
        own = [word for word in sentence if word.head is verb]
        if verb.tag == "VBN":
            _make_active(verb, own)
            _make_listed(sentence, verb, own)
        if verb.tag in FINITE and not any(_is_subject(word) for word in own):
            _take_subject(sentence, verb, own)


def _return_conjunct(word: Word) -> None:
    """ "Kesh, which says it won, denied it and left": "left" goes on with "denied", behind it."""
    above, aside = word.head, False
    for _ in range(DEEPEST):
        aside = aside or above.dep == "acl:relcl"
        if above.head is above or above.i > word.i:
            return
        above = above.head
        if aside and word.head.i < above.i < word.i and above.pos == word.pos == "VERB":
            word.head = above
            return


def _is_subject(word: Word) -> bool:
    return word.dep.startswith(("nsubj", "csubj", "expl"))


def _free_opening_day(sentence: list[Word]) -> None:
    """ "On Monday M23 denied it": that is when, and no part of the name."""
    words = [word for word in sentence if not word.is_space]
    if len(words) < 3 or words[0].lower != "on":
        return
    size = next((n for n, word in enumerate(words[1:]) if not _is_day(word)), 0)
    day, above = words[1], words[1]
    while (above.dep in PARTS or above.i < words[size + 1].i) and above.head is not above:
        above = above.head
    behind = words[size + 1]
    if not size or not above.dep.startswith("nsubj") or above.i < behind.i:
        return
    for word in words[2 : size + 1]:
        word.head, word.dep = day, "flat"
    day.head, day.dep, words[0].head = above.head, "obl", day
    if behind.entity is not None and behind.entity.start < behind.i:
        _cut(behind.entity, behind.i)


def _is_day(word: Word) -> bool:
    """Whether a word is a weekday, a month or a number of a day."""
    weekday = word.lower[:3] in WEEKDAYS and word.lower.endswith("day")
    return weekday or word.text in MONTH_NAMES or word.text.isdigit()


def _cut(name: Name, start: int) -> None:
    """Let a name begin later."""
    tree, label, end = name.root.tree, name.label, name.end
    tree.unmark(name)
    tree.mark(start, end, label)


def _free_means(sentence: list[Word], verb: Word) -> None:
    """ "Said in a statement it had lost": it was said there, not lost. "Denied to state media"."""
    for word in sentence:
        clause = word.head
        told = word.lower in media() or word.lower in OUTLETS
        if word.i < verb.i or clause.head is not verb or not told:
            continue
        first = min((w.i for w in sentence if w.head is word), default=word.i)
        if clause.dep == "ccomp" and word.dep == "obl" and first == verb.i + 1:
            behind = any(_is_subject(w) and w.head is clause and w.i > word.i for w in sentence)
            word.head = verb if behind else clause
        elif clause.lower == "state" and clause.dep == "xcomp" and clause.i == word.i - 1:
            _make_state_media(sentence, verb, word)


def _make_state_media(sentence: list[Word], verb: Word, outlet: Word) -> None:
    """ "Denied to state media that it fell": nobody denies to state something."""
    state = outlet.head
    for word in sentence:
        if word.head is state and word is not outlet:
            word.head = outlet if word.i < state.i else verb
            word.dep = "case" if word.i < state.i else word.dep
    state.pos, state.tag, state.head, state.dep = "NOUN", "NN", outlet, "compound"
    outlet.head, outlet.dep = verb, "obl"


def _make_active(verb: Word, own: list[Word]) -> None:
    """ "M23 denied attacking it": without a helper nobody is denied what he would have done."""
    if any(word.dep.startswith("aux") for word in own) or verb.dep not in {"root", "conj", "ccomp"}:
        return
    subject = next((word for word in own if word.dep == "nsubj:pass" and word.i < verb.i), None)
    frames = {cue.frame for cue in cues()[verb.lemma]}
    clause = any(w.dep in CLAUSES and w.i > verb.i and _is_told(w) for w in own)
    if subject is not None and clause and frames & {"clause", "ing"}:
        verb.tag, subject.dep = "VBD", "nsubj"


def _make_listed(sentence: list[Word], verb: Word, own: list[Word]) -> None:
    """ "Said talks were needed, called for a truce and accused Kesh": they called for it."""
    asks = any(w.lower == "for" and w.head in own for w in sentence if w.i == verb.i + 1)
    later = (w for w in sentence if w.head is verb.head and w.dep == "conj" and w.i > verb.i)
    listed = verb.dep == "conj" and any(w.tag == "VBD" for w in later)
    if verb.lemma == "call" and asks and listed and not any(w.dep.startswith("aux") for w in own):
        verb.tag = "VBD"


def _is_told(clause: Word) -> bool:
    """Whether a clause is no infinitive or adjective: "denied shelling it", "said it fell"."""
    return clause.tag in FINITE | {"VBG", "VBN"}


def _take_subject(sentence: list[Word], verb: Word, own: list[Word]) -> None:
    """Give a verb of saying that has no subject the words right before it, if they are one.

    "The Northern Front claimed responsibility" and "the town fell, the Northern Front said".
    """
    loose = next((w for w in own if w.dep == "obl" and w.i < verb.i and _is_named(w)), None)
    if loose is not None and not any(w.dep == "case" and w.head is loose for w in sentence):
        loose.dep = "nsubj"  # nothing is done "Tolvia"
        return
    before = next((w for w in reversed(sentence) if w.i < verb.i and not w.is_space), None)
    if before is None or before.pos not in NAMING:
        return
    head = before
    while head.head.i < verb.i and head.head is not head and head.dep not in LOOSE:
        head = head.head
    across = head.head.i > verb.i and head.head.head is verb and head.dep in PARTS
    told = any(word.dep == "ccomp" and word.i < head.i for word in own)
    behind = told and head.dep in BEHIND and _follows_comma(sentence, head)
    if across or behind:
        head.head, head.dep = verb, "nsubj"


def _follows_comma(sentence: list[Word], head: Word) -> bool:
    """Whether a comma stands right before the phrase of a word."""
    for word in reversed([word for word in sentence if word.i < head.i]):
        if word.text == ",":
            return True
        if not _hangs_on(word, head):
            return False
    return False


def _is_named(word: Word) -> bool:
    return word.tag == "NNP" and not _is_day(word)


def _hangs_on(word: Word, head: Word) -> bool:
    """Whether a word before another is part of its phrase."""
    while word is not head and word.head is not word and word.i < head.i:
        word = word.head
    return word is head
