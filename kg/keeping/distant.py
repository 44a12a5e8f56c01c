"""A server elsewhere that is sent articles and judgements, told to take articles down, and asked
what was judged.
"""

import json
import urllib.request
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from http.client import HTTPException
from typing import Any, Final
from urllib.error import HTTPError
from urllib.parse import urlencode

from kg.closing import Closing
from kg.errors import BadInput, EngineError, KgError, NotFound
from kg.iri import DEFAULT_BASE, key_of
from kg.keeping.articles import Outcome, Progress
from kg.model import Article, Skipped
from kg.reading import REQUEST, Sorted, name_of
from kg.store.remote.auth import Credentials
from kg.store.remote.http import Client, Late, Reply, Request

TOGETHER: Final = 8
"""Articles of one request, so that the bar moves and no deadline is met."""
CHARACTERS: Final = 100_000
"""Characters of their texts, unless one alone has more."""
SECONDS: Final = 600.0
"""Deadline of one request, those before it included."""
_PIECE: Final = 1 << 20
_COUNTS: Final = ("new", "replaced", "unchanged", "statements", "reports", "dropped")


class Distant(Closing):
    """The keeper of a server, given its address and the token of those who write.

    ``None`` is the token of who only reads.
    """

    def __init__(self, site: str, token: str | None) -> None:
        if not site.lower().startswith(("http://", "https://")):
            raise BadInput(f"--server is {site!r}; give its address, such as http://localhost:8000")
        if token == "":
            raise BadInput("a server lets those write who have its token; set KG_TOKEN")
        self._site = site.rstrip("/")
        self._token = token or ""
        self._client = Client(Credentials(token=self._token))

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def put(
        self, items: Iterable[Article | Skipped], *, progress: Progress = lambda _: None
    ) -> Outcome:
        """Send articles a few at a time; what became of them all.

        Raises KgError where the server refuses or is not there; what was sent by then is kept.
        """
        run = _Sending(progress)
        for batch in _batches(run.fresh(items)):
            lines = "\n".join(json.dumps(_fields(one)) for one in batch)
            reply = self._ask("POST", "/articles", lines.encode())
            run.hear(batch, _taken(reply))
        return run.outcome()

    def take_down(self, iri: str) -> None:
        """Take an article down, by its IRI or the last part of it. Raises NotFound, KgError."""
        reply = self._ask("DELETE", f"/article/{key_of(iri)}")
        if reply.status == 404:
            raise NotFound(f"no article {iri} at {self._site}; {self._site}/articles lists them")
        if reply.status != 204:
            raise _refused(reply)

    def backup(self) -> Iterator[bytes]:
        """A backup of its store (``kg.keeping.backup``), as it comes. Raises KgError."""
        request = urllib.request.Request(f"{self._site}/backup")
        # Not for whoever it may be redirected to.
        request.add_unredirected_header("Authorization", f"Bearer {self._token}")
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as reply:
                while piece := reply.read(_PIECE):
                    yield piece
        except HTTPError as error:
            with error:
                raise KgError(f"the server answered {error.code}: {_why(error.read())}") from None
        except (OSError, HTTPException) as error:
            raise KgError(f"{request.full_url}: {error}; the backup is not whole") from None

    def judge(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Have a judgement kept, given as ``kg.judgements.asked`` reads it; its record.

        Raises KgError where the server refuses or is not there.
        """
        if fields["verdict"] == "undo":
            query = urlencode({"by": fields["by"], "why": fields["why"]})
            path = f"/judgement/{key_of(fields['subject'])}?{query}"
            reply = self._ask("DELETE", path, repeat=False)
        else:
            body = json.dumps(fields).encode()
            reply = self._ask("POST", "/judgements", body, "application/json", repeat=False)
        if reply.status not in (200, 201):
            raise _refused(reply)
        found: dict[str, Any] = json.loads(reply.body)
        return found

    def judgements(self, selection: Mapping[str, Sequence[str]]) -> dict[str, Any]:
        """What was judged, as ``/judgements`` has it, the parameters as it takes them.

        Raises KgError where the server refuses or is not there.
        """
        reply = self._ask("GET", f"/judgements?{urlencode(selection, doseq=True)}")
        if reply.status != 200:
            raise _refused(reply)
        found: dict[str, Any] = json.loads(reply.body)
        return found

    def _ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        kind: str = "application/x-ndjson",
        *,
        repeat: bool = True,
    ) -> Reply:
        """``repeat`` says that what was perhaps done may be done again."""
        headers = {"Content-Type": kind, "Accept": "application/json"}
        request = Request(method, f"{self._site}{path}", body, headers, repeat=repeat)
        try:
            return self._client.send(request, seconds=SECONDS)
        except Late:
            raise KgError(f"{request.url} did not answer within {SECONDS:g} s") from None
        except EngineError as error:
            raise KgError(f"{request.url}: {error}; is the server running?") from None


class _Sending:
    """What became of the articles that were sent so far."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._sorted = Sorted(DEFAULT_BASE)
        self._counts: Counter[str] = Counter()
        self._articles: list[str] = []
        self._skipped: list[Skipped] = []

    def fresh(self, items: Iterable[Article | Skipped]) -> Iterator[Article]:
        """The articles that are to be sent."""
        for article in self._sorted.fresh(items):
            self._tell()
            yield article
        self._tell()

    def hear(self, batch: list[Article], taken: dict[str, Any]) -> None:
        """Note what a server says of a batch; its lines are known here by better names."""
        self._progress(len(batch))
        self._counts.update({name: taken.get(name, 0) for name in _COUNTS})
        self._articles += [one["id"] for one in taken.get("items", ())]
        for one in taken["skipped"]:
            place, _, line = one["where"].rpartition(":")
            known = place == REQUEST and 0 < int(line) <= len(batch)
            where = name_of(batch[int(line) - 1]) if known else one["where"]
            self._skipped.append(Skipped(where, one["reason"]))

    def outcome(self) -> Outcome:
        """All of it."""
        return Outcome(**self._counts, articles=tuple(self._articles), skipped=tuple(self._skipped))

    def _tell(self) -> None:
        for one in self._sorted.told():
            self._progress(1)
            if isinstance(one, Skipped):
                self._skipped.append(one)
            else:
                self._counts["unchanged"] += 1


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    batch: list[Article] = []
    held = 0
    for article in articles:
        if batch and (len(batch) == TOGETHER or held + len(article.text) > CHARACTERS):
            yield batch
            batch, held = [], 0
        batch.append(article)
        held += len(article.text)
    if batch:
        yield batch


def _fields(article: Article) -> dict[str, str | None]:
    """An article as a line of JSON Lines, from which the same article is read."""
    day = article.published
    return {
        "text": article.text,
        "url": article.url,
        "headline": article.headline,
        "published": (day.text or day.edtf) if day else None,
        "publisher": article.publisher,
        "author": article.author,
    }


def _taken(reply: Reply) -> dict[str, Any]:
    """What became of a batch; of one that could not be read at all, why."""
    if reply.status in (200, 201, 422):
        try:
            found = json.loads(reply.body)
        except ValueError:
            raise KgError(f"the server's answer is not JSON: {reply.said()}") from None
        if isinstance(found, dict) and "skipped" in found:
            return found
    raise _refused(reply)


def _refused(reply: Reply) -> KgError:
    return KgError(f"the server answered {reply.status}: {_why(reply.body)}")


def _why(body: bytes) -> str:
    try:
        return str(json.loads(body)["detail"])
    except (ValueError, KeyError, TypeError):
        return body[:300].decode("utf-8", "replace")
