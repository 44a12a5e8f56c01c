"""Who may write: whoever shows the token (RFC 6750), and nobody where none is set."""

import hmac

from flask import request

from api.errors import Unauthorized
from kg.config import Settings
from kg.errors import Forbidden


def require_writer(settings: Settings) -> None:
    """Let the request pass if it may write.

    Raises Forbidden where writing is off, Unauthorized without the right
    ``Authorization: Bearer TOKEN``.
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
