"""What a command may use: the store as it stood at `now`, each thing read once an answer and only if it is asked for.

Gathers and does not decide; nothing here waits for the network.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING

from bot.decisions.choice import Choice
from bot.decisions.digest import LATE_FIND, DigestFacts, Window, digest, in_window, pending
from bot.decisions.figures import Known, Standing
from bot.decisions.history import join_history, shipped_history
from bot.decisions.join import MONTH, RECENT, Context, Facts, context
from bot.decisions.network import DAY_BLOCKS, WINDOWS
from bot.decisions.ratios import latest_ratios
from bot.decisions.sales import day_of, listed
from bot.decisions.standing import standing
from bot.model import Answer, BlockHeader, Chat, Day, Gauge, Judged, Retarget, SalesQuery, Source, StoredClaim, StoredNote, StoredStory
from bot.speech import language_of
from extractors.model import Kind

if TYPE_CHECKING:
    from bot.edges.store.store import Store

_REACH = max(RECENT, MONTH) + timedelta(days=40)  # how far before a sale its context looks
_YEAR = timedelta(days=366)
_CLAIMS_REACH = timedelta(days=90)
_HOUR, _DAY, _DAYS_KEPT = timedelta(hours=1), timedelta(days=1), _YEAR + timedelta(days=35)
_FEW = 20  # stories: hardly ever is a whole sale farther back
_BLOCKS = max(WINDOWS) + max(WINDOWS) // 10 + 2 * DAY_BLOCKS  # the widest window, its tolerance, and the window of a day ago


class Desk:
    """The store as of `now`, for one answer."""

    def __init__(self, store: Store, now: datetime) -> None:
        self.store = store
        self.now = now.astimezone(UTC)

    # --- the chain and the market

    @cached_property
    def history(self) -> tuple[Retarget, ...]:
        """Every retarget known, shipped or learnt."""
        return join_history(shipped_history(), self.store.chain.retargets())

    @cached_property
    def standing(self) -> Standing:
        """How network and market stand now."""
        return self.standing_at(self.now)

    def standing_at(self, time: datetime) -> Standing:
        """How they stood at an earlier time.

        Of each hour only the last reading is kept, so one taken within the hour after `time`, but not after now, stands for it.
        """
        found = (reading for gauge in Gauge for reading in self.store.chain.latest(gauge, min(self.now, time + _HOUR)))
        readings = tuple(replace(reading, at=min(reading.at, time)) for reading in found)
        return standing(Known(self.history, self._blocks, readings, self.days_since((time - _YEAR).date())), time)

    @cached_property
    def _blocks(self) -> tuple[BlockHeader, ...]:
        """As far back as the widest window of the hashrate begins, or all if the tip is later than now."""
        tip = self.store.chain.tip()
        near = tip is not None and self.now - _DAY < tip.time <= self.now
        return self.store.chain.blocks(tip.height - _BLOCKS if tip and near else 0)

    def days_since(self, first: date) -> Mapping[date, Day]:
        """The known days from `first` on, and perhaps earlier ones."""
        if first >= (self.now - _DAYS_KEPT).date():
            return self._days
        return {day.day: day for day in self.store.chain.days(first, self.now.date())}

    @cached_property
    def _days(self) -> Mapping[date, Day]:
        return {day.day: day for day in self.store.chain.days((self.now - _DAYS_KEPT).date(), self.now.date())}

    # --- chats

    def language_of(self, chat_id: int) -> str:
        """The code of the language that is spoken to the chat."""
        return language_of(self._chats.get(chat_id))

    def timezone_of(self, chat_id: int) -> str:
        """The name of the zone in which the chat reads times."""
        chat = self._chats.get(chat_id)
        return chat.timezone if chat else "UTC"

    @cached_property
    def _chats(self) -> Mapping[int, Chat]:
        return {chat.id: chat for chat in self.store.chats.all()}

    # --- stories

    def stories(self, query: SalesQuery) -> list[StoredStory]:
        """The stories that a query asks for, newest first."""
        return listed(self.store.stories.list(query, self.now), query, self.now)

    def latest(self, query: SalesQuery, wanted: Callable[[StoredStory], bool]) -> StoredStory | None:
        """The newest story that a query asks for and that is `wanted`, else the newest; a few are read at a time."""
        first = None
        for start in count(0, _FEW):
            some = self.store.stories.list(query, self.now, _FEW, start)
            found = listed(some, query, self.now)
            first = first or next(iter(found), None)
            if (one := next(filter(wanted, found), None)) or len(some) < _FEW:
                return one or first
        return None

    def companies(self) -> Sequence[str]:
        """The names of the companies that any story tells of."""
        return self.store.stories.companies(self.now)

    def story(self, number: int) -> StoredStory | None:
        """The story of that number; None if there is none or it was told later than now."""
        found = self.store.stories.get(number)
        return (
            found
            if found and min((told.published for told in found.story.tellings if told.published), default=self.now) <= self.now
            else None
        )

    def sources(self, stored: StoredStory) -> Sequence[Source]:
        """Its articles, primary source first, with the sentence behind each figure."""
        return self.store.stories.sources(stored.id)

    def context(self, stored: StoredStory) -> Context:
        """A sale held against what else is known."""
        return context(stored, self.facts((stored,)), self.now)

    def facts(self, sales: Iterable[StoredStory]) -> Facts:
        """What these sales can be held against: the stories, retargets and market days around them."""
        starts = [min(day_of(sale), sale.story.period.start if sale.story.period else day_of(sale)) for sale in sales]
        first = min(starts, default=self.now.date())
        kinds = (Kind.SALE, Kind.PRODUCTION, Kind.HOLDINGS)
        stories = [story for kind in kinds for story in self.store.stories.list(SalesQuery(kind=kind, since=first - _REACH), self.now)]
        return Facts(stories, self.history, self.days_since(first))

    # --- claims, notes and the digest

    def claims(self, since: datetime, until: datetime) -> list[StoredClaim]:
        """Claims of articles told after `since` up to `until`; those without a verdict yet are judged by what is known now."""
        found = self.store.claims.told(since, until + timedelta(microseconds=1))
        if all(claim.judged for claim in found):
            return found
        return judged(found, self.history, self.days_since((since - _CLAIMS_REACH).date()))

    def notes(self, since: datetime, until: datetime) -> list[StoredNote]:
        """Notes of articles told after `since` up to `until`."""
        return self.store.articles.notes(since, until + timedelta(microseconds=1))

    def digest(self, window: Window, choice: Choice | None = None) -> Answer:
        """The digest of a window for who chose so."""
        return digest(self._digest_facts(window), window, choice)

    def _digest_facts(self, window: Window) -> DigestFacts:
        since = (window.since - LATE_FIND).date() - timedelta(days=400)
        kinds = (Kind.SALE, Kind.PRODUCTION, Kind.HOLDINGS, Kind.PURCHASE, Kind.TRANSFER)
        stories = [story for kind in kinds for story in self.store.stories.list(SalesQuery(kind=kind, since=since), window.until)]
        quoted = [*in_window(stories, window), *(plan for plan, _ in pending(stories, window)), *_outputs(stories, window)]
        notes = self.notes(window.since, window.until)
        return DigestFacts(
            facts=Facts(stories, self.history, self.days_since(window.since.date() - _REACH)),
            sources=self.store.stories.sources_of([story.id for story in quoted]),
            claims=self.claims(window.since, window.until),
            notes=notes,
            standing=self.standing_at(window.until),
            before=self.standing_at(window.since),
            withdrawn=self.store.listings.marked_wrong({note.source.article_id for note in notes}),
        )


def _outputs(stories: Sequence[StoredStory], window: Window) -> list[StoredStory]:
    """The stories of output that a weekly digest holds sales against."""
    return [one.mined for one in latest_ratios(stories, window.until)] if window.weekly else []


def judged(found: Sequence[StoredClaim], history: Sequence[Retarget], days: Mapping[date, Day]) -> list[StoredClaim]:
    """All claims of some articles; those without a verdict with theirs by these facts.

    The claims of an article are held together: what is wrong for one retarget may be right for another that the article tells too.
    """
    from bot.decisions.verdicts import Facts as ByFacts
    from bot.decisions.verdicts import judge_each

    facts = ByFacts(retargets=tuple(history), days=days)
    articles: dict[str, list[StoredClaim]] = defaultdict(list)
    for claim in found:
        articles[claim.source.article_id].append(claim)
    fresh: dict[int, Judged] = {}
    for claims in articles.values():
        if any(claim.judged is None for claim in claims):
            told = claims[0].source.published
            verdicts = judge_each([claim.claim for claim in claims], told.date() if told else None, facts)
            fresh.update((claim.id, verdict) for claim, verdict in zip(claims, verdicts, strict=True))
    return [claim if claim.judged else replace(claim, judged=fresh[claim.id]) for claim in found]
