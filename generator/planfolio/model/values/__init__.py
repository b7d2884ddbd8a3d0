"""The values of a plan: dates, levels, effort, money, cadences, metrics.

Each module holds one value and the function that reads it from text. A reader raises `Problem`
with what was found and what is accepted; it never guesses.
"""
