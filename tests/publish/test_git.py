"""Tests of the words that are made of git's failures."""

from __future__ import annotations

import pytest

from planfolio.publish.git import Ran, failed, reason, refusal

CLOSED = "fatal: Could not read from remote repository."
ADVICE = "Please make sure you have the correct access rights\nand the repository exists."


@pytest.mark.parametrize(
    ("err", "told"),
    [
        ("fatal: bad revision\nhint: try this\n", "bad revision"),
        (
            f"git@host: Permission denied (publickey).\n{CLOSED}\n\n{ADVICE}\n",
            "git@host: Permission denied (publickey).",
        ),
        (f"ERROR: Repository not found.\n{CLOSED}\n", "Repository not found."),
        (f"{CLOSED}\n", "Could not read from remote repository."),
        ("remote: Not here.\nfatal: Authentication failed\n", "Authentication failed"),
        ("", "exit code 128"),
    ],
)
def test_the_telling_line_is_chosen(err: str, told: str) -> None:
    """Of many lines the one that says what failed, without git's prefix and hints."""
    assert reason(Ran(128, b"", err)) == told


def test_a_refusal_is_the_remotes_word_and_gits() -> None:
    """The loudest line of the other side comes first, git's summary in brackets."""
    out = b"To x\n!\ta:refs/heads/b\t[remote rejected] (protected branch hook declined)\nDone\n"
    err = "remote: Resolving deltas\nremote: error: GH006: Protected.\n"
    ran = Ran(1, out, err)
    assert refusal(ran) == "protected branch hook declined"
    assert reason(ran) == "GH006: Protected. (protected branch hook declined)"
    assert reason(Ran(1, out, "")) == "protected branch hook declined"


def test_no_refusal_is_seen_where_there_is_none() -> None:
    """A push that went well has none."""
    assert refusal(Ran(0, b"To x\n*\ta:refs/heads/b\t[new branch]\nDone\n", "")) is None


def test_a_long_reason_is_cut() -> None:
    """One line stays one line."""
    assert len(reason(Ran(1, b"", "fatal: " + "x" * 1000))) == 300


def test_what_failed_stands_before_the_reason() -> None:
    """The message is a sentence of ours with git's word in it."""
    assert failed("git log failed", Ran(1, b"", "fatal: why\n")).message == "git log failed: why"
