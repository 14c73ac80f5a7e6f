"""Cuts a machine-readable Bot API specification down to what the fake server checks: names, types, need and lengths.

Usage: python tests/data/reduce_telegram_api.py FULL.json > tests/data/telegram-api.json
The types that the listed methods take are followed to their ends; of what Telegram sends, only the listed types are kept.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

METHODS = [
    "getMe",
    "getUpdates",
    "deleteWebhook",
    "getWebhookInfo",
    "sendMessage",
    "sendPhoto",
    "sendDocument",
    "sendRichMessage",
    "sendChatAction",
    "deleteMessage",
    "deleteMessages",
    "editMessageText",
    "editMessageCaption",
    "editMessageMedia",
    "editMessageReplyMarkup",
    "answerCallbackQuery",
    "answerInlineQuery",
    "getChat",
    "getChatMember",
    "getChatAdministrators",
    "getChatMemberCount",
    "leaveChat",
    "setMyCommands",
    "getMyCommands",
    "deleteMyCommands",
    "setMyName",
    "setMyDescription",
    "setMyShortDescription",
    "setChatMenuButton",
    "setMyDefaultAdministratorRights",
]
RECEIVED = [
    "Update",
    "Message",
    "Chat",
    "ChatFullInfo",
    "User",
    "PhotoSize",
    "CallbackQuery",
    "InlineQuery",
    "ChatMemberUpdated",
    "ChatMemberOwner",
    "ChatMemberAdministrator",
    "ChatMemberMember",
    "ChatMemberRestricted",
    "ChatMemberLeft",
    "ChatMemberBanned",
    "ForumTopicCreated",
    "ForumTopicClosed",
    "ForumTopicReopened",
    "MessageEntity",
    "Document",
    "WebhookInfo",
]
LENGTH = re.compile(r"\b(\d+)-(\d+) (characters|bytes)(?: after entities parsing)?")


def field(full: dict[str, Any]) -> dict[str, Any]:
    kept = {"name": full["name"], "types": full["types"], "required": full["required"]}
    if length := LENGTH.search(full["description"]):
        kept["length"] = [int(length[1]), int(length[2]), length[3]]
    return kept


def noun(full: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {"fields": [field(one) for one in full.get("fields", [])]}
    if "subtypes" in full:
        kept["subtypes"] = full["subtypes"]
    return kept


def inner(name: str) -> str:
    while name.startswith("Array of "):
        name = name.removeprefix("Array of ")
    return name


def closure(names: set[str], types: dict[str, Any]) -> set[str]:
    done: set[str] = set()
    while names - done:
        name = (names - done).pop()
        done.add(name)
        one = types.get(name, {})
        names |= {inner(kind) for item in one.get("fields", []) for kind in item["types"]} | set(one.get("subtypes", []))
    return done & types.keys()


def reduce(full: dict[str, Any]) -> dict[str, Any]:
    methods = {name: {"fields": [field(one) for one in full["methods"][name].get("fields", [])]} for name in METHODS}
    taken = {inner(kind) for method in methods.values() for one in method["fields"] for kind in one["types"]}
    wanted = closure(taken, full["types"]) | set(RECEIVED)
    return {"version": full["version"], "methods": methods, "types": {name: noun(full["types"][name]) for name in sorted(wanted)}}


if __name__ == "__main__":
    reduced = reduce(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    sys.stdout.write(json.dumps(reduced, separators=(",", ":")).replace('},"', '},\n"') + "\n")
