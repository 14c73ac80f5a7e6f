"""What people do on the fake server: they write, press buttons, add and remove the bot, and move groups.

Each deed changes the world and queues the update that Telegram would send, as far as privacy mode and `allowed_updates` let it.
"""

import re
import threading
import time
from itertools import count
from typing import Any

from tests.support.telegram_world import ANONYMOUS, IN_CHAT, Json, Posted, Room, Topic, World

NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
COMMAND = re.compile(r"/([a-zA-Z0-9_]+)(?:@(\w+))?")
ALL_RIGHTS = frozenset({"can_manage_chat", "can_post_messages", "can_edit_messages", "can_delete_messages"})


class Script:
    """The deeds. `changed` guards everything and is notified of every change."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.changed = threading.Condition(threading.RLock())
        self.updates: list[Json] = []
        self.update_ids = count(900_001)
        self.callback_ids = count(1)
        self.allowed: set[str] | None = None
        self.open_callbacks: set[str] = set()
        self.open_inline: set[str] = set()

    # --- people and places ---

    def person(self, name: str = "Ada", *, language: str = "en", username: str | None = None, started: bool = True) -> Json:
        """Someone new; unless `started` is False, the bot may write to them."""
        with self.changed:
            user = self.world.person(name, language, username)
            if started:
                self.world.private(user).members[self.world.bot["id"]] = "member"
            return user

    def group(self, title: str = "Miners", *, owner: Json, kind: str = "group", bot: str = "member", username: str | None = None) -> Room:
        """A group, supergroup or channel of `owner` in which the bot has the status `bot` ("left": not yet in it)."""
        with self.changed:
            room = self.world.room(kind, title, username)
            room.members = {owner["id"]: "creator", self.world.bot["id"]: bot}
            if bot == "administrator":
                room.rights = set(ALL_RIGHTS)
            return room

    def topic(self, room: Room, name: str) -> int:
        """A new topic, which makes a forum of the supergroup; its message_thread_id."""
        with self.changed:
            number = next(room.numbers)
            room.topics[number] = Topic(name)
            return number

    def room_of(self, where: Json | Room) -> Room:
        return where if isinstance(where, Room) else self.world.private(where)

    # --- deeds ---

    def say(self, where: Json | Room, text: str, *, by: Json | None = None, topic: int | None = None, anonymous: bool = False) -> Posted:
        """Someone writes; `where` a person means their private chat with the bot."""
        with self.changed:
            room = self.room_of(where)
            sender = ANONYMOUS if anonymous else by or (where if isinstance(where, dict) else self.world.users[next(iter(room.members))])
            message = Posted(next(room.numbers), room.id, sender, text, commands_of(text), topic_id=topic)
            room.messages[message.message_id] = message
            if room.kind == "private":
                room.members[self.world.bot["id"]] = "member"
            else:
                room.members.setdefault(sender["id"], "member")
            if self.hears(room, text):
                kind = "channel_post" if room.kind == "channel" else "message"
                self.queue(kind, self.world.message_json(message))
            return message

    def hears(self, room: Room, text: str) -> bool:
        """Privacy mode: in groups the bot sees commands that may be its own; as administrator everything."""
        if room.kind == "private" or room.bot_status == "administrator":
            return True
        if room.bot_status not in IN_CHAT or room.kind == "channel":
            return False
        command = COMMAND.match(text)
        return bool(command and (command[2] or self.world.bot["username"]).lower() == self.world.bot["username"].lower())

    def press(self, message: Posted, button: str, *, by: Json) -> str:
        """Presses the button with this label or data; the callback's id."""
        with self.changed:
            found = next(one for row in message.rows for one in row if button in (one["text"], one.get("callback_data")))
            number = f"callback-{next(self.callback_ids)}"
            self.open_callbacks.add(number)
            shown = self.world.message_json(message)
            query = {"id": number, "from": by, "message": shown, "chat_instance": str(message.chat_id), "data": found["callback_data"]}
            self.queue("callback_query", query)
            return number

    def inline(self, by: Json, text: str) -> str:
        """Types `@bot text` in some chat; the query's id."""
        with self.changed:
            number = f"inline-{next(self.callback_ids)}"
            self.open_inline.add(number)
            self.queue("inline_query", {"id": number, "from": by, "query": text, "offset": "", "chat_type": "private"})
            return number

    def set_bot(self, where: Json | Room, status: str, *, by: Json | None = None, rights: frozenset[str] = ALL_RIGHTS) -> None:
        """The bot is added, promoted, demoted, blocked or thrown out."""
        with self.changed:
            room, bot = self.room_of(where), self.world.bot["id"]
            before = self.world.member_json(bot, room)
            room.members[bot] = status
            room.rights = set(rights) if status == "administrator" else set()
            actor = by or (where if isinstance(where, dict) else self.world.users[next(iter(room.members))])
            after = self.world.member_json(bot, room)
            change = {"chat": room.json(), "from": actor, "date": int(time.time()), "old_chat_member": before, "new_chat_member": after}
            self.queue("my_chat_member", change)

    def migrate(self, room: Room, *, tell: bool = True) -> Room:
        """The group becomes a supergroup with another id; the bot is told unless `tell` is False."""
        with self.changed:
            new = self.world.room("supergroup", room.title)
            new.members, room.migrated_to = dict(room.members), new.id
            if tell:
                self.service(room, {"migrate_to_chat_id": new.id})
                self.service(new, {"migrate_from_chat_id": room.id})
            return new

    def close_topic(self, room: Room, topic: int, *, deleted: bool = False) -> None:
        """The topic takes no more messages, or is gone."""
        with self.changed:
            room.topics[topic].closed = True
            room.topics[topic].deleted = deleted
            if not deleted:
                self.service(room, {"forum_topic_closed": {}}, topic)

    def reopen_topic(self, room: Room, topic: int) -> None:
        with self.changed:
            room.topics[topic].closed = False
            self.service(room, {"forum_topic_reopened": {}}, topic)

    def service(self, room: Room, extra: Json, topic: int | None = None) -> None:
        sender = self.world.users[next(iter(room.members))]
        message = Posted(next(room.numbers), room.id, sender, topic_id=topic, extra=extra)
        room.messages[message.message_id] = message
        self.queue("message", self.world.message_json(message))

    # --- updates ---

    def queue(self, kind: str, content: Any) -> None:
        with self.changed:
            if kind in NOT_BY_DEFAULT if self.allowed is None else kind not in self.allowed:
                return
            self.updates.append({"update_id": next(self.update_ids), kind: content})
            self.changed.notify_all()

    def confirm(self, offset: int, allowed: list[str] | None) -> None:
        """What a call of getUpdates says of the queue: up to where it was read, and what is wanted."""
        self.updates[:] = [update for update in self.updates if update["update_id"] >= offset]
        if allowed is not None:
            self.allowed = set(allowed) or None


def commands_of(text: str) -> list[Json]:
    found = COMMAND.match(text)
    return [{"type": "bot_command", "offset": 0, "length": found.end()}] if found else []
