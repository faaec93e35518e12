"""Everything that can be set, in one frozen value, read once from the environment or `.env`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from nlu.understood import GoalName


class SettingsError(Exception):
    """Wrong settings, in one plain sentence for who starts the program."""


Share = Annotated[float, Field(ge=0, le=1)]


class Settings(BaseSettings):
    """Names and meanings: README, section Settings."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
        frozen=True,
        populate_by_name=True,
    )

    mode: Literal["demo", "live"] = Field("demo", alias="SANAD_MODE")
    data_dir: Path = Field(Path("var"), alias="SANAD_DATA_DIR")
    database_url: SecretStr | None = Field(None, alias="SANAD_DATABASE_URL")
    keys: SecretStr | None = Field(None, alias="SANAD_KEYS")
    public_url: str | None = Field(None, alias="SANAD_PUBLIC_URL")
    telegram_token: SecretStr | None = Field(None, alias="TELEGRAM_BOT_TOKEN")
    telegram_secret: SecretStr | None = Field(None, alias="TELEGRAM_WEBHOOK_SECRET")
    telegram_api_url: str = Field("https://api.telegram.org", alias="TELEGRAM_API_URL")
    smtp_url: SecretStr | None = Field(None, alias="SANAD_SMTP_URL")
    rasa_url: SecretStr | None = Field(None, alias="SANAD_RASA_URL")
    parse_token: SecretStr | None = Field(None, alias="SANAD_PARSE_TOKEN")
    thresholds: dict[GoalName, tuple[Share, Share]] = Field(
        default_factory=dict, alias="SANAD_THRESHOLDS"
    )
    """Of a goal: how sure it must be to be acted on, and to be asked about."""
    mail_from: str = Field("sanad@localhost", alias="SANAD_MAIL_FROM")
    attachment_limit: int = Field(20_000_000, ge=1, alias="SANAD_ATTACHMENT_LIMIT")

    @field_validator(
        "database_url",
        "keys",
        "public_url",
        "telegram_token",
        "telegram_secret",
        "smtp_url",
        "rasa_url",
        "parse_token",
        mode="before",
    )
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not re.match(r"(sqlite|postgresql)(\+\w+)?://", value.get_secret_value()):
            raise ValueError("must begin with sqlite:// or postgresql://")
        return value

    @field_validator("public_url", "telegram_api_url")
    @classmethod
    def _web_address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("must be an address such as https://sanad.example")
        return value.rstrip("/")

    @field_validator("rasa_url")
    @classmethod
    def _rasa_address(cls, value: SecretStr | None) -> SecretStr | None:
        if value:
            parts = urlsplit(value.get_secret_value())
            if parts.scheme not in ("http", "https") or not parts.hostname:
                raise ValueError("must be an address such as http://127.0.0.1:5005")
        return value

    @field_validator("smtp_url")
    @classmethod
    def _mail_server(cls, value: SecretStr | None) -> SecretStr | None:
        if value:
            parts = urlsplit(value.get_secret_value())
            if parts.scheme not in ("smtp", "smtps", "smtp+starttls") or not parts.hostname:
                raise ValueError("must be smtp://, smtp+starttls:// or smtps:// and a host")
        return value

    @field_validator("telegram_secret")
    @classmethod
    def _secret_alphabet(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.get_secret_value()):
            raise ValueError("may hold only A-Z a-z 0-9 _ - and at most 256 of them")
        return value


def load() -> Settings:
    """Read the settings, or raise SettingsError naming the variable and what is wrong with it."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "a setting"
        reason = first["msg"].removeprefix("Value error, ")
        raise SettingsError(f"{name} {reason[0].lower()}{reason[1:]}.") from None
