"""What the Bot API takes: every parameter of a call is held against `tests/data/telegram-api.json`, down to nested objects.

`check(method, given)` returns what is wrong, in words; `given` are values as they came over the wire after JSON was opened.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from tests.support.telegram_html import utf16

FILE = Path(__file__).resolve().parent.parent / "data" / "telegram-api.json"
PLAIN = {"Integer": int, "Boolean": bool, "String": str}
LENGTHS_BY_ENTITIES = {"text", "caption", "message_text"}  # counted after the entities are parsed, so not here


@cache
def spec() -> dict[str, Any]:
    return json.loads(FILE.read_text(encoding="utf-8"))


class Upload(bytes):
    """The bytes of a file part of a multipart body."""


def open_values(method: str, raw: dict[str, Any]) -> dict[str, Any]:
    """Form values opened into what they mean; a value that does not open stays text, and `check` will say so."""
    fields = {field["name"]: field for field in spec()["methods"][method]["fields"]}
    return {name: open_value(value, fields[name]["types"]) if name in fields else value for name, value in raw.items()}


def open_value(value: Any, types: list[str]) -> Any:
    if not isinstance(value, str) or isinstance(value, Upload):
        return value
    if "String" in types:
        return int(value) if "Integer" in types and value.lstrip("-").isdigit() else value
    if "InputFile" in types:
        return value
    try:
        opened = json.loads(value)
    except ValueError:
        return value
    return opened


def check(method: str, given: dict[str, Any]) -> list[str]:
    """What the specification has against this call."""
    return check_fields(method, spec()["methods"][method]["fields"], given)


def check_fields(where: str, fields: list[dict[str, Any]], given: dict[str, Any]) -> list[str]:
    known = {field["name"] for field in fields}
    wrong = [f"{where}: unknown field {name!r}" for name in given if name not in known]
    for field in fields:
        name = field["name"]
        if name not in given:
            if field["required"]:
                wrong.append(f"{where}: {name} is missing")
        else:
            wrong += check_value(f"{where}.{name}", field["types"], given[name])
            wrong += check_length(f"{where}.{name}", field, given[name])
    return wrong


def check_value(where: str, types: list[str], value: Any) -> list[str]:
    attempts = [check_type(where, kind, value) for kind in types]
    return min(attempts, key=len) if attempts else []


def check_type(where: str, kind: str, value: Any) -> list[str]:
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            return [f"{where}: not a list but {value!r}"]
        inner = kind.removeprefix("Array of ")
        return [line for index, one in enumerate(value) for line in check_type(f"{where}[{index}]", inner, one)]
    if kind == "InputFile":
        return [] if isinstance(value, Upload) else [f"{where}: not a file"]
    if kind == "Float":
        return [] if isinstance(value, int | float) and not isinstance(value, bool) else [f"{where}: not a number but {value!r}"]
    if kind in PLAIN:
        right = isinstance(value, PLAIN[kind]) and (kind == "Boolean" or not isinstance(value, bool))
        return [] if right else [f"{where}: not {kind} but {value!r}"]
    return check_object(where, kind, value)


def check_object(where: str, kind: str, value: Any) -> list[str]:
    if not isinstance(value, dict):
        return [f"{where}: not {kind} but {value!r}"]
    noun = spec()["types"].get(kind)
    if noun is None:
        return []
    if subtypes := noun.get("subtypes"):
        attempts = [check_object(where, one, value) for one in subtypes if resembles(one, value)]
        return min(attempts, key=len) if attempts else [f"{where}: no kind of {kind}: {value!r}"]
    return check_fields(f"{where}:{kind}", noun["fields"], value)


# The value of "type" that each kind of object announces itself with.
ANNOUNCED = {
    "BotCommandScopeDefault": "default",
    "BotCommandScopeAllPrivateChats": "all_private_chats",
    "BotCommandScopeAllGroupChats": "all_group_chats",
    "BotCommandScopeAllChatAdministrators": "all_chat_administrators",
    "BotCommandScopeChat": "chat",
    "BotCommandScopeChatAdministrators": "chat_administrators",
    "BotCommandScopeChatMember": "chat_member",
    "MenuButtonCommands": "commands",
    "MenuButtonWebApp": "web_app",
    "MenuButtonDefault": "default",
    "InputMediaPhoto": "photo",
    "InputMediaVideo": "video",
    "InputMediaAnimation": "animation",
    "InputMediaAudio": "audio",
    "InputMediaDocument": "document",
    "InputMediaLivePhoto": "live_photo",
}


def resembles(kind: str, value: dict[str, Any]) -> bool:
    if "type" not in value:
        return not kind.startswith(("InlineQueryResult", "InputMedia", "BotCommandScope", "MenuButton"))
    if kind in ANNOUNCED:
        return value["type"] == ANNOUNCED[kind]
    name = kind.removeprefix("InlineQueryResult").removeprefix("Cached")
    return "".join(part.capitalize() for part in str(value["type"]).split("_")) == name


def check_length(where: str, field: dict[str, Any], value: Any) -> list[str]:
    length = field.get("length")
    if not length or not isinstance(value, str) or field["name"] in LENGTHS_BY_ENTITIES:
        return []
    least, most, unit = length
    size = len(value.encode()) if unit == "bytes" else utf16(value)
    return [] if least <= size <= most else [f"{where}: {size} {unit}, allowed are {least} to {most}"]


def unknown_fields(kind: str, value: dict[str, Any]) -> list[str]:
    """For the fake's own answers: the fields that Telegram's type does not have, and the ones it must have."""
    return check_fields(kind, spec()["types"][kind]["fields"], value)
