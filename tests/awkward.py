"""A plan whose texts are hard to set: long, in other scripts, from the right, full of signs."""

from collections.abc import Mapping

from tests.reading import record

LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"
CHINESE = "在三年之内成为负责地铁时刻表的规划师并且不再上夜班"
ARABIC = "اجتياز اختبار اللغة الألمانية قبل نهاية السنة"
SIGNS = 'Q&A: "What <i>is</i> 5 > 3?" & more'
_CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8"

msgid "Goals"
msgstr "الأهداف"
"""
MANY_WORDS = "A title that says all of it at once, and then some more, " * 4


def awkward_plan(*, language: str = "en", goals: int = 0) -> Mapping[str, str]:
    """Return the files of such a plan, with so many more goals of one line each.

    In Arabic its frame is read from the right as well, since there is a catalogue of one word.
    """
    texts = (LONG_WORD, CHINESE, ARABIC, SIGNS, MANY_WORDS.strip())
    files = {
        "site.toml": (
            f'title = "{LONG_WORD}"\nlanguage = "{language}"\n[plan]\nas_of = 2026-10-01\n'
        ),
        "me.md": record(f"title: {ARABIC}", f"strengths: [{_quoted(SIGNS)}, {LONG_WORD}]"),
    }
    for number, text in enumerate(texts):
        title = _quoted(text)
        files |= {
            f"skills/s{number}.md": record(
                f"title: {title}",
                "level: 2",
                "assessed: 2026-01",
                f"expects: {{3: {title}}}",
                f"evidence: [{{title: {title}, date: 2026-05}}]",
            ),
            f"roles/r{number}.md": record(
                f"title: {title}",
                f"requires: {{s{number}: {{level: 4, why: {title}}}}}",
                f"needs: [{title}]",
            ),
            f"goals/g{number}.md": record(
                f"title: {title}",
                "start: 2026-01-01",
                "due: 2026-W37",
                f"metric: {{target: 24, current: 9, unit: {title}}}",
                f"raises: {{s{number}: 3}}",
                f"role: r{number}",
                f"why: {title}",
                f"milestones: {{{title}: 2026-11}}",
                body=f"{text}\n\n```\n{text}\n```\n\n| {LONG_WORD} | b |\n|--|--|\n| 1 | 2 |",
            ),
            f"reviews/v{number}.md": record(
                f"title: {title}",
                f"date: 2026-0{number + 1}-01",
                "visibility: public",
                f"wins: [{title}]",
                f"next: [{title}]",
            ),
        }
    for number in range(goals):
        files[f"goals/more-{number:03}.md"] = record(f"title: Goal {number}", "due: 2027-Q1")
    if language == "ar":
        files["../themes/default/locales/ar/LC_MESSAGES/messages.po"] = _CATALOGUE
    return files


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
