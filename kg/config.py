"""Settings, read from the environment once and passed down.

===================  =====================================  ============================
variable             default                                what
===================  =====================================  ============================
KG_STORE             oxigraph:<user data folder>/store      which store
KG_BASE_IRI          http://localhost:8000/                 base of every minted IRI
KG_SPARQL_UPDATE_URL none                                   where a sparql: store takes updates
KG_SPARQL_GRAPH_URL  none                                   where it takes whole graphs
KG_SPARQL_USER       none                                   who we are there
KG_SPARQL_PASSWORD   none                                   and how we prove it
KG_SPARQL_TOKEN      none                                   or the token that does
KG_QUERY_SECONDS     30                                     deadline of one query
KG_QUERY_MEMORY_MB   2048                                   memory of one query worker
KG_QUERY_ROWS        1000000                                rows of one answer
KG_QUERY_BYTES       500000000                              bytes of one answer
KG_QUERY_CHARACTERS  1000000                                characters of one query
KG_WORKERS           0                                      query workers that wait; 0: by cores
KG_HEAVY             0                                      long queries that run; 0: one a core
KG_CORES             one                                    cores of a server's threads: one or all
KG_SNAPSHOTS         3                                      older snapshots that are kept
KG_SNAPSHOT_SECONDS  300                                    for how long they are
KG_READERS           0                                      processes that read; 0: one a core
KG_READING_SECONDS   120                                    deadline of what a server is to read
KG_MAX_SOURCE_MB     20                                     largest source file that is read
KG_EXTRACTOR         default                                what reads the articles
KG_LLM_URL           none                                   endpoint of the reader llm:MODEL
KG_LLM_KEY           none                                   its key
KG_LLM_SECONDS       120                                    deadline of one request
KG_LLM_CONCURRENCY   4                                      requests at a time
KG_LLM_REQUESTS      1000                                   requests of one run
KG_LLM_TOKENS        2000000                                tokens of one run
KG_TOKEN             none                                   token of those who write; none: off
KG_WRITABLE          own                                    what they may write: own or all
KG_ALLOW_SERVICE     none                                   places SERVICE and LOAD may ask
KG_PROXY             none                                   proxy that says who its clients are
===================  =====================================  ============================
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from platformdirs import user_data_path

from kg.errors import BadInput
from kg.iri import DEFAULT_BASE

OWN: Final = "own"
ALL: Final = "all"
"""What users may write: graphs of their own, or the whole store as if it were a plain one."""
ONE: Final = "one"
"""On how many cores the threads of a server run: one, or all."""

VARIABLES: Final = {
    "KG_STORE": "store",
    "KG_BASE_IRI": "base",
    "KG_SPARQL_UPDATE_URL": "sparql_update_url",
    "KG_SPARQL_GRAPH_URL": "sparql_graph_url",
    "KG_SPARQL_USER": "sparql_user",
    "KG_SPARQL_PASSWORD": "sparql_password",
    "KG_SPARQL_TOKEN": "sparql_token",
    "KG_QUERY_SECONDS": "query_seconds",
    "KG_QUERY_MEMORY_MB": "query_memory_mb",
    "KG_QUERY_ROWS": "query_rows",
    "KG_QUERY_BYTES": "query_bytes",
    "KG_QUERY_CHARACTERS": "query_characters",
    "KG_WORKERS": "workers",
    "KG_HEAVY": "heavy",
    "KG_CORES": "cores",
    "KG_SNAPSHOTS": "snapshots",
    "KG_SNAPSHOT_SECONDS": "snapshot_seconds",
    "KG_READERS": "readers",
    "KG_READING_SECONDS": "reading_seconds",
    "KG_MAX_SOURCE_MB": "max_source_mb",
    "KG_EXTRACTOR": "extractor",
    "KG_LLM_URL": "llm_url",
    "KG_LLM_KEY": "llm_key",
    "KG_LLM_SECONDS": "llm_seconds",
    "KG_LLM_CONCURRENCY": "llm_concurrency",
    "KG_LLM_REQUESTS": "llm_requests",
    "KG_LLM_TOKENS": "llm_tokens",
    "KG_TOKEN": "token",
    "KG_WRITABLE": "writable",
    "KG_ALLOW_SERVICE": "allow_service",
    "KG_PROXY": "proxy",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set from outside; see the table above."""

    store: str
    base: str = DEFAULT_BASE
    sparql_update_url: str = ""
    sparql_graph_url: str = ""
    sparql_user: str = ""
    sparql_password: str = field(default="", repr=False)
    sparql_token: str = field(default="", repr=False)
    query_seconds: float = 30.0
    query_memory_mb: int = 2048
    query_rows: int = 1_000_000
    query_bytes: int = 500_000_000
    query_characters: int = 1_000_000
    workers: int = 0
    heavy: int = 0
    cores: str = ONE
    snapshots: int = 3
    snapshot_seconds: float = 300.0
    readers: int = 0
    reading_seconds: float = 120.0
    max_source_mb: int = 20
    extractor: str = "default"
    llm_url: str = ""
    llm_key: str = field(default="", repr=False)
    llm_seconds: float = 120.0
    llm_concurrency: int = 4
    llm_requests: int = 1000
    llm_tokens: int = 2_000_000
    token: str = field(default="", repr=False)
    writable: str = OWN
    allow_service: str = ""
    proxy: str = ""


def data_folder() -> Path:
    """Where this user's stores live when none is named."""
    return user_data_path("conflict-kg", appauthor=False)


def settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings an environment gives; BadInput names a variable with a bad value.

    >>> settings({"KG_QUERY_SECONDS": "5", "KG_STORE": "memory:"}).query_seconds
    5.0
    """
    base = environment.get("KG_BASE_IRI", DEFAULT_BASE)
    if not base.startswith(("http://", "https://")) or not base.endswith("/"):
        raise BadInput(f"KG_BASE_IRI is {base!r}; it must start with http(s):// and end with /")
    return Settings(
        store=environment.get("KG_STORE") or f"oxigraph:{data_folder() / 'store'}",
        base=base,
        sparql_update_url=environment.get("KG_SPARQL_UPDATE_URL", ""),
        sparql_graph_url=environment.get("KG_SPARQL_GRAPH_URL", ""),
        sparql_user=environment.get("KG_SPARQL_USER", ""),
        sparql_password=environment.get("KG_SPARQL_PASSWORD", ""),
        sparql_token=environment.get("KG_SPARQL_TOKEN", ""),
        query_seconds=_number(environment, "KG_QUERY_SECONDS", 30.0),
        query_memory_mb=int(_number(environment, "KG_QUERY_MEMORY_MB", 2048)),
        query_rows=int(_number(environment, "KG_QUERY_ROWS", 1_000_000)),
        query_bytes=int(_number(environment, "KG_QUERY_BYTES", 500_000_000)),
        query_characters=int(_number(environment, "KG_QUERY_CHARACTERS", 1_000_000)),
        workers=int(_number(environment, "KG_WORKERS", 0)),
        heavy=int(_number(environment, "KG_HEAVY", 0)),
        cores=_one_of(environment, "KG_CORES", (ONE, ALL)),
        snapshots=int(_number(environment, "KG_SNAPSHOTS", 3)),
        snapshot_seconds=_number(environment, "KG_SNAPSHOT_SECONDS", 300.0),
        readers=int(_number(environment, "KG_READERS", 0)),
        reading_seconds=_number(environment, "KG_READING_SECONDS", 120.0),
        max_source_mb=int(_number(environment, "KG_MAX_SOURCE_MB", 20)),
        extractor=environment.get("KG_EXTRACTOR") or "default",
        llm_url=environment.get("KG_LLM_URL", ""),
        llm_key=environment.get("KG_LLM_KEY", ""),
        llm_seconds=_number(environment, "KG_LLM_SECONDS", 120.0),
        llm_concurrency=int(_number(environment, "KG_LLM_CONCURRENCY", 4)),
        llm_requests=int(_number(environment, "KG_LLM_REQUESTS", 1000)),
        llm_tokens=int(_number(environment, "KG_LLM_TOKENS", 2_000_000)),
        token=environment.get("KG_TOKEN", ""),
        writable=_one_of(environment, "KG_WRITABLE", (OWN, ALL)),
        allow_service=environment.get("KG_ALLOW_SERVICE", ""),
        proxy=environment.get("KG_PROXY", ""),
    )


def _one_of(environment: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    text = environment.get(name) or allowed[0]
    if text not in allowed:
        raise BadInput(f"{name} is {text!r}; it must be {' or '.join(allowed)}")
    return text


def _number(environment: Mapping[str, str], name: str, default: float) -> float:
    text = environment.get(name, "")
    if not text:
        return default
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if number < 0 or (number == 0 and default):
        raise BadInput(f"{name} is {text!r}; it must be a number above 0 (default {default:g})")
    return number
