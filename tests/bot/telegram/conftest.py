"""A fake Telegram and an empty store for every test here."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.edges.store.store import Store
from tests.support.telegram import FakeTelegram


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    with FakeTelegram() as server:
        yield server


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path / 'assay.sqlite3'}") as opened:
        yield opened
