"""What has been worked out of words, kept for those met last."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")


class Remembered(dict[str, _T]):
    """A dictionary that fills itself: a lookup costs no step of the interpreter for a word met before."""

    def __init__(self, work_out: Callable[[str], _T], most: int) -> None:
        """Take what is asked for a word that is new, and how many words are kept."""
        super().__init__()
        self._work_out = work_out
        self._most = most

    def __missing__(self, word: str) -> _T:
        if len(self) >= self._most:
            self.clear()
        known = self[word] = self._work_out(word)
        return known
