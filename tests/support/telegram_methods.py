"""What each method of the Bot API does to the fake's world, and the words in which Telegram refuses.

A method is a function named after it, taking the server's `Desk` and the opened parameters and returning the result in JSON.
`RefusalError` is an honest answer of Telegram (a kicked bot, a closed topic); `ViolationError` a call that no correct client makes.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from tests.support.telegram_html import HtmlRefusedError, Parsed, parse_html, utf16
from tests.support.telegram_pictures import picture_trouble
from tests.support.telegram_spec import Upload
from tests.support.telegram_world import IN_CHAT, Posted, Room, World

Json = dict[str, Any]
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
TEXT_LIMIT, CAPTION_LIMIT, MOST_BUTTONS, WIDEST_ROW = 4096, 1024, 100, 8


class RefusalError(Exception):
    """Telegram's refusal: code, description and response parameters."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters or {}


class ViolationError(RefusalError):
    """A refusal that a correct client never meets."""


@dataclass
class Desk:
    """What the methods work on. `smells` collects what Telegram would take and show wrongly."""

    world: World
    smells: list[str] = field(default_factory=list)
    waiting_callbacks: set[str] = field(default_factory=set)
    waiting_inline: set[str] = field(default_factory=set)
    answered: list[Json] = field(default_factory=list)
    commands: dict[str, list[Json]] = field(default_factory=dict)
    settings: Json = field(default_factory=dict)
    actions: list[Json] = field(default_factory=list)
    knows_times: bool = True


def bad(words: str) -> ViolationError:
    return ViolationError(400, f"Bad Request: {words}")


# --- where to ---------------------------------------------------------------------------------------------------------


def known_room(desk: Desk, given: Json) -> Room:
    room = desk.world.find(given["chat_id"])
    if room is None:
        raise RefusalError(400, "Bad Request: chat not found")
    if room.migrated_to:
        words = "Bad Request: group chat was upgraded to a supergroup chat"
        raise RefusalError(400, words, {"migrate_to_chat_id": room.migrated_to})
    return room


def open_room(desk: Desk, given: Json, photo: bool = False) -> Room:
    """The chat, if the bot may write there."""
    room = known_room(desk, given)
    status = room.bot_status
    if room.kind == "private":
        if status == "kicked":
            raise RefusalError(403, "Forbidden: bot was blocked by the user")
        if status not in IN_CHAT:
            raise RefusalError(403, "Forbidden: bot can't initiate conversation with a user")
    elif status == "kicked":
        raise RefusalError(403, f"Forbidden: bot was kicked from the {room.kind} chat")
    elif status not in IN_CHAT:
        raise RefusalError(403, f"Forbidden: bot is not a member of the {room.kind} chat")
    elif room.kind == "channel" and not (status == "administrator" and "can_post_messages" in room.rights):
        raise RefusalError(400, "Bad Request: need administrator rights in the channel chat")
    elif "can_send_messages" in room.muted:
        raise RefusalError(400, "Bad Request: not enough rights to send text messages to the chat")
    elif photo and "can_send_photos" in room.muted:
        raise RefusalError(400, "Bad Request: not enough rights to send photos to the chat")
    return room


def check_topic(room: Room, topic_id: int | None) -> None:
    if topic_id is None:
        return
    topic = room.topics.get(topic_id)
    if topic is None or topic.deleted:
        raise RefusalError(400, "Bad Request: message thread not found")
    if topic.closed and room.bot_status != "administrator":
        raise RefusalError(400, "Bad Request: TOPIC_CLOSED")


# --- what is said -----------------------------------------------------------------------------------------------------


def formatted(desk: Desk, given: Json, name: str, most: int) -> Parsed:
    """Text or caption with entities; trimmed and measured as Telegram does."""
    raw, mode = given.get(name, ""), given.get("parse_mode")
    if mode not in (None, "HTML"):
        raise bad(f"the fake knows no parse mode {mode!r}")
    if mode and ("entities" in given or "caption_entities" in given):
        raise bad("parse_mode and entities at once")
    try:
        parsed = read(desk, raw) if mode else Parsed(raw, given.get("entities") or given.get("caption_entities") or [])
    except HtmlRefusedError as error:
        raise bad(f"can't parse entities: {error}") from None
    desk.smells += [f"{name}: {smell}" for smell in parsed.smells]
    if not parsed.text.strip():
        if name == "text":
            raise bad("message text is empty")
    elif parsed.text != parsed.text.strip("\n ") or "\x00" in parsed.text:
        desk.smells.append(f"{name}: space at its ends is cut off")
    if utf16(parsed.text) > most:
        raise bad("message is too long" if name == "text" else "message caption is too long")
    return parsed


def read(desk: Desk, html: str) -> Parsed:
    """Telegram's HTML; a server from before date entities refuses them, which is no fault of who tries them on a new one."""
    if not desk.knows_times and (tag := re.search(r"<tg-time\b", html)):
        at = len(html[: tag.start()].encode())
        raise RefusalError(400, f'Bad Request: can\'t parse entities: Unsupported start tag "tg-time" at byte offset {at}')
    return parse_html(html)


def keyboard(given: Json) -> list[list[Json]]:
    """Rows of an inline keyboard; other keyboards are not what this bot is for."""
    markup = given.get("reply_markup")
    if not markup:
        return []
    if "inline_keyboard" not in markup:
        raise bad("not an inline keyboard")
    rows = markup["inline_keyboard"]
    if sum(map(len, rows)) > MOST_BUTTONS or any(len(row) > WIDEST_ROW or not row for row in rows):
        raise bad("REPLY_MARKUP_TOO_LONG")
    for button in (button for row in rows for button in row):
        check_button(button)
    return rows


def check_button(button: Json) -> None:
    if not button["text"].strip():
        raise bad("BUTTON_TEXT_INVALID")
    kinds = set(button) - {"text", "style", "icon_custom_emoji_id"}
    if len(kinds) != 1:
        raise bad("Text buttons are unallowed in the inline keyboard" if not kinds else f"a button of many kinds: {sorted(kinds)}")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")
    if "url" in button and not button["url"].startswith(("https://", "http://", "tg://")):
        raise bad("BUTTON_URL_INVALID")


def picture(desk: Desk, value: Any) -> bytes:
    """The bytes of an upload, or of a photo that was sent before by the id that it was given then."""
    if value in desk.world.lost_photos:
        raise RefusalError(400, "Bad Request: wrong file identifier/HTTP URL specified")
    if value in desk.world.photos:
        return desk.world.photos[value]
    if not isinstance(value, Upload):
        raise bad("wrong file identifier/HTTP URL specified")
    trouble = picture_trouble(value)
    if trouble:
        raise bad(trouble)
    return bytes(value)


def post(desk: Desk, room: Room, given: Json, parsed: Parsed, **content: bytes) -> Json:
    check_topic(room, given.get("message_thread_id"))
    number = next(room.numbers)
    message = Posted(
        number,
        room.id,
        desk.world.bot,
        parsed.text,
        parsed.entities,
        given.get("text", given.get("caption", "")),
        rows=keyboard(given),
        topic_id=given.get("message_thread_id"),
        silent=bool(given.get("disable_notification")),
        **content,
    )
    room.messages[number] = message
    return desk.world.message_json(message)


def send_message(desk: Desk, given: Json) -> Json:
    parsed = formatted(desk, given, "text", TEXT_LIMIT)
    return post(desk, open_room(desk, given), given, parsed)


def send_photo(desk: Desk, given: Json) -> Json:
    parsed = formatted(desk, given, "caption", CAPTION_LIMIT)
    photo = picture(desk, given["photo"])
    return post(desk, open_room(desk, given, photo=True), given, parsed, photo=photo)


def send_document(desk: Desk, given: Json) -> Json:
    parsed = formatted(desk, given, "caption", CAPTION_LIMIT)
    if not isinstance(given["document"], Upload):
        raise bad("wrong file identifier/HTTP URL specified")
    return post(desk, open_room(desk, given), given, parsed, document=bytes(given["document"]))


# --- changing what was said -------------------------------------------------------------------------------------------


def own_message(desk: Desk, given: Json) -> Posted:
    if "chat_id" not in given or "message_id" not in given:
        raise bad("message identifier is not specified")
    room = open_room(desk, given)
    message = room.messages.get(given["message_id"])
    if message is None or message.deleted:
        raise RefusalError(400, "Bad Request: message to edit not found")
    if message.sender["id"] != desk.world.bot["id"]:
        raise bad("message can't be edited")
    return message


def change(desk: Desk, message: Posted, **new: Any) -> Json:
    if all(getattr(message, name) == value for name, value in new.items() if name != "html"):
        raise RefusalError(400, NOT_MODIFIED)
    for name, value in new.items():
        setattr(message, name, value)
    message.edits += 1
    return desk.world.message_json(message)


def edit_text(desk: Desk, given: Json) -> Json:
    parsed = formatted(desk, given, "text", TEXT_LIMIT)
    rows, message = keyboard(given), own_message(desk, given)
    if message.photo is not None:
        raise RefusalError(400, "Bad Request: there is no text in the message to edit")
    return change(desk, message, text=parsed.text, entities=parsed.entities, html=given["text"], rows=rows)


def edit_caption(desk: Desk, given: Json) -> Json:
    parsed = formatted(desk, given, "caption", CAPTION_LIMIT)
    rows, message = keyboard(given), own_message(desk, given)
    if message.photo is None:
        raise RefusalError(400, "Bad Request: there is no caption in the message to edit")
    return change(desk, message, text=parsed.text, entities=parsed.entities, html=given.get("caption", ""), rows=rows)


def edit_media(desk: Desk, given: Json) -> Json:
    media = given["media"]
    parsed = formatted(desk, media, "caption", CAPTION_LIMIT)
    attached = given.get("_files", {}).get(str(media["media"]).removeprefix("attach://"), media["media"])
    photo, rows, message = picture(desk, attached), keyboard(given), own_message(desk, given)
    return change(desk, message, photo=photo, text=parsed.text, entities=parsed.entities, html=media.get("caption", ""), rows=rows)


def edit_markup(desk: Desk, given: Json) -> Json:
    rows = keyboard(given)
    return change(desk, own_message(desk, given), rows=rows)


def delete_message(desk: Desk, given: Json) -> bool:
    message = known_room(desk, given).messages.get(given["message_id"])
    if message is None or message.deleted:
        raise RefusalError(400, "Bad Request: message to delete not found")
    message.deleted = True
    return True
