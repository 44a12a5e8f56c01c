"""A chat-completions endpoint on this machine, with answers that a test writes."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from kg.model import Actor, Article, Extraction, Mention

Json = dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """One answer: status, body, headers, and how long it lets one wait."""

    body: bytes | str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    hang_up: bool = False


Model = Callable[[Json], Reply]
"""What answers a request body."""


def message(content: object, **also: object) -> Reply:
    """The reply of a model that writes this content."""
    words = content if isinstance(content, str) else json.dumps(content)
    choice = {"message": {"role": "assistant", "content": words}, "finish_reason": "stop"}
    return Reply(json.dumps({"choices": [choice | also], "usage": {"total_tokens": 100}}))


@dataclass
class Endpoint:
    """The server's address, and the requests and headers it has had."""

    url: str
    requests: list[Json] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


@contextmanager
def serving(model: Model) -> Iterator[Endpoint]:
    """An endpoint that this model answers at, while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            endpoint.requests.append(body)
            endpoint.keys.append(self.headers.get("Authorization", ""))
            reply = model(body) if self.path == "/v1/chat/completions" else Reply("", 404)
            time.sleep(reply.seconds)
            if reply.hang_up:
                self.close_connection = True
                return
            data = reply.body.encode() if isinstance(reply.body, str) else reply.body
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(data)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Nothing on standard error."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A reader that did not wait."""

    server = Server(("127.0.0.1", 0), Handler)
    endpoint = Endpoint(f"http://127.0.0.1:{server.server_address[1]}/v1")
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield endpoint
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def text_of(body: Json) -> str:
    """The article that a request asks about."""
    return str(body["messages"][1]["content"]).partition("\n\n")[2]


def in_turn(replies: Sequence[Reply]) -> Model:
    """A model that gives these answers one after the other, the last one from then on."""
    left = list(replies)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


def as_answer(article: Article, found: Extraction) -> Json:
    """What a model would have to write to say what an extraction says."""
    text, actors = article.text, {actor.key: actor for actor in found.actors}

    def party(mention: Mention) -> Json:
        actor: Actor = actors[mention.ref]
        return {"words": mention.span.of(text), "name": actor.name, "kind": actor.kind}

    return {
        "statements": [
            {
                "quote": said.whole.of(text),
                "cue": said.cue.of(text),
                "act": said.act,
                "content": [span.of(text) for span in said.content],
                "speaker": party(said.speaker) if said.speaker else None,
                "quoted": said.quoted,
                "addressees": [party(one) for one in said.addressees],
                "targets": [party(one) for one in said.targets],
                "date": said.date.text if said.date else None,
            }
            for said in found.statements
        ],
        "reports": [
            {
                "quote": report.whole.of(text),
                "cue": report.cue.of(text),
                "event_type": report.event_type,
                "mode": report.mode,
                "factuality": report.factuality,
                "actors": [party(one) for one in report.actors],
                "recipients": [party(one) for one in report.recipients],
                "mediators": [party(one) for one in report.mediators],
                "targets": [one.of(text) for one in report.targets],
                "place": report.place.span.of(text) if report.place else None,
                "date": report.date.text if report.date else None,
                "background": report.background,
                "killed": report.killed.text if report.killed else None,
                "injured": report.injured.text if report.injured else None,
            }
            for report in found.reports
        ],
    }
