import asyncio
import os
import signal
import sys

import pytest

from bot.edges import reader_worker
from bot.edges.reader import FeedReader
from extractors.errors import ExtractorError, FeedError, InputError, PageError
from extractors.feed import read_feed
from extractors.resources import data_path

pytestmark = pytest.mark.anyio
FEED = b'<rss version="2.0"><channel><item><title>Riot sells 475 BTC</title><link>https://news.example/1</link></item></channel></rss>'


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def process(reader: FeedReader) -> asyncio.subprocess.Process:
    assert reader._process is not None
    return reader._process


def slow_feed() -> bytes:
    """Valid, within all limits, and seconds of work."""
    return b'<rss version="2.0"><channel>' + b"".join(b"<item><title>x%d</title></item>" % n for n in range(40_000)) + b"</channel></rss>"


async def test_the_reader_gives_what_the_library_gives() -> None:
    body = data_path("samples", "news.xml").read_bytes()
    async with FeedReader() as reader:
        assert await reader.read_feed(body, url="https://news.example/feed.xml") == read_feed(body, url="https://news.example/feed.xml")


async def test_nothing_is_started_before_the_first_task() -> None:
    async with FeedReader() as reader:
        assert reader._process is None


async def test_one_process_serves_many_tasks_side_by_side() -> None:
    async with FeedReader() as reader:
        results = await asyncio.gather(*(reader.read_feed(FEED) for _ in range(20)))
        first = process(reader).pid
        await reader.read_feed(FEED)
        assert process(reader).pid == first
        assert all(len(articles) == 1 for articles in results)


async def test_the_errors_of_the_library_come_through() -> None:
    async with FeedReader() as reader:
        with pytest.raises(FeedError, match="HTML page"):
            await reader.read_feed(b"<html></html>")
        with pytest.raises(PageError):
            await reader.read_page(b"")
        assert len(await reader.read_feed(FEED)) == 1


async def test_a_page_is_read_too() -> None:
    async with FeedReader() as reader:
        assert (await reader.read_page(b"<p>Riot sold 475 BTC.</p>", url="https://news.example/1")).title == "Riot sold 475 BTC."


async def test_a_task_that_takes_too_long_is_stopped_and_the_next_one_is_done() -> None:
    async with FeedReader(seconds=0.3) as reader:
        await reader.read_feed(FEED)
        busy = process(reader)
        with pytest.raises(FeedError, match="longer than"):
            await reader.read_feed(slow_feed())
        assert busy.returncode == -signal.SIGKILL, "it was stopped at its work, and not waited for"
        assert len(await reader.read_feed(FEED)) == 1


async def test_a_worker_that_dies_is_replaced() -> None:
    async with FeedReader() as reader:
        await reader.read_feed(FEED)
        os.kill(process(reader).pid, signal.SIGKILL)
        await process(reader).wait()
        with pytest.raises(InputError, match="ended"):
            await reader.run("read_feed", FEED)
        assert len(await reader.read_feed(FEED)) == 1


async def test_a_cancelled_task_leaves_no_answer_to_the_next_one() -> None:
    async with FeedReader() as reader:
        await reader.read_feed(FEED)
        task = asyncio.create_task(reader.read_feed(slow_feed()))
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert [article.title for article in await reader.read_feed(FEED)] == ["Riot sells 475 BTC"]


async def test_the_worker_ends_with_the_reader() -> None:
    async with FeedReader() as reader:
        await reader.read_feed(FEED)
        pid = process(reader).pid
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def test_a_worker_whose_program_was_killed_ends_by_itself() -> None:
    code = "from bot.edges.reader_worker import main; main()"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    message = reader_worker.pack(("read_feed", (slow_feed(),), {}, 0.2))
    worker = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, env=environment
    )
    await worker.communicate(message)
    assert worker.returncode == -signal.SIGALRM


async def test_only_listed_tasks_are_done() -> None:
    async with FeedReader() as reader:
        with pytest.raises(ValueError, match="no task"):
            await reader.run("os.system", "true")


async def test_a_task_that_trips_tells_what_happened_and_the_process_lives() -> None:
    async with FeedReader() as reader:
        with pytest.raises(InputError, match="TypeError"):
            await reader.run("read_feed", FEED, nonsense=1)
        assert len(await reader.read_feed(FEED)) == 1


async def test_every_task_can_be_sent_and_its_error_comes_back() -> None:
    for error in (ExtractorError("a"), FeedError("b"), PageError("c")):
        sent = reader_worker.pack(error)
        assert str(reader_worker.unpack(sent[reader_worker.LENGTH.size :])) == str(error)
