"""Asking a chat-completions endpoint, within limits: retries, a deadline, a budget.

The standard library's HTTP client. A redirect is an error, since it would carry the key and the
article to somebody whom the operator has not named.
"""

import json
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPException
from threading import Lock
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from kg.errors import BadInput, NoAnswer

TRIES: Final = 4
PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504, 529})
"""Statuses after which the same request may succeed."""
OPERATOR: Final = frozenset({401, 402, 403, 404, 405})
"""Statuses that every other article would get too."""
LONGEST_WAIT: Final = 60.0
LARGEST: Final = 16 * 2**20
"""Bytes of an answer that are read."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Whom to ask, and how much: seconds of one request, requests and tokens of one run."""

    url: str
    key: str = ""
    seconds: float = 120.0
    requests: int = 1000
    tokens: int = 2_000_000


_HANDLERS: Final = (
    ProxyHandler,
    HTTPHandler,
    HTTPSHandler,
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
)
"""Those of the standard opener without the one that follows redirects."""


@dataclass(slots=True)
class Spent:
    """What a run has used so far."""

    requests: int = 0
    tokens: int = 0
    lock: Lock = field(default_factory=Lock)


class Client:
    """Sends one request body after another; safe to use from several threads."""

    def __init__(self, endpoint: Endpoint, sleep: Callable[[float], None] = time.sleep) -> None:
        self.endpoint = endpoint
        self.spent = Spent()
        self._sleep = sleep
        self._opener = OpenerDirector()
        for handler in _HANDLERS:
            self._opener.add_handler(handler())

    def ask(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """The endpoint's JSON answer.

        Raises NoAnswer where this request gets none (late, refused again and again, not JSON,
        the budget used up), BadInput where no request will.
        """
        data = json.dumps(body, ensure_ascii=False).encode()
        reason = ""
        for attempt in range(TRIES):
            self._spend_request()
            try:
                return self._counted(self._send(data))
            except HTTPError as error:
                with error:
                    reason, wait = self._refused(error), _asked_wait(error.headers)
            except (URLError, TimeoutError, HTTPException, OSError) as error:
                reason, wait = _failed(error, self.endpoint), None
            if attempt + 1 < TRIES:
                self._sleep(min(LONGEST_WAIT, wait if wait is not None else 2.0**attempt))
        raise NoAnswer(f"{reason}, {TRIES} times")

    def _send(self, data: bytes) -> bytes:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.endpoint.key:
            headers["Authorization"] = f"Bearer {self.endpoint.key}"
        url = f"{self.endpoint.url.rstrip('/')}/chat/completions"
        end = time.monotonic() + self.endpoint.seconds
        with self._opener.open(
            Request(url, data, headers), timeout=self.endpoint.seconds
        ) as answer:
            read = bytearray()
            while piece := answer.read1(2**16):
                read += piece
                if len(read) > LARGEST:
                    raise NoAnswer(f"the answer is over {LARGEST // 2**20} MB")
                if time.monotonic() > end:
                    raise TimeoutError
            return bytes(read)

    def _refused(self, error: HTTPError) -> str:
        """The reason of a status that may pass; raises for any other."""
        said = " ".join(error.read(500).decode("utf-8", "replace").split())[:200]
        reason = f"the endpoint answers {error.code} {said}".rstrip()
        if error.code in PASSING:
            return reason
        if error.code in OPERATOR or error.code < 400:
            raise BadInput(f"{reason}; check KG_LLM_URL, KG_LLM_KEY and the model's name")
        raise NoAnswer(reason)

    def _counted(self, answer: bytes) -> dict[str, Any]:
        try:
            found = json.loads(answer)
        except (ValueError, RecursionError) as error:
            raise NoAnswer(f"the endpoint's answer is no JSON: {error}") from error
        if not isinstance(found, dict):
            raise NoAnswer("the endpoint's answer is no JSON object")
        usage = found.get("usage")
        used = usage.get("total_tokens") if isinstance(usage, dict) else None
        with self.spent.lock:
            self.spent.tokens += used if isinstance(used, int) and used > 0 else 0
        return found

    def _spend_request(self) -> None:
        with self.spent.lock:
            if self.spent.requests >= self.endpoint.requests:
                raise NoAnswer(f"KG_LLM_REQUESTS, {self.endpoint.requests}, are used up")
            if self.spent.tokens >= self.endpoint.tokens:
                raise NoAnswer(f"KG_LLM_TOKENS, {self.endpoint.tokens}, are used up")
            self.spent.requests += 1


def _asked_wait(headers: Message) -> float | None:
    """The seconds that an answer asks to wait, if it gives them as a number."""
    try:
        return max(0.0, float(headers.get("Retry-After", "")))
    except ValueError:
        return None


def _failed(error: Exception, endpoint: Endpoint) -> str:
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, TimeoutError | socket.timeout):
        return f"no answer within {endpoint.seconds:g} s"
    return f"the endpoint cannot be reached: {cause or type(cause).__name__}"
