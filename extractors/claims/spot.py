"""A figure at its place in a sentence, with what the sentences before have told: what every question about it starts from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractors.claims.figures import Figure
from extractors.claims.item import Item
from extractors.model import Metric


class Context(NamedTuple):
    """What was told before: the metric last spoken of, the direction of the difficulty's last change.

    `network`: the article is about the network at all; `last`: the change told before in the same sentence; `year`: when it was written,
    0 if that is not known; `text`: the article, characters made plain; `before`: the metric spoken of before this sentence.
    """

    topic: Metric | None = None
    network: bool = False
    turn: int = 0
    last: tuple[Metric, int] | None = None
    year: int = 0
    text: str = ""
    before: Metric | None = None


class Spot(NamedTuple):
    """The figure of `items[place]`."""

    items: Sequence[Item]
    place: int
    figure: Figure
    context: Context

    def before(self, reach: int) -> Sequence[Item]:
        """The items before the figure, at most `reach`."""
        return self.items[max(0, self.place - reach) : self.place]

    def after(self, reach: int) -> Sequence[Item]:
        """The items after the figure, at most `reach`."""
        return self.items[self.place + 1 : self.place + 1 + reach]

    def words_before(self, reach: int) -> list[str]:
        """The words before the figure in lower case, the nearest last."""
        return [item.lower for item in self.before(reach)]

    def words_after(self, reach: int) -> list[str]:
        """The words after the figure in lower case."""
        return [item.lower for item in self.after(reach)]

    @property
    def words(self) -> set[str]:
        """The words of the sentence in lower case."""
        return {item.lower for item in self.items}

    @property
    def is_whole(self) -> bool:
        """Whether the figure is a whole number."""
        return self.figure.value == self.figure.value.to_integral_value()
