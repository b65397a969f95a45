"""The settings file of this PC."""

from __future__ import annotations

from referral_app import settings
from referral_app.choices import Appearance, InstallationMode
from referral_app.paths import Paths
from referral_app.settings import Settings


def test_settings_come_back_as_they_were_saved(paths: Paths) -> None:
    chosen = Settings(InstallationMode.HEADACHE_CENTER, "Ana “Ñ” Reyes", Appearance.DARK, 150, True)
    settings.save(paths, chosen)
    assert settings.load(paths) == chosen


def test_without_a_file_the_defaults_hold(paths: Paths) -> None:
    assert settings.load(paths) == Settings()


def test_unknown_and_unusable_values_are_ignored(paths: Paths) -> None:
    paths.data_dir.mkdir()
    paths.settings.write_text(
        'zoom = 777\nappearance = "pink"\nperson = 3\ncompact = "yes"\nelse = 1\nmode = "headache_center"\n'
    )
    assert settings.load(paths) == Settings(mode=InstallationMode.HEADACHE_CENTER)


def test_a_broken_file_does_not_stop_the_start(paths: Paths) -> None:
    paths.data_dir.mkdir()
    paths.settings.write_bytes(b"\xff\xfe zoom = ")
    assert settings.load(paths) == Settings()
