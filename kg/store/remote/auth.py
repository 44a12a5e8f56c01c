"""Who we are, said as a server asks for it: bearer, digest (RFC 7616) or basic (RFC 7617).

A token is sent at once. A user and password wait until the server asks, and go as a digest where
it takes one, for a digest does not give the password away.
"""

import base64
import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Final
from urllib.request import parse_http_list, parse_keqv_list

_HASHES: Final[Mapping[str, Callable[[bytes], str]]] = {
    "MD5": lambda data: hashlib.md5(data, usedforsecurity=False).hexdigest(),
    "SHA-256": lambda data: hashlib.sha256(data).hexdigest(),
}


@dataclass(frozen=True, slots=True)
class Credentials:
    """What to say who we are with: a token, or a user and a password, or nothing."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)


class Authenticator:
    """The ``Authorization`` of one server; it remembers how the server wants to be told."""

    def __init__(self, credentials: Credentials) -> None:
        self._is = credentials
        self._lock = Lock()
        self._basic = False
        self._challenge: Mapping[str, str] | None = None
        self._count = 0

    def header(self, method: str, target: str) -> str | None:
        """The value for a request (its method, its path with query), if one is known."""
        if self._is.token:
            return f"Bearer {self._is.token}"
        with self._lock:
            if self._challenge is not None:
                self._count += 1
                return digest(self._challenge, self._is, (method, target), self._count)
        return basic(self._is) if self._basic else None

    def learn(self, asked: Sequence[str]) -> bool:
        """Take ``WWW-Authenticate`` headers in; whether they can be answered."""
        if not self._is.user or self._is.token:
            return False
        found = dict(_challenge(one) for one in asked)
        with self._lock:
            wanted = found.get("digest")
            if wanted is not None and _algorithm(wanted) in _HASHES:
                self._challenge, self._count = wanted, 0
                return True
        self._basic = "basic" in found
        return self._basic


def basic(credentials: Credentials) -> str:
    """The value of ``Authorization`` for Basic.

    >>> basic(Credentials("Aladdin", "open sesame"))
    'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=='
    """
    pair = f"{credentials.user}:{credentials.password}".encode()
    return f"Basic {base64.b64encode(pair).decode()}"


def digest(
    challenge: Mapping[str, str],
    credentials: Credentials,
    request: tuple[str, str],
    count: int,
    nonce: str | None = None,
) -> str:
    """The value of ``Authorization`` for Digest with ``qop=auth``, for a (method, path).

    ``count`` is how often the server's nonce was used, ``nonce`` one of the client's own.

    >>> challenge = {"realm": "testrealm@host.com", "qop": "auth,auth-int",
    ...     "nonce": "dcd98b7102dd2f0e8b11d0f600bfb0c093"}
    >>> said = digest(challenge, Credentials("Mufasa", "Circle Of Life"),
    ...     ("GET", "/dir/index.html"), 1, "0a4f113b")
    >>> "6629fae49393a05397450978507c4ef1" in said  # RFC 2617, 3.5
    True
    """
    hashed = _HASHES[_algorithm(challenge)]
    realm, given = challenge.get("realm", ""), challenge.get("nonce", "")
    ours, nth = nonce or secrets.token_hex(16), f"{count:08x}"
    secret = hashed(f"{credentials.user}:{realm}:{credentials.password}".encode())
    asked = hashed(":".join(request).encode())
    middle = f"{given}:{nth}:{ours}:auth" if "qop" in challenge else given
    fields = {
        "username": credentials.user,
        "realm": realm,
        "nonce": given,
        "uri": request[1],
        "response": hashed(f"{secret}:{middle}:{asked}".encode()),
        **{name: challenge[name] for name in ("opaque",) if name in challenge},
    }
    shown = [f'{name}="{value}"' for name, value in fields.items()]
    shown.append(f"algorithm={_algorithm(challenge)}")
    if "qop" in challenge:
        shown += ["qop=auth", f"nc={nth}", f'cnonce="{ours}"']
    return "Digest " + ", ".join(shown)


def _algorithm(challenge: Mapping[str, str]) -> str:
    return challenge.get("algorithm", "MD5").upper()


def _challenge(header: str) -> tuple[str, dict[str, str]]:
    """The scheme, in small letters, and the parameters of one challenge."""
    scheme, _, rest = header.strip().partition(" ")
    pairs = [one for one in parse_http_list(rest) if "=" in one]
    return scheme.lower(), parse_keqv_list(pairs)
