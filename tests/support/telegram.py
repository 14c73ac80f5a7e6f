"""A strict stand-in for Telegram's Bot API, over real HTTP on loopback.

    with FakeTelegram() as telegram:
        ada = telegram.person("Ada")
        ... start the application with telegram.root and telegram.token ...
        telegram.say(ada, "/difficulty")
        answer = telegram.wait_for_text(ada, "125.86 T")

Whatever Telegram would refuse of a correct client, or take and show wrongly, or what breaks its limits, is kept in `violations`, and
leaving the `with` block raises if there is any. Honest refusals (a kicked bot, a closed topic) and injected faults are not violations.
Everything may be called from any thread; in async tests use `await telegram.until(...)`.
"""

import asyncio
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self

from tests.support.telegram_desk import METHODS
from tests.support.telegram_faults import EDITING, POSTING, Fault, Faults, Flood
from tests.support.telegram_methods import Desk, RefusalError, ViolationError
from tests.support.telegram_script import Script
from tests.support.telegram_spec import Upload, check, open_values, spec
from tests.support.telegram_wire import Answer, Server
from tests.support.telegram_world import Json, Posted, Room, World

TOKEN = "7314159265:AAF-fake_Token_that_no_log_may_ever_show"
BOT = {
    "id": 7314159265,
    "is_bot": True,
    "first_name": "Assay",
    "username": "assay_test_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": True,
}
BY_NAME = {name.lower(): name for name in spec()["methods"]}


@dataclass
class Call:
    """One call as it arrived; `code` is what was answered, 0 if the connection was cut."""

    method: str
    given: Json
    at: float
    code: int = 0

    @property
    def chat_id(self) -> Any:
        return self.given.get("chat_id")


class FakeTelegram(Script):
    """The server. `flood=None` switches the watch over Telegram's limits off."""

    def __init__(self, *, token: str = TOKEN, flood: Flood | None = None, watch_flood: bool = True) -> None:
        super().__init__(World(dict(BOT)))
        self.token = token
        self.desk = Desk(self.world, waiting_callbacks=self.open_callbacks, waiting_inline=self.open_inline)
        self.flood = (flood or Flood()) if watch_flood else None
        self.faults = Faults()
        self.calls: list[Call] = []
        self.violations: list[str] = []
        self.poll_number = 0
        self.latency: Callable[[], float] = lambda: 0.0  # seconds that Telegram takes to answer a call
        self.stopping = threading.Event()
        self.server = Server(self.answer)

    @property
    def root(self) -> str:
        """What ASSAY_TELEGRAM_API is set to."""
        return f"http://127.0.0.1:{self.server.port}"

    # --- life ---

    def __enter__(self) -> Self:
        self.server.start()
        return self

    def __exit__(self, kind: object, *rest: object) -> None:
        self.close()
        if kind is None:
            self.check()

    def close(self) -> None:
        """Stops serving; hanging calls are let go."""
        self.stopping.set()
        with self.changed:
            self.changed.notify_all()
        self.server.stop()

    def check(self) -> None:
        """Raises if the client did anything wrong, or left a button spinning."""
        wrong = [*self.violations, *(f"callback {one} was never answered" for one in sorted(self.open_callbacks))]
        assert not wrong, f"{len(wrong)} violations:\n" + "\n".join(wrong[:40])

    # --- what tests read ---

    def shown(self, where: Json | Room, topic: int | None = None) -> list[Posted]:
        """The bot's messages that a chat (or topic) shows now, oldest first."""
        with self.changed:
            own = [one for one in self.room_of(where).shown if one.sender["id"] == self.world.bot["id"]]
        return [one for one in own if topic is None or one.topic_id == topic]

    def texts(self, where: Json | Room) -> list[str]:
        return [message.text for message in self.shown(where)]

    def called(self, *methods: str) -> list[Call]:
        """The calls of these methods so far, in the order of arrival."""
        with self.changed:
            return [call for call in self.calls if call.method in methods]

    def wait(self, condition: Callable[[], Any], within: float = 10) -> Any:
        """Blocks until `condition()` is true and returns it; AssertionError after `within` seconds."""
        end = time.monotonic() + within
        while not (found := condition()):
            assert time.monotonic() < end, f"waited {within} s in vain; the last calls were {self.calls[-5:]}"
            time.sleep(0.005)
        return found

    async def until(self, condition: Callable[[], Any], within: float = 10) -> Any:
        """`wait` for async tests."""
        end = time.monotonic() + within
        while not (found := condition()):
            assert time.monotonic() < end, f"waited {within} s in vain; the last calls were {self.calls[-5:]}"
            await asyncio.sleep(0.005)
        return found

    def with_text(self, where: Json | Room, words: str) -> Callable[[], Posted | None]:
        """A condition for `wait` and `until`: the chat shows a message of the bot with these words."""
        return lambda: next((one for one in self.shown(where) if words in one.text), None)

    # --- serving ---

    def answer(self, token: str, name: str, raw: Json) -> Answer:
        if token != self.token:
            return refused(401, "Unauthorized")
        method = BY_NAME.get(name.lower())
        with self.changed:
            if method is None or (method not in METHODS and method != "getUpdates"):
                self.violations.append(f"unknown method {name}")
                return refused(404, "Not Found")
            given = open_values(method, raw)
            call = Call(method, given, time.monotonic())
            self.calls.append(call)
            fault = self.faults.pick(method, self.number_of(given))
            answer = self.watch(call) or self.befall(call, fault)
        if method != "getUpdates":
            self.stopping.wait(self.latency())
        if fault and fault.kind == "hang_before":
            self.stopping.wait(fault.seconds)
        answer = answer or (self.get_updates(given) if method == "getUpdates" else self.carry_out(call))
        if fault and fault.kind.endswith("_after"):
            if fault.kind == "hang_after":
                self.stopping.wait(fault.seconds)
            answer = Answer(cut=True)
        call.code = 0 if answer.cut else answer.status
        return answer

    def number_of(self, given: Json) -> int | None:
        chat = given.get("chat_id")
        room = self.world.find(chat) if chat is not None else None
        return room.id if room else chat

    def watch(self, call: Call) -> Answer | None:
        """Holds the call against the specification and the flood windows."""
        given = attached(call)
        if wrong := check(call.method, given):
            self.violations += wrong
            return refused(400, f"Bad Request: {wrong[0]}")
        room = self.world.find(call.chat_id) if call.chat_id is not None else None
        if self.flood and room and call.method in POSTING + EDITING:
            self.violations += self.flood.arrive(room.id, room.crowded, call.at)
        return None

    def befall(self, call: Call, fault: Fault | None) -> Answer | None:
        """The answer of a fault that keeps the call from being carried out."""
        if fault is None or fault.kind in ("cut_after", "hang_after"):
            return None
        if fault.kind in ("cut_before", "hang_before"):
            return Answer(cut=True)
        if fault.kind == "error":
            return refused(500, "Internal Server Error")
        if fault.kind == "bad_gateway":
            return Answer(502, html="<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>")
        if fault.kind == "refuse":
            return refused(fault.code, fault.description, fault.parameters)
        if self.flood and call.chat_id is not None:
            self.flood.told_to_wait[self.number_of(call.given) or 0] = time.monotonic() + fault.seconds
        seconds = int(fault.seconds)
        return refused(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})

    def carry_out(self, call: Call) -> Answer:
        with self.changed:
            try:
                return Answer(body={"ok": True, "result": METHODS[call.method](self.desk, call.given)})
            except ViolationError as error:
                self.violations.append(f"{call.method}: {error.description}")
                return refused(error.code, error.description)
            except RefusalError as error:
                return refused(error.code, error.description, error.parameters)
            finally:
                self.violations += [f"{call.method}: {smell}" for smell in self.desk.smells]
                self.desk.smells.clear()
                self.changed.notify_all()

    def get_updates(self, given: Json) -> Answer:
        """Long polling; a second poller ends the first with a conflict, as Telegram does."""
        end = time.monotonic() + given.get("timeout", 0)
        with self.changed:
            self.poll_number += 1
            number = self.poll_number
            self.changed.notify_all()
            self.confirm(given.get("offset", 0), given.get("allowed_updates"))
            while not self.updates and not self.stopping.is_set() and number == self.poll_number:
                if not self.changed.wait(max(0.0, end - time.monotonic())):
                    break
            if number != self.poll_number:
                words = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
                return refused(409, words)
            return Answer(body={"ok": True, "result": self.updates[: given.get("limit", 100)]})


def attached(call: Call) -> Json:
    """The parameters without the file parts that `attach://` speaks of; those are kept for the method under `_files`."""
    media = call.given.get("media")
    name = str(media.get("media", "")).removeprefix("attach://") if isinstance(media, dict) else ""
    given = dict(call.given)
    with suppress(KeyError):
        file = given.pop(name)
        if isinstance(file, Upload):
            call.given = given | {"_files": {name: file}}
    return given


def refused(code: int, description: str, parameters: Json | None = None) -> Answer:
    body: Json = {"ok": False, "error_code": code, "description": description}
    return Answer(code, body | ({"parameters": parameters} if parameters else {}))
