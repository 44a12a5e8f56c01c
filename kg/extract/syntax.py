"""What the extractor asks of a dependency tree (Universal Dependencies 2, English).

Everything here is a question about one spaCy Tree: no lexicon, no gazetteer, no state.
"""

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Final, TypeVar

from kg.extract.negation import is_left_out, negated
from kg.extract.tree import Word, once
from kg.model import Span

Thing = TypeVar("Thing")

SUBJECTS: Final = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj"})
NOMINAL: Final = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "SYM", "X"})
LEFT_PARTS: Final = frozenset(
    {
        "compound",
        "amod",
        "nummod",
        "flat",
        "nmod:poss",
        "nmod:desc",
        "nmod:unmarked",
        "det",
        "det:predet",
        "punct",
        "advmod",
        "goeswith",
    }
)
RIGHT_PARTS: Final = frozenset({"flat", "goeswith", "compound", "punct", "nummod"})
CLAUSES: Final = frozenset({"acl:relcl", "advcl", "parataxis", "ccomp", "csubj", "advcl:relcl"})
ASIDES: Final = CLAUSES | {"appos"}
NOBODY: Final = frozenset(
    {
        *("count", "tally", "estimate", "reckoning", "account", "then", "now", "night", "day"),
        *("dawn", "noon", "dusk", "midnight", "morning", "evening", "nightfall", "daybreak"),
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    }
)
"""What stands behind "by" and does nothing: "by its own count", "by Friday"."""
PERFECT: Final = frozenset({"have", "has", "had", "’ve", "'ve"})
OPENING: Final = "\"'“‘«„([—–- \t\n\r ,;:"
CLOSING: Final = "\"'”’»)]—–- \t\n\r ,;:."
_INDEX: Final = attrgetter("i")


def children(token: Word, *deps: str) -> list[Word]:
    """The dependents of ``token`` with one of these relations, in text order."""
    found = []  # a plain loop: nothing is asked as often, and a comprehension takes twice as long
    for one in token.children:
        if one.dep in deps:
            found.append(one)
    return found


def child(token: Word, *deps: str) -> Word | None:
    """The first of these dependents, if any."""
    for one in token.children:
        if one.dep in deps:
            return one
    return None


def first(things: Iterable[Thing]) -> Thing | None:
    """The first of them, if any."""
    return next(iter(things), None)


def char_span(tokens: Iterable[Word]) -> Span:
    """From the first character of the leftmost token to the last of the rightmost."""
    listed = sorted(tokens, key=_INDEX)
    return Span(listed[0].idx, listed[-1].end)


def trim(text: str, span: Span) -> Span:
    """The span without quotation marks, blanks and commas at its ends."""
    start, end = span.start, span.end
    while start < end and text[start] in OPENING:
        start += 1
    while end > start and text[end - 1] in CLOSING and not _abbreviation(text, start, end):
        end -= 1
    return Span(start, end)


def _abbreviation(text: str, start: int, end: int) -> bool:
    """Whether the full stop at the end belongs to letters such as ``U.S.``."""
    return text[end - 1] == "." and end - start > 3 and text[end - 3] == "."


def is_attribution(token: Word) -> bool:
    """Whether the phrase is "according to …"."""
    return "according" in [child.lower for child in token.lefts]


def subtree(token: Word, *, without: frozenset[str] = frozenset()) -> list[Word]:
    """The token and what depends on it, less the branches hung on by ``without`` relations."""
    found = [token]
    _gather(token, without, found)
    return found


def _gather(token: Word, without: frozenset[str], found: list[Word]) -> None:
    """Add what depends on the token, each branch behind its head."""
    for child in token.children:
        if child.dep in without or child.is_space:
            continue
        if not child.children:
            found.append(child)
        elif not is_attribution(child):
            found.append(child)
            _gather(child, without, found)


def phrase(token: Word) -> list[Word]:
    """The tokens of the noun phrase headed by ``token``, in order and without a gap.

    Adjectives, compounds, possessors and names to the left; names and ``of``/``for``/``in``
    phrases to the right; no apposition, co-ordination or relative clause.
    """
    return list(_phrase(token))


@once
def _phrase(token: Word) -> list[Word]:
    parts = {token.i}
    for child in token.lefts:
        if child.dep in LEFT_PARTS:
            left = subtree(child, without=CLAUSES)
            parts.update([part.i for part in left if part.i < token.i])
    for child in token.rights:
        if (child.dep in RIGHT_PARTS and not child.is_punct) or (
            child.dep == "nmod" and _binds(child)
        ):
            parts.update([part.i for part in subtree(child, without=ASIDES)])
    return _contiguous(token, parts)


def _binds(modifier: Word) -> bool:
    """Whether an ``nmod`` is part of a name or post: of, for, in, on, to, from."""
    case = child(modifier, "case")
    return case is not None and case.lower in {"of", "for", "in", "on", "to", "from"}


def _contiguous(head: Word, parts: set[int]) -> list[Word]:
    words = head.tree.words
    left = head.i
    while left - 1 in parts or (left - 2 in parts and _bridges(words[left - 1])):
        left -= 1
    right = head.i
    while right + 1 in parts or (right + 2 in parts and _joins(words[right + 1])):
        right += 1
    tokens = words[left : right + 1]
    while tokens and _bridges(tokens[0]) and tokens[0] != head:
        tokens.pop(0)
    return tokens


def _bridges(between: Word) -> bool:
    return between.is_punct or between.is_space


def _joins(between: Word) -> bool:
    """Whether a phrase goes on behind it: a hyphen, the end of a line that only fills it."""
    return between.is_space or between.text in "-/"


def case_of(token: Word) -> str:
    """The preposition of a phrase, lower case ("" where it has none)."""
    for child in token.lefts:
        if child.dep in {"case", "mark"}:
            return child.lower
    return ""


def conjuncts(token: Word) -> list[Word]:
    """The token and the nominals co-ordinated with it."""
    found = [token]
    for child in token.children:
        if child.dep == "conj" and child.pos in NOMINAL and not is_left_out(child):
            found.extend(conjuncts(child))
    return found


def obliques(verb: Word, *prepositions: str) -> list[Word]:
    """Prepositional dependents of a verb or event noun with one of these prepositions.

    A phrase that the parser hung on the object instead ("attack on the town") counts where
    nothing but the object stands between.
    """
    found = []
    for child in verb.children:
        if is_attribution(child):
            continue
        if child.dep.startswith(("obl", "nmod")) and case_of(child) in prepositions:
            found.append(child)
        elif child.dep in {"obj", "obl"}:
            found.extend(
                inner for inner in children(child, "nmod") if case_of(inner) in prepositions
            )
    return found


def subject(verb: Word) -> Word | None:
    """Who does what the verb says, or undergoes it (see :func:`is_passive`).

    Found on the verb itself or, where grammar leaves it out, on the verb it is co-ordinated
    with, controlled by or attached to; for a participle after a noun, that noun.
    """
    own = child(verb, "nsubj", "nsubj:pass")
    if own is not None:
        return _antecedent(own, verb)
    return None if verb.head == verb else _implied_subject(verb, verb.head)


def _implied_subject(verb: Word, head: Word) -> Word | None:
    """The subject that grammar leaves out, from what the verb hangs on."""
    if verb.dep == "conj" and head.pos in {"VERB", "AUX", "NOUN"}:
        return subject(head)
    if verb.tag == "VBG" and case_of(verb) == "against":
        return child(head, "obj", "iobj")  # "warned against going": others than who warned
    if verb.dep in {"xcomp", "advcl", "parataxis"} and _open(verb):
        controller = _controller(verb, head)
        return controller if controller is not None else subject(head)
    if verb.dep == "acl" and verb.tag == "VB":
        return child(head, "nmod:poss")  # "Kesh's pledge to send troops"
    if verb.dep in {"acl", "acl:relcl"} and head.pos in NOMINAL:
        return head
    return None


def stray_subject(verb: Word) -> Word | None:
    """The subject of a reporting verb that the parser hung on what is reported.

    "The agency, a clinic, says 12 people have fled": two subjects on "fled", one of them before
    "says", which has none; or after what is reported: "12 fled, the agency, a clinic, says".
    """
    if child(verb, *SUBJECTS):
        return None
    for clause in children(verb, "ccomp"):
        after = [c for c in children(clause, "nsubj") if clause.i < c.i < verb.i]
        if after and len(children(clause, *SUBJECTS)) > 1:
            return after[-1]  # "They may sign in May, a diplomat said."
        nearer = [
            c
            for c in children(clause, "nsubj")
            if c.i < verb.i < clause.i or clause.i < c.i < verb.i
        ]
        if nearer and len(children(clause, *SUBJECTS)) > 1:
            return nearer[0]
    return None


def _controller(verb: Word, head: Word) -> Word | None:
    """Who acts in an open clause: "urged X to …", "warned X against …", "quoted X as saying …"."""
    if verb.dep == "xcomp" or case_of(verb) in {"of", "for", "as", "against", "from"}:
        found = child(head, "obj", "iobj")
        if found is not None and found.i < verb.i:
            return found
    if head.lemma in {"call", "appeal"} and verb.tag != "VBG":
        asked = (c for c in children(head, "obl") if case_of(c) in {"on", "upon", "to"})
        return first(c for c in asked if c.i < verb.i)
    return None


def _open(verb: Word) -> bool:
    """Whether the clause leaves its subject to grammar: a participle or an infinitive."""
    return verb.tag in {"VBG", "VBN", "VB"} and not child(verb, "expl")


def _antecedent(own: Word, verb: Word) -> Word | None:
    """The noun a relative pronoun stands for, None where it was not that one."""
    relative = own.tag in {"WDT", "WP"} or own.lower == "that"
    clause = verb
    while clause.dep in {"conj", "xcomp"} and clause.head is not clause:
        clause = clause.head
    if not relative or clause.head.pos not in NOMINAL:
        return own
    if is_cleft(clause):
        return None if negated(clause.head) else clause.head
    return clause.head if clause.dep == "acl:relcl" else own


def is_cleft(clause: Word) -> bool:
    """Whether a relative clause tells what "it was X who" did."""
    head = clause.head
    it = child(head, "expl", "nsubj")
    joined = clause.dep in {"acl:relcl", "advcl:relcl"} and child(head, "cop") is not None
    return joined and it is not None and it.lower == "it"


def is_passive(verb: Word) -> bool:
    """Whether the subject undergoes the act: "was shelled", "soldiers taken prisoner"."""
    if child(verb, "aux:pass"):
        return True
    if verb.tag != "VBN":
        return False
    if child(verb, "nsubj:pass") and PERFECT.isdisjoint(auxiliaries(verb)):
        return True
    if child(verb, "aux"):
        return False
    if verb.dep == "conj" and verb.head.tag == "VBN" and not child(verb, "obj"):
        return is_passive(verb.head)  # "two were killed and five wounded"
    placed = verb.head == verb or verb.dep in {"acl", "acl:relcl", "advcl", "xcomp", "amod"}
    return placed and not child(verb, "nsubj")


def agent(verb: Word) -> Word | None:
    """The one a passive names after "by"."""
    return first(
        child
        for child in verb.children
        if child.dep in {"obl:agent", "obl"}
        and case_of(child) == "by"
        and child.lower not in NOBODY
    )


def marks(clause: Word) -> set[str]:
    """The words that open a clause: when, as, after."""
    return {child.lower for child in clause.lefts if child.dep in {"mark", "advmod"}}


def objects(verb: Word) -> list[Word]:
    """Direct (and, where the parser calls it so, indirect) objects."""
    found = children(verb, "obj", "iobj")
    if not found and verb.dep == "conj" and not is_passive(verb):
        return []
    return found


def auxiliaries(verb: Word) -> set[str]:
    """The helper verbs of a verb, lower case."""
    return {child.lower for child in verb.children if child.dep in {"aux", "aux:pass"}}


def is_question(verb: Word) -> bool:
    """Whether the verb's sentence asks."""
    sent = verb.sent
    words = verb.tree.text[sent.start_char : sent.end_char]
    return verb.head is verb and words.rstrip("\"'”’ \n").endswith("?")


def ancestors(token: Word) -> Iterator[Word]:
    """The heads above a token, nearest first."""
    while token.head != token:
        token = token.head
        yield token


def clause_of(token: Word) -> Word:
    """The verb (or predicate) whose clause the token stands in."""
    node = token
    while node.head != node and node.pos not in {"VERB", "AUX"}:
        node = node.head
    return node
