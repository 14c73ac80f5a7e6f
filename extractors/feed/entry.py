"""What every feed format is reduced to before it becomes articles."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as the feed states it. `texts` are the bodies given, HTML or plain, any of which may be the longer one.

    `links` are candidates in the order of trust, not resolved; `dates` the stated dates in the order of trust, as text.
    """

    guid: str = ""
    title: str = ""
    texts: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole feed: its title, its address as it states it, its entries."""

    title: str
    link: str
    entries: tuple[Entry, ...]
