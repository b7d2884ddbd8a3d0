"""The settings as values."""

from fractions import Fraction

import pytest
from pydantic import ValidationError

from planfolio.model.settings import Settings
from planfolio.model.visibility import Visibility


def test_settings_are_read_from_text() -> None:
    """As site.toml gives them: every scalar is the text that was typed."""
    site = Settings.model_validate(
        {
            "plan": {"hours_per_week": "7.5", "time_off": [{"from": "2026-08", "to": "2026-08"}]},
            "visibility": {"person": "private"},
        }
    )
    assert site.plan.hours_per_week == Fraction(15, 2)
    assert site.plan.time_off[0].to.last.isoformat() == "2026-08-31"
    assert site.visibility["person"] is Visibility.PRIVATE


def test_settings_are_frozen() -> None:
    """Nothing later in the program can change them."""
    site = Settings()
    with pytest.raises(ValidationError):
        site.title = "Other"


@pytest.mark.parametrize(
    "settings", [{"titel": "x"}, {"plan": {"hours": "3"}}, {"scales": {"x": {"level": []}}}]
)
def test_unknown_settings_are_refused(settings: dict[str, object]) -> None:
    """In each table."""
    with pytest.raises(ValidationError):
        Settings.model_validate(settings)
