"""`/subscribe`, `/unsubscribe` and `/settings`: what a place gets by itself, by words or by buttons that type the words."""

from __future__ import annotations

from dataclasses import replace

from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.decisions.history import known_at
from bot.decisions.lines import BLANK, code, line, press, rows
from bot.decisions.milestones import passed_keys
from bot.decisions.plan import NEWS_LIFE, OLD_NEWS, Past, plan_silence
from bot.decisions.settings_words import settings_buttons, settings_lines
from bot.decisions.wishes import TOPICS, changed
from bot.errors import UsageError
from bot.model import Answer, ChatKind, Line, Subscription, Topic, Verdict
from bot.speech import say, say_line
from extractors.model import Kind

USUAL = frozenset({Topic.SALES, Topic.RETARGETS, Topic.DIGEST})


def current(desk: Desk, ask: Ask) -> Subscription:
    """What the place gets, or an empty subscription in the chat's zone."""
    return desk.store.subscriptions.get(ask.place) or Subscription(ask.place, timezone=ask.chat.timezone)


def keep(desk: Desk, ask: Ask, wished: Subscription) -> None:
    """Stores the subscription; what happened before is not told afterwards. The terminal, where nothing arrives, keeps none."""
    if ask.chat.kind is ChatKind.TERMINAL:
        return
    before = desk.store.subscriptions.get(ask.place)
    desk.store.chats.see(ask.chat)
    desk.store.outbox.owe(plan_silence(before, wished, _past(desk), desk.now))
    desk.store.subscriptions.put(wished)
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
    wished = changed(before, ask.args)
    if not any(word.lower() in TOPICS for word in ask.args) and not wished.topics:
        # ">100 CANG" without a topic is about sales; no word at all is about the usual.
        wished = replace(wished, topics=frozenset({Topic.SALES}) if ask.args else USUAL)
    keep(desk, ask, wished)
    return show(desk, ask, wished)


def unsubscribe(desk: Desk, ask: Ask) -> Answer:
    """Takes back all, or the topics named."""
    before = desk.store.subscriptions.get(ask.place)
    if before is None or not before.topics:
        nothing = line(say("This chat gets nothing by itself, so there is nothing to end."))
        return Answer((nothing,), rows([press(say("Subscribe"), "/subscribe")]))
    if not ask.args:
        desk.store.subscriptions.remove(ask.place)
        done = line(say("Unsubscribed. This chat gets nothing by itself any more; commands are answered as before."))
        return Answer((done,), rows([press(say("Subscribe again"), "/subscribe")]))
    gone: frozenset[Topic] = frozenset()
    for word in ask.args:
        if word.lower() not in TOPICS:
            raise UsageError(_no_topic(word))
        gone |= TOPICS[word.lower()]
    wished = replace(before, topics=before.topics - gone)
    keep(desk, ask, wished)
    return show(desk, ask, wished)


def _no_topic(word: str) -> str:
    """The words that are typed stay as they are in every language."""
    topics = {topic.value: topic.value for topic in Topic}
    return say(
        "“{word}” is nothing to unsubscribe from; there are {sales}, {retargets}, {digest}, {weekly} and {claims}", word=word, **topics
    )


def settings(desk: Desk, ask: Ask) -> Answer:
    """Shows what the place gets, after changing what the words say."""
    wished = current(desk, ask)
    if ask.args:
        wished = changed(wished, ask.args)
        keep(desk, ask, wished)
    return show(desk, ask, wished)


def show(desk: Desk, ask: Ask, subscription: Subscription) -> Answer:
    """What the place gets, with buttons to change it and the words for what has no button."""
    lines: list[Line] = settings_lines(subscription, desk.now)
    if ask.chat.kind is ChatKind.TERMINAL:
        lines = [line(say("Nothing comes by itself at the terminal. In Telegram the same words would mean:")), *lines]
    buttons = settings_buttons(subscription)
    if ask.chat.kind is not ChatKind.TERMINAL:
        buttons += rows([press(say("Language"), "/language")])
    return Answer((*lines, BLANK, _in_words()), buttons)


def _in_words() -> Line:
    return say_line(
        "In words: {sizes}, {quiet}, {digest}",
        sizes=code("/settings >100 CANG RIOT"),
        quiet=code("/settings quiet 22:00-07:00"),
        digest=code("/digest 08:00 Europe/Berlin"),
    )
