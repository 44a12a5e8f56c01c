"""Speech behind a label: "ADA LANE: We held the bridge.", "Q: … A: …", 'Ada Lane: "No."'.

Where labels come again and again the text is a transcript, and each turn is its speaker's own
words. Elsewhere a label speaks only where a quotation stands right behind it.
"""

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import Final

from kg.extract import syntax
from kg.extract.actors.pronouns import is_first_person
from kg.extract.lexicon import Cue, known_body
from kg.extract.quotations import around
from kg.extract.statements import interview, speech
from kg.extract.statements.acts import act_of
from kg.extract.statements.finds import Find, Reading
from kg.extract.statements.spans import widen
from kg.extract.tree import Word
from kg.model import Span

_LABEL: Final = re.compile(
    r"^[ \t*_•-]*([^\s:.?!“\"'‘(\[][^:.?!“”\"\n]{0,60}?)[ \t*_]*:(?=\s)", re.M
)
TITLES: Final = re.compile(r"\b(?:Dr|Gen|Col|Lt|Maj|Capt|Mr|Mrs|Ms|Sgt|Prof|Sen|Rep|St)\.")
ASKING: Final = frozenset({"q", "question", "interviewer", "host", "moderator", "journalist"})
ANSWERING: Final = frozenset({"a", "answer", "interviewee", "guest"})
FEWEST: Final = 3
"""Labels that make a transcript."""
BULLETS: Final = frozenset("-*•")
LONGEST: Final = 8
"""Words of a label."""
TURN: Final = Cue("turn", "clause", "say", True, "any")
QUESTION: Final = Cue("turn", "clause", "ask", False, "any")


@dataclass(frozen=True, slots=True)
class Turn:
    """A label, its colon and what is said behind it."""

    label: Span
    colon: int
    said: Span

    def name(self, text: str) -> str:
        """The label as one compares it."""
        return self.label.of(text).casefold()


def read(reading: Reading) -> None:
    """Note what the turns of a text say, each at its colon, and whose words they are."""
    turns = _turns(reading)
    names = Counter(turn.name(reading.text) for turn in turns)
    transcript = _is_transcript(names) and not _is_list_of_places(reading, turns)
    questions, answers = ([], []) if transcript else interview.exchange(reading.text)
    listed = [
        turn
        for turn in (turns if transcript else ())
        if names[turn.name(reading.text)] > 1 or _role(turn, reading.text) is not None
    ]
    first = listed[0].label.start if listed else answers[0].start if answers else 0
    asker, guest = interview.parties(reading, first)
    taking = set(listed)
    for turn in turns:
        if turn in taking:
            _speak(reading, turn, asker, guest)
        else:
            _quote(reading, turn)
    for who, spans in ((asker, questions), (guest, answers)):
        if who is not None:
            reading.cast.register.voices.add(who, spans)


def _is_transcript(names: Counter[str]) -> bool:
    """Whether speakers take turns: two labels at least, and one of them again."""
    roles = {
        "asks" if name in ASKING else "answers" for name in names if name in ASKING | ANSWERING
    }
    again = [name for name, count in names.items() if count > 1]
    return (len(roles) == 2) or (len(names) > 1 and bool(again) and names.total() >= FEWEST)


def _is_list_of_places(reading: Reading, turns: list[Turn]) -> bool:
    """ "- Orm: Rebels shelled the market.": where things happened; nobody says "we" or asks.

    All labels that are typed are places, or in a list they may all be.
    """
    labels = [reading.tree.root_of(turn.label.start, turn.label.end) for turn in turns]
    roots = [root for root in labels if root is not None]
    before = (reading.text[: turn.label.start].rpartition("\n")[2] for turn in turns)
    listed = all(not BULLETS.isdisjoint(opening) for opening in before)
    typed = {root.entity.label for root in roots if root.entity is not None}
    said = [word for turn in turns for word in reading.tree.within(turn.said.start, turn.said.end)]
    placed = typed == {"LOC"} or (listed and all(map(_is_bare_name, roots)))
    return placed and not any(is_first_person(word) or word.text == "?" for word in said)


def _is_bare_name(label: Word) -> bool:
    """Whether it may be a place that one has not heard of: one word, and no body's name."""
    name = label.entity
    known = name is not None and name.label != "LOC"
    whole = name is not None and (name.end - name.start > 1 or known_body(name.text) is not None)
    return label.pos == "PROPN" and not (known and whole)


def _role(turn: Turn, text: str) -> str | None:
    name = turn.name(text)
    return "asks" if name in ASKING else "answers" if name in ANSWERING else None


def _turns(reading: Reading) -> list[Turn]:
    """The labelled lines of a text, each up to the next label."""
    text = reading.text
    matches = [m for m in _LABEL.finditer(text) if _is_label(reading, m)]
    found = []
    for at, match in enumerate(matches):
        end = matches[at + 1].start() if at + 1 < len(matches) else None
        said = syntax.trim(text, Span(match.end(), _end(text, match.end(), end)))
        if said.end > said.start:
            found.append(Turn(Span(match.start(1), match.end(1)), match.end() - 1, said))
    return found


def _is_label(reading: Reading, match: re.Match[str]) -> bool:
    """Whether the words before a colon name somebody: few, capital first, and no verb."""
    words = reading.tree.within(match.start(1), match.end(1))
    if not words or len(words) > LONGEST or not match[1][:1].isupper():
        return False
    if words[0].sent.index in reading.tree.quiet:
        return False
    return not any(word.pos in {"VERB", "AUX"} for word in words)


def _end(text: str, start: int, following: int | None) -> int:
    """Where a turn ends: at the next label; the last at its paragraph's end."""
    if following is not None:
        return following
    paragraph = text.find("\n\n", start)
    line = text.find("\n", start)
    end = paragraph if "\n\n" in text else line
    return end if end >= 0 else len(text)


def _speak(reading: Reading, turn: Turn, asker: str | None, guest: str | None) -> None:
    """Give a turn of a transcript to its speaker."""
    label = reading.tree.root_of(turn.label.start, turn.label.end)
    colon = reading.tree.at(turn.colon)
    if label is None or colon is None:
        return
    role = _role(turn, reading.text)
    name = turn.name(reading.text)
    key = {"asks": asker, "answers": guest}[role] if role else reading.labels.get(name)
    if role is None and key is None:
        key = _labelled(reading, turn, label)
        reading.labels[name] = key
    if key is None:
        return
    reading.cast.register.at[label.i] = key
    reading.cast.register.voices.add(key, [turn.said])
    reading.turns[colon.i] = _pieces(reading, turn, label, colon)


def _labelled(reading: Reading, turn: Turn, label: Word) -> str | None:
    """Whom a label names: somebody known, by a part of the name or its letters, or by itself."""
    name = TITLES.sub("", turn.label.of(reading.text)).strip().casefold()
    named = (one for one in reading.tree.names if one.text.casefold() == name)
    for one in (one for one in named if one.label == "ORG" and one.root is not label):
        return reading.cast.resolve(one.root)
    for draft in reading.cast.register.drafts.values():
        known = {n.casefold() for n in (draft.name, draft.label, *draft.aliases) if n}
        parts = {n.rpartition(" ")[2] for n in known} if draft.kind == "Person" else set()
        roles = {post.role.casefold() for post in draft.posts}
        if any(role == name or role.startswith(f"{name} ") for role in roles):
            return draft.key
        letters = {"".join(w[0] for w in n.split()) for n in known if " " in n}
        if name in known | parts | letters:
            return draft.key
    return reading.cast.resolve(label) or reading.cast.unknown(label).ref


def _pieces(reading: Reading, turn: Turn, label: Word, colon: Word) -> list[Find]:
    """The sentences of a turn as statements: those of one act and next to each other are one."""
    found: list[Find] = []
    acts: list[str] = []
    speaker = reading.cast.speaker(label)
    for span in _sentences(reading, turn.said):
        frame = QUESTION if span.of(reading.text).endswith("?") else TURN
        one = Find(colon, frame, label, [span], quoted=True, part=len(found))
        one.heads = speech.mains(reading.tree.within(span.start, span.end), span.start, span.end)
        act = act_of(one, reading.cast, speaker)
        if acts and acts[-1] == act:
            found[-1].content = [Span(found[-1].content[0].start, span.end)]
            found[-1].heads.extend(one.heads)
        else:
            found.append(one)
            acts.append(act)
    return found


def _sentences(reading: Reading, said: Span) -> list[Span]:
    """The parts of the sentences that stand in a stretch of text."""
    sents = reading.tree.sents
    at = max(0, bisect_right(sents, said.start, key=lambda sent: sent.start_char) - 1)
    found = []
    while at < len(sents) and sents[at].start_char < said.end:
        start, end = max(said.start, sents[at].start_char), min(said.end, sents[at].end_char)
        span = widen(reading, Span(start, end)) if end > start else Span(start, start)
        if span.end > span.start:
            found.append(span)
        at += 1
    return found


def _quote(reading: Reading, turn: Turn) -> None:
    """'Ada Lane: "No."': a quotation right behind the name of one who can speak."""
    quotation = around(reading.quotations, turn.said.start)
    label = reading.tree.root_of(turn.label.start, turn.label.end)
    colon = reading.tree.at(turn.colon)
    if quotation is None or quotation.inner.start != turn.said.start or quotation.words < 3:
        return
    if label is None or colon is None:
        return
    if label.entity is not None and label.entity.label == "LOC":
        return
    key = reading.cast.resolve(label)
    kind = reading.cast.register.drafts[key].kind if key else None
    if kind not in {"Person", "Organization", "Group"}:
        return
    find = Find(colon, TURN, label, [quotation.inner], quoted=True)
    find.heads = speech.heads(reading, [quotation])
    reading.claimed[quotation] = find
    reading.turns[colon.i] = [find]
