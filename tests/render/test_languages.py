"""The words of a theme in the language of site.toml, and values as CLDR writes them there."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from tests.pages.built import site
from tests.reading import write_files

from planfolio.render.theme import Theme, load_theme
from planfolio.render.theme_files import ThemeError

WriteTheme: TypeAlias = Callable[..., Theme]

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
GOAL = (
    "title: G\nstart: 2026-W37\ndue: 2027-01-31\nmetric: 1225/2500\neffort: 1200h\n"
    "cost: 9.50 EUR\nhorizon: 18m\ncadence: 3/2 weeks\nrole: r\n"
    "paused: [{from: 2026-03, to: 2026-Q2}]\n"
)
LANGUAGES = ("de", "es", "de-AT", "es-MX", "ja")
VALUES = {
    # Those of one day with a short month, and the patterns of CLDR 45 for numbers.
    "goal.due | date": (
        "31. Jan. 2027",
        "31 ene 2027",
        "31. Jän. 2027",
        "31 ene 2027",
        "31 Jan 2027",
    ),
    "goal.start | date": (
        "13. Sept. 2026 (KW 37)",
        "13 sept 2026 (semana 37)",
        "13. Sep. 2026 (KW 37)",
        "13 sep 2026 (semana 37)",
        "13 Sep 2026 (week 37)",
    ),
    "goal.paused[0].from_ | date_range(goal.paused[0].to)": (
        "März 2026 bis Q2 2026",
        "mar 2026 a T2 2026",
        "März 2026 bis Q2 2026",
        "mar 2026 a T2 2026",
        "Mar 2026 to Q2 2026",
    ),
    "(goal.metric.current + 1 / 2) | number": ("1.225,5", "1.225,5", None, "1,225.5", "1,225.5"),
    "goal.effort | hours": ("1.200 Std.", "1.200 h", None, "1,200 h", "1,200 h"),
    "goal.cost | money": ("9,50 €", "9,50 €", "€ 9,50", "EUR9.50", "9.50 EUR"),
    "goal.horizon | horizon": ("18 Monate", "18 meses", "18 Monate", "18 meses", "18 months"),
    "goal.cadence | cadence": (
        "3-mal alle 2 Wochen",
        "3 veces cada 2 semanas",
        "3-mal alle 2 Wochen",
        "3 veces cada 2 semanas",
        "3 times every 2 weeks",
    ),
    "goal.progress | percent": ("49 %", "49 %", "49 %", "49%", "49%"),
    "goal.role.due | date": (
        "2. Halbjahr 2028",
        "segundo semestre de 2028",
        "2. Halbjahr 2028",
        "segundo semestre de 2028",
        "second half of 2028",
    ),
    "'check-in' | field_name": ("Check-in", "Seguimiento", "Check-in", "Seguimiento", "Check-in"),
    "_('Skill')": ("Fähigkeit", "Habilidad", "Fähigkeit", "Habilidad", "Skill"),
}
"""What each language shows for an expression; ja has no catalogue, so it is English."""


@pytest.fixture
def themed(tmp_path: Path) -> WriteTheme:
    """Write a theme of one template and some catalogues, and return it in a language."""

    def write(language: str, *, page: str = "", **catalogues: str) -> Theme:
        files = {"templates/goal.html": page}
        for name, text in catalogues.items():
            files[f"locales/{name}/LC_MESSAGES/messages.po"] = HEADER + text
        write_files(tmp_path / "themes" / "mine", files)
        return load_theme("mine", site_root=tmp_path, language=language)

    return write


def shown(theme: Theme) -> str:
    """Return the page of a goal."""
    plan = {"goals/g.md": GOAL, "roles/r.md": "title: R\ndue: 2028-H2"}
    return site(plan, theme=theme, as_of="2026-09-01").text("goals/g/index.html")


def test_thousandths_of_a_currency_are_shown(themed: WriteTheme) -> None:
    """A dinar has a thousand fils."""
    theme = themed("de", page="{{ goal.cost | money }}")
    plan = {
        "goals/g.md": "title: G\ncost: 1.255 KWD",
        "site.toml": "[visibility]\n'goal.cost' = 'public'",
    }
    assert site(plan, theme=theme).text("goals/g/index.html") == "1,255\u00a0KWD"


@pytest.mark.parametrize("language", LANGUAGES)
def test_values_look_as_in_the_language(themed: WriteTheme, language: str) -> None:
    """Days, numbers, shares, money and time by language and region; words from its catalogue."""
    wanted = [words[LANGUAGES.index(language)] for words in VALUES.values()]
    page = "\n".join(f"{{{{ {expression} }}}}" for expression in VALUES)
    lines = shown(themed(language, page=page)).replace("\u00a0", " ").split("\n")
    assert [a for a, b in zip(lines, wanted, strict=True) if b is not None] == [
        line for line in wanted if line is not None
    ]


def test_a_theme_has_words_of_its_own_and_changes_others(themed: WriteTheme) -> None:
    """The catalogue of a region comes first, then that of its language, then the bundled ones."""
    page = "{{ _('My way') }}, {{ _('Goal') }}, {{ _('Skill') }}, {{ _('Mine') }}, {{ _('Role') }}"
    german = (
        'msgid "My way"\nmsgstr "Mein Weg"\n\nmsgid "Goal"\nmsgstr "Vorhaben"\n\n'
        '#, fuzzy\nmsgid "Mine"\nmsgstr "Falsch"\n\nmsgid "Role"\nmsgstr ""\n'
    )
    austrian = 'msgid "My way"\nmsgstr "Mein Wegerl"\n'
    found = shown(themed("de-AT", page=page, de=german, de_AT=austrian))
    assert found == "Mein Wegerl, Vorhaben, Fähigkeit, Mine, Rolle"


def test_a_theme_says_things_in_other_english_words(themed: WriteTheme) -> None:
    """A catalogue of English changes what the bundled templates say, and is no other language."""
    theme = themed(
        "en", page="{{ _('Goal') }}, {{ goal.effort | hours }}", en='msgid "Goal"\nmsgstr "Target"'
    )
    assert shown(theme).replace("\u00a0", " ") == "Target, 1,200 h"


def test_plurals_follow_the_language(themed: WriteTheme) -> None:
    """Russian has three forms for whole numbers."""
    forms = ("%(n)s цель", "%(n)s цели", "%(n)s целей")
    catalogue = (
        '"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 &&'
        ' (n%100<12 || n%100>14) ? 1 : 2);\\n"\n\n'
        'msgid "%(n)s goal"\nmsgid_plural "%(n)s goals"\n'
        + "".join(f'msgstr[{n}] "{form}"\n' for n, form in enumerate(forms))
    )
    page = (
        "{% for n in [1, 3, 11, 25] %}{% trans n %}{{ n }} goal{% pluralize %}{{ n }} goals"
        "{% endtrans %}; {% endfor %}"
    )
    assert shown(themed("ru", page=page, ru=catalogue)) == "1 цель; 3 цели; 11 целей; 25 целей; "


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('msgid "%(a)s of"\nmsgstr "%(b)s von"\n', ":5: "),
        ('msgid "A"\nis "B"\n', ":6: "),
    ],
)
def test_a_fault_of_a_catalogue_has_its_line(themed: WriteTheme, text: str, message: str) -> None:
    """A placeholder that the message does not have, and what is no gettext file."""
    with pytest.raises(ThemeError) as raised:
        themed("de", de="\n" + text)
    path = "themes/mine/locales/de/LC_MESSAGES/messages.po"
    assert str(raised.value).startswith(path + message)


def test_the_machine_has_no_say(tmp_path: Path) -> None:
    """A site has the same bytes whatever the language of the machine is."""
    (tmp_path / "content" / "goals").mkdir(parents=True)
    (tmp_path / "content" / "goals" / "g.md").write_text("---\ntitle: G\ndue: 2027\n---\n")
    (tmp_path / "site.toml").write_text(
        'title = "P"\nlanguage = "de"\n[plan]\nas_of = 2026-09-01\n'
    )
    made = []
    for machine in ("C", "tr_TR.UTF-8"):
        env = {**os.environ, "LC_ALL": machine, "LANG": machine, "LANGUAGE": machine}
        output = tmp_path / machine
        command = [sys.executable, "-m", "planfolio", "build", "--output", str(output)]
        subprocess.run(command, cwd=tmp_path, env=env, check=True, capture_output=True)
        made.append({p.relative_to(output): p.read_bytes() for p in output.rglob("*.html")})
    assert made[0] == made[1] != {}
    assert b"Ziel" in made[0][next(path for path in made[0] if path.parent.name == "g")]
