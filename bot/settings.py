"""Settings from environment variables or a `.env` file; nothing is needed to start. Reading them is the only thing done here."""

from __future__ import annotations

from functools import cached_property
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_data_path
from pydantic import AnyHttpUrl, Field, SecretStr, TypeAdapter, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingsError

_HTTP_URL = TypeAdapter(AnyHttpUrl)
PRICE_SOURCES = ("mempool", "coinbase", "kraken", "coingecko")

_Commas = Annotated[tuple[str, ...], NoDecode]


class Settings(BaseSettings):
    """All that can be set; the README's table says what each means."""

    model_config = SettingsConfigDict(env_prefix="ASSAY_", env_file=".env", extra="ignore", frozen=True, env_ignore_empty=False)

    telegram_token: SecretStr | None = None
    telegram_api: str = "https://api.telegram.org"
    database_url: str | None = None
    feeds: Path | None = None
    mempool_urls: _Commas = ("https://mempool.space/api",)
    esplora_urls: _Commas = ("https://blockstream.info/api",)
    core_rpc_url: SecretStr | None = None
    price_urls: _Commas = (
        "kraken=https://api.kraken.com",
        "coinbase=https://api.coinbase.com",
        "coingecko=https://api.coingecko.com",
        "mempool=https://mempool.space/api",
    )
    poll_seconds: float | None = Field(default=None, gt=0)
    allow_private_hosts: _Commas = ()
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    admins: Annotated[frozenset[int], NoDecode] = frozenset()
    paid_broadcast: bool = False
    date_entities: bool = True

    @field_validator("mempool_urls", "esplora_urls", "price_urls", "allow_private_hosts", "admins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("telegram_token", "database_url", "feeds", "core_rpc_url", "poll_seconds", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("paid_broadcast", "date_entities", mode="before")
    @classmethod
    def _empty_is_default(cls, value: object, info: ValidationInfo) -> object:
        unset = isinstance(value, str) and not value.strip()
        return cls.model_fields[str(info.field_name)].default if unset else value

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.strip().upper() if isinstance(value, str) else value

    @field_validator("telegram_api")
    @classmethod
    def _root(cls, value: str) -> str:
        _HTTP_URL.validate_python(value)
        return value.rstrip("/")

    @field_validator("mempool_urls", "esplora_urls")
    @classmethod
    def _roots(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for url in value:
            _HTTP_URL.validate_python(url)
        return tuple(url.rstrip("/") for url in value)

    @field_validator("price_urls")
    @classmethod
    def _named_roots(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for part in value:
            name, found, url = part.partition("=")
            if not found or name not in PRICE_SOURCES:
                raise ValueError(f"{part!r} is not name=address with a name of {', '.join(PRICE_SOURCES)}")
            _HTTP_URL.validate_python(url)
        return tuple(part.rstrip("/") for part in value)

    @field_validator("allow_private_hosts")
    @classmethod
    def _hosts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for host in value:
            if "/" in host:
                ip_network(host, strict=False)
        return value

    @cached_property
    def database(self) -> str:
        """The database's address: as set, or a SQLite file in the user's data folder."""
        return self.database_url or f"sqlite:///{user_data_path('assay') / 'assay.sqlite3'}"


def load_settings(**overrides: object) -> Settings:
    """Settings of the environment, `overrides` first; SettingsError names the variable that is wrong, or the file."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]  # pydantic validates what it is given
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = "ASSAY_" + "_".join(str(part) for part in first["loc"][:1]).upper()
        raise SettingsError(f"{name}: {first['msg'].removeprefix('Value error, ')}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"The settings file .env cannot be read: {getattr(error, 'strerror', None) or 'it is not UTF-8 text'}"
        ) from None


def has_database(settings: Settings) -> bool:
    """Whether there is a database to ask: a server's is believed to be there, a SQLite file is looked for."""
    kind, _, path = settings.database.partition(":///")
    return not kind.startswith("sqlite") or (bool(path) and Path(path).is_file())
