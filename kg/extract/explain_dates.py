"""Which words give a date, and what they were counted from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from kg.extract import dates
from kg.extract import dates_grammar as grammar
from kg.extract.dates_said import Between, Meaning, Relative, Said
from kg.model import DateRange, Span


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a text: what its words mean, and what day each comes to by itself."""

    text: str
    published: DateRange | None
    said: Mapping[int, Said]
    plain: Mapping[Span | None, DateRange]

    @classmethod
    def of(cls, text: str, published: DateRange | None) -> Self:
        """Those of a text; ``published`` is its publication date or dateline."""
        items = grammar.read(text)
        plain = dates.resolve_all(text, items, published)
        return cls(text, published, {o.start: o for o in items}, {one.span: one for one in plain})

    def why(self, date: DateRange) -> str:
        """The words of a date, what they are counted from, and how they bear on the finding.

        >>> from kg.edtf import parse_date
        >>> told = Dates.of("They met on Monday.", parse_date("2022-10-04"))
        >>> told.why(dates.find(told.text, told.published)[0])
        '“Monday”, counted from the publication date 2022-10-04'
        """
        if date.span is None:
            return "given with the article"
        parts = [f"“{date.text}”", self._basis(self.said.get(date.span.start))]
        plain, bearing = self.plain.get(date.span), dates.bearing(self.text, date)
        if bearing != "on":
            parts.append(f"behind “{bearing}”")
        elif plain and plain.edtf != date.edtf:
            parts.append(f"as what is still to come (else {plain.edtf})")
        return ", ".join(parts)

    def _basis(self, said: Said | None) -> str:
        """What a date is counted from."""
        if said is None or not _is_counted(said.means):
            return "as it is written"
        if _follows(said.means):
            return "counted from the date said before"
        if self.published is None:
            return "with what the text alone tells, for it has no publication date"
        known = "dateline" if self.published.span else "publication date"
        return f"counted from the {known} {self.published.edtf}"


def _is_counted(means: Meaning) -> bool:
    """Whether the words leave the year open, or are a distance."""
    if isinstance(means, Between):
        return _is_counted(means.first) and _is_counted(means.last)
    return isinstance(means, Relative) or means.year is None


def _follows(means: Meaning) -> bool:
    return not isinstance(means, Between) and means.anaphoric
