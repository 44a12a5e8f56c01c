"""What an engine may say, and what becomes of it: credentials, tries, cut answers, errors."""

import socket
import threading
import time

import pytest

from kg.errors import BadQuery, LimitHit, StoreError
from kg.store.remote.dialect import Put
from kg.store.remote.engine import Engine, Remote
from tests.store.scripted import Heard, reply, scripted

ASK = Put("ASK {}")
YES = reply(200, b'{"head":{},"boolean":true}', "Content-Type: application/sparql-results+json")
BUSY = reply(503, b"busy")


def ask(heard: Heard, **given: str | float) -> bytes:
    engine = Engine(Remote(query=heard.url, update=heard.url, **given))  # type: ignore[arg-type]
    try:
        return engine.ask(ASK, graph=False).body
    finally:
        engine.close()


def update(heard: Heard, *, repeat: bool) -> None:
    engine = Engine(Remote(query=heard.url, update=heard.url))
    try:
        engine.update("INSERT DATA {}", repeat=repeat)
    finally:
        engine.close()


def test_nothing_is_said_of_us_unless_it_is_set() -> None:
    with scripted(YES) as heard:
        ask(heard)
    assert heard.headers("authorization") == []


def test_a_token_goes_at_once() -> None:
    with scripted(YES) as heard:
        ask(heard, token="abc")
    assert heard.headers("authorization") == ["Bearer abc"]


def test_a_password_waits_until_it_is_asked_for() -> None:
    refused = reply(401, b"", 'WWW-Authenticate: Basic realm="x"')
    with scripted(refused, YES) as heard:
        ask(heard, user="me", password="secret")
    assert heard.headers("authorization") == ["Basic bWU6c2VjcmV0"]
    assert len(heard.requests) == 2


def test_a_digest_is_preferred_and_does_not_give_the_password_away() -> None:
    basic = 'WWW-Authenticate: Basic realm="x"'
    digest = 'WWW-Authenticate: Digest realm="x", nonce="1", qop="auth", algorithm=SHA-256'
    with scripted(reply(401, b"", basic, digest), YES) as heard:
        ask(heard, user="me", password="secret")
    (said,) = heard.headers("authorization")
    assert said.startswith('Digest username="me"')
    assert "secret" not in said


def test_a_stale_nonce_is_replaced() -> None:
    first, second = (
        reply(401, b"", f'WWW-Authenticate: Digest realm="x", nonce="{n}", qop="auth"')
        for n in (1, 2)
    )
    with scripted(first, second, YES) as heard:
        ask(heard, user="me", password="secret")
    assert 'nonce="2"' in heard.headers("authorization")[-1]


@pytest.mark.parametrize("status", [401, 403])
def test_who_is_refused_learns_which_settings_to_check(status: int) -> None:
    refused = reply(status, b"no", 'WWW-Authenticate: Basic realm="x"')
    with (
        scripted(refused, refused, refused) as heard,
        pytest.raises(StoreError, match="KG_SPARQL_PASSWORD") as told,
    ):
        ask(heard, user="me", password="secret")
    assert "secret" not in str(told.value)


def test_no_secret_is_ever_printed() -> None:
    shown = repr(Remote(query="http://x/", user="me", password="secret", token="abc"))
    assert "secret" not in shown
    assert "abc" not in shown


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(StoreError, match="KG_SPARQL_USER") as told:
        Engine(Remote(query="http://me:secret@localhost/sparql"))
    assert "secret" not in str(told.value)


def test_a_query_is_asked_again_after_what_passes() -> None:
    with scripted(BUSY, b"", reply(429, b"", "Retry-After: 0"), YES) as heard:
        assert b"true" in ask(heard)
    assert len(heard.requests) == 4


def test_as_long_is_waited_as_the_engine_asks() -> None:
    with scripted(reply(503, b"", "Retry-After: 1"), YES) as heard:
        began = time.monotonic()
        ask(heard)
    assert time.monotonic() - began >= 1


def test_an_engine_that_asks_for_longer_than_there_is_fails_at_once() -> None:
    with (
        scripted(reply(503, b"later", "Retry-After: 3600")) as heard,
        pytest.raises(StoreError, match="503: later"),
    ):
        ask(heard)


def test_a_write_is_repeated_only_if_that_does_no_harm() -> None:
    with scripted(BUSY, reply(204)) as heard:
        update(heard, repeat=True)
    assert len(heard.requests) == 2
    for first in (BUSY, b""):
        with scripted(first, reply(204)) as heard, pytest.raises(StoreError):
            update(heard, repeat=False)
        assert len(heard.requests) == 1


def test_an_answer_that_ends_early_is_none() -> None:
    cut = reply(200, b'{"head":{},"boolean":true}', length=1000)
    with scripted(cut, cut, cut, cut) as heard, pytest.raises(StoreError, match="cut short"):
        ask(heard)


def test_partial_rows_are_a_failure() -> None:
    late = reply(200, b"{}", "X-SQL-State: S1TAT")
    with scripted(late) as heard, pytest.raises(LimitHit) as told:
        ask(heard)
    assert told.value.limit == "query_seconds"
    with scripted(reply(200, b"", "X-SQL-State: 42000")) as heard, pytest.raises(StoreError):
        ask(heard)
    rows = reply(200, b"{}", "X-SPARQL-MaxRows: 10000")
    with scripted(rows) as heard, pytest.raises(StoreError, match="at 10000 rows"):
        ask(heard)


def test_a_redirect_is_not_followed() -> None:
    there = reply(307, b"", "Location: https://elsewhere.example/")
    with scripted(there) as heard, pytest.raises(StoreError, match=r"elsewhere\.example"):
        ask(heard, token="abc")


def test_an_engine_that_does_not_understand_says_what() -> None:
    with scripted(reply(400, b"no such\n function")) as heard, pytest.raises(BadQuery) as told:
        ask(heard)
    assert "no such function" in str(told.value)


def test_nobody_at_the_address() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(StoreError, match="cannot be reached"):
        ask(Heard(f"http://127.0.0.1:{port}/sparql"))


def test_an_engine_that_never_answers_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/sparql"
        with pytest.raises(LimitHit, match="KG_QUERY_SECONDS"):
            ask(Heard(url), seconds=0.3)


def test_an_engine_that_drips_is_not_waited_for_either() -> None:
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as slow:

        def drip() -> None:
            connection, _ = slow.accept()
            with connection:
                connection.sendall(reply(200, length=100_000))
                while not ended.wait(0.05):
                    connection.sendall(b" ")

        thread = threading.Thread(target=drip)
        thread.start()
        try:
            with pytest.raises(LimitHit):
                ask(Heard(f"http://127.0.0.1:{slow.getsockname()[1]}/sparql"), seconds=0.5)
        finally:
            ended.set()
            thread.join()
