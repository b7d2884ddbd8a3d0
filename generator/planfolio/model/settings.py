"""The settings of a plan: site.toml."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated

from pydantic import Field

from planfolio.model.diagnostics import Severity
from planfolio.model.kinds.fields import (
    CadenceText,
    Colour,
    Day,
    Host,
    Many,
    MoneyText,
    Number,
    Short,
    Table,
    Text,
    Texts,
    Url,
    VisibilityText,
)
from planfolio.model.values.field_reader import choice

WEEK_HOURS = Fraction(168)
"""The hours of a week: no plan has more."""


class TimeOff(Table):
    """Days without work on the plan, both ends included."""

    from_: Day = Field(alias="from")
    to: Day


class ScaleLevelSettings(Table):
    """A level of a scale of one's own."""

    value: Number
    name: Text
    definition: Text = ""


class ScaleSettings(Table):
    """A scale of one's own, lowest level first."""

    title: Text | None = None
    levels: Many[ScaleLevelSettings]


class PlanSettings(Table):
    """What the plan is computed with: the hours of a week, the time off, where goals start.

    `budget` is what is set aside. It is None for an audience that may not see what things cost.
    """

    hours_per_week: Number | None = None
    budget: Many[MoneyText] | None = ()
    time_off: Many[TimeOff] = ()
    review_every: CadenceText | None = None
    start: Day | None = None
    role: Text | None = None
    scale: Text = "five"
    as_of: Day | None = None


class CheckSettings(Table):
    """Which rules are applied, and with what severity."""

    ignore: Texts = ()
    severity: dict[str, Annotated[Severity, choice(Severity, about="severity")]] = {}  # noqa: RUF012
    allow_keys: Texts = ()


class ThemeSettings(Table):
    """The theme by its name or path, and what is one's own in it.

    `logo` and `card` are pictures by their paths in the content folder. A card is what social
    networks show of a link; without one it is drawn.
    """

    name: Text = "default"
    accent: Colour | None = None
    logo: Text | None = None
    card: Text | None = None


class Settings(Table):
    """All of site.toml.

    `base_url` ends with a slash. `cname` is the domain of one's own under which GitHub Pages serves
    the site; it gives the base URL where none is written.
    """

    title: Text = "My plan"
    description: Text | None = None
    base_url: Url | None = None
    cname: Host | None = None
    language: Text = "en"
    timezone: Text = "UTC"
    theme: Annotated[ThemeSettings, Short("name")] = ThemeSettings()
    plan: PlanSettings = PlanSettings()
    visibility: dict[str, VisibilityText] = {}  # noqa: RUF012
    check: CheckSettings = CheckSettings()
    scales: dict[str, ScaleSettings] = {}  # noqa: RUF012
