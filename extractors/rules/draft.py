"""A draft: an event while it is being put together from the mentions of an article."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.mentions.amounts import Amount
from extractors.mentions.miners import MinerMention
from extractors.mentions.stream import Trigger
from extractors.model import Kind, Period, Purpose, Span, Status


@dataclass(slots=True)
class Draft:
    """What is known so far; `place` is the index of its view, `cost` how far its parts stood from each other."""

    kind: Kind
    place: int
    anchor: Span  # the words that tell of it
    trigger: Trigger | None = None
    btc: Amount | None = None
    usd: Amount | None = None
    price: Amount | None = None
    company: MinerMention | None = None
    status: Status = Status.COMPLETED
    status_span: Span | None = None
    period: Period | None = None
    period_span: Span | None = None
    grain: str = ""
    purposes: tuple[Purpose, ...] = ()
    purpose_span: Span | None = None
    settlement: str | None = None
    settlement_span: Span | None = None
    cost: float = 0.0
    table: bool = False
    again: bool = False  # "another 550 BTC": not the same coins as those told before, though as many
    own: bool = True  # False where the figure follows another and has no verb of its own
    joint: list[Draft] = field(default_factory=list)

    @property
    def in_title(self) -> bool:
        """Whether the headline tells it."""
        return self.place == 0
