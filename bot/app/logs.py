"""What the service says of itself: lines on standard error, without any secret in them, and none of them over and over."""

from __future__ import annotations

import logging

from bot.edges import secrets
from bot.settings import Settings

AGAIN_AFTER = 60.0
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_KNOWN = 500


class Repeated(logging.Filter):
    """Lets a line through once a minute, with how often it came meanwhile: a database out of reach is told of, not twice a second."""

    def __init__(self) -> None:
        super().__init__()
        self._told: dict[tuple[str, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether to print it; `record` gets the count in its words."""
        said = record.getMessage()
        key = record.name, f"{said} {_cause(record)}"
        at, more = self._told.get(key, (record.created - AGAIN_AFTER, 0))
        if 0 <= record.created - at < AGAIN_AFTER:
            self._told[key] = at, more + 1
            return False
        self._forget(record.created)
        self._told[key] = record.created, 0
        if more:
            record.msg, record.args = f"{said} ({more} more times since it was last said)", ()
        return True

    def _forget(self, now: float) -> None:
        """Drops what was told longer ago, once there is much of it; its count with it."""
        if len(self._told) >= _KNOWN:
            self._told = {key: told for key, told in self._told.items() if 0 <= now - told[0] < AGAIN_AFTER}


def _cause(record: logging.LogRecord) -> str:
    """What tells one error under the same words from another."""
    return record.exc_text or (repr(record.exc_info[1]) if record.exc_info else "")


def log_to_stderr(settings: Settings) -> None:
    """Logs from the set level up, and hides the secrets of the settings from every record."""
    for secret in (settings.telegram_token, settings.core_rpc_url):
        if secret is not None:
            secrets.hide(secret.get_secret_value())
    handler = logging.StreamHandler()
    handler.addFilter(Repeated())
    logging.basicConfig(level=settings.log_level, format=_FORMAT, handlers=[handler], force=True)
    # These tell every font they know and every step of a migration: nothing that helps to run a bot.
    for name in ("matplotlib", "asyncio", "websockets", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)
