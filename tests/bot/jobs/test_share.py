"""A job belongs to one process at a time, is given back in good order, and taken over from one that died."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.edges.store.store import Store
from bot.jobs.share import Share

pytestmark = pytest.mark.anyio


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path / 'assay.sqlite3'}") as opened:
        yield opened


async def test_a_turn_is_one_workers_however_long_it_lasts(store: Store) -> None:
    first, second = Share(store, "first"), Share(store, "second")
    async with first.turn("news", 0.3) as ours:
        assert ours.ours
        await asyncio.sleep(0.6)
        async with second.turn("news", 0.3) as theirs:
            assert not theirs.ours
        assert not ours.lost.is_set()
    async with second.turn("news", 0.3) as theirs:
        assert theirs.ours, "it was given back"


async def test_jobs_are_told_apart(store: Store) -> None:
    async with Share(store, "first").turn("news") as one, Share(store, "second").turn("digests") as other:
        assert one.ours
        assert other.ours


async def test_who_lost_a_job_is_told(store: Store) -> None:
    async with Share(store, "first").turn("news", 0.3) as turn:
        store.end_lease("news", "first")
        async with Share(store, "second").turn("news", 5) as taken:
            assert taken.ours
            async with asyncio.timeout(5):
                await turn.lost.wait()


async def test_a_job_is_let_go_while_the_database_is_out_of_reach_and_taken_up_again(store: Store) -> None:
    """Else its process would go on asking Telegram for questions that it cannot answer, beside whoever has the lease by then."""
    begun, ended = asyncio.Event(), asyncio.Event()

    async def work(end: asyncio.Event) -> None:
        begun.set()
        await end.wait()
        ended.set()

    stop = asyncio.Event()
    held = asyncio.create_task(Share(store, "first").hold("updates", work, stop, 0.3))
    async with asyncio.timeout(10):
        await begun.wait()
        _rename(store, "lease", "away")
        await ended.wait()
        begun.clear()
        _rename(store, "away", "lease")
        await begun.wait()
        stop.set()
        await held


def _rename(store: Store, table: str, name: str) -> None:
    with store.database.writing() as session:
        session.execute(text(f"ALTER TABLE {table} RENAME TO {name}"))


async def test_a_job_that_is_held_is_left_with_the_end_and_taken_by_the_next(store: Store) -> None:
    done: list[str] = []

    def work(name: str):
        async def run(end: asyncio.Event) -> None:
            done.append(name)
            await end.wait()

        return run

    stops = [asyncio.Event(), asyncio.Event()]
    tasks = []
    for name, stop in zip(("first", "second"), stops, strict=True):
        tasks.append(asyncio.create_task(Share(store, name).hold("chain", work(name), stop)))
        await asyncio.sleep(0.3)
    assert done == ["first"]
    stops[0].set()
    async with asyncio.timeout(10):
        await tasks[0]
        while done != ["first", "second"]:  # noqa: ASYNC110 - what is waited for is another task's doing
            await asyncio.sleep(0.02)
        stops[1].set()
        await tasks[1]


async def test_the_same_worker_takes_up_at_once_what_it_held_when_it_was_killed(store: Store) -> None:
    assert await Share(store, "assay")._take("chain", 60)
    async with Share(store, "assay").turn("chain") as turn:
        assert turn.ours
