"""The values of a plan: text, dates, cadences and amounts, with the functions that read them.

A reader raises `Problem` with what was found and what is accepted; it never guesses. A
`field_reader` is what makes it the reader of a field.
"""
