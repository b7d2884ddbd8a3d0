"""site.toml: found, read, and every fault at its place."""

from operator import attrgetter
from pathlib import Path

import pytest
from tests.reading import marked

from planfolio.read.site_file import SiteFile, find_site, read_site


def site(root: Path, text: str) -> SiteFile:
    """Read this site.toml."""
    (root / "site.toml").write_text(text)
    return read_site(root)


def said(read: SiteFile) -> list[str]:
    """Return what was found, as `3:5 F102`."""
    return [f"{d.span.line}:{d.span.column} {d.code}" for d in read.diagnostics]


def test_the_nearest_site_upward_is_found(tmp_path: Path) -> None:
    """Not the first of the disk, and not only the one right here."""
    inner = tmp_path / "a" / "b"
    (inner / "content" / "goals").mkdir(parents=True)
    (tmp_path / "site.toml").touch()
    assert find_site(inner / "content" / "goals") == tmp_path
    (inner / "site.toml").touch()
    assert find_site(inner / "content" / "goals") == inner


def test_an_empty_site_has_all_defaults(tmp_path: Path) -> None:
    """Nothing in site.toml is required."""
    read = site(tmp_path, "")
    assert read.diagnostics == ()
    assert (read.settings.title, read.settings.language, read.settings.plan.scale) == (
        "My plan",
        "en",
        "five",
    )
    assert read.settings.plan.hours_per_week is None


def test_a_missing_site_is_an_error_without_a_traceback(tmp_path: Path) -> None:
    """Defaults are used."""
    read = read_site(tmp_path)
    assert said(read) == ["1:1 F101"]
    assert read.settings.title == "My plan"


def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    """A FIFO named site.toml would be waited for."""
    import os

    os.mkfifo(tmp_path / "site.toml")
    assert said(read_site(tmp_path)) == ["1:1 F101"]


@pytest.mark.parametrize("written", ["2026-01-01", '"2026-01-01"', "'2026-01-01'"])
def test_a_date_may_stand_bare_or_quoted(tmp_path: Path, written: str) -> None:
    """One field type reads both."""
    read = site(tmp_path, f"[plan]\nstart = {written}\n")
    assert read.diagnostics == ()
    assert read.settings.plan.start is not None
    assert read.settings.plan.start.first.isoformat() == "2026-01-01"


def test_all_faults_are_told_at_once_each_at_its_place(tmp_path: Path) -> None:
    """Through tables, arrays of tables, inline tables, dotted and quoted keys."""
    read = site(
        tmp_path,
        "\n".join(
            (
                *('titel = "My plan"', 'timezone = "Europe/Madird"'),
                *('plan.hours_per_week = "many"', "plan.time_off = ["),
                '  { from = "2026-08-01", to = "2026-02-30" },',
                *('  { form = "2026-08-01", to = "2026-08-02" },', "]", "[visibility]"),
                *('person = "privat"', '"profile.struggles" = "hidden"'),
                *("[[scales.mine.levels]]", "value = 0", 'name = "none"'),
                *("[[scales.mine.levels]]", 'value = "one"', 'name = "some"', "[check]"),
                *('severity = { S101 = "loud" }', "allow_key = []"),
            )
        ),
    )
    assert sorted(said(read), key=lambda place: int(place.split(":")[0])) == [
        *("1:1 F104", "2:12 F102", "3:23 F102", "5:31 F102", "6:5 F104", "9:10 V103"),
        *("10:23 V103", "15:9 F102", "18:21 F102", "19:1 F104"),
    ]


def test_unknown_keys_are_told_what_they_may_mean(tmp_path: Path) -> None:
    """`titel` is `title`, and in a table the keys of that table are tried."""
    read = site(tmp_path, 'titel = "x"\n[plan]\nhours_a_week = 3\nbugdet = "9 EUR"\n')
    assert {marked(tmp_path, d): d.hint for d in read.diagnostics} == {
        "titel": "did you mean `title`?",
        "hours_a_week": "did you mean `hours_per_week`?",
        "bugdet": "did you mean `budget`?",
    }


def test_a_faulty_setting_leaves_the_others(tmp_path: Path) -> None:
    """One wrong address must not make every level of a scale of one's own wrong."""
    read = site(
        tmp_path,
        'title = "Mine"\nbase_url = "ftp://x.example/"\n[plan]\nscale = "mine"\n'
        '[scales.mine]\nlevels = [{ value = 0, name = "no" }, { value = 1, name = "yes" }]\n',
    )
    assert [d.span.line for d in read.diagnostics] == [2]
    assert (read.settings.title, read.settings.plan.scale, read.settings.base_url) == (
        "Mine",
        "mine",
        None,
    )


@pytest.mark.parametrize(
    ("text", "place", "hint", "instead"),
    [
        ('timezone = "Nowhere/Town"\n', "1:12", "as in", ("timezone", "UTC")),
        ('timezone = "../../etc/passwd"\n', "1:12", "as in", ("timezone", "UTC")),
        ('timezone = "."\n', "1:12", "as in", ("timezone", "UTC")),
        ('timezone = "Europe/Madird"\n', "1:12", "did you mean `Europe/Madrid`?", ()),
        ('language = "en_US"\n', "1:12", "write en-US", ("language", "en")),
        ('language = "English"\n', "1:12", "write en,", ("language", "en")),
        ('language = "x y<z"\n', "1:12", "write en,", ("language", "en")),
        ('language = "-"\n', "1:12", "write en,", ("language", "en")),
        ('[plan]\nscale = "six"\n', "2:9", "known: five", ("plan.scale", "five")),
        ("[scales.mine]\nlevels = []\n", "2:10", "write them in order", ()),
        (
            '[scales.mine]\nlevels = [{ value = 1, name = "one" }]\n',
            "2:10",
            "write them in order",
            (),
        ),
        (
            '[scales.mine]\nlevels = [{ value = 2, name = "two" }, { value = 1, name = "one" }]\n',
            *("2:10", "write them in order", ()),
        ),
        (
            '[scales.mine]\nlevels = [{ value = 1, name = "one" }, { value = 1, name = "uno" }]\n',
            *("2:10", "write them in order", ()),
        ),
        (
            '[plan]\ntime_off = [{ from = "2026-08-15", to = "2026-08-01" }]\n',
            *("2:13", "swap", ("plan.time_off", ())),
        ),
        ("[plan]\nhours_per_week = 0\n", "2:18", "write the hours", ()),
        ("[plan]\nhours_per_week = -3\n", "2:18", "write the hours", ()),
        ("[plan]\nhours_per_week = 169\n", "2:18", "write the hours", ()),
        ("[plan]\nbudget = 1500\n", "2:10", "write 395 USD or 9.50 EUR: the amount", ()),
        (
            '[plan]\nbudget = ["9 EUR", "1500 $"]\n',
            "2:20",
            "write 395 USD or 9.50 EUR: the amount",
            (),
        ),
        (
            'cname = "plan.example.org"\nbase_url = "https://me.github.io/plan/"\n',
            *("2:12", "leave it out", ()),
        ),
    ],
)
def test_a_setting_that_cannot_be_is_told_and_has_its_default(
    tmp_path: Path, text: str, place: str, hint: str, instead: tuple[str, object]
) -> None:
    """What has to exist, be a code, or be in order: a zone (no path is one), a language for
    screen readers, levels that tell more from less, a week of 168 hours, one address."""
    read = site(tmp_path, text)
    assert said(read) == [f"{place} F102"]
    assert read.diagnostics[0].hint.startswith(hint)
    if instead:
        assert attrgetter(instead[0])(read.settings) == instead[1]


@pytest.mark.parametrize("language", ["cs", "pt-BR", "zh-Hant-TW", "de-1996"])
def test_a_language_may_have_script_and_region(tmp_path: Path, language: str) -> None:
    """Codes are those that pages and screen readers know."""
    assert said(site(tmp_path, f'language = "{language}"\n')) == []


@pytest.mark.parametrize("name", ["revew", "struggles", "profile.strugles", "plan.start"])
def test_a_visibility_for_nothing_is_an_error(tmp_path: Path, name: str) -> None:
    """What was meant to be hidden would be shown: fail closed."""
    read = site(tmp_path, f'[visibility]\n"{name}" = "private"\n')
    assert said(read) == ["2:1 F104"]
    assert marked(tmp_path, read.diagnostics[0]) == f'"{name}"'


@pytest.mark.parametrize("name", ["goal.title", "role.id", "milestone.goal", "skill.scale"])
def test_what_a_record_is_known_by_cannot_be_narrower(tmp_path: Path, name: str) -> None:
    """The hint is to narrow the records."""
    read = site(tmp_path, f'[visibility]\n"{name}" = "mentor"\n')
    assert said(read) == ["2:1 F104"]
    assert read.diagnostics[0].hint.endswith(f'{name.partition(".")[0]} = "mentor"')


def test_kinds_fields_and_the_default_have_visibilities(tmp_path: Path) -> None:
    """As the documentation shows them."""
    read = site(
        tmp_path,
        '[visibility]\ndefault = "mentor"\nreview = "public"\n"goal.if_then" = "private"\n'
        '"review.with" = "mentor"\n"plan.capacity" = "mentor"\n',
    )
    assert read.diagnostics == ()


def test_a_syntax_error_is_one_error(tmp_path: Path) -> None:
    """And the defaults replace all that could not be read."""
    read = site(tmp_path, 'title = "Mine"\n[plan\n')
    assert said(read) == ["2:6 F101"]
    assert read.settings.title == "My plan"


def test_a_day_that_does_not_exist_has_a_place(tmp_path: Path) -> None:
    """Bare, it is tomllib that refuses it; quoted, our own field does."""
    bare = site(tmp_path, "[plan]\nstart = 2026-02-30\n")
    assert said(bare) == ["2:9 F101"]
    assert said(site(tmp_path, '[plan]\nstart = "2026-02-30"\n')) == ["2:9 F102"]


def test_a_domain_of_ones_own_is_the_base(tmp_path: Path) -> None:
    """Who names the domain need not name the address as well."""
    own = site(tmp_path, 'cname = "plan.example.org"\n')
    assert own.settings.base_url == "https://plan.example.org/"
    read = site(tmp_path, 'cname = "plan.example.org"\nbase_url = "http://Plan.example.org/cv/"\n')
    assert (read.settings.base_url, read.diagnostics) == ("http://Plan.example.org/cv/", ())
