"""The exception tree.

::

    KgError                 anything this package raises on purpose
    ├── SkipItem            this item cannot be read; the batch goes on
    │   ├── UnreadableSource    not a text we can decode or parse
    │   ├── NotEnglish          a text in another language
    │   └── NoAnswer            a language model gave nothing that can be used
    ├── BadInput            what the caller asked for cannot be honoured
    │   ├── BadFilter           an unknown filter or filter value
    │   ├── BadQuery            a query that does not parse (line and column)
    │   │   ├── NoFormat            its answer comes in no format that was asked for
    │   │   └── Unsupported         it parses, and asks for what is not done here
    │   │   └── NoFormat            its answer comes in no format that was asked for
    │   ├── Forbidden           what nobody may do here, or not with this right
    │   ├── Gone                a snapshot that is not kept any more
    │   └── NotFound            no such record, route, format or named question
    ├── LimitHit            a declared limit (seconds, rows, bytes) was reached
    │   ├── TooLong             a text that is longer than is read
    │   └── Crowded             too many are asking for long answers at the same time
    ├── Cancelled           whoever asked has gone
    └── StoreError          the store cannot be opened or written
        ├── StoreBusy           another process holds the store
        └── EngineError         an engine elsewhere is not there, refuses us, or fails

Every message says what was wrong, where, and what is allowed or to be done.
"""


class KgError(Exception):
    """Root of every error raised on purpose; its message is meant for a person."""


class SkipItem(KgError):
    """One item of a batch cannot be read: it is named, counted, and the batch goes on."""


class UnreadableSource(SkipItem):
    """A source that is not text: missing, empty, binary, wrongly encoded, too large."""


class NotEnglish(SkipItem):
    """An article in a language the analyser does not read."""


class NoAnswer(SkipItem):
    """A language model that did not answer, or with nothing that can be used."""


class BadInput(KgError):
    """A request that cannot be honoured as it stands."""


class BadFilter(BadInput):
    """An unknown filter, or a value it does not allow."""


class BadQuery(BadInput):
    """A SPARQL text that does not parse.

    >>> BadQuery("expected '}'", line=3, column=7).line
    3
    """

    def __init__(self, message: str, *, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class Unsupported(BadQuery):
    """A query that parses, and asks for what is not done here: another server, a function."""


class NoFormat(BadQuery):
    """No format was asked for that an answer of this form (``select``, ``construct``) comes in."""

    def __init__(self, message: str, *, form: str) -> None:
        super().__init__(message)
        self.form = form


class Forbidden(BadInput):
    """What is asked is not allowed: a graph that is not the caller's, a service that is off."""


class Gone(BadInput):
    """What was there once is not kept any more."""


class NotFound(BadInput):
    """Nothing answers to this name."""


class LimitHit(KgError):
    """A declared limit was reached; ``limit`` names the setting, ``value`` its value.

    >>> LimitHit("the query ran past 30 s", limit="query_seconds", value=30).limit
    'query_seconds'
    """

    def __init__(self, message: str, *, limit: str, value: float) -> None:
        super().__init__(message)
        self.limit = limit
        self.value = value


class TooLong(LimitHit):
    """What was sent is longer than the limit; sending it again does not help."""


class Crowded(LimitHit):
    """So many long queries run and wait that another is refused at once."""


class Cancelled(KgError):
    """Whoever asked has gone, so nobody hears the answer."""


class StoreError(KgError):
    """A store that cannot be opened, read or written."""


class StoreBusy(StoreError):
    """A store that another process holds open for writing."""


class Swept(StoreBusy):
    """What an answer was being made of was taken out meanwhile; whoever asks again is answered."""


class EngineError(StoreError):
    """An engine elsewhere that cannot be reached, refuses us, or answers in part."""
