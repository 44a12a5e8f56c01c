"""Mends what parsers take for names of people: weapons that open a sentence, towns under fire.

Only tags and false names change; no word is added, dropped or moved.
"""

from typing import Final

from kg.extract.lexicon import triggers, weapons
from kg.extract.tree import Name, Word
from kg.gazetteer.names import SETTLED

BARRAGE: Final = frozenset({"heavy-weapons", "aerial"})
"""Modes of what is done to places rather than to one person."""
OF_MEN: Final = frozenset({"he", "him", "his", "himself", "who", "whom", "whose", "she", "her"})
"""What stands behind the name of a person who was hit, and seldom behind a town's."""
COMMON: Final = {"NNP": "NN", "NNPS": "NNS"}
"""What a name's tag is for a noun."""


def mend_names(sentence: list[Word]) -> None:
    """Mend one sentence in place."""
    _no_name(sentence)
    for word in sentence:
        if word.lower in SETTLED:
            _settlement_of(word)
        if word.entity is None or word.entity.label != "PERSON":
            continue
        if word.dep in {"obj", "nsubj:pass"}:
            _shelled(sentence, word, word.entity)
        elif word.dep == "nmod":
            _shelling_of(sentence, word, word.entity)


def _no_name(sentence: list[Word]) -> None:
    """ "Rockets hit the port": a capital at the start of a sentence makes no name of it."""
    word = next((w for w in sentence if not w.is_punct and not w.is_space), None)
    name = word.entity if word is not None else None
    if word is None or (name is not None and name.end - name.start > 1) or word.head.i <= word.i:
        return
    one = word.lower[:-1]
    weapon = one if one in weapons() else None
    if weapon is None and (name is None or (word.lower, "noun") not in triggers()):
        return
    word.lemma = weapon or word.lemma
    word.pos, word.tag = "NOUN", COMMON.get(word.tag, word.tag)
    if name is not None:
        word.tree.unmark(name)


def _settlement_of(word: Word) -> None:
    """ "The Keshi town of Orm": the place is Orm, and no part of its name is "Keshi town of"."""
    tree, first = word.tree, word.i + 2
    if first >= word.sent.end or tree.words[word.i + 1].lower != "of":
        return
    town = tree.words[first]
    if word.entity is not None and word.entity.start < word.i < word.entity.end < first + 1:
        tree.unmark(word.entity)
    if town.entity is None and town.tag == "NNP" and town.text[:1].isupper():
        last = town.i
        while tree.words[last].head.i == last + 1 and tree.words[last + 1].tag == "NNP":
            last += 1
        tree.mark(first, last + 1, "LOC")


def _shelled(sentence: list[Word], word: Word, name: Name) -> None:
    """ "Shelled Kessab", "rockets hit Kessab": a place, and nobody of that name."""
    before = word.tree.words[word.i - 1] if word.i else word
    verb = word.head
    if verb.pos != "VERB" or before.head is word:
        return
    doers = (w for w in sentence if w.head is verb and w.dep == "nsubj" and w.i < verb.i)
    modes = {weapons().get(doer.lemma) for doer in doers}
    trigger = triggers().get((verb.lemma, "verb"))
    if trigger is not None and (trigger.mode in BARRAGE or modes & BARRAGE):
        _place(word, name)


def _shelling_of(sentence: list[Word], word: Word, name: Name) -> None:
    """ "The shelling of Kessab": a place, as in "shelled Kessab"."""
    case = next((w for w in sentence if w.head is word and w.dep == "case"), None)
    if case is not None and case.lower == "of" and case.i == word.i - 1 and _is_barrage(word.head):
        _place(word, name)


def is_struck(word: Word) -> bool:
    """ "The airstrike on Aleppo killed two": a town may be meant, where one bears that name."""
    spared = word.text in word.tree.persons or _is_of_man(word) or _is_somewhere(word)
    return _is_barrage(word.head) and not spared


def _is_barrage(noun: Word) -> bool:
    before = noun.tree.words[noun.i - 1].lower if noun.i else ""
    table = triggers()
    trigger = table.get((f"{before} {noun.lemma}", "noun")) or table.get((noun.lemma, "noun"))
    return trigger is not None and trigger.mode in BARRAGE


def _place(word: Word, name: Name) -> None:
    """Make a place of a single name, unless the article has a longer one of a person with it."""
    if name.end - name.start > 1 or word.text in word.tree.persons:
        return
    if not _is_of_man(word) or _is_told_of_another(word):
        word.tree.relabel(name, "LOC")


def _is_of_man(word: Word) -> bool:
    """Whether the sentence or the next goes on with "he" or "who"."""
    tree = word.tree
    last = tree.sents[min(word.sent.index + 1, len(tree.sents) - 1)]
    return any(one.lower in OF_MEN for one in tree.words[word.i + 1 : last.end])


def _is_told_of_another(word: Word) -> bool:
    """ "Cleared Ada Lane of the shelling of Kessab but upheld her sentence": hers is Lane's."""
    before = word.tree.words[word.sent.start : word.i]
    return any(w.entity is not None and w.entity.label == "PERSON" for w in before)


def _is_somewhere(word: Word) -> bool:
    """Whether another place stands right behind it: "in Kesh"."""
    behind = word.tree.words[word.i + 1 : word.i + 3]
    inside = len(behind) == 2 and behind[0].lower == "in"
    return inside and behind[1].entity is not None and behind[1].entity.label == "LOC"
