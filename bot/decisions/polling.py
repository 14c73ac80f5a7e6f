"""When a feed is polled next: a third of the gap between its entries, so that a busy feed is seen soon and a quiet one seldom.

Failures double the wait each time, a server's own wish (Retry-After) is kept, and a little chance spreads the feeds of one site.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

SHORTEST, LONGEST = 60.0, 3600.0
_UNKNOWN_GAP = 2700.0  # a feed whose entries have no dates: a quarter of an hour between polls
_SHARE_OF_GAP = 3
_RECENT = 10
_MOST_DOUBLINGS = 12
_SPREAD = 0.1


@dataclass(frozen=True, slots=True)
class Poll:
    """What is known after a poll at `at`.

    `published` are the publication times of the feed's entries, or of the newest alone, in any order; `failures` counts polls in a
    row that failed; `retry_after` is how many seconds the server asked to wait.
    """

    at: datetime
    published: tuple[datetime, ...] = ()
    failures: int = 0
    retry_after: float | None = None


def next_poll(poll: Poll, *, jitter: float = 0.5, fixed: float | None = None) -> datetime:
    """When to poll next. `jitter` in [0, 1) is chance, 0.5 none; `fixed` seconds replace what the rhythm would say."""
    if fixed is not None:
        return poll.at + timedelta(seconds=max(fixed, poll.retry_after or 0))
    wait = _rhythm(poll) if not poll.failures else max(_rhythm(poll), _backoff(poll.failures))
    wait *= 1 + _SPREAD * (2 * jitter - 1)
    return poll.at + timedelta(seconds=max(min(max(wait, SHORTEST), LONGEST), poll.retry_after or 0))


def _rhythm(poll: Poll) -> float:
    """Seconds between polls by the latest entries, the silence since the newest included; dates in the future say nothing."""
    recent = sorted((moment for moment in poll.published if moment <= poll.at), reverse=True)[:_RECENT]
    gap = (poll.at - recent[-1]).total_seconds() / len(recent) if recent else _UNKNOWN_GAP
    return min(max(gap / _SHARE_OF_GAP, SHORTEST), LONGEST)


def _backoff(failures: int) -> float:
    return SHORTEST * 2.0 ** min(failures, _MOST_DOUBLINGS)
