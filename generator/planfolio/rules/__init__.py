"""The rules: what is found about a plan and its numbers, and why it matters.

A `rule` is a function that is given a `context`; `registry` has all of them, and runs them. The
module of a letter has its rules, but for `personal_data` (V102).
"""
