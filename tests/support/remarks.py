"""Remarks in words, for comparing."""

from collections.abc import Mapping

from bot.decisions.remarks import told
from bot.model import Remarks


def said(by_source: Mapping[str, Remarks]) -> dict[str, str]:
    """What is said of each source, in the spoken language."""
    return {source: told(remarks) for source, remarks in by_source.items()}
