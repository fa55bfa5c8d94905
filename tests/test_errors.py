"""Errors say what happened, what is kept and what to do next, and carry the documented exit code."""

from coach_assist.errors import CoachError, ExitCode, ModelError, Refused, UsageError


def test_words_come_in_their_order_and_empty_parts_are_left_out() -> None:
    error = CoachError("It broke.", kept="Your answers are saved.", next_step="Try again.")
    assert str(error) == "It broke.\nYour answers are saved.\nTry again."
    assert str(CoachError("It broke.")) == "It broke."


def test_exit_codes_are_the_documented_ones() -> None:
    assert [int(code) for code in ExitCode] == [0, 1, 2, 3, 4, 130]
    assert (UsageError.exit_code, ModelError.exit_code, Refused.exit_code) == (2, 3, 4)
