"""Settings come from the environment; what cannot be used is named by its variable."""

import pytest

from bot.errors import SettingsError
from bot.settings import load_settings


@pytest.mark.parametrize(("name", "by_itself"), [("PAID_BROADCAST", False), ("DATE_ENTITIES", True)])
@pytest.mark.parametrize(
    ("given", "on"), [(None, None), ("", None), ("off", False), ("0", False), ("on", True), ("true", True), ("1", True)]
)
def test_what_costs_is_done_only_if_it_is_said_and_what_tries_the_server_unless(
    monkeypatch: pytest.MonkeyPatch, name: str, by_itself: bool, given: str | None, on: bool | None
) -> None:
    monkeypatch.delenv(f"ASSAY_{name}", raising=False)
    if given is not None:
        monkeypatch.setenv(f"ASSAY_{name}", given)
    assert getattr(load_settings(_env_file=None), name.lower()) is (by_itself if on is None else on)


def test_a_setting_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSAY_PAID_BROADCAST", "perhaps")
    with pytest.raises(SettingsError, match="ASSAY_PAID_BROADCAST"):
        load_settings(_env_file=None)
