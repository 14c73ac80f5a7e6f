"""Every answer is said in the language of its chat: the one chosen there, else that of the person's Telegram, else English."""

import pytest

from bot.commands.desk import Desk
from bot.commands.inline import Offer
from bot.commands.registry import COMMANDS, OPERATORS, changes_settings, reply
from bot.edges.store.store import Store
from bot.model import Answer, Button, Chart, Chat, ChatKind, Piece, Place, Subscription, Topic
from bot.speech import LANGUAGES, language, say, speaking
from bot.telegram.answers import FAILED, NOT_YOURS
from bot.telegram.parts import Words
from bot.telegram.service import Account
from tests.support.brackets import Brackets
from tests.support.tales import NOW
from tests.support.telegram import FakeTelegram
from tests.support.telegram_bot import running_with
from tests.support.telegram_pictures import tiny_png

pytestmark = pytest.mark.anyio


class Speaking:
    """The real commands, but that `/sales` says in which language it is asked, and `/price` fails."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.drawn: list[str] = []

    @property
    def words(self) -> Words:
        return Words(self.reply, changes_settings, COMMANDS, self.draw, OPERATORS, self.offers)

    def reply(self, ask) -> Answer:
        if ask.name == "sales":
            return Answer(((Piece(f"in {language().code}"),),), ((Button("Language", "/language"),),), CHART)
        if ask.name == "price":
            raise ZeroDivisionError
        return reply(Desk(self.store, NOW), ask)

    def draw(self, chart: Chart) -> bytes:
        self.drawn.append(language().code)
        return tiny_png()

    def offers(self, query: str) -> list[Offer]:
        return [Offer(f"in {language().code}", "", "/sales", Answer(((Piece("sales"),),)))]


CHART = Chart("Sales", "Sales", "BTC", ())


def speaking_bot(telegram: FakeTelegram, store: Store):
    return running_with(telegram, store, Speaking(store).words, Account(telegram.token, telegram.root))


@pytest.mark.parametrize(("tag", "code"), [("de", "de"), ("zh-hans", "zh"), ("fr", "en")])
async def test_a_person_is_answered_in_the_language_of_their_telegram(telegram: FakeTelegram, store: Store, tag: str, code: str) -> None:
    ada, commands = telegram.person(language=tag), Speaking(store)
    async with running_with(telegram, store, commands.words, Account(telegram.token, telegram.root)):
        telegram.say(ada, "/sales")
        await telegram.until(telegram.with_text(ada, f"in {code}"))
    assert commands.drawn == [code]
    assert store.chats.get(ada["id"]).native == tag


async def test_what_was_chosen_comes_before_it_and_a_button_takes_it_back(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person(language="de")
    async with speaking_bot(telegram, store):
        telegram.say(ada, "/language русский")
        shown = await telegram.until(telegram.with_text(ada, "Русский"))
        telegram.say(ada, "/sales")
        await telegram.until(telegram.with_text(ada, "in ru"))
        assert shown.labels[:5] == ["English", "Deutsch", "Español", "✓ Русский", "中文"]
        telegram.press(shown, "中文", by=ada)
        await telegram.until(telegram.with_text(ada, "中文"))
        telegram.say(ada, "/language auto")
        await telegram.until(telegram.with_text(ada, "Deutsch"))
        telegram.say(ada, "/sales")
        await telegram.until(telegram.with_text(ada, "in de"))


async def test_a_group_is_answered_in_english_until_an_administrator_chooses(telegram: FakeTelegram, store: Store) -> None:
    ada, bob = telegram.person(language="de"), telegram.person("Bob", language="es")
    group = telegram.group(owner=ada)
    group.members[bob["id"]] = "member"
    async with speaking_bot(telegram, store):
        telegram.say(group, "/sales", by=ada)
        await telegram.until(telegram.with_text(group, "in en"))
        telegram.say(group, "/language es", by=bob)
        await telegram.until(lambda: len(telegram.shown(group)) == 2)
        assert store.chats.get(group.id).language is None
        telegram.say(group, "/language español", by=ada)
        await telegram.until(telegram.with_text(group, "Español"))
        telegram.say(group, "/sales", by=bob)
        await telegram.until(telegram.with_text(group, "in es"))


async def test_who_may_not_press_is_told_so_in_the_language_of_the_group(
    telegram: FakeTelegram, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LANGUAGES, "de", Brackets("de", "Brackets", "German"))
    ada, bob = telegram.person(), telegram.person("Bob", language="es")
    group = telegram.group(owner=ada)
    group.members[bob["id"]] = "member"
    async with speaking_bot(telegram, store):
        telegram.say(group, "/language de", by=ada)
        shown = await telegram.until(telegram.with_text(group, "⟦Language of this chat: ⟧"))
        telegram.press(shown, "English", by=bob)
        await telegram.until(lambda: telegram.called("answerCallbackQuery"))
    assert telegram.called("answerCallbackQuery")[0].given["text"] == f"⟦{NOT_YOURS}⟧"


async def test_what_failed_and_who_added_the_bot_are_told_in_their_language(
    telegram: FakeTelegram, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LANGUAGES, "de", Brackets("de", "Brackets", "German"))
    ada = telegram.person(language="de")
    channel = telegram.group("Mining", owner=ada, kind="channel", bot="left")
    async with speaking_bot(telegram, store):
        telegram.say(ada, "/price")
        await telegram.until(telegram.with_text(ada, f"⟦{FAILED}⟧"))
        telegram.set_bot(channel, "administrator", by=ada)
        await telegram.until(telegram.with_text(ada, "⟦I can post to ⟧Mining⟦ now.⟧"))


async def test_a_channel_is_set_from_private_in_the_language_of_who_does_it(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person(language="es")
    channel = telegram.group("Mining", owner=ada, kind="channel", bot="administrator", username="mining")
    async with speaking_bot(telegram, store):
        telegram.say(ada, "/language @mining zh")
        shown = await telegram.until(telegram.with_text(ada, "中文"))
        telegram.press(shown, "Deutsch", by=ada)
        await telegram.until(lambda: store.chats.get(channel.id).language == "de")
        telegram.say(ada, "/sales")
        await telegram.until(telegram.with_text(ada, "in es"))
    with speaking("es"):
        assert shown.text.startswith(f"Mining\n{say('Language of {chat}: {language}', chat='@mining', language='Deutsch')}")


async def test_inline_answers_are_in_the_language_of_who_asks_and_kept_for_nobody_else(telegram: FakeTelegram, store: Store) -> None:
    ada, bob = telegram.person(language="de"), telegram.person("Bob", language="de")
    store.chats.see(Chat(bob["id"], ChatKind.PRIVATE, native="de"))
    store.chats.set_language(bob["id"], "ru")
    async with speaking_bot(telegram, store):
        for person in (ada, bob):
            telegram.inline(person, "sales")
        await telegram.until(lambda: len(telegram.desk.answered) == 2)
    assert {answer["results"][0]["title"] for answer in telegram.desk.answered} == {"in de", "in ru"}
    assert all(answer["is_personal"] for answer in telegram.desk.answered)


# --- chats of many ---------------------------------------------------------------------------------------------------


async def test_a_group_starts_in_the_language_of_who_adds_the_bot(telegram: FakeTelegram, store: Store) -> None:
    ada, bob = telegram.person(language="de-AT"), telegram.person("Bob", language="fr")
    german, other = (telegram.group(owner=owner, bot="left") for owner in (ada, bob))
    async with speaking_bot(telegram, store):
        telegram.set_bot(german, "member", by=ada)
        greeted = await telegram.until(telegram.with_text(german, "Assay"))
        telegram.say(german, "/sales", by=bob)
        await telegram.until(telegram.with_text(german, "in de"))
        telegram.set_bot(other, "member", by=bob)
        await telegram.until(telegram.with_text(other, "Language of this chat: English. To change it: /language"))
    assert "Sprache dieses Chats: Deutsch. Ändern: /language" in greeted.text
    assert [store.chats.get(room.id).language for room in (german, other)] == ["de", None]


async def test_what_was_chosen_in_a_group_and_what_it_was_used_to_stay_when_the_bot_comes_back(
    telegram: FakeTelegram, store: Store
) -> None:
    ada = telegram.person(language="de")
    chosen, used = (telegram.group(owner=ada, bot="left") for _ in range(2))
    for room in (chosen, used):
        store.chats.see(Chat(room.id, ChatKind.GROUP))
    store.chats.set_language(chosen.id, "es")
    store.subscriptions.put(Subscription(Place(used.id), frozenset({Topic.SALES})))
    async with speaking_bot(telegram, store):
        telegram.set_bot(chosen, "member", by=ada)
        await telegram.until(telegram.with_text(chosen, "Español"))
        telegram.set_bot(used, "member", by=ada)
        await telegram.until(telegram.with_text(used, "This chat gets"))
    assert [store.chats.get(room.id).language for room in (chosen, used)] == ["es", None]


async def test_a_channel_starts_in_the_language_of_who_adds_the_bot_who_is_told_so(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person(language="de")
    channel = telegram.group("Mining", owner=ada, kind="channel", bot="left", username="mining")
    async with speaking_bot(telegram, store):
        telegram.set_bot(channel, "administrator", by=ada)
        told = await telegram.until(telegram.with_text(ada, "Sprache von @mining: Deutsch. Ändern: /language @mining"))
        telegram.say(channel, "/sales")
        await telegram.until(telegram.with_text(channel, "in de"))
        telegram.press(told, "Einrichten", by=ada)
        await telegram.until(lambda: store.subscriptions.get(Place(channel.id)))
    assert store.chats.get(channel.id).language == "de"


async def test_a_channel_that_nobody_set_up_starts_in_the_language_of_who_does(telegram: FakeTelegram, store: Store) -> None:
    ada, bob = telegram.person(language="en"), telegram.person("Bob", language="ru")
    channel = telegram.group("Mining", owner=ada, kind="channel", bot="left")
    channel.members[bob["id"]] = "administrator"
    async with speaking_bot(telegram, store):
        telegram.set_bot(channel, "administrator", by=ada)
        await telegram.until(telegram.with_text(ada, f"Language of Mining: English. To change it: /language {channel.id}"))
        telegram.say(bob, f"/settings {channel.id}")
        telegram.say(bob, f"/subscribe {channel.id} slaes")
        await telegram.until(lambda: len(telegram.shown(bob)) == 2)
        assert store.chats.get(channel.id).language is None, "nothing was set up"
        telegram.say(bob, f"/subscribe {channel.id} sales")
        shown = await telegram.until(telegram.with_text(bob, "Русский"))
        telegram.say(ada, f"/subscribe {channel.id} digest")
        await telegram.until(lambda: len(telegram.shown(ada)) == 2)
    assert shown.text.splitlines()[-1] == f"Язык чата Mining: Русский. Изменить: /language {channel.id}"
    assert "Language" not in telegram.texts(ada)[1]
    assert store.chats.get(channel.id).language == "ru"
