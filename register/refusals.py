"""The one way in which the register says no to a person."""


class Refusal(Exception):  # noqa: N818 - it is an answer to a person, not an error of the program
    """A rule of the register that a change would break, said in one sentence.

    `field` names the input that has to change, so that a form can show the sentence beside it; the command line prints
    the sentence and exits 1.

    Example: `Refusal("The end date must be after the start date.", field="ends_on")`.
    """

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
