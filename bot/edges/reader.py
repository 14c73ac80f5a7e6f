"""Reading of outside documents in a process of its own, which can be stopped.

Parsing and extraction are work for the processor and would hold up the event loop; and a hostile document may take minutes
whatever the checks before it. So one worker process does both, is killed when a task outlives its deadline, and is started anew
with the next task. It is started with the first task, not before, and ends with the program even if that is killed.
"""

from __future__ import annotations

import asyncio
import sys
from types import TracebackType
from typing import Any, Self, TypeVar

from bot.edges.reader_worker import BEGUN, LENGTH, TASKS, pack, unpack
from bot.errors import AssayError
from extractors.errors import ExtractorError, FeedError, InputError, PageError
from extractors.model import Article, Extraction

_START = "import sys; sys.path[:] = {path!r}; from bot.edges.reader_worker import main; main()"
_SECONDS_TO_START = 60.0  # on a busy machine without compiled files
_T = TypeVar("_T", FeedError, PageError, InputError)


class FeedReader:
    """Reads feeds and pages, and extracts, off the event loop. An async context manager; tasks are done one after the other."""

    def __init__(self, seconds: float = 10.0) -> None:
        """`seconds`: how long a task may take, once the libraries that it needs are loaded."""
        self._seconds = seconds
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Ends the worker."""
        async with self._turn:
            await self._stop()

    async def read_feed(self, body: bytes, *, url: str | None = None, charset: str | None = None) -> tuple[Article, ...]:
        """As `extractors.feed.read_feed`; FeedError also if it took too long."""
        articles: tuple[Article, ...] = await self._run_as(FeedError, "read_feed", body, url=url, charset=charset)
        return articles

    async def read_page(self, body: bytes, *, url: str | None = None, charset: str | None = None) -> Article:
        """As `extractors.page.read_page`; PageError also if it took too long."""
        article: Article = await self._run_as(PageError, "read_page", body, url=url, charset=charset)
        return article

    async def extract(self, article: Article) -> Extraction:
        """As `extractors.extract`; InputError if it took too long."""
        extraction: Extraction = await self.run("extract", article)
        return extraction

    async def run(self, task: str, *args: Any, **keywords: Any) -> Any:
        """The result of a task of `reader_worker.TASKS`, whose ExtractorError is raised here.

        InputError if it took longer than it may, or ended the process; AssayError if no process can be started.
        """
        if task not in TASKS:
            raise ValueError(f"no task {task!r}")
        async with self._turn:
            try:
                answer = await self._ask(pack((task, args, keywords, self._seconds)))
            except BaseException:
                await self._stop()  # also when cancelled: the answer that is still to come belongs to nobody
                raise
        if isinstance(answer, ExtractorError):
            raise answer
        return answer

    async def _run_as(self, kind: type[_T], task: str, *args: Any, **keywords: Any) -> Any:
        try:
            return await self.run(task, *args, **keywords)
        except InputError as error:
            if isinstance(error, kind):
                raise
            raise kind(str(error)) from error

    async def _ask(self, message: bytes) -> Any:
        process = self._process = self._process or await self._start()
        assert process.stdin is not None  # noqa: S101 - a pipe was asked for
        try:
            async with asyncio.timeout(_SECONDS_TO_START):
                process.stdin.write(message)
                await process.stdin.drain()
                answer = await self._receive(process)
            if answer != BEGUN:
                return answer
            async with asyncio.timeout(self._seconds):
                return await self._receive(process)
        except TimeoutError:
            raise InputError(f"reading took longer than {self._seconds:g} s and was stopped") from None
        except (ConnectionError, asyncio.IncompleteReadError):
            raise InputError("the process that was reading ended") from None

    async def _receive(self, process: asyncio.subprocess.Process) -> Any:
        assert process.stdout is not None  # noqa: S101 - a pipe was asked for
        (length,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
        return unpack(await process.stdout.readexactly(length))

    async def _start(self) -> asyncio.subprocess.Process:
        pipe = asyncio.subprocess.PIPE
        code = _START.format(path=sys.path)
        try:
            # A session of its own: Ctrl-C at the terminal is for the program, which then ends the worker.
            return await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdin=pipe, stdout=pipe, start_new_session=True)
        except OSError as error:
            raise AssayError(f"the reading process could not be started: {error}") from None

    async def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            process.kill()
        await process.communicate()  # reads the pipes to their end, without which they stay open
