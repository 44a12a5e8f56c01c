"""Reports linked anew where something changed: with those of their knots, and what may join them.

What becomes of a report depends on those of its knot alone (``kg.link.events``). So the knots of
what changed are linked again together with every knot that shares a block, an article or a town
and a time with them, until nothing more is drawn in.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from kg.judgements import Identity
from kg.link.answers import ANSWERED_WITHIN, MOST_EVENTS, MUTUAL, Stand
from kg.link.cluster import Clusters
from kg.link.events import (
    Retold,
    blocks,
    dates_decide,
    link_events,
    telling_block,
)
from kg.link.people import overruled
from kg.link.same_event import PUBLISHED_WITHIN
from kg.link.written import number_of, read_back, written
from kg.view.entities import canonical
from kg.view.events import Telling
from kg.view.events import read_back as telling_back
from kg.view.events import written as telling_written
from kg.view.kinds import Relinked, Spoken, aged
from kg.view.knots import LOOSE, Told, kind_of, put_blocks, put_report, put_stands, united
from kg.view.shape import LABEL
from kg.view.ties import Ties


def reweave(ties: Ties, told: Mapping[str, Sequence[Told]], spoken: Spoken) -> Relinked:
    """Put the reports of articles (by IRI) in the place of what they held, and link them."""
    here = _ReportsAround(ties, spoken.now)
    for article, now in told.items():
        here.replace(ties.short(f"<{article}>"), now)
    ends = {ties.short(end) for end in spoken.ends}
    here.draw(knot for (knot,) in ties.of_each("SELECT knot FROM report WHERE iri IN {}", ends))
    if here.core:
        here.link()
    ties.put("DELETE FROM stand WHERE knot = ?", ((knot,) for knot in here.left))
    return here.found


class _ReportsAround:
    """The reports around what changed: the core is linked anew, what is near is looked at."""

    def __init__(self, ties: Ties, judgements: Sequence[Identity]) -> None:
        self.ties = ties
        self.judgements = judgements
        self.found = Relinked()
        self.left: set[int] = set()
        """Knots that are no more."""
        self.core: set[int] = set()
        self.near: set[int] = set()
        self.known: dict[int, Retold] = {}
        self.order: dict[int, tuple[str, str]] = {}

    def replace(self, article: str, now: Sequence[Told]) -> None:
        """Put the reports of an article in the place of those that it had."""
        text = "SELECT iri, id, knot, told, telling FROM report WHERE article = ?"
        held = {iri: row for iri, *row in self.ties.rows(text, article)}
        for one, telling in now:
            before = held.pop(self.ties.short(one.iri), None)
            if before is None:
                self.core.add(put_report(self.ties, article, one, telling))
                self._put_member(article, one)
            else:
                self._change(before, one, telling)
        for iri, (number, knot, *_) in held.items():
            self._take_out(iri, number, knot)

    def _change(self, before: Sequence[Any], one: Retold, telling: Telling) -> None:
        """Put a report in the place of what it was: number, knot, and the two texts of it."""
        number, knot, told, tells = before
        if told != (now := written(one)):
            self._take_blocks(number, knot)
            text = "UPDATE report SET told = ?, kind = ?, knot = ? WHERE id = ?"
            self.ties.held.execute(text, (now, kind_of(one), LOOSE, number))
            text = "UPDATE member SET age = ? WHERE iri = ?"
            self.ties.held.execute(text, (aged(self.ties, one), self.ties.short(one.iri)))
            put_blocks(self.ties, number, one)
            self.core.add(number)
        if tells != (now := telling_written(telling)):
            text = "UPDATE report SET telling = ? WHERE id = ?"
            self.ties.held.execute(text, (now, number))

    def _take_out(self, iri: str, number: int, knot: int) -> None:
        self._take_blocks(number, knot)
        self.ties.held.execute("DELETE FROM report WHERE id = ?", (number,))
        self.ties.held.execute("DELETE FROM member WHERE iri = ?", (iri,))
        self.core.discard(number)
        self.found.subjects.add(self.ties.long(iri))

    def _put_member(self, article: str, one: Retold) -> None:
        self.ties.put(
            "INSERT INTO member VALUES (?, ?, 'event', NULL, ?, '', 0)",
            [(self.ties.short(one.iri), article, aged(self.ties, one))],
        )

    def _take_blocks(self, number: int, knot: int) -> None:
        self.ties.held.execute("DELETE FROM block WHERE report = ?", (number,))
        self.draw([knot])

    def draw(self, knots: Iterable[int]) -> None:
        """Link these knots anew."""
        drawn = set(knots)
        self.left |= drawn
        self.core |= self._in_knots(drawn)

    def _knots_of(self, numbers: Iterable[int]) -> set[int]:
        text = "SELECT DISTINCT knot FROM report WHERE id IN {}"
        return {knot for (knot,) in self.ties.of_each(text, numbers)}

    def _in_knots(self, knots: set[int]) -> set[int]:
        text = "SELECT id FROM report WHERE knot IN {}"
        return {one for (one,) in self.ties.of_each(text, knots - {LOOSE})}

    def link(self) -> None:
        """Link the core, once nothing near it belongs to it any more."""
        looked: set[int] = set()
        while True:
            self._draw_judged()
            self.near |= self._candidates(self.core - looked)
            looked |= self.core
            while not (crowd := self._crowded()) <= self.near:
                self.near |= crowd
            self._load(self.core | self.near)
            numbers = sorted(self.core | self.near, key=self.order.__getitem__)
            iris = {self.known[number].iri: number for number in numbers}
            woven = link_events([self.known[number] for number in numbers])
            core = self.core.union(
                *(knot for one in woven.knots if self.core & (knot := {iris[m] for m in one}))
            )
            core |= self._in_knots(self._knots_of(core))  # whom it leaves is linked anew too
            stands = [(iris[first], one) for first, one in woven.stands]
            seen = self._standing(one for number, one in stands if number in core)
            if core == self.core and seen <= self.core | self.near:
                break
            self.core = core
            self.near |= seen
        inside = {self.known[number].iri for number in self.core}
        found = woven.clusters
        self._settle(
            Clusters(
                tuple(one for one in found.members if one[0] in inside),
                tuple(one for one in found.links if f"<{one.subject}>" in inside),
            ),
            [one for one in woven.knots if one[0] in inside],
            [(first, one) for first, one in woven.stands if first in inside],
        )

    def _draw_judged(self) -> None:
        """Have what people said of something in the core in the core."""
        while True:
            ours = {iri for _, iri in self._named(self.core)}
            ends = {
                self.ties.short(f"<{end}>")
                for one in self.judgements
                for pair in [{f"<{end}>" for end in one.pair}]
                if pair & ours
                for end in one.pair
            }
            rows = list(self.ties.of_each("SELECT id, knot FROM report WHERE iri IN {}", ends))
            more = {number for number, _ in rows} | self._in_knots({knot for _, knot in rows})
            if more <= self.core:
                return
            self.core |= more

    def _named(self, numbers: Iterable[int]) -> Iterator[tuple[int, str]]:
        for number, iri in self.ties.of_each("SELECT id, iri FROM report WHERE id IN {}", numbers):
            yield number, self.ties.long(iri)

    def _candidates(self, numbers: set[int]) -> set[int]:
        """Those that may be joined to these reports, with their knots."""
        self._load(numbers)
        knots: set[int] = set()
        for number in numbers:
            one = self.known[number]
            knots |= self._sharing(one)
            if one.told.event_type not in MUTUAL:
                text = "SELECT DISTINCT knot FROM report WHERE article = ? AND kind = ?"
                rows = self.ties.rows(text, self.order[number][0], kind_of(one))
                knots.update(knot for (knot,) in rows)
        return self._in_knots(knots)

    def _sharing(self, one: Retold) -> set[int]:
        day = one.told.published
        text = (
            "SELECT DISTINCT knot FROM block JOIN report ON report = id WHERE number = ? "
            "AND (loose OR ?) AND (day IS NULL OR ? IS NULL OR day BETWEEN ? AND ?)"
        )
        first, last = (day - PUBLISHED_WITHIN, day + PUBLISHED_WITHIN) if day else (0, 0)
        numbers = [number_of(block) for block in (*blocks(one.told), telling_block(one.told))]
        loose = not dates_decide(one.told)
        return {
            knot
            for number in numbers
            for (knot,) in self.ties.rows(text, number, loose, day, first, last)
        }

    def _crowded(self) -> set[int]:
        """All of the articles that tell so many events of a type that each counts."""
        text = "SELECT DISTINCT article FROM report WHERE id IN {}"
        articles = {article for (article,) in self.ties.of_each(text, self.near)}
        text = "SELECT article FROM report WHERE article IN {} GROUP BY article, kind"
        full = {
            article
            for (article,) in self.ties.of_each(f"{text} HAVING count(*) > {MOST_EVENTS}", articles)
        }
        text = "SELECT DISTINCT knot FROM report WHERE article IN {}"
        return self._in_knots({knot for (knot,) in self.ties.of_each(text, full)})

    def _standing(self, stands: Iterable[Stand]) -> set[int]:
        """Those that an accusation or denial may speak of, or that may speak of these."""
        text = (
            "SELECT DISTINCT knot FROM stand WHERE type = ? AND town = ? AND first <= ? "
            "AND last >= ? AND (charged OR ?)"
        )
        knots = {
            knot
            for one in stands
            for (knot,) in self.ties.rows(
                *(text, one.event_type, one.town, one.days[1] + ANSWERED_WITHIN),
                *(one.days[0] - ANSWERED_WITHIN, one.charged),
            )
        }
        return self._in_knots(knots)

    def _load(self, numbers: Iterable[int]) -> None:
        text = "SELECT id, article, iri, told FROM report WHERE id IN {}"
        for number, article, iri, told in self.ties.of_each(text, set(numbers) - self.known.keys()):
            self.known[number] = read_back(told)
            self.order[number] = article, iri

    def _settle(
        self,
        found: Clusters,
        knots: Sequence[Sequence[str]],
        stands: Sequence[tuple[str, Stand]],
    ) -> None:
        things = {self.known[number].iri: self.known[number] for number in self.core}
        clusters = overruled(found, list(things.values()), self.judgements, fits=_fitting(things))
        self.found.subjects.update(things)
        self.found.links += clusters.links
        for members in clusters.members:
            self._lead(members)
        self._knot(united(knots, self.judgements, things), stands)

    def _lead(self, members: Sequence[str]) -> None:
        text = "SELECT telling FROM report WHERE iri = ?"
        [(telling,)] = self.ties.rows(text, self.ties.short(members[0]))
        label = telling_back(telling).node[LABEL][0]
        node = self.ties.short(canonical(self.ties.base, "event", members[0], label))
        text = "UPDATE member SET node = ? WHERE iri = ? AND node != ?"
        self.ties.put(text, ((node, self.ties.short(one), node) for one in members))

    def _knot(self, knots: Sequence[Sequence[str]], stands: Sequence[tuple[str, Stand]]) -> None:
        """Write down which reports depend on each other now, and where they stand."""
        self.left |= self._knots_of(self.core)
        [(last,)] = self.ties.rows("SELECT coalesce(max(knot), 0) FROM report")
        last = max(last, *self.left, LOOSE)
        by_first: dict[str, list[Stand]] = {}
        for first, one in stands:
            by_first.setdefault(first, []).append(one)
        for knot, members in enumerate(knots, last + 1):
            rows = ((knot, self.ties.short(one)) for one in members)
            self.ties.put("UPDATE report SET knot = ? WHERE iri = ?", rows)
            put_stands(self.ties, knot, (s for one in members for s in by_first.get(one, ())))


def _fitting(things: Mapping[str, Retold]) -> Callable[[str, str], bool]:
    """Only reports of one type are one event."""
    return lambda one, other: things[one].told.event_type == things[other].told.event_type
