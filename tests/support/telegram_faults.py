"""What goes wrong on purpose, and what the client did wrong in time: injected faults and the flood windows of Telegram.

A fault is asked for once per call that sends or edits (or for named methods). `Flood` records a call that came too early; it
never delays or refuses one by itself, so that a limiter is judged by what it lets through.
"""

import random
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

KINDS = ("flood", "error", "bad_gateway", "cut_before", "cut_after", "hang_before", "hang_after", "refuse")
POSTING = ("sendMessage", "sendPhoto", "sendDocument", "sendRichMessage")
EDITING = ("editMessageText", "editMessageCaption", "editMessageMedia", "editMessageReplyMarkup")


@dataclass
class Fault:
    """One planned fault. `seconds`: retry_after of a flood, or how long a hang lasts; `times` None means always.

    `refuse` answers `code` and `description`; `parameters` goes along (migrate_to_chat_id).
    """

    kind: str
    methods: tuple[str, ...] = POSTING + EDITING
    chat_id: int | None = None
    times: int | None = 1
    seconds: float = 1
    code: int = 400
    description: str = "Bad Request: chat not found"
    parameters: Json = field(default_factory=dict)

    def __post_init__(self) -> None:
        assert self.kind in KINDS, f"no such fault: {self.kind}"

    def fits(self, method: str, chat_id: int | None) -> bool:
        return method in self.methods and self.times != 0 and self.chat_id in (None, chat_id)


class Faults:
    """Planned faults first, in order; then chance, if it is switched on."""

    def __init__(self) -> None:
        self.planned: list[Fault] = []
        self.chance: list[tuple[float, Fault]] = []
        self.befallen = POSTING + EDITING
        self.random = random.Random(1)
        self.met: dict[str, int] = defaultdict(int)

    def add(self, kind: str, **details: Any) -> Fault:
        fault = Fault(kind, **details)
        self.planned.append(fault)
        return fault

    def storm(self, rate: float, faults: list[Fault], seed: int = 1, also: tuple[str, ...] = ()) -> None:
        """From now on each of `faults` befalls that share of calls that send or edit, and `also` of these methods; none end the storm."""
        self.random, self.befallen = random.Random(seed), POSTING + EDITING + also
        self.chance = [(rate, fault) for fault in faults]

    def pick(self, method: str, chat_id: int | None) -> Fault | None:
        for fault in self.planned:
            if fault.fits(method, chat_id):
                fault.times = None if fault.times is None else fault.times - 1
                return self.count(fault)
        draw = self.random.random() if self.chance and method in self.befallen else 1.0
        for rate, fault in self.chance:
            if draw < rate:
                return self.count(fault)
            draw -= rate
        return None

    def count(self, fault: Fault) -> Fault:
        self.met[fault.kind] += 1
        return fault


class Flood:
    """Sliding windows over the arrivals of messages and edits: 30 a second, 1 a second in a chat, 20 a minute in a crowded one."""

    def __init__(self, overall: int = 30, chat_seconds: float = 1.0, crowd: int = 20, crowd_seconds: float = 60.0) -> None:
        self.overall, self.chat_seconds, self.crowd, self.crowd_seconds = overall, chat_seconds, crowd, crowd_seconds
        self.arrivals: list[float] = []
        self.recent: deque[float] = deque()
        self.chats: dict[int, deque[float]] = defaultdict(deque)
        self.told_to_wait: dict[int, float] = {}
        self.most = 0

    def arrive(self, chat_id: int, crowded: bool, at: float) -> list[str]:
        """Counts one arrival; what it breaks, in words."""
        self.arrivals.append(at)
        broken = []
        if at < self.told_to_wait.get(chat_id, 0):
            broken.append(f"chat {chat_id} was written to before its retry_after was over")
        self.recent.append(at)
        while self.recent[0] <= at - 1:
            self.recent.popleft()
        self.most = max(self.most, len(self.recent))
        if len(self.recent) > self.overall:
            broken.append(f"{len(self.recent)} messages within a second")
        return broken + self.arrive_in_chat(chat_id, crowded, at)

    def arrive_in_chat(self, chat_id: int, crowded: bool, at: float) -> list[str]:
        broken = []
        before = self.chats[chat_id]
        while before and before[0] <= at - self.crowd_seconds:
            before.popleft()
        if before and at - before[-1] < self.chat_seconds:
            broken.append(f"chat {chat_id} got a message {at - before[-1]:.3f} s after another")
        before.append(at)
        if crowded and len(before) > self.crowd:
            broken.append(f"chat {chat_id} got {len(before)} messages within {self.crowd_seconds:g} s")
        return broken

    def rate(self) -> float:
        """Messages a second from the first to the last."""
        return (len(self.arrivals) - 1) / (self.arrivals[-1] - self.arrivals[0]) if len(self.arrivals) > 1 else 0.0
