"""Phrases that attribute: "according to the ministry", "in the words of the judge"."""

from typing import Final

from kg.extract import syntax
from kg.extract.lexicon import Cue
from kg.extract.statements import speech
from kg.extract.statements.beside import answered, cited, unsaid
from kg.extract.statements.finds import Find, Reading
from kg.extract.statements.spans import widen
from kg.extract.statements.speaking import MUTE, author
from kg.extract.tree import Word

ACCORDING: Final = Cue("according", "clause", "say", True, "any")
IN_WORDS: Final = Cue("words", "clause", "say", True, "any")
AS_SAID: Final = Cue("as", "clause", "say", True, "actor")
OPPOSING: Final = frozenset({"but", "yet", "though", "although"})
TAKEN: Final = ("obj", "ccomp", "xcomp", "advcl")
TELLING: Final = frozenset({"say", "claim", "report", "confirm"})
FORESEEING: Final = frozenset({"predict", "forecast", "foresee", "prophesy"})
"""What was said before it came true: "as the ministry predicted" tells not that it came true."""
HUNG: Final = frozenset({"acl", "acl:relcl", "conj", "advcl", "appos", "nmod", "amod"})


def _attributed(source: Word) -> Word:
    """The clause that "according to" is said of; at a sentence's end all that led up to it."""
    clause = syntax.clause_of(source)
    rest = source.tree.words[source.right_edge.i + 1 : source.sent.end]
    if any(not (word.is_punct or word.is_space) for word in rest):
        return clause
    while clause.dep in HUNG and clause.head != clause:
        if clause.dep == "conj" and syntax.child(clause, *syntax.SUBJECTS):
            break
        clause = clause.head
    return clause


def according(reading: Reading, token: Word) -> Find | None:
    """ "According to X, …": the longer side of the clause that the phrase hangs on."""
    source = token.head if token.dep in {"case", "mark"} else None
    if source is None:
        source = syntax.first(c for c in token.children if syntax.case_of(c) == "to")
    if source is None or source.pos not in syntax.NOMINAL:
        return None
    clause = _attributed(source)
    own = {t.i for t in syntax.subtree(source)} | {token.i}
    if clause.i in own or clause.pos not in speech.CONTENT_WORDS | {"NUM"}:
        return None
    if source.lower in MUTE and reading.cast.resolve(source) is None:
        return None
    others = own | {t.i for t in cited(clause)}
    end = min((t.i for t in (*answered(token, clause), *unsaid(clause))), default=token.sent.end)
    tokens = [t for t in syntax.subtree(clause) if t.i not in others and t.i < end]
    left = [t for t in tokens if t.i < min(own) and not t.is_space]
    right = [t for t in tokens if t.i > max(own) and not t.is_space]
    subject = syntax.child(clause, *syntax.SUBJECTS)
    between = subject is not None and subject in left and clause in right
    parts = [left, right] if between else [left if len(left) > len(right) else right]
    if not parts[0]:
        return None
    who = author(reading, source)
    find = Find(token, ACCORDING, who if who is not None else source, [], heads=[clause])
    find.document = source if who is not None else None
    find.content.extend(widen(reading, syntax.char_span(part)) for part in parts)
    return find


def as_said(reading: Reading, verb: Word, frame: Cue) -> Find | None:
    """ "As reported by the agency, …", "as the ministry tells it, …": the clause that it opens.

    What somebody feared, knew or warned of, he does not say has happened.
    """
    if frame.act not in TELLING or frame.held or verb.lemma in FORESEEING:
        return None
    clause, who = verb.head, syntax.agent(verb) if syntax.is_passive(verb) else None
    who = who if who is not None else syntax.child(verb, "nsubj")
    opens = verb.dep == "advcl" and verb.i < clause.i and syntax.case_of(verb) == "as"
    taken = [word for word in syntax.children(verb, *TAKEN) if word.lower != "it"]
    if not opens or who is None or taken or reading.cast.resolve(who) is None:
        return None
    parted = [t for c in clause.children if _is_other(c) for t in syntax.subtree(c)]
    end = min((t.i for t in parted), default=verb.sent.end)
    tokens = [t for t in syntax.subtree(clause) if verb.right_edge.i < t.i < end and not t.is_space]
    if verb.tree.words[verb.right_edge.i].text != "," or not tokens:
        return None
    span = widen(reading, syntax.char_span(tokens))
    return Find(verb, AS_SAID, who, [span], heads=[clause])


def _is_other(clause: Word) -> bool:
    """ "…, but the ministry denied it": what the article goes on with, not who was heard."""
    return clause.dep == "conj" and any(c.lower in OPPOSING for c in clause.lefts)


def in_words_of(reading: Reading, token: Word) -> Find | None:
    """ "In the words of the judge, Ada Lane, “…”": the quotation next to the phrase."""
    owner = syntax.first(c for c in syntax.children(token, "nmod") if syntax.case_of(c) == "of")
    owner = owner if owner is not None else syntax.child(token, "nmod:poss")
    if syntax.case_of(token) != "in" or owner is None or reading.cast.resolve(owner) is None:
        return None
    after = (q for q in reading.quotations if q.outer.start > token.idx)
    quotation = syntax.first(after)
    if quotation is None or quotation in reading.claimed or quotation.words < 4:
        return None
    if (
        quotation.outer.start > token.sent.end_char
        or "." in reading.text[token.end : quotation.outer.start]
    ):
        return None
    find = Find(token, IN_WORDS, owner, [quotation.inner], quoted=True)
    find.heads = speech.heads(reading, [quotation])
    reading.claimed[quotation] = find
    return find
