"""Tests of `planfolio.rules.phrases`: what the words of a title give away."""

import tomllib
from importlib import resources

import pytest

from planfolio.model.diagnostics import Severity
from planfolio.rules.phrases import phrases_of

# Each of these stood in a real plan and was flagged wrongly by some version of the rule.
FALSE_ALARMS = [
    "CKAD",
    "AZ-900",
    "Learn C++ and CI/CD basics with 12 labs",
    "Do three labs a week",
    "Take an online course on statistics",
    "Marketingteam leiten",
    "Become Agile certified",
    "Security and compliance audit passed",
    "词汇 3000",
]
LANGUAGES = ["en", "de", "es", "pt", "zh"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("title", FALSE_ALARMS)
def test_real_false_alarms_stay_silent(title: str, language: str) -> None:
    """No S rule has words for these titles, whatever the language of the plan."""
    phrases = phrases_of(language)
    assert phrases.vague_words(title) is None
    assert phrases.activity(title) is None
    assert phrases.alternative(title) is None
    assert len(title) <= 80


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Become a better engineer", "Become a better"),
        ("Get a lot better at drawing", "Get a lot better"),
        ("Be more patient", "Be more patient"),
        ("Read more", "Read more"),
        ("Improve test coverage", "Improve"),
        ("Level up in Go", "Level up"),
        ("Polish my English", "Polish my"),
        ("Master Kubernetes", "Master"),
        ("Understand distributed systems", "Understand"),
        ("Learn about networks", "Learn about"),
        ("Kubernetes expertise", "expertise"),
        ("Stay healthy", "Stay healthy"),
        ("Enjoy the work", "Enjoy"),
        ("Focus on quality", "Focus on"),
        ("Keep learning", "Keep learning"),
        ("Make some progress with the thesis", "Make some progress"),
        ("Write as much as I can", "as much as I can"),
        ("Learn new things", "Learn new"),
        ("Follow best practices", "best practices"),
        ("Mentor others", "Mentor others"),
        ("Contribute to open source", "Contribute to open source"),
        ("Play the cello someday", "someday"),
        ("A better work-life balance", "work-life balance"),
        ("Gain more recognition", "Gain more recognition"),
        ("Go running more often", "more often"),
        ("Get further with the thesis", "Get further with"),
        ("Dip a toe into woodworking", "Dip a toe"),
    ],
)
def test_english_phrases_are_vague(title: str, words: str) -> None:
    """Each group of phrases is found, and the words that gave it away are returned."""
    assert phrases_of("en-GB").vague_words(title) == words


@pytest.mark.parametrize(
    "title",
    [
        "Learn Rust",
        "Start a blog",
        "Good communicator",
        "Master's degree in statistics",
        "Polish, level B2",
        "Contribute to open source: the parser of Pelican",
        "Speech recognition for the depot's radio",
        "Cambridge Proficiency exam",
        "A keynote on reliability",
        "Know-how transfer to the night shift done",
        "Get recognition of my nursing diploma",
        "Refresh the first-aid certificate",
        "Get into medical school",
        "Get further education approved",
        "Master electrician",
        "Master exam, part I",
        "Work on a farm in Norway",
        "Hand out the best practices checklist",
        "Take no more",
        "Work on a trawler",
        "Sharpen all knives",
        "Know the drug tables by heart",
        "Boost pump installed",
        "A page of regularly asked questions",
        "Job opportunities board launched",
    ],
)
def test_what_could_be_meant_exactly_is_not_vague(title: str) -> None:
    """Bare topics, beginnings and names that only look like a phrase are left alone."""
    assert phrases_of("en").vague_words(title) is None


@pytest.mark.parametrize(
    "title",
    [
        "Improve coverage to 80 %",
        "Improve two services",
        "Improve the handbook every Friday",
        "Improve the handbook weekly",
        "Read more, an hour a day",
        "Improve from junior to senior",
        "Improve: junior → senior",
        "Get better per quarter",
    ],
)
def test_an_amount_makes_any_phrase_exact(title: str) -> None:
    """A digit, a number word, a rhythm, from … to and an arrow each make up for a phrase."""
    assert phrases_of("en").vague_words(title) is None


@pytest.mark.parametrize(
    ("language", "vague", "exact"),
    [
        ("de", "Deutsch verbessern", "Deutsch verbessern, täglich"),
        ("de", "Eine Sprache vertiefen", "Zwei Sprachen vertiefen"),
        ("es", "Mejorar una presentación", "Mejorar dos presentaciones"),
        ("es", "Leer más", "Leer más, 20 libros"),
        ("pt-BR", "Melhorar um texto", "Melhorar dois textos"),
        ("pt", "Escrever melhor", "Escrever melhor toda semana"),
        ("de", "Mehr lesen", "Keine Überstunden mehr"),
        ("de", "Das Angebot ausbauen", "Den Dachboden ausbauen"),
        ("zh", "提升效率", "提升机操作证"),
        ("es", "Correr más", "No fumar más"),
        ("pt", "Correr mais", "Não fumar mais"),
        ("zh", "提高英语水平", "提高英语到六级 425 分"),
        ("zh-Hans", "多读一些书", "多读十本书"),
    ],
)
def test_other_languages_have_phrases_of_their_own(language: str, vague: str, exact: str) -> None:
    """The part before the hyphen decides, and an article is no number word."""
    assert phrases_of(language).vague_words(vague) is not None
    assert phrases_of(language).vague_words(exact) is None


@pytest.mark.parametrize(
    ("language", "one_shot", "lasting"),
    [
        ("en", "Apply for the night school", "Sell at the market"),
        ("en", "Article on seams published", "A garden of herbs"),
        ("de", "Die Gesellenprüfung bestehen", "Eine Werkstatt aufbauen"),
        ("es", "Dar una charla en el congreso", "Una huerta propia"),
        ("pt", "Publicar o livro de receitas", "Uma horta própria"),
        ("zh", "发表一篇论文", "自己的菜园"),
    ],
)
def test_what_happens_on_a_day_is_told_from_what_lasts(
    language: str, one_shot: str, lasting: str
) -> None:
    """Passing, giving, publishing, applying: each language has its verbs."""
    assert phrases_of(language).one_shot(one_shot) is not None
    assert phrases_of(language).one_shot(lasting) is None


def test_only_measured_phrases_warn() -> None:
    """English phrases were measured and warn; those of the other languages are notes."""
    severities = {language: phrases_of(language).severity for language in LANGUAGES}
    assert severities.pop("en") is Severity.WARNING
    assert set(severities.values()) == {Severity.INFO}


@pytest.mark.parametrize("language", ["cs", "", "e", "../en", "en.toml", "EN/..", "x" * 5000])
def test_a_language_without_a_list_has_no_phrases(language: str) -> None:
    """Nothing is vague in a language nobody wrote phrases for, whatever is typed as its name."""
    phrases = phrases_of(language)
    assert phrases.vague_words("Improve my writing") is None
    assert phrases.alternative("One or another") is None


def test_exam_codes_are_known_in_all_languages() -> None:
    """A code such as AZ-900 is an exam, a word in capitals within a title is not."""
    for language in (*LANGUAGES, "cs"):
        assert phrases_of(language).exam("Pass SAA-C03") == "SAA-C03"
        assert phrases_of(language).exam("CKAD") == "CKAD"
        assert phrases_of(language).exam("The SQL talk") is None
    assert phrases_of("en").exam("Welding exam") == "exam"
    assert phrases_of("en").exam("Write the exam questions") is None


def test_each_file_of_phrases_has_only_known_keys() -> None:
    """A misspelt key in a data file would switch a rule off in silence."""
    known = {"severity", "vague", "amounts", "activities", "either", "exams", "one_shots"}
    files = [
        file
        for file in (resources.files("planfolio.rules") / "vague").iterdir()
        if file.name.endswith(".toml")
    ]
    assert sorted(file.name[:2] for file in files) == sorted(LANGUAGES)
    for file in files:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        assert set(data) <= known
        assert {"severity", "vague", "amounts"} <= set(data)
