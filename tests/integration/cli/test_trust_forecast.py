"""`register trust forecast`: fits, says how well, and writes a change of model down with who and why."""

from pathlib import Path

from tests.fixtures.commands import Register


def test_of_a_new_register_it_says_that_there_is_too_little_history(register: Register, made: Path) -> None:
    said = register("trust", "forecast")
    assert said.code == 0
    assert "0 judgements were forecast from what was recorded before each of them." in said.out
    assert "too little history" in said.out
    assert "Pages still forecast by the figure itself; the model in force is version 1." in said.out


def test_nobody_can_decide_in_the_name_of_an_address_without_an_account(register: Register, made: Path) -> None:
    said = register("trust", "forecast", "--by", "nobody@x.example")
    assert (said.code, said.err) == (1, "Nobody who can sign in has the address nobody@x.example.\n")


def test_making_a_register_writes_the_model_down_and_the_history_stays_whole(register: Register, made: Path) -> None:
    assert register("trust", "forecast").code == 0
    assert register("history", "verify").code == 0
