"""`/subscribe`, `/unsubscribe` and `/settings`: what a place gets by itself, by words or by buttons that type the words."""

from __future__ import annotations

from dataclasses import replace

from bot.commands.arguments import corrected
from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.commands.operator.reasons import told
from bot.decisions.cards import as_typed
from bot.decisions.changes import read_changes
from bot.decisions.history import known_at
from bot.decisions.lines import BLANK, clipped, code, line, listed, press, rows
from bot.decisions.milestones import passed_keys
from bot.decisions.plan import NEWS_LIFE, OLD_NEWS, Past, plan_silence
from bot.decisions.schedule import begun, opens_at
from bot.decisions.settings_words import CHAT, NO_ZONE, Spot, likely_zones, settings_buttons, settings_lines
from bot.decisions.typed import meaning
from bot.decisions.wishes import MisreadError, read_topics
from bot.errors import UsageError
from bot.model import Answer, Button, ChatKind, ChatState, Line, Subscription, Topic, Verdict
from bot.speech import say, say_line
from extractors.model import Kind

USUAL = frozenset({Topic.SALES, Topic.RETARGETS, Topic.DIGEST})


def current(desk: Desk, ask: Ask) -> Subscription:
    """What the place gets, or an empty subscription in the chat's zone."""
    return desk.store.subscriptions.get(ask.place) or Subscription(ask.place, timezone=ask.chat.timezone)


def keep(desk: Desk, ask: Ask, wished: Subscription) -> None:
    """Stores the subscription; what happened before is not told afterwards, and what is held back leaves when the settings now say.

    The terminal, where nothing arrives, keeps none.
    """
    if ask.chat.kind is ChatKind.TERMINAL:
        return
    before = desk.store.subscriptions.get(ask.place)
    desk.store.chats.see(ask.chat)
    desk.store.outbox.owe(plan_silence(before, wished, _past(desk), desk.now))
    desk.store.subscriptions.put(begun(before, wished, desk.now))
    opens = opens_at(wished, desk.now)
    if opens is not None and opens - desk.now <= NEWS_LIFE:
        desk.store.outbox.put_off(ask.place, desk.now, opens, opens + NEWS_LIFE)
    if wished.timezone != ask.chat.timezone:
        desk.store.chats.set_timezone(ask.place.chat_id, wished.timezone)


def _past(desk: Desk) -> Past:
    stories = [story for story in desk.store.stories.changed_since(desk.now - OLD_NEWS) if story.story.kind is Kind.SALE]
    claims = desk.store.claims.told(desk.now - NEWS_LIFE, desk.now, Verdict.CONTRADICTS)
    passed = passed_keys(desk.store.chain.tip(), desk.now)
    told = [key for key in passed if key.startswith("halving") or desk.store.outbox.places(key)]
    return Past(stories, known_at(desk.history, desk.now)[-1], claims, told)


def subscribe(desk: Desk, ask: Ask) -> Answer:
    """Subscribes to what the words say, to the usual without any; shows what the place gets now."""
    before = current(desk, ask)
    wished, names_topics = _read(before, ask)
    if not names_topics and not wished.topics:
        # ">100 CANG" and "all miners" without a topic are about sales; no word at all is about the usual.
        wished = replace(wished, topics=frozenset({Topic.SALES}) if ask.args else USUAL)
    keep(desk, ask, wished)
    return show(desk, ask, wished)


def _read(before: Subscription, ask: Ask) -> tuple[Subscription, bool]:
    """What the words make of it, and whether they name topics."""
    try:
        return read_changes(before, ask.args)
    except MisreadError as error:
        raise corrected(ask, error) from None


def unsubscribe(desk: Desk, ask: Ask) -> Answer:
    """Takes back all, or the topics named."""
    before = desk.store.subscriptions.get(ask.place)
    if before is None or not before.topics:
        nothing = line(say("Nothing is subscribed here, so there is nothing to end."))
        return Answer((nothing,), _button(ask, say("Subscribe")))
    if not ask.args:
        desk.store.subscriptions.remove(ask.place)
        done = line(say("Unsubscribed. Nothing comes by itself any more; commands are answered as before."))
        return Answer((done,), _button(ask, say("Subscribe again")))
    gone, words = frozenset[Topic](), as_typed(ask.args)
    while words:
        named, size = read_topics(words)
        if not named and meaning(words[0]) != "and":
            raise UsageError(_no_topic(words[0]))
        gone, words = gone | named, words[size or 1 :]
    wished = replace(before, topics=before.topics - gone)
    keep(desk, ask, wished)
    return show(desk, ask, wished)


def _button(ask: Ask, label: str) -> tuple[tuple[Button, ...], ...]:
    return () if ask.in_public else rows([press(label, "/subscribe")])


def _no_topic(word: str) -> str:
    """The words that are typed stay as they are in every language."""
    topics = {topic.value: topic.value for topic in Topic}
    return say(
        "“{word}” is nothing to unsubscribe from; there are {sales}, {retargets}, {digest}, {weekly} and {claims}",
        word=clipped(word),
        **topics,
    )


def settings(desk: Desk, ask: Ask) -> Answer:
    """Shows what the place gets, after changing what the words say."""
    wished = current(desk, ask)
    if ask.args:
        wished, _ = _read(wished, ask)
        keep(desk, ask, wished)
    return show(desk, ask, wished)


def show(desk: Desk, ask: Ask, subscription: Subscription) -> Answer:
    """What the place gets, with buttons to change it and the words for what has no button; in a channel without these."""
    lines: list[Line] = settings_lines(subscription, desk.now, _spot(desk, ask))
    if ask.in_public:
        return Answer(tuple(lines))
    if ask.chat.kind is ChatKind.TERMINAL:
        lines = [line(say("Nothing comes by itself at the terminal. In Telegram the same words would mean:")), *lines]
    buttons = settings_buttons(subscription)
    if ask.chat.kind is not ChatKind.TERMINAL:
        buttons += rows([press(say("Language"), "/language")])
    return Answer((*lines, _unzoned(ask, subscription), BLANK, _in_words(ask.aimed)), buttons)


def _unzoned(ask: Ask, subscription: Subscription) -> Line:
    """That times are UTC as long as no other zone is chosen, and how it is; empty for who has one, or gets nothing."""
    if subscription.timezone != NO_ZONE or not subscription.topics:
        return ()
    command = " ".join(filter(None, ("/settings", ask.aimed, likely_zones()[0])))
    return say_line("Times are UTC as long as no other zone is chosen: {command}", command=code(command))


def guide(desk: Desk, ask: Ask) -> Answer:
    """What can be set, by words with examples that work, and by the buttons of what the place gets now."""
    topics = _codes(*(topic.value for topic in Topic), "all")
    lines: list[Line] = [
        line(say("What can be set, by words or by the buttons:")),
        say_line("Topics, each {on} or {off}: {words}", on=code("on"), off=code("off"), words=topics),
        say_line("Sales of which size and by whom: {words}", words=_codes(">100", "any size", "CANG RIOT", "any miner")),
        say_line("When: {words}", words=_codes("08:00", "weekdays", "weekly Mon 09:00", "Europe/Berlin")),
        say_line("How: {words}", words=_codes("quiet 22:00-07:00", "quiet off", "sound off", "sound on")),
        _in_words(ask.aimed),
    ]
    return Answer(tuple(lines), () if ask.in_public else settings_buttons(current(desk, ask)))


def _codes(*words: str) -> Line:
    """Words to type, one after another."""
    return listed([code(word) for word in words])


def _spot(desk: Desk, ask: Ask) -> Spot:
    """What the place is called, and what else is to be said of it."""
    if ask.chat.kind is ChatKind.TERMINAL:
        return CHAT
    known = desk.store.subscriptions.of_chat(ask.place.chat_id)
    others = [each.place for each in known if each.topics and each.place != ask.place]
    topic = ask.place.topic_id is not None
    general = not topic and any(place.topic_id is not None for place in others)
    paused = ask.chat.pause_reason if ask.chat.state is ChatState.PAUSED else desk.store.subscriptions.why_paused(ask.place)
    return Spot(ask.aimed_at or None, topic, len(others), told(paused), general)


def _in_words(name: str) -> Line:
    """The commands to type, aimed at the chat of that name if there is one."""
    settings_of, digest_of = (f"{command} {name}".strip() for command in ("/settings", "/digest"))
    return say_line(
        "In words: {sizes}, {quiet}, {digest}",
        sizes=code(f"{settings_of} >100 CANG RIOT"),
        quiet=code(f"{settings_of} quiet 22:00-07:00"),
        digest=code(f"{digest_of} 08:00 Europe/Berlin"),
    )
