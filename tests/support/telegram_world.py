"""The people, chats and messages that the fake server keeps, and how Telegram writes them in JSON.

State only: nothing here knows of HTTP. Times of messages are whole seconds since 1970 as Telegram sends them.
"""

import time
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from typing import Any

from tests.support.telegram_spec import spec

ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
IN_CHAT = ("creator", "administrator", "member", "restricted")
MEMBER_TYPES = {
    "creator": "ChatMemberOwner",
    "administrator": "ChatMemberAdministrator",
    "member": "ChatMemberMember",
    "restricted": "ChatMemberRestricted",
    "left": "ChatMemberLeft",
    "kicked": "ChatMemberBanned",
}

Json = dict[str, Any]


@dataclass
class Posted:
    """A message in a chat: what it shows now, and how it came to be so."""

    message_id: int
    chat_id: int
    sender: Json
    text: str = ""
    entities: list[Json] = field(default_factory=list)
    html: str = ""
    photo: bytes | None = None
    document: bytes | None = None
    rows: list[list[Json]] = field(default_factory=list)
    topic_id: int | None = None
    silent: bool = False
    edits: int = 0
    deleted: bool = False
    at: float = field(default_factory=time.monotonic)
    date: int = field(default_factory=lambda: int(time.time()))
    extra: Json = field(default_factory=dict)

    @property
    def labels(self) -> list[str]:
        """Labels of all buttons, row after row."""
        return [button["text"] for row in self.rows for button in row]

    @property
    def links(self) -> list[str]:
        """Addresses of the links in the text."""
        return [one["url"] for one in self.entities if one["type"] == "text_link"]


@dataclass
class Topic:
    name: str
    closed: bool = False
    deleted: bool = False


@dataclass
class Room:
    """A chat of any kind. `members` maps user ids to their status; `rights` are the bot's own."""

    id: int
    kind: str
    title: str
    bot_id: int
    username: str | None = None
    members: dict[int, str] = field(default_factory=dict)
    rights: set[str] = field(default_factory=set)
    muted: set[str] = field(default_factory=set)  # of can_send_messages, can_send_photos
    topics: dict[int, Topic] = field(default_factory=dict)
    migrated_to: int | None = None
    messages: dict[int, Posted] = field(default_factory=dict)
    numbers: count = field(default_factory=lambda: count(1))

    @property
    def crowded(self) -> bool:
        """Whether twenty messages a minute are the most that it takes."""
        return self.kind != "private"

    @property
    def bot_status(self) -> str:
        return self.members.get(self.bot_id, "left")

    @property
    def shown(self) -> list[Posted]:
        """The messages that are there now, oldest first."""
        return [message for message in self.messages.values() if not message.deleted]

    def json(self) -> Json:
        chat: Json = {"id": self.id, "type": self.kind}
        chat |= {"first_name": self.title} if self.kind == "private" else {"title": self.title}
        if self.username:
            chat["username"] = self.username
        return chat | ({"is_forum": True} if self.topics else {})

    def full_json(self) -> Json:
        """ChatFullInfo, with the fields that it always has."""
        accepted = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
        return self.json() | {
            "accent_color_id": 0,
            "max_reaction_count": 11,
            "accepted_gift_types": dict.fromkeys(accepted, False),
        }


class World:
    """Everything that exists on the fake server."""

    def __init__(self, bot: Json) -> None:
        self.bot = bot
        self.users: dict[int, Json] = {bot["id"]: bot}
        self.rooms: dict[int, Room] = {}
        self.photos: dict[str, bytes] = {}  # by each file id that was ever handed out
        self.lost_photos: set[str] = set()  # ids that are valid no more
        self.user_ids = count(1001)
        self.group_ids = count(5001)

    def person(self, name: str, language: str, username: str | None) -> Json:
        user = {"id": next(self.user_ids), "is_bot": False, "first_name": name, "language_code": language}
        if username:
            user["username"] = username
        self.users[user["id"]] = user
        return user

    def private(self, user: Json) -> Room:
        """The private chat with someone, who need not have pressed Start yet."""
        if user["id"] not in self.rooms:
            self.rooms[user["id"]] = Room(user["id"], "private", user["first_name"], self.bot["id"], user.get("username"))
        return self.rooms[user["id"]]

    def room(self, kind: str, title: str, username: str | None = None) -> Room:
        number = next(self.group_ids)
        identity = -number if kind == "group" else -1_000_000_000_000 - number
        self.rooms[identity] = Room(identity, kind, title, self.bot["id"], username)
        return self.rooms[identity]

    def find(self, chat_id: int | str) -> Room | None:
        if isinstance(chat_id, str):
            name = chat_id.removeprefix("@").lower()
            return next((room for room in self.rooms.values() if (room.username or "").lower() == name), None)
        return self.rooms.get(chat_id)

    def member_json(self, user_id: int, room: Room, status: str | None = None) -> Json:
        """A ChatMember with every field that its kind must have; rights are those of the room for the bot, all for others."""
        status = status or room.members.get(user_id, "left")
        member: Json = {"status": status, "user": self.users[user_id]}
        for one in spec()["types"][MEMBER_TYPES[status]]["fields"]:
            if not one["required"] or one["name"] in member:
                continue
            granted = one["name"] in room.rights if user_id == self.bot["id"] else one["name"].startswith("can_")
            member[one["name"]] = granted if one["types"] == ["Boolean"] else 0
        if room.kind == "channel" and status == "administrator":
            member |= {right: user_id != self.bot["id"] or right in room.rights for right in ("can_post_messages", "can_edit_messages")}
        return member

    def message_json(self, message: Posted) -> Json:
        room = self.rooms[message.chat_id]
        found: Json = {"message_id": message.message_id, "date": message.date, "chat": room.json()}
        if room.kind == "channel":
            found["sender_chat"] = room.json()
        else:
            found["from"] = message.sender
        if message.sender is ANONYMOUS:
            found["sender_chat"] = room.json()
        if message.topic_id is not None:
            found |= {"message_thread_id": message.topic_id, "is_topic_message": True}
        found |= content_json(message)
        if message.photo is not None:
            self.photos |= {size["file_id"]: message.photo for size in found["photo"]}
        if message.edits:
            found["edit_date"] = int(time.time())
        if message.rows:
            found["reply_markup"] = {"inline_keyboard": message.rows}
        return found | message.extra


def content_json(message: Posted) -> Json:
    text, entities = ("text", "entities") if message.photo is None and message.document is None else ("caption", "caption_entities")
    found: Json = {}
    if message.photo is not None:
        found["photo"] = photo_sizes(message, message.photo)
    if message.document is not None:
        identity = f"document-{message.chat_id}-{message.message_id}"
        found["document"] = {"file_id": identity, "file_unique_id": identity}
    if message.text:
        found[text] = message.text
    if message.entities:
        found[entities] = message.entities
    return found


def photo_sizes(message: Posted, photo: bytes) -> list[Json]:
    """A thumbnail and the picture itself: ids differ with every message, unique ids only with the picture."""
    where, unique = f"{message.chat_id}-{message.message_id}-{message.edits}", sha256(photo).hexdigest()[:12]
    sizes = (("s", 320, 160), ("x", 800, 400))
    return [
        {"file_id": f"photo-{where}-{letter}", "file_unique_id": f"{unique}{letter}", "width": width, "height": height}
        for letter, width, height in sizes
    ]
