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
    # These tell every font they know and every step of a migration: nothing that helps to run a bot.
    for name in ("matplotlib", "asyncio", "websockets", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)
