"""What comes with the package, read once: the history of retargets and the facts that claims are held against."""

from __future__ import annotations

from functools import cache

from bot.decisions.history import parse_history
from bot.decisions.verdicts import Facts
from bot.model import Retarget
from extractors.resources import data_path


@cache
def shipped_retargets() -> tuple[Retarget, ...]:
    """Every retarget of the shipped history, oldest first."""
    return parse_history(data_path("difficulty.csv").read_bytes())


@cache
def shipped_facts() -> Facts:
    """The shipped history alone: no prices are shipped."""
    return Facts(retargets=shipped_retargets(), days={})
