"""Words of time and number, in English and as digits, for hints; nothing here is read as a value.

Dates, lengths of time, efforts and cadences are written in the words of many languages, and a hint
can say them in the form that is read.
"""

from __future__ import annotations

import re
import unicodedata

from planfolio.model.values.text import ascii_form


def in_english(text: str) -> str:
    """Return text in small letters without accents, its words of time and number in English.

    `Alle zwei Wochen` becomes `every 2 week`, `jeudi 30 septembre` becomes `thu 30 sep`. Text with
    no likely meaning becomes empty, as with `ascii_form`.
    """
    apart = unicodedata.normalize("NFD", ascii_form(text).casefold())
    plain = "".join(c for c in apart if not unicodedata.combining(c))
    return " ".join(re.sub(r"[a-z]+", _translated, plain).split())


def _translated(word: re.Match[str]) -> str:
    return _ENGLISH.get(word[0]) or _ENGLISH.get(word[0].removesuffix("s")) or word[0]


def _table(**words: str) -> dict[str, str]:
    return {word: meaning for meaning, all_of in words.items() for word in all_of.split()}


_MONTHS = _table(
    jan="january januar janner janvier enero ene janeiro gennaio",
    feb="february februar feber fevrier febrero fevereiro febbraio",
    mar="march marz mars marzo marco",
    apr="april avril abril abr aprile",
    may="mai mayo maio maggio",
    jun="june juni juin junio junho giugno",
    jul="july juli juillet julio julho luglio",
    aug="august aout agosto ago",
    sep="september sept septembre septiembre setembro settembre",
    oct="october oktober okt octobre octubre outubro ottobre",
    nov="november novembre noviembre novembro",
    dec="december dezember dez decembre diciembre dic dezembro dicembre",
)
_DAYS = _table(
    mon="monday montag lundi lunes",
    tue="tuesday tues dienstag mardi martes",
    wed="wednesday mittwoch mercredi miercoles",
    thu="thursday thur donnerstag jeudi jueves",
    fri="friday freitag vendredi viernes",
    sat="saturday samstag sonnabend samedi sabado",
    sun="sunday sonntag dimanche domingo",
)
_UNITS = _table(
    minute="minute min minuten minuto",
    hour="hour hr stunde stunden std heure hora",
    day="day tag tage tagen jour dia",
    week="week wk woche wochen semaine semana",
    month="month mo mth monat monate monaten mois mes meses",
    quarter="quarter quartal quartale trimestre",
    year="year yr jahr jahre jahren annee ans ano",
    daily="taglich quotidien quotidienne diario",
    weekly="wochentlich hebdomadaire semanal",
    monthly="monatlich mensuel mensuelle mensual",
    quarterly="vierteljahrlich trimestriel trimestrielle trimestral",
    yearly="annually annual jahrlich annuel annuelle anual",
)
_OTHERS = _table(
    every="each jede jeden alle chaque cada tous toutes",
    per="pro par por",
    times="time mal fois veces vez",
    other="alternate",
    within="innerhalb",
    half="halber halbe medio media demi demie",
)
_NUMBERS = {
    word: number
    for words in (
        "one two three four five six seven eight nine ten eleven twelve",
        "eine zwei drei vier funf sechs",
        "un deux trois quatre cinq six",
        "una dos tres cuatro cinco seis",
    )
    for number, word in enumerate(words.split(), start=1)
}
_SO_OFTEN = {"once": 1, "twice": 2, "thrice": 3, "einmal": 1, "zweimal": 2, "dreimal": 3}
_ENGLISH = {**_MONTHS, **_DAYS, **_UNITS, **_OTHERS}
_ENGLISH |= {word: str(number) for word, number in _NUMBERS.items()}
_ENGLISH |= {word: f"{number} times" for word, number in _SO_OFTEN.items()}
