"""The other end of `bot.edges.reader`: a process that reads tasks from its input and writes results, until its input ends.

A message is four bytes of length and a pickle: in, a name of `TASKS` with its arguments and the seconds that it may take; out,
BEGUN once the task's libraries are loaded, and then the result or an ExtractorError.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, BinaryIO

from extractors.errors import ExtractorError, InputError

BEGUN = "begun"
LENGTH = struct.Struct(">I")
# Only these may be asked for, so that the process cannot be made to call anything else.
TASKS = {
    "read_feed": "extractors.feed:read_feed",
    "read_page": "extractors.page:read_page",
    "extract": "extractors.door:extract",
}


def pack(value: Any) -> bytes:
    """A message as bytes."""
    body = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    return LENGTH.pack(len(body)) + body


def unpack(body: bytes) -> Any:
    """The value of a message's body; only for what our own process wrote."""
    return pickle.loads(body)  # noqa: S301 - both ends are this program


def main() -> None:
    """Serves tasks until the input ends; whatever prints meanwhile goes to standard error."""
    inlet = sys.stdin.buffer
    outlet = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    while (head := inlet.read(LENGTH.size)) and len(head) == LENGTH.size:
        _serve(outlet, *unpack(inlet.read(LENGTH.unpack(head)[0])))


def _serve(outlet: BinaryIO, name: str, args: tuple[Any, ...], keywords: dict[str, Any], seconds: float) -> None:
    try:
        task = _load(name)
        _send(outlet, BEGUN)
        with _bounded(seconds):
            answer = task(*args, **keywords)
    except ExtractorError as error:
        answer = error
    except Exception as error:  # noqa: BLE001 - a task that trips over its input must not end the process
        answer = InputError(f"{type(error).__name__}: {error}")
        answer.add_note(traceback.format_exc())
    _send(outlet, answer)


@contextmanager
def _bounded(seconds: float) -> Iterator[None]:
    """Ends the process if the block takes half as long again as it may: then nobody is left who would have ended it."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds * 1.5)
    try:
        yield
    finally:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)


def _load(name: str) -> Callable[..., Any]:
    module, _, function = TASKS[name].partition(":")
    loaded: Callable[..., Any] = getattr(import_module(module), function)
    return loaded


def _send(outlet: BinaryIO, value: Any) -> None:
    outlet.write(pack(value))
    outlet.flush()
