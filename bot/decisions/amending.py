"""A digest that was sent, as it has to read since stories in it turned out wrong: what no longer holds is struck out where it stands.

Of a story that was withdrawn the sentence is struck out, with the reason under it; of one whose figures were corrected the former
sentence, with the present one under it. Sums that counted it are struck out and told anew, from the figures that the digest had.
Under its title it says when it was corrected, and what is left as it was: the picture, and other sales' shares of the month.
A digest that has not left yet goes without what was withdrawn, as if that had never been in it. Nothing is told anew that merely
grew. A story that is right after all reads as it was told. Where a message is full, what it says beside goes first: notes, then
the sources of what is struck out, then whatever stands on no story.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum, auto
from html import escape
from itertools import pairwise

from bot.decisions import digest_words
from bot.decisions.alerts import withdrawn_because
from bot.decisions.join import Context
from bot.decisions.lines import headed, joined, line, struck
from bot.decisions.listings import fits, html_of, spared
from bot.decisions.ratios import Ratio, ratio_line, ratio_of, ratios_head
from bot.decisions.sales import total
from bot.decisions.schedule import zone_of
from bot.decisions.telling import headline, sale_lines
from bot.model import Listing, Mark, Part, Source, StoredStory
from bot.speech import say, speaking
from extractors.model import Kind, Status

_FIGURES = ("btc", "usd", "price_usd", "period")


@dataclass(frozen=True, slots=True)
class Present:
    """A story as it stands now, with its sources and, for a sale, its context as of the digest's time."""

    stored: StoredStory
    sources: Sequence[Source] = ()
    context: Context | None = None


def withdrawn_of(listing: Listing, present: Mapping[int, Present]) -> frozenset[int]:
    """The stories of a listing that do not stand any more."""
    return frozenset(story.id for story in listing.stories if (now := present.get(story.id)) and (now.stored.wrong or now.stored.gone))


def corrected_of(listing: Listing, present: Mapping[int, Present]) -> frozenset[int]:
    """The stories of a listing of which a figure that it told was corrected since. What merely grew was not."""
    return frozenset(story.id for story in listing.stories if (now := present.get(story.id)) and _is_corrected(story, now, listing.made_at))


def _is_corrected(told: StoredStory, now: Present, made_at: datetime) -> bool:
    if now.stored.wrong or now.stored.gone:
        return False
    since = {one.field for one in now.stored.corrected if one.at > made_at}
    return any(name in since and getattr(told.story, name) not in (None, getattr(now.stored.story, name)) for name in _FIGURES)


def amended(listing: Listing, present: Mapping[int, Present]) -> str:
    """The HTML of the message as it has to read now; what it was made with if nothing of it is wrong.

    `present` holds the stories of the listing that are known. In the language and the zone that the message was made in.
    """
    withdrawn, corrected = withdrawn_of(listing, present), corrected_of(listing, present)
    if not withdrawn and not corrected:
        return listing.html
    with speaking(listing.language):
        told = listing.html
        for told in _drafts(listing, present, withdrawn, corrected):
            if fits(told, listing):
                break
    return told


def _drafts(listing: Listing, present: Mapping[int, Present], withdrawn: frozenset[int], corrected: frozenset[int]) -> Iterator[str]:
    """The message with all that a correction can say, then in ever less room: the first that fits is the one to take."""
    out: frozenset[int] = frozenset()
    for room in _Room:
        amendment = _Amendment(listing, present, withdrawn, corrected, room)
        yield amendment.html(out)
        if room in (_Room.AMPLE, _Room.BARE):
            notes = {index for mark in listing.marks if mark.part in (Part.WORDS, Part.HEAD) for index in mark.lines}
            for more in spared(listing, amendment.lines):
                if room is _Room.BARE or more <= notes:
                    out = out | more
                    yield amendment.html(out)


class _Room(Enum):
    """What a correction says: all; reasons without the sources of what is struck out; only when it was made; nothing."""

    AMPLE = auto()
    BARE = auto()
    SCARCE = auto()
    NONE = auto()


@dataclass
class _Amendment:
    """One message being corrected."""

    listing: Listing
    present: Mapping[int, Present]
    withdrawn: frozenset[int]
    corrected: frozenset[int]
    room: _Room
    lines: dict[int, list[str]] = field(default_factory=dict)  # by the index of the line that they take the place of

    @property
    def terse(self) -> bool:
        """Whether it gives no reasons."""
        return self.room in (_Room.SCARCE, _Room.NONE)

    @property
    def wrong(self) -> frozenset[int]:
        """The stories that readers of this message were told wrongly."""
        return self.withdrawn - self.listing.without | self.corrected

    def html(self, out: frozenset[int] = frozenset()) -> str:
        """The message with every passage corrected, and without the lines that make room for that."""
        before = self.listing.html.split("\n")
        for mark in self.listing.marks:
            if mark.lines and (self.withdrawn | self.corrected) & set(mark.stories):
                self._mark(mark, [before[index] for index in mark.lines])
        self._close_gap(before)
        after = [html for index, each in enumerate(before) for html in self.lines.get(index, [each])]
        if after == before and not self._counted_in_picture():
            return self.listing.html
        after = [html for index, each in enumerate(before) if index not in out for html in self.lines.get(index, [each])]
        at = 0 if self.listing.continues else 1
        after[at:at] = self._head() if self.room is not _Room.NONE else []
        return "\n".join(html for above, html in pairwise(["", *after]) if above or html).rstrip("\n")

    def _mark(self, mark: Mark, before: list[str]) -> None:
        match mark.part:
            case Part.SALE | Part.ENTRY:
                new = self._story(mark.stories[0], before, mark.part)
            case Part.SUMS:
                new = self._sums(mark, before)
            case Part.REST:
                new = self._rest(mark)
            case Part.RATIO:
                new = self._ratio(mark, before)
            case Part.RATIOS:
                new = self._ratios(mark, before)
            case Part.WORDS:
                new = self._note(mark, before)
            case _:  # a heading over entries alone
                new = [] if set(mark.stories) <= self.withdrawn & self.listing.without else before
        for index in mark.lines:
            self.lines[index] = []
        self.lines[mark.lines[0]] = new

    # --- the parts

    def _story(self, number: int, before: list[str], part: Part) -> list[str]:
        """A story of its own: in a line, or a sale in several with its sources in the last."""
        if number in self.withdrawn & self.listing.without:
            return []
        if number in self.withdrawn:
            return _struck(before) if self.terse else [*_struck(before[:1]), *self._reason(number, before[1:])]
        now = self.present[number]
        if part is Part.ENTRY:
            return [*self._former(before), *self._figures(number)]
        fresh = sale_lines(now.stored, now.sources, now.context, brief=self.listing.weekly)
        return [*self._former(before[:1]), html_of(headed(say("Corrected:"), fresh[0])), *map(html_of, fresh[1:])]

    def _reason(self, number: int, rest: list[str]) -> list[str]:
        """Why it was withdrawn, and in the last line that it had its sources."""
        reason = headed(say("Withdrawn:"), withdrawn_because(self.present[number].stored))
        return [html_of(reason), rest[-1]] if rest and self.room is _Room.AMPLE else [html_of(joined((reason, f"/why_{number}")))]

    def _note(self, mark: Mark, before: list[str]) -> list[str]:
        """A note holds as long as a story does that its article tells of the same company."""
        stories = set(mark.stories)
        if not stories <= self.withdrawn:
            return before
        if stories <= self.listing.without:
            return []
        number = min(stories - self.listing.without)
        above = any(number in other.stories for other in self.listing.marks if other.part in (Part.SALE, Part.ENTRY, Part.REST))
        return _struck(before) if self.terse or above else [*_struck(before), *self._reason(number, [])]

    def _figures(self, number: int) -> list[str]:
        now = self.present[number]
        return [html_of(joined((headed(say("Corrected:"), headline(now.stored.story, now.sources)), f"/why_{number}")))]

    def _former(self, before: list[str]) -> list[str]:
        return [] if self.terse else _struck(before)

    def _sums(self, mark: Mark, before: list[str]) -> list[str]:
        made, seen, new = (
            digest_words.sums_words(total(stories))
            for stories in (self._as_told(mark.stories), self._as_read(mark.stories), self._as_now(mark.stories))
        )
        shown = _replaced(before[0], made, seen)
        if seen == new or self.terse:
            return [_replaced(shown, seen, new)]
        return [*_struck([shown]), html_of(headed(say("Corrected:"), new))]

    def _rest(self, mark: Mark) -> list[str]:
        """How many are not listed, and which of them are told no more."""
        seen, new = self._left(self._as_read(mark.stories)), self._left(self._as_now(mark.stories))
        wrong = [number for number in mark.stories if number in self.wrong]
        if self.terse or not wrong:
            return new
        former = _struck(seen) if seen != new else []
        return [*former, *new, *(each for number in wrong for each in self._unlisted(number))]

    def _left(self, stories: Sequence[StoredStory]) -> list[str]:
        return [html_of(line(digest_words.rest(stories, self.listing.since, self.listing.until)))] if stories else []

    def _unlisted(self, number: int) -> list[str]:
        if number in self.corrected:
            return self._figures(number)
        [told] = self._as_told((number,))
        return [html_of(joined((headed(say("Withdrawn:"), struck(headline(told.story))), f"/why_{number}")))]

    def _ratio(self, mark: Mark, before: list[str]) -> list[str]:
        mined, *_ = mark.stories
        if mined in self.withdrawn:
            return self._story(mined, before, Part.ENTRY)
        [new] = self._ratios_now(mark.stories)
        words = html_of(headed(say("Corrected:"), ratio_line(new)))
        return [*self._former(before), words] if self.wrong & set(mark.stories) else [html_of(ratio_line(new))]

    def _ratios(self, mark: Mark, before: list[str]) -> list[str]:
        new = html_of(ratios_head(self._ratios_now(mark.stories)))
        if new == before[0]:
            return before
        return [*self._former(before), new] if self.wrong & set(mark.stories) else [new]

    def _ratios_now(self, numbers: Iterable[int]) -> list[Ratio]:
        stories = self._as_now(numbers)
        sales = [story for story in stories if story.story.kind is Kind.SALE]
        return [ratio for story in stories if story.story.kind is Kind.PRODUCTION and (ratio := ratio_of(story, sales))]

    # --- figures

    def _as_told(self, numbers: Iterable[int]) -> list[StoredStory]:
        known = {story.id: story for story in self.listing.stories}
        return [known[number] for number in numbers]

    def _as_read(self, numbers: Iterable[int]) -> list[StoredStory]:
        """Those of them that readers were told of: without what was taken out before the message left."""
        return [story for story in self._as_told(numbers) if story.id not in self.withdrawn & self.listing.without]

    def _as_now(self, numbers: Iterable[int]) -> list[StoredStory]:
        """The stories that stand, with the figures that were told of them or, where these were corrected, the present ones."""
        told = (story for story in self._as_told(numbers) if story.id not in self.withdrawn)
        return [self._with_figures(story) if story.id in self.corrected else story for story in told]

    def _with_figures(self, told: StoredStory) -> StoredStory:
        now = self.present[told.id].stored.story
        return replace(told, story=replace(told.story, btc=now.btc, usd=now.usd, price_usd=now.price_usd, period=now.period))

    # --- around them

    def _head(self) -> list[str]:
        """When it was corrected, and what still reads as it did; before it left, that of a picture alone."""
        picture, shares = self._counted_in_picture(), self._counted_in_shares()
        if not self.wrong:
            return [html_of(line(say("The picture still counts a sale that was withdrawn.")))] if picture else []
        at = max(self.present[number].stored.changed_at for number in self.wrong)
        words, zone = any(mark.lines for mark in self.listing.marks), zone_of(self.listing.timezone)
        said = digest_words.corrected_head(at, zone, words=words, picture=picture, shares=shares)
        return [html_of(said)]

    def _counted_in_picture(self) -> bool:
        wrong = self.withdrawn | self.corrected
        return any(mark.part is Part.PICTURE and wrong & set(mark.stories) for mark in self.listing.marks)

    def _counted_in_shares(self) -> bool:
        """Whether a sale that stands is told in full, with its share of a month in which one was counted that does not."""
        wrong = self._as_told(self.wrong)
        if self.listing.weekly or not any(story.story.kind is Kind.SALE and story.story.status is Status.COMPLETED for story in wrong):
            return False
        listed = {number for mark in self.listing.marks if mark.part is Part.SALE for number in mark.stories}
        return any(story.story.status is Status.COMPLETED for story in self._as_told(listed - self.withdrawn - self.corrected))

    def _close_gap(self, before: list[str]) -> None:
        """Leaves out the blank line behind a sale that was taken out from under the title, where another sale follows."""
        below = {mark.lines[0] for mark in self.listing.marks if mark.part in (Part.SALE, Part.REST) and mark.lines}
        for mark in self.listing.marks:
            if mark.part is Part.SALE and mark.lines and not self.lines.get(mark.lines[0], True):
                above, behind = mark.lines[0] - 1, mark.lines[-1] + 1
                if (before[above] or not self.lines.get(above, True)) and behind + 1 in below:
                    self.lines[behind] = []


def _replaced(html: str, words: str, others: str) -> str:
    return html.replace(escape(words, quote=False), escape(others, quote=False))


def _struck(html: Iterable[str]) -> list[str]:
    return [f"<s>{each}</s>" for each in html]
