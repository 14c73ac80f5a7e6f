"""The beat of the jobs: again and again until the end, whatever one round did."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from bot.errors import AssayError

_LOG = logging.getLogger(__name__)


class Bell:
    """Wakes a loop before its time; ringing it twice is ringing it once."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Begin the next round now."""
        self._rung.set()

    async def wait(self, seconds: float, stop: asyncio.Event) -> None:
        """Until rung, until the end, or until `seconds` have passed."""
        ending = asyncio.create_task(stop.wait())
        ringing = asyncio.create_task(self._rung.wait())
        try:
            await asyncio.wait({ending, ringing}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (ending, ringing):
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
        self._rung.clear()


async def every(seconds: float, job: Callable[[], Awaitable[object]], stop: asyncio.Event, bell: Bell | None = None) -> None:
    """Runs `job` at once and then every `seconds`; a round that fails is logged, and the next one comes all the same."""
    bell = bell or Bell()
    name = getattr(job, "__name__", "job")
    while not stop.is_set():
        try:
            await job()
        except AssayError as error:
            _LOG.warning("%s: %s", name, error)
        except Exception:  # noqa: BLE001  # a fault of ours must not end the service
            _LOG.exception("%s failed", name)
        await bell.wait(seconds, stop)
