"""The process that others are forked from (``python -m kg.store.pool.zygote ROLE=MODULE…``), told
by a socket. Each module named has a ``main(channel, …)``, and is one more role to play.

It has imported everything and opened nothing, so a query worker or a writer is there within
milliseconds. It stays single-threaded, waits for those that end, and when its own parent is gone
ends them all and removes what they leave behind.

=======================  ========================================================
in                       out
=======================  ========================================================
("fork", role, limits…)  the process's id; its end of a socket comes with the message
("ended", id)            how it ended, as ``subprocess`` has it
("leave", paths)         nothing: these folders go should the parent be killed
=======================  ========================================================
"""

import contextlib
import ctypes
import gc
import os
import resource
import shutil
import signal
import socket
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any, Final

from kg.store.pool import worker, writer
from kg.store.pool.channel import Channel, Ended, inherited

Roles = Mapping[str, Callable[..., None]]
ROLES: Final[Roles] = {"worker": worker.main, "writer": writer.main}
_PR_SET_PDEATHSIG: Final = 1


def main(more: Sequence[str]) -> None:
    """Fork whoever is wanted, until the parent is gone."""
    roles = {**ROLES, **dict(map(_role, more))}
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.freeze()
    parent = inherited()
    children: set[int] = set()
    paths: list[str] = []
    with contextlib.suppress(Ended):
        while True:
            match parent.receive():
                case ("fork", role, *limits):
                    child = _fork(parent, roles[role], limits)
                    children.add(child)
                    parent.send(child)
                case ("ended", child):
                    children.discard(child)
                    parent.send(_ended(child))
                case ("leave", paths):
                    pass
    for child in children:
        os.kill(child, signal.SIGKILL)
        _ended(child)
    for path in paths:
        shutil.rmtree(path, ignore_errors=True)


def _fork(parent: Channel, role: Callable[..., None], limits: list[Any]) -> int:
    file = parent.file()
    child = os.fork()
    if child:
        os.close(file)
        return child
    try:
        parent.close()
        _die_with(os.getppid())
        with contextlib.suppress(Ended):
            role(Channel(socket.socket(fileno=file)), *limits)
        os._exit(0)
    finally:
        os._exit(1)


def _role(text: str) -> tuple[str, Callable[..., None]]:
    name, _, module = text.partition("=")
    role: Callable[..., None] = import_module(module).main
    return name, role


def _die_with(parent: int) -> None:
    """Be killed when the zygote is (Linux; elsewhere a closed socket is all there is)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def _ended(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    main(sys.argv[1:])
