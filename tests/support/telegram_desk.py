"""The methods of the fake that do not post: who and where the bot is, its menu, and its answers to buttons and inline queries."""

import re
from collections.abc import Callable
from typing import Any

from tests.support.telegram_methods import (
    TOO_OLD,
    Desk,
    Json,
    RefusalError,
    bad,
    delete_message,
    edit_caption,
    edit_markup,
    edit_media,
    edit_text,
    formatted,
    keyboard,
    known_room,
    open_room,
    send_document,
    send_message,
    send_photo,
)
from tests.support.telegram_world import IN_CHAT, Room

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
ACTIONS = {"typing", "upload_photo", "upload_document"}


def get_me(desk: Desk, given: Json) -> Json:
    return desk.world.bot


def seen_room(desk: Desk, given: Json) -> Room:
    """A chat whose inside the bot may look at."""
    room = known_room(desk, given)
    if room.kind not in ("private", "channel") and room.bot_status not in IN_CHAT:
        open_room(desk, given)
    return room


def get_chat(desk: Desk, given: Json) -> Json:
    return seen_room(desk, given).full_json()


def get_chat_member(desk: Desk, given: Json) -> Json:
    room = seen_room(desk, given)
    if room.kind == "channel" and room.bot_status != "administrator":
        raise RefusalError(400, "Bad Request: member list is inaccessible")
    if given["user_id"] not in desk.world.users:
        raise RefusalError(400, "Bad Request: invalid user_id specified")
    return desk.world.member_json(given["user_id"], room)


def get_chat_administrators(desk: Desk, given: Json) -> list[Json]:
    room = seen_room(desk, given)
    if room.kind == "private":
        raise bad("there are no administrators in the private chat")
    if room.kind == "channel" and room.bot_status != "administrator":
        raise RefusalError(400, "Bad Request: member list is inaccessible")
    leaders = [one for one, status in room.members.items() if status in ("creator", "administrator")]
    return [desk.world.member_json(one, room) for one in leaders]


def get_chat_member_count(desk: Desk, given: Json) -> int:
    return sum(status in IN_CHAT for status in seen_room(desk, given).members.values())


def leave_chat(desk: Desk, given: Json) -> bool:
    room = open_room(desk, given)
    if room.kind == "private":
        raise bad("chat member status can't be changed in private chats")
    room.members[desk.world.bot["id"]] = "left"
    return True


def send_chat_action(desk: Desk, given: Json) -> bool:
    open_room(desk, given)
    if given["action"] not in ACTIONS:
        raise bad("wrong parameter action in request")
    desk.actions.append(given)
    return True


def answer_callback_query(desk: Desk, given: Json) -> bool:
    if given["callback_query_id"] not in desk.waiting_callbacks:
        raise RefusalError(400, TOO_OLD)
    desk.waiting_callbacks.discard(given["callback_query_id"])
    desk.answered.append(given)
    return True


def answer_inline_query(desk: Desk, given: Json) -> bool:
    if given["inline_query_id"] not in desk.waiting_inline:
        raise RefusalError(400, TOO_OLD)
    if len(given["results"]) > 50:
        raise bad("RESULTS_TOO_MUCH")
    ids = [result.get("id") for result in given["results"]]
    if len(set(ids)) != len(ids):
        raise bad("RESULT_ID_DUPLICATE")
    for result in given["results"]:
        keyboard(result)
        content = result.get("input_message_content")
        if content and "message_text" in content:
            formatted(desk, content | {"text": content["message_text"]}, "text", 4096)
    desk.waiting_inline.discard(given["inline_query_id"])
    desk.answered.append(given)
    return True


def scope_key(given: Json) -> str:
    scope = given.get("scope") or {"type": "default"}
    parts = [scope["type"], *(str(scope[name]) for name in ("chat_id", "user_id") if name in scope)]
    return "/".join([*parts, given.get("language_code", "")]).rstrip("/")


def menu_room(desk: Desk, given: Json) -> None:
    """The chat of a menu for one chat alone has to be one that the bot is in and that has a menu."""
    scope = given.get("scope") or {}
    if "chat_id" in scope:
        room = seen_room(desk, {"chat_id": scope["chat_id"]})
        if room.kind == "channel":
            raise bad("method is available only for private chats, groups and supergroups")


def set_my_commands(desk: Desk, given: Json) -> bool:
    menu_room(desk, given)
    if len(given["commands"]) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in given["commands"]:
        if not COMMAND.fullmatch(command["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not command["description"].strip():
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    desk.commands[scope_key(given)] = given["commands"]
    return True


def get_my_commands(desk: Desk, given: Json) -> list[Json]:
    return desk.commands.get(scope_key(given), [])


def delete_my_commands(desk: Desk, given: Json) -> bool:
    menu_room(desk, given)
    desk.commands.pop(scope_key(given), None)
    return True


def keep(name: str) -> Callable[[Desk, Json], bool]:
    """A setter whose words are only remembered."""

    def setter(desk: Desk, given: Json) -> bool:
        desk.settings[f"{name}/{given.get('language_code', '')}".rstrip("/")] = given
        return True

    return setter


def webhook_info(desk: Desk, given: Json) -> Json:
    return {"url": "", "has_custom_certificate": False, "pending_update_count": 0}


METHODS: dict[str, Callable[[Desk, Json], Any]] = {
    "getMe": get_me,
    "deleteWebhook": lambda desk, given: True,
    "getWebhookInfo": webhook_info,
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageMedia": edit_media,
    "editMessageReplyMarkup": edit_markup,
    "deleteMessage": delete_message,
    "sendChatAction": send_chat_action,
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": keep("name"),
    "setMyDescription": keep("description"),
    "setMyShortDescription": keep("short_description"),
    "setChatMenuButton": keep("menu_button"),
    "setMyDefaultAdministratorRights": keep("administrator_rights"),
}
