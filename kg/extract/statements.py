"""Statements: who said what, read off reporting words, quotation marks and the tree.

Follows the three parts of PARC (Pareti 2015): a cue, its source, its content. A cue verb of
``cues.tsv`` takes its content in one of a few frames; a direct quotation beside a cue is its
content however many sentences it has.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from kg.extract import syntax
from kg.extract.actors import FIRST_PERSON, Cast, Voice
from kg.extract.acts import act_of
from kg.extract.lexicon import Cue, cues, media
from kg.extract.quotations import Quotation, around
from kg.extract.tree import Sentence, Tree, Word
from kg.model import DateRange, Mention, Span, Statement

CLAUSAL: Final = frozenset({"ccomp", "xcomp", "parataxis", "obj", "csubj", "ROOT", "conj"})
UNREAL: Final = frozenset(
    {"would", "could", "might", "may", "should", "will", "must", "'ll", "’ll"}
)
PLACE_OF_WORDS: Final = frozenset(
    {"in", "on", "at", "by", "to", "during", "via", "through", "over"}
)
# "Declined to comment" says nothing.
SILENCE: Final = frozenset({"comment", "elaborate", "answer", "discuss", "speculate", "say", "give"})
DISTRUST: Final = frozenset({"fail", "refuse", "decline", "want", "try", "expect", "plan", "need"})


@dataclass(slots=True, eq=False)
class Find:
    """A statement in the making."""

    cue: Word
    frame: Cue
    source: Word | None
    content: list[Span]
    heads: list[Word] = field(default_factory=list)
    addressee: Word | None = None
    target: Word | None = None
    quoted: bool = False
    passive: bool = False
    aside: Span | None = None
    refers: "Find | None" = None

    @property
    def cue_span(self) -> Span:
        """The cue's characters: the verb, with the preposition that makes it what it is."""
        return Span(self.cue.idx, self.cue.idx + len(self.cue))


class Statements:
    """Reads the statements of one parsed article."""

    def __init__(
        self,
        tree: Tree,
        cast: Cast,
        quotations: tuple[Quotation, ...],
        dates: tuple[DateRange, ...],
    ) -> None:
        self.tree = tree
        self.text = tree.text
        self.cast = cast
        self.quotations = quotations
        self.dates = dates
        self.mains: dict[str, tuple[Word, ...]] = {}
        self._claimed: dict[Quotation, Find] = {}

    def find(self) -> list[Statement]:
        """All statements, in the order of their cues."""
        finds = [find for sent in self.tree.sents for find in self._in_sentence(sent)]
        finds.sort(key=lambda find: find.cue.i)
        self._follow_up(finds)
        for find in finds:
            self._give_voice(find)
        self._cut_asides(finds)
        inner = [find for find in finds if self._is_inner_performative(find, finds)]
        for find in inner:
            outer = self._around(find, finds)
            if outer is not None:
                outer.heads.extend(find.heads)
        finds = [find for find in finds if find not in inner]
        self.mains = {f"s{find.cue.i}": tuple(find.heads) for find in finds}
        return [statement for find in finds if (statement := self._finish(find)) is not None]

    # -- cues ----------------------------------------------------------------------------

    def _in_sentence(self, sent: Sentence) -> Iterator[Find]:
        table = cues()
        for token in self.tree.of(sent):
            lemma = token.lemma
            if token.pos == "VERB" and lemma in table and self._is_said(token):
                find = self._frame(token, table[lemma])
                if find is not None:
                    yield find
            elif token.lower == "according" and (find := self._according(token)):
                yield find

    def _is_said(self, verb: Word) -> bool:
        """Whether the verb tells of words spoken: not denied, imagined, asked or wished for."""
        if syntax.negated(verb) or syntax.is_question(verb) or verb.dep == "amod":
            return False
        if syntax.auxiliaries(verb) & UNREAL:
            return False
        head = verb.head
        if any(above.lemma in cues() and syntax.negated(above) for above in syntax.ancestors(verb)):
            return False
        if verb.dep == "xcomp" and (syntax.negated(head) or head.lemma in DISTRUST):
            return False
        marks = {child.lower for child in verb.children if child.dep == "mark"}
        return not marks & {"if", "unless", "whether"}

    def _frame(self, verb: Word, frames: Sequence[Cue]) -> Find | None:
        passive = syntax.is_passive(verb)
        source = syntax.agent(verb) if passive else syntax.subject(verb)
        if source is None and not passive:
            source = _inverted(verb)
        direct = self._direct(verb) if any(f.frame == "clause" for f in frames) else []
        for frame in frames:
            if direct and frame.frame == "clause":
                find = Find(verb, frame, source, [q.inner for q in direct], quoted=True)
                find.heads = self._heads(direct)
            else:
                found = self._content(verb, frame, passive=passive)
                if found is None:
                    continue
                find = found
                find.source = find.source or source
            find.passive = passive
            if self._speaks(find):
                self._addressee(find)
                key = self.cast.resolve(find.source) if find.source is not None else None
                if key is not None:
                    self.cast.spoken.append((verb.i, key))
                for quotation in direct if find.quoted else []:
                    self._claimed.setdefault(quotation, find)
                return find
        return None

    def _speaks(self, find: Find) -> bool:
        """Whether the source is one who can say it; a passive without agent has none."""
        source = find.source
        if source is None:
            return bool(find.passive and find.target is not None)
        if self._inside_own_content(find, source):
            return False
        if source.lower in {"there", "what"} or syntax.children(find.cue, "expl"):
            return False
        if find.frame.subject == "any":
            return source.pos in syntax.NOMINAL and not _is_abstract(source)
        key = self.cast.resolve(source)
        kind = self.cast.drafts[key].kind if key else None
        if find.frame.subject == "document":
            return kind == "Document"
        return (kind is not None and kind != "Document") or source.lower in FIRST_PERSON

    def _inside_own_content(self, find: Find, source: Word) -> bool:
        return not find.quoted and any(s.start <= source.idx < s.end for s in find.content)

    # -- frames --------------------------------------------------------------------------

    def _content(self, verb: Word, frame: Cue, *, passive: bool) -> Find | None:
        kind = frame.frame
        if kind == "clause":
            return self._clause(verb, frame)
        if kind in {"target", "blame"}:
            return self._accusation(verb, frame, passive=passive)
        if kind == "obj+inf":
            return self._bidding(verb, frame, passive=passive)
        if kind.endswith("+inf"):
            return self._calling_on(verb, frame, kind.removesuffix("+inf"))
        if kind == "inf":
            return self._infinitive(verb, frame)
        if kind == "np":
            return self._noun_content(verb, frame, passive=passive)
        if kind == "name":
            return self._naming(verb, frame)
        if kind == "ing":
            found = syntax.first(c for c in syntax.children(verb, "xcomp") if c.tag == "VBG")
            return self._from_clause(verb, frame, found) if found is not None else None
        found = syntax.first(
            child
            for child in syntax.children(verb, "obl", "advcl", "xcomp", "obl:agent")
            if syntax.case_of(child) == kind
        )
        return self._from_phrase(verb, frame, found) if found is not None else None

    def _clause(self, verb: Word, frame: Cue) -> Find | None:
        clause = syntax.first(
            child
            for child in syntax.children(verb, "ccomp")
            if child.i > verb.i or child.head == verb
        )
        if clause is None and verb.dep == "parataxis" and self._comments_on(verb):
            clause = verb.head
        if clause is None:
            clause = syntax.first(
                c
                for c in syntax.children(verb, "parataxis", "xcomp")
                if c.i > verb.i and c.pos in {"VERB", "AUX", "ADJ", "NOUN"} and _is_finite(c)
            )
        return self._from_clause(verb, frame, clause) if clause is not None else None

    def _comments_on(self, verb: Word) -> bool:
        """ "The town fell, officials said": a short clause hung on what it attributes."""
        return not syntax.children(verb, "obj", "ccomp", "xcomp") and bool(
            syntax.children(verb, "nsubj")
        )

    def _from_clause(self, verb: Word, frame: Cue, clause: Word) -> Find | None:
        own = {t.i for t in syntax.subtree(verb)} if verb.head == clause else set()
        tokens = [t for t in syntax.subtree(clause) if t.i not in own and not t.is_space]
        mark = syntax.first(c for c in clause.lefts if c.dep == "mark" and c.lower == "that")
        if mark is not None and mark.i > verb.i:
            tokens = [t for t in tokens if t.i >= mark.i]
        spans = self._pieces(verb, tokens)
        return Find(verb, frame, None, spans, heads=[clause]) if spans else None

    def _pieces(self, verb: Word, tokens: Sequence[Word]) -> list[Span]:
        """The content as one span, or as two where the cue interrupts it."""
        left = [t for t in tokens if t.i < verb.i]
        right = [t for t in tokens if t.i > verb.i]
        if left and right:
            subject = syntax.first(syntax.children(verb, "nsubj"))
            edge = min(verb.i, subject.left_edge.i) if subject is not None else verb.i
            left = [t for t in left if t.i < edge]
            after = max([verb.i, subject.right_edge.i if subject is not None else verb.i])
            right = [t for t in right if t.i > after]
        spans = [self._widen(syntax.char_span(part)) for part in (left, right) if part]
        return [span for span in spans if span.end > span.start]

    def _widen(self, span: Span) -> Span:
        """Trimmed, but with a quotation's end kept where the span cuts into it."""
        trimmed = syntax.trim(self.text, span)
        quotation = around(self.quotations, trimmed.end - 1) if trimmed.end else None
        if quotation is not None and quotation.outer.start >= trimmed.start:
            whole = quotation.outer.start > trimmed.start
            end = quotation.outer.end if whole else quotation.inner.end
            trimmed = Span(trimmed.start, max(trimmed.end, end))
        return trimmed

    def _accusation(self, verb: Word, frame: Cue, *, passive: bool) -> Find | None:
        prepositions = {"of", "for", "over"}
        if passive:
            target = syntax.first(syntax.children(verb, "nsubj:pass", "nsubj"))
            target = target if target is not None else syntax.subject(verb)
        else:
            target = syntax.first(syntax.objects(verb))
        if target is None or self.cast.resolve(target) is None:
            return None
        holders = [verb, target]
        charge = syntax.first(
            child
            for holder in holders
            for child in holder.children
            if child.i > verb.i
            and child.dep in {"xcomp", "advcl", "acl", "obl", "nmod", "ccomp"}
            and syntax.case_of(child) in prepositions
        )
        if charge is None:
            if frame.frame == "blame":
                return None
            find = Find(verb, frame, None, [], target=target)
            return find
        found = self._from_phrase(verb, frame, charge)
        if found is not None:
            found.target = target
        return found

    def _bidding(self, verb: Word, frame: Cue, *, passive: bool) -> Find | None:
        who = (
            syntax.first(syntax.children(verb, "nsubj:pass"))
            if passive
            else syntax.first(syntax.objects(verb))
        )
        what = syntax.first(
            c for c in syntax.children(verb, "xcomp", "ccomp", "advcl") if _is_infinitive(c)
        )
        if who is None or what is None:
            return None
        find = self._from_clause(verb, frame, what)
        if find is not None:
            find.addressee = who
        return find

    def _calling_on(self, verb: Word, frame: Cue, preposition: str) -> Find | None:
        who = syntax.first(
            c for c in syntax.children(verb, "obl") if syntax.case_of(c) == preposition
        )
        if who is None or self.cast.resolve(who) is None:
            return None
        holders = [verb, who]
        what = syntax.first(
            c
            for holder in holders
            for c in syntax.children(holder, "xcomp", "advcl", "acl", "ccomp")
            if _is_infinitive(c)
        )
        find = self._from_clause(verb, frame, what) if what is not None else None
        if find is not None:
            find.addressee = who
        return find

    def _infinitive(self, verb: Word, frame: Cue) -> Find | None:
        what = syntax.first(c for c in syntax.children(verb, "xcomp") if _is_infinitive(c))
        if what is not None and what.lemma in SILENCE:
            return None
        return self._from_clause(verb, frame, what) if what is not None else None

    def _noun_content(self, verb: Word, frame: Cue, *, passive: bool) -> Find | None:
        if passive:
            what = syntax.first(syntax.children(verb, "nsubj:pass"))
        else:
            what = syntax.first(syntax.children(verb, "obj"))
        if what is None and verb.dep in {"acl", "acl:relcl"} and verb.head.pos == "NOUN":
            return self._relative(verb, frame)
        if what is None or what.pos in {"PRON", "NUM"}:
            return None
        find = self._from_phrase(verb, frame, what)
        if find is not None and frame.act == "condemn":
            find.target = what if self.cast.resolve(what) else None
        return find

    def _naming(self, verb: Word, frame: Cue) -> Find | None:
        """ "Called the charge baseless", "described it as a lie"."""
        what = syntax.first(syntax.children(verb, "obj"))
        as_what = syntax.first(
            c
            for c in verb.children
            if c.i > verb.i
            and (c.dep == "xcomp" or (c.dep in {"obl", "advcl"} and syntax.case_of(c) == "as"))
        )
        if what is not None and as_what is None and verb.lemma == "call":
            as_what = syntax.first(
                c for c in syntax.children(what, "acl", "amod") if c.i > what.i and c.pos != "VERB"
            )
        if what is None or as_what is None or what.i < verb.i or as_what.i < what.i:
            return None
        if as_what.pos == "VERB" and _is_infinitive(as_what):
            return None
        tokens = [t for part in (what, as_what) for t in syntax.subtree(part) if not t.is_space]
        return Find(verb, frame, None, [self._widen(syntax.char_span(tokens))], heads=[as_what])

    def _relative(self, verb: Word, frame: Cue) -> Find | None:
        """ "…, a claim the ministry denied": the content is the claim, which stands outside."""
        own = syntax.first(syntax.children(verb, "nsubj"))
        if own is None or own.tag in {"WDT", "WP"} or own.lower == "that":
            return None
        words = [t for t in syntax.phrase(verb.head) if t.i < verb.left_edge.i]
        find = Find(verb, frame, own, [syntax.char_span(words or [verb.head])], heads=[verb.head])
        find.aside = Span(find.content[0].start, verb.end)
        return find

    def _from_phrase(self, verb: Word, frame: Cue, head: Word) -> Find | None:
        """Content from a noun phrase and the phrases that run on from it."""
        opening = {c.i for c in head.lefts if c.dep in {"case", "mark"}}
        tokens = [t for t in syntax.subtree(head) if not t.is_space and t.i not in opening]
        tokens.extend(self._run_on(verb, head))
        return Find(verb, frame, None, [self._widen(syntax.char_span(tokens))], heads=[head])

    def _run_on(self, verb: Word, head: Word) -> list[Word]:
        """Phrases the parser hung on the verb though they continue the content.

        "Called for an inquiry into the videos": ``into`` may hang on ``called``.
        """
        found: list[Word] = []
        edge = head.right_edge.i
        for child in verb.children:
            if child.i > head.i and child.dep in {"obl", "nmod", "acl", "xcomp"}:
                if child.left_edge.i != edge + 1 or self._is_date(child):
                    continue
                if syntax.case_of(child) in {"into", "over", "of", "by", "against", "about", "as"}:
                    found.extend(t for t in syntax.subtree(child) if not t.is_space)
                    edge = child.right_edge.i
        return found

    def _is_date(self, token: Word) -> bool:
        return any(d.span and d.span.start <= token.idx < d.span.end for d in self.dates)

    # -- direct speech -------------------------------------------------------------------

    def _direct(self, verb: Word) -> list[Quotation]:
        """The quotations that are this cue's content: beside it, and long enough to be speech."""
        if around(self.quotations, verb.idx) is not None:
            return []
        sent = verb.sent
        left, right = sent.start_char, sent.end_char
        beside = [
            q
            for q in self.quotations
            if q not in self._claimed and q.outer.start < right and q.outer.end > left
        ]
        return [q for q in beside if self._belongs(q, verb)]

    def _belongs(self, quotation: Quotation, verb: Word) -> bool:
        between = self._between(quotation, verb)
        if between is None:
            return False
        text, before = between
        if before:
            introduced = text.rstrip().endswith((":", ",")) or not text.strip()
            plain = introduced and "." not in text and not self._has_clause(verb, quotation)
            return plain and self._is_sentence(quotation, verb)
        ends = self.text[quotation.inner.end : quotation.outer.end]
        comma = any(mark in ends + text[:2] for mark in ",?!.—–")
        starts = self._opens_sentence(quotation)
        return comma and starts and len(text) < 160 and "." not in text.strip(' .”"')

    def _has_clause(self, verb: Word, quotation: Quotation) -> bool:
        """Whether indirect speech has begun between the cue and the quotation."""
        gap = [
            t for t in self.tree.words[verb.i + 1 : verb.sent.end] if t.idx < quotation.outer.start
        ]
        return any(t.pos in {"VERB", "AUX"} or t.dep == "mark" for t in gap)

    def _between(self, quotation: Quotation, verb: Word) -> tuple[str, bool] | None:
        """The characters between cue and quotation, and whether the cue comes first."""
        if quotation.outer.start > verb.idx:
            return self.text[verb.idx + len(verb) : quotation.outer.start], True
        if quotation.outer.end <= verb.idx:
            return self.text[quotation.outer.end : verb.idx], False
        return None

    def _opens_sentence(self, quotation: Quotation) -> bool:
        before = self.text[: quotation.outer.start].rstrip(" \u00a0")
        if not before or before[-1] in '.!?\n”"’:':
            return True
        inner = quotation.inner.of(self.text)
        previous = [q for q in self.quotations if q.outer.end <= quotation.outer.start]
        return (bool(previous) and previous[-1] in self._claimed) or inner[:1].isupper()

    def _is_sentence(self, quotation: Quotation, verb: Word) -> bool:
        between = self._between(quotation, verb)
        gap = between[0].strip() if between else ""
        inner = quotation.inner.of(self.text)
        return gap.endswith((":", ",")) or (inner[:1].isupper() and quotation.words > 3)

    def _heads(self, quotations: Sequence[Quotation]) -> list[Word]:
        """The main words of the sentences inside quotations."""
        found = []
        for sent in self.tree.sents:
            for quotation in quotations:
                if sent.start_char < quotation.inner.end and sent.end_char > quotation.inner.start:
                    found.extend(
                        t
                        for t in self.tree.of(sent)
                        if (
                            quotation.inner.start <= t.idx < quotation.inner.end
                            and t.pos in {"VERB", "AUX", "NOUN", "ADJ"}
                            and not quotation.inner.start <= t.head.idx < quotation.inner.end
                        )
                        or (t.head == t and quotation.inner.start <= t.idx < quotation.inner.end)
                    )
        return list(dict.fromkeys(found))

    def _follow_up(self, finds: Sequence[Find]) -> None:
        """Quotations of whole sentences that go on after "…," she said."""
        for quotation in self.quotations:
            if quotation in self._claimed or quotation.words < 4:
                continue
            find = self._goes_on(quotation)
            if find is not None:
                find.content.append(quotation.inner)
                find.heads.extend(self._heads([quotation]))
                self._claimed[quotation] = find

    def _goes_on(self, quotation: Quotation) -> Find | None:
        """The statement that this quotation continues: the one right before it."""
        before = [
            (q, find) for q, find in self._claimed.items() if q.outer.end <= quotation.outer.start
        ]
        if not before:
            return None
        last, find = max(before, key=lambda pair: pair[0].outer.end)
        if any(span.start > last.inner.start for span in find.content):
            last_end = max(span.end for span in find.content)
        else:
            last_end = last.outer.end
        gap = self.text[max(last_end, find.cue.idx + len(find.cue)) : quotation.outer.start]
        whole = self.text[quotation.outer.start :].lstrip('“"')[:1].isupper()
        rest = gap.strip(" \u00a0\n”\"’'.,")
        if "\n" in gap and not last.open_end:
            return None
        return find if whole and _is_tail(rest) else None

    def _cut_asides(self, finds: Sequence[Find]) -> None:
        """What somebody else says of a claim is no part of the claim, but is about it."""
        for find in finds:
            if find.aside is None:
                continue
            for other in finds:
                if other is not find and self._cut(other, find.aside):
                    find.refers = other

    def _cut(self, find: Find, aside: Span) -> bool:
        """Whether the aside stood at the end of this content, and was taken off."""
        for at, span in enumerate(find.content):
            if span.start < aside.start < span.end:
                find.content[at] = syntax.trim(self.text, Span(span.start, aside.start))
                return True
        return False

    # -- "according to" ------------------------------------------------------------------

    def _according(self, token: Word) -> Find | None:
        source = token.head if token.dep in {"case", "mark"} else None
        if source is None:
            source = syntax.first(c for c in token.children if syntax.case_of(c) == "to")
        if source is None or source.pos not in syntax.NOMINAL:
            return None
        clause = syntax.clause_of(source)
        own = {t.i for t in syntax.subtree(source)} | {token.i}
        if clause.i in own or clause.pos not in {"VERB", "AUX", "NOUN", "ADJ"}:
            return None
        if self.cast.resolve(source) is None and _is_abstract(source):
            return None
        tokens = [t for t in syntax.subtree(clause) if t.i not in own and not t.is_space]
        left = [t for t in tokens if t.i < min(own)]
        right = [t for t in tokens if t.i > max(own)]
        part = left if len(left) > len(right) else right
        if not part:
            return None
        frame = Cue("according", "clause", "say", True, "any")
        key = self.cast.resolve(source)
        if key is not None:
            self.cast.spoken.append((token.i, key))
        return Find(token, frame, source, [self._widen(syntax.char_span(part))], heads=[clause])

    # -- the rest of a statement ---------------------------------------------------------

    def _addressee(self, find: Find) -> None:
        if find.addressee is not None:
            return
        verb = find.cue
        if find.frame.lemma == "tell":
            who = (
                syntax.first(syntax.children(verb, "nsubj:pass"))
                if find.passive
                else syntax.first(syntax.objects(verb))
            )
        else:
            who = syntax.first(c for c in syntax.children(verb, "obl") if syntax.case_of(c) == "to")
        if who is not None and not any(s.start <= who.idx < s.end for s in find.content):
            find.addressee = who

    def _give_voice(self, find: Find) -> None:
        """ "We" in a direct quotation is its speaker."""
        if find.source is None:
            return
        speaker = self.cast.speaker(find.source)
        if speaker is None:
            return
        for span in find.content:
            if find.quoted:
                self.cast.voices.append(Voice(span, speaker.ref))

    def _is_inner_performative(self, find: Find, finds: Sequence[Find]) -> bool:
        """Whether this cue is the act of the statement around it: "we call for" she said."""
        outer = self._around(find, finds)
        if outer is None or not outer.frame.neutral or find.source is None:
            return False
        if find.cue not in outer.heads and find.cue.head not in outer.heads:
            return False
        if find.source.lower in FIRST_PERSON:
            return True
        if outer.source is None or find.frame.neutral:
            return False
        same = self.cast.resolve(find.source) == self.cast.resolve(outer.source)
        return same and self.cast.resolve(outer.source) is not None and _is_present(find.cue)

    def _around(self, find: Find, finds: Sequence[Find]) -> Find | None:
        holders = [
            other
            for other in finds
            if other is not find and any(s.start <= find.cue.idx < s.end for s in other.content)
        ]
        return min(holders, key=_length, default=None)

    def _finish(self, find: Find) -> Statement | None:
        speaker = self.cast.speaker(find.source) if find.source is not None else None
        if find.source is not None and speaker is None:
            speaker = self._unnamed(find.source)
        targets = self._mentions(find.target)
        addressees = self._mentions(find.addressee)
        if not find.content and not targets:
            return None
        act = act_of(find.frame, find.heads, self.cast, speaker)
        date = self._date(find)
        medium, medium_span = self._medium(find)
        parts = [find.cue_span, *find.content, *(m.span for m in (*targets, *addressees))]
        parts.extend(m.span for m in (speaker,) if m is not None)
        parts.extend(s for s in (medium_span, date.span if date else None) if s is not None)
        whole = Span(min(s.start for s in parts), max(s.end for s in parts))
        return Statement(
            key=f"s{find.cue.i}",
            whole=whole,
            cue=find.cue_span,
            act=act,
            content=tuple(find.content),
            speaker=speaker,
            quoted=find.quoted,
            addressees=addressees,
            targets=targets,
            medium=medium,
            about=(f"s{find.refers.cue.i}",) if find.refers is not None else (),
            date=date,
            confidence=confidence(find, speaker, self.cast),
        )

    def _unnamed(self, source: Word) -> Mention | None:
        """A source that is no known kind of actor, but is named: "the market said"."""
        return self.cast.unknown(source) if source.pos in {"NOUN", "PROPN"} else None

    def _mentions(self, token: Word | None) -> tuple[Mention, ...]:
        if token is None:
            return ()
        mention = self.cast.speaker(token)
        return (mention,) if mention is not None else ()

    def _date(self, find: Find) -> DateRange | None:
        """A date of the saying: in the cue's clause, outside what is said."""
        verb = find.cue
        sent = verb.sent
        inside = [
            d
            for d in self.dates
            if d.span
            and sent.start_char <= d.span.start < sent.end_char
            and not any(s.touches(d.span) for s in find.content)
        ]
        near = [d for d in inside if self._dates_cue(d, find)]
        return min(near, key=lambda d: abs(_start(d) - verb.idx), default=None)

    def _dates_cue(self, date: DateRange, find: Find) -> bool:
        """Whether a date hangs on the cue rather than on a noun or clause beside it."""
        start = _start(date)
        token = next(
            (t for t in self.tree.of(find.cue.sent) if t.idx <= start < t.idx + len(t)), None
        )
        if token is None:
            return False
        first = min((s.start for s in find.content), default=len(self.text))
        if find.cue.idx < start < first:
            return True
        for node in (token, *syntax.ancestors(token)):
            if node == find.cue:
                return True
            if node.dep in syntax.CLAUSES | {"acl", "appos"} or node.pos == "VERB":
                return False
        return False

    def _medium(self, find: Find) -> tuple[str | None, Span | None]:
        table = media()
        verb = find.cue
        phrases = [*syntax.children(verb, "obl", "obl:unmarked", "nmod")]
        phrases.extend(
            c for c in syntax.children(verb, "obj") if syntax.case_of(c) in PLACE_OF_WORDS
        )
        for phrase in phrases:
            if syntax.case_of(phrase) not in PLACE_OF_WORDS:
                continue
            if any(s.start <= phrase.idx < s.end for s in find.content):
                continue
            words = [phrase, *syntax.children(phrase, "compound", "amod", "nmod", "conj")]
            names = [" ".join(t.lower for t in syntax.phrase(phrase)[-2:])]
            names.extend(t.lower for t in words)
            for name in names:
                if name in table:
                    short = [t for t in syntax.subtree(phrase, without=syntax.CLAUSES | {"nmod"})]
                    return table[name], syntax.trim(self.text, syntax.char_span(short))
        return None, None


def confidence(find: Find, speaker: Mention | None, cast: Cast) -> float:
    """How sure the rules are of a statement; the table stands in ``docs/model.md``."""
    if find.quoted:
        score = 0.95
    elif find.frame.frame == "clause":
        score = 0.9
    else:
        score = 0.85
    if speaker is None:
        return round(score - 0.25, 2)
    source = find.source
    if source is not None and source.pos == "PRON":
        score -= 0.1
    elif cast.drafts[speaker.ref].name is None:
        score -= 0.05
    return round(score, 2)


def link_statements(statements: list[Statement]) -> list[Statement]:
    """Statements whose content holds other statements, nearest first, point to them."""
    linked = []
    for outer in statements:
        inner = [
            other
            for other in statements
            if other is not outer and any(s.holds(other.cue) for s in outer.content)
        ]
        direct = [
            other.key
            for other in inner
            if not any(
                mid is not other and any(s.holds(other.cue) for s in mid.content) for mid in inner
            )
        ]
        linked.append(replace(outer, about=(*outer.about, *direct)))
    return linked


def _inverted(verb: Word) -> Word | None:
    """The subject after its verb ("…," warned the leader), where the tree calls it an object."""
    said_before = any(c.i < verb.i for c in syntax.children(verb, "ccomp", "parataxis"))
    after = [c for c in syntax.objects(verb) if c.i > verb.i]
    return after[0] if said_before and after else None


def _start(date: DateRange) -> int:
    return date.span.start if date.span else 0


def _length(find: Find) -> int:
    return sum(span.end - span.start for span in find.content)


def _is_finite(verb: Word) -> bool:
    return bool(syntax.children(verb, "nsubj", "nsubj:pass", "expl")) or verb.tag in {
        "VBD",
        "VBZ",
        "VBP",
    }


def _is_infinitive(verb: Word) -> bool:
    return any(child.lower == "to" and child.dep == "mark" for child in verb.children)


def _is_present(verb: Word) -> bool:
    return verb.tag in {"VBZ", "VBP", "VBG", "VBD"} and not (
        syntax.auxiliaries(verb) & {"had", "has", "have"}
    )


def _is_tail(rest: str) -> bool:
    """Whether what stands between two quotations is only the end of the attribution."""
    return len(rest) < 90 and not rest.count(".")


def _is_abstract(source: Word) -> bool:
    """Nouns that "say" nothing in the sense meant here."""
    return source.lower in {"law", "rule", "plan", "time", "reason", "thing", "way", "fact"}
