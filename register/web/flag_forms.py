"""The form in which a flag is answered."""

from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from register.risk.changes import NewAnswer
from register.risk.kinds import ANSWERS
from register.web.forms import CreateForm, DayField


class AnswerForm(CreateForm):
    """An answer to a flag; which fields count depends on the answer."""

    kind = RadioField(
        "What do you answer?", validate_choice=False,
        choices=[SelectChoice(answer.key, answer.name, {"hint": answer.means}) for answer in ANSWERS],
    )
    action = StringField("What will be done")
    owner_id = SelectField("Who owns the plan", validate_choice=False)
    owner_name = StringField("Or somebody without an account")
    until = DayField("Until when")
    reason = StringField("Reason")
    answered = HiddenField()
    """The last answer that was on the page, so that nobody answers over an answer they have not seen."""

    def read(self) -> NewAnswer:
        """Return the answer as it was typed; an owner that the list cannot have given is no person's id."""
        number = self.owner_id.data or ""
        is_number = number.isascii() and number.isdigit() and len(number) < LONGEST_NUMBER
        return NewAnswer(
            self.kind.data, self.action.data, (int(number) if is_number else UNKNOWN) if number else None,
            self.owner_name.data, self.until.data, self.reason.data,
        )


LONGEST_NUMBER = 10
UNKNOWN = 0
"""Nobody has this id."""
