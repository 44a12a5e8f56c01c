"""One operation of the HTTP interface, as its description (``api.openapi``) tells it."""

from dataclasses import dataclass
from typing import Any, Final

from api import parameters as p
from api.shapes import Schema

HTML: Final = "text/html"
JSON: Final = "application/json"
TEXT: Final[Schema] = {"type": "string"}

Content = dict[str, Schema]


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path: what it answers, by media type, and how it can fail."""

    path: str
    summary: str
    tag: str
    content: Content
    parameters: tuple[p.Parameter, ...] = ()
    failures: tuple[int, ...] = (400, 406, 503)
    method: str = "get"
    status: int = 200
    body: dict[str, Any] | None = None

    @property
    def ident(self) -> str:
        """The operationId: the method and the path's words."""
        words = self.path.replace("{", "").replace("}", "").replace(".", "_").split("/")
        return "_".join([self.method, *(word for word in words if word)])
