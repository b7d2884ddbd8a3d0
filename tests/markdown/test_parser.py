"""The dialect's short cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planfolio.markdown.parser import MARKUP, make_parser


@given(
    st.text(alphabet=st.characters(exclude_characters="\n\\`~*_[<&:@", codec="utf-8"), min_size=1)
    | st.text(alphabet="]!w.^#(){}-+=>$%|'\"; \t", min_size=1)
)
def test_text_without_markup_is_one_token(text: str) -> None:
    """Whatever lacks all that opens an inline rule would come out of the rules as it went in."""
    parser = make_parser()
    if MARKUP.search(text):
        return
    (token,) = parser.inline.parse(text, parser, {}, [])

    assert (token.type, token.content) == ("text", text)
