"""What the service says of itself: lines on standard error, without any secret in them."""

from __future__ import annotations

import logging

from bot.edges import secrets
from bot.settings import Settings


def log_to_stderr(settings: Settings) -> None:
    """Logs from the set level up, and hides the secrets of the settings from every record."""
    for secret in (settings.telegram_token, settings.core_rpc_url):
        if secret is not None:
            secrets.hide(secret.get_secret_value())
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True)
    # Below INFO these say every step of every request and every font they know.
    for name in ("matplotlib", "asyncio", "websockets"):
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLogger().level))
