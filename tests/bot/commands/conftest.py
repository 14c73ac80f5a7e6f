import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.decisions.markup import to_plain
from tests.support.asking import answered, tell_the_news
from tests.support.databases import _makers, _migrated, fresh_url, postgres, store, store_url
from tests.support.newsroom import Newsroom, newsroom

__all__ = ["_makers", "_migrated", "fresh_url", "postgres", "store", "store_url"]

Asking = Callable[..., str]


@pytest.fixture(scope="session")
def shelves(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Databases made once, to be copied: one without news and one with."""
    folder = tmp_path_factory.mktemp("shelves")
    for name, fill in (("empty", None), ("told", tell_the_news)):
        with newsroom(f"sqlite:///{folder / name}") as made:
            if fill:
                fill(made)
    return folder


@pytest.fixture
def room(shelves: Path, tmp_path: Path) -> Iterator[Newsroom]:
    """A store without news."""
    shutil.copy(shelves / "empty", tmp_path / "empty")
    with newsroom(f"sqlite:///{tmp_path / 'empty'}") as empty:
        yield empty


@pytest.fixture
def told(shelves: Path, tmp_path: Path) -> Iterator[Newsroom]:
    """A store with the news of `tell_the_news`."""
    shutil.copy(shelves / "told", tmp_path / "told")
    with newsroom(f"sqlite:///{tmp_path / 'told'}") as full:
        yield full


@pytest.fixture
def ask(told: Newsroom) -> Asking:
    """Asks the full store and gives the answer as plain text."""
    return lambda text, *args, **more: to_plain(answered(told, text, *args, **more))


@pytest.fixture
def ask_empty(room: Newsroom) -> Asking:
    """Asks the empty store."""
    return lambda text, *args, **more: to_plain(answered(room, text, *args, **more))
