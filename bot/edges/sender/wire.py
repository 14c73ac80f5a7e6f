"""The connection to Telegram: the library's own client, with answers and broken connections told apart as we need them.

The library tells a 401 and a 404 alike, gives a `retry_after` only with a warning, logs the body of a 502 as an error, and does
not say whether a request that failed had left at all. So every answer that is no success becomes an `ApiError` with Telegram's own
code and words here, and every failure below HTTP a `CutOffError` that knows whether the request can have arrived.
What may be asked twice without anybody seeing it twice is asked again at once where Telegram was in trouble.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from telegram import Bot
from telegram.error import NetworkError, TelegramError
from telegram.request import BaseRequest, HTTPXRequest, RequestData

from bot.edges.sender.weather import Weather

if TYPE_CHECKING:
    from telegram._utils.types import ODVInput

# What the client raises before the first byte of a request is on its way.
NEVER_LEFT = {"ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError", "UnsupportedProtocol"}
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
LONGEST_REASON = 300
HARMLESS = {"answerCallbackQuery", "answerInlineQuery", "getChat", "getChatMember"}
TRIES, TRY_SECONDS, FIRST_PAUSE = 3, 2.0, 0.2
POLL_MARGIN = 5.0  # seconds beyond a long poll until it is taken for hanging


class ApiError(TelegramError):
    """An answer that is no success: HTTP status, Telegram's words and its parameters."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any]) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def __str__(self) -> str:
        return f"{self.code} {self.description}"


class CutOffError(NetworkError):
    """No answer. `left` is False if the request cannot have arrived."""

    def __init__(self, reason: str, *, left: bool) -> None:
        super().__init__(reason)
        self.left = left


class Wire(HTTPXRequest):
    """The library's client, raising the two errors above and nothing else. `weather` is told how calls fare."""

    def __init__(self, weather: Weather, **details: Any) -> None:
        super().__init__(**details)
        self._weather = weather

    async def do_request(  # noqa: PLR0913, PLR0917 - the library's own signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """See `BaseRequest.do_request`; the payload of what comes back is a success."""
        harmless = url.rpartition("/")[2] in HARMLESS
        timeouts = (TRY_SECONDS if harmless else read_timeout, write_timeout, connect_timeout, pool_timeout)
        for turn in range(TRIES if harmless else 1):
            if turn:
                await asyncio.sleep(FIRST_PAUSE * 2 ** (turn - 1))
            try:
                return await self._once(url, method, request_data, timeouts)
            except (ApiError, CutOffError) as error:
                failure = error
                if isinstance(error, ApiError) and error.code < 500:
                    break
                self._weather.failed()
        raise failure

    async def _once(self, url: str, method: str, data: RequestData | None, timeouts: tuple[ODVInput[float], ...]) -> tuple[int, bytes]:
        try:
            code, payload = await super().do_request(url, method, data, *timeouts)
        except NetworkError as error:
            kind = type(error.__cause__).__name__
            raise CutOffError(kind, left=kind not in NEVER_LEFT) from None
        answer = _object(payload)
        if code < 300 and answer.get("ok"):
            return code, payload
        if code < 300:
            raise CutOffError("the answer is no answer of Telegram's", left=True)
        raise ApiError(code, str(answer.get("description") or f"HTTP {code}")[:LONGEST_REASON], answer.get("parameters") or {})


def _object(payload: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(payload)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


class UpdatesBot(Bot):
    """The library's bot, which can also fetch updates as they came: one that it cannot read must not hide the others."""

    def __init__(self, weather: Weather, **details: Any) -> None:
        super().__init__(**details)
        self._weather = weather

    @property
    def weather(self) -> Weather:
        """How its calls fare."""
        return self._weather

    async def fetch_updates(self, offset: int, seconds: int, wanted: list[str], *, margin: float = POLL_MARGIN) -> list[dict[str, Any]]:
        """Updates from `offset` on, after up to `seconds` of waiting for the first; those before it are confirmed.

        CutOffError if there is no answer `margin` seconds after that.
        """
        given: dict[str, Any] = {"offset": offset, "timeout": seconds, "allowed_updates": wanted}
        found = await self._post("getUpdates", given, read_timeout=seconds + margin)
        return [raw for raw in found if isinstance(raw, dict) and "update_id" in raw] if isinstance(found, list) else []


def open_bot(token: str, root: str, *, seconds: float = 10) -> UpdatesBot:
    """The library's bot at the API whose root is given; `seconds` to wait for an answer. Nothing is called yet."""
    # A proxy of the environment leads to Telegram, not to a server on this machine.
    outside = {"trust_env": urlsplit(root).hostname not in LOOPBACK}
    weather, timeouts = Weather(), dict.fromkeys(("read_timeout", "write_timeout", "pool_timeout"), seconds)
    return UpdatesBot(
        weather,
        token=token,
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=Wire(weather, connection_pool_size=64, httpx_kwargs=outside, **timeouts),
        get_updates_request=Wire(weather, connection_pool_size=2, read_timeout=seconds, httpx_kwargs=outside),
    )
