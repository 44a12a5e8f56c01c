"""The ties of a whole view, written where there are none of it."""

from collections.abc import Iterator, Sequence

from kg.judgements import Identity
from kg.view.heard import put_statements
from kg.view.kinds import KINDS, aged, put_in
from kg.view.knots import put_report, put_stands, united
from kg.view.ties import Ties
from kg.view.whole import View


def fill(ties: Ties, view: View, said: Sequence[Identity]) -> None:
    """Write down what a view was linked by; ``said`` is what people say of identity."""
    ties.empty()
    for kind in KINDS:
        put_in(ties, kind, view.facts)
    ties.put("UPDATE member SET node = ?, said = ? WHERE iri = ?", _leads(ties, view))
    _fill_reports(ties, view, said)
    quoted = {one.iri: one for one in view.linked.quoted}
    for facts in view.facts:
        its = [quoted[one.iri] for one in facts.statements if one.iri in quoted]
        put_statements(ties, facts.iri, (facts.statements, its))


def _leads(ties: Ties, view: View) -> Iterator[tuple[str, int, str]]:
    numbers: dict[str, int] = {}
    for node, members in view.entities.items():
        for member in members:
            words = view.wording(member)
            if words not in numbers:
                numbers[words] = ties.said(words)
            yield ties.short(node), numbers[words], ties.short(member)


def _fill_reports(ties: Ties, view: View, said: Sequence[Identity]) -> None:
    reports = {one.iri: one for one in view.linked.retold}
    knots = united(view.linked.woven.knots, said, reports)
    knot_of = {iri: number for number, knot in enumerate(knots, 1) for iri in knot}
    for facts in view.facts:
        article = ties.short(f"<{facts.iri}>")
        for report in facts.reports:
            one = reports[report.iri]
            put_report(ties, article, one, view.telling(report.iri), knot_of[report.iri])
            ties.put(
                "INSERT INTO member VALUES (?, ?, 'event', NULL, ?, ?, 0)",
                [
                    (
                        *(ties.short(one.iri), article, aged(ties, one)),
                        ties.short(view.canon[one.iri]),
                    )
                ],
            )
    for first, stand in view.linked.woven.stands:
        put_stands(ties, knot_of[first], [stand])
