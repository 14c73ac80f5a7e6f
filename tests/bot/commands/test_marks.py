"""What an operator is told of the posts that his mark corrects, and what a marked story still tells of itself."""

from datetime import timedelta
from decimal import Decimal

from bot.commands.desk import Desk
from bot.decisions.markup import to_plain
from bot.jobs.alerts import owe_stories
from bot.jobs.digest import DigestJob
from bot.model import Chat, ChatKind, Place, SalesQuery, Topic
from extractors.model import Event, Kind, Note, NoteKind, Span
from tests.support.asking import answered
from tests.support.newsroom import Newsroom
from tests.support.tales import NOW, subscription


def shown(room: Newsroom, line: str) -> str:
    """The answer to an operator in private."""
    return to_plain(answered(room, line, chat=Chat(7, ChatKind.PRIVATE, "Ada"), user_id=7, admin=True))


def test_the_answer_counts_alerts_digests_and_what_has_not_left(told: Newsroom) -> None:
    for chat in (1, 2, 3):
        told.store.chats.see(Chat(chat, ChatKind.PRIVATE))
        told.store.subscriptions.put(subscription(chat, topics=frozenset({Topic.DIGEST, Topic.WEEKLY}), weekly_day=1))
    due = NOW.replace(hour=8)
    owe_stories(told.store, due)
    DigestJob(told.store).tick(Desk(told.store, due))
    for message in told.store.outbox.claim("w", due, 2, timedelta(minutes=5)):
        told.store.outbox.mark_sent(message.id or 0, 70, due)
    [number] = [one.id for one in told.store.stories.list(SalesQuery(), NOW) if str(one.story.btc) == "4451"]
    told.store.chats.note_posted(number, Place(1), 77, 1, NOW)
    answer = shown(told, f"/wrong {number}")
    for words in (
        "1 alert that tells it",
        "2 digests that tell it will be corrected.",
        "4 digests that have not left yet will go without it.",
    ):
        assert words in answer
    assert "digest" not in shown(told, f"/wrong {number}"), "nothing is corrected a second time"
    back = shown(told, f"/right {number}")
    for words in ("1 alert that shows it", "2 digests that show it as withdrawn", "4 digests that have not left yet will tell it again."):
        assert words in back


def test_one_story_is_marked_at_a_time(told: Newsroom) -> None:
    assert shown(told, "/wrong 12 13").startswith("One story at a time, such as /wrong 12")


def test_what_is_withdrawn_has_no_share_of_sales_that_leave_it_out(told: Newsroom) -> None:
    [number] = [one.id for one in told.store.stories.list(SalesQuery(), NOW) if str(one.story.btc) == "550.03"]
    assert "11 % of the coins of the 2 sales reported" in shown(told, f"/why {number}")
    shown(told, f"/wrong {number}")
    why = shown(told, f"/why {number}")
    assert "Marked as wrong by an operator" in why
    assert "of the coins of the" not in why


def test_what_a_marked_story_was_told_by_is_no_note_of_later_digests(told: Newsroom) -> None:
    text = "Hut 8 dumps 5,000 BTC to fund AI pivot"
    sale = Event(Kind.SALE, "Hut 8", btc=Decimal(5000))
    told.tell(sale, Note(NoteKind.AI_HPC, Span(0, len(text)), "Hut 8"), at=NOW - timedelta(hours=1), text=text)
    told.merge(NOW)
    [number] = [one.id for one in told.store.stories.list(SalesQuery(), NOW) if one.story.btc == 5000]
    assert "5,000" in shown(told, "/digest")
    shown(told, f"/wrong {number}")
    digest = shown(told, "/digest")
    assert "5,000" not in digest
    assert "AI pivot" not in digest
