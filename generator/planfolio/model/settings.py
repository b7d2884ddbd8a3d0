"""The settings of a plan: site.toml."""

from fractions import Fraction
from typing import Annotated

from planfolio.model import fields
from planfolio.model.diagnostics import Severity
from planfolio.model.scales import SCALES, Scale, ScaleLevel
from planfolio.model.table import Table
from planfolio.model.values.field_reader import choice

WEEK_HOURS = Fraction(168)
"""The hours of a week: no plan has more."""


_SEVERITY = choice({severity.value: severity for severity in Severity}, about="severity")


class TimeOff(Table):
    """Days without work on the plan, both ends included."""

    from_: fields.Day
    to: fields.Day


class ScaleLevelSettings(Table):
    """A level of a custom scale."""

    value: fields.Number
    name: fields.Text
    definition: fields.Text = ""


class ScaleSettings(Table):
    """A custom scale, lowest level first."""

    title: fields.Text | None = None
    levels: fields.Many[ScaleLevelSettings]

    def as_scale(self, name: str) -> Scale:
        """Return the scale of a name, its levels in order."""
        levels = sorted(self.levels, key=lambda level: level.value)
        read = tuple(ScaleLevel(level.value, level.name, level.definition) for level in levels)
        return Scale(name, self.title or name, read)


class PlanSettings(Table):
    """What the plan is computed with: the hours of a week, the time off, where goals start.

    `budget` is what is set aside. It is None for an audience that may not see what things cost.
    """

    hours_per_week: fields.Number | None = None
    budget: fields.Many[fields.MoneyText] | None = ()
    time_off: fields.Many[TimeOff] = ()
    review_every: fields.CadenceText | None = None
    start: fields.Day | None = None
    role: fields.Text | None = None
    scale: fields.Text = "five"
    as_of: fields.Day | None = None


class CheckSettings(Table):
    """Which rules are applied, and with what severity."""

    ignore: fields.Texts = ()
    severity: dict[str, Annotated[Severity, _SEVERITY]] = {}  # noqa: RUF012
    allow_keys: fields.Texts = ()


class ThemeSettings(Table):
    """The theme by its name or path, and what the owner changes in it.

    `logo` and `card` are pictures by their paths in the content folder. A card is what social
    networks show of a link; without one it is drawn.
    """

    name: fields.Text = "default"
    accent: fields.Colour | None = None
    logo: fields.Text | None = None
    card: fields.Text | None = None


class Settings(Table):
    """All of site.toml.

    `base_url` ends with a slash. `cname` is the custom domain under which GitHub Pages serves the
    site; it gives the base URL where none is written.
    """

    title: fields.Text = "My plan"
    description: fields.Text | None = None
    base_url: fields.Url | None = None
    cname: fields.Host | None = None
    language: fields.Text = "en"
    timezone: fields.Text = "UTC"
    theme: Annotated[ThemeSettings, fields.shorthand("name")] = ThemeSettings()
    plan: PlanSettings = PlanSettings()
    visibility: dict[str, fields.VisibilityText] = {}  # noqa: RUF012
    check: CheckSettings = CheckSettings()
    scales: dict[str, ScaleSettings] = {}  # noqa: RUF012

    def known_scales(self) -> dict[str, Scale]:
        """Return all scales by name; a custom one replaces a shipped one of its name.

        A scale without levels is left out.
        """
        own = [(name, self.scales[name]) for name in sorted(self.scales)]
        return {**SCALES, **{name: scale.as_scale(name) for name, scale in own if scale.levels}}
