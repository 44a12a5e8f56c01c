"""Who may write: whoever shows the token (RFC 6750), and nobody where none is set."""

import hmac

from flask import request

from api.errors import Unauthorized
from kg.config import Settings
from kg.errors import Forbidden, TooLong


def require_writer(settings: Settings) -> None:
    """Let the request pass if it may write, and is not longer than is read.

    Raises Forbidden where writing is off, Unauthorized without the right
    ``Authorization: Bearer TOKEN``, TooLong.
    """
    if not settings.token:
        raise Forbidden(
            "writing is off; the operator turns it on by setting KG_TOKEN, and writers send it as "
            "Authorization: Bearer TOKEN"
        )
    kind, _, shown = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer":
        raise Unauthorized("writing needs a token; send it as Authorization: Bearer TOKEN")
    # Compared in a time that does not tell how much of it is right.
    if not hmac.compare_digest(shown.strip().encode(), settings.token.encode()):
        raise Unauthorized("the token is not the one that is set", error="invalid_token")
    _require_size(settings.max_source_mb)


def _require_size(most_mb: int) -> None:
    sent = request.content_length or 0
    if sent > most_mb << 20:
        raise TooLong(
            f"the request brings {sent / 2**20:.1f} MB, and at most {most_mb} MB are read; send it "
            "in parts, or raise KG_MAX_SOURCE_MB",
            limit="max_source_mb",
            value=most_mb,
        )
