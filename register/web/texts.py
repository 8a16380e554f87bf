"""Checks of texts in forms, all fields at once: the same rules and sentences as `register.text`."""

from dataclasses import dataclass

from wtforms import Field, Form
from wtforms.validators import StopValidation

from register.refusals import Refusal
from register.text import LINE, PARAGRAPHS, line, paragraphs, required


@dataclass(frozen=True)
class OneLine:
    """A single line; `needed` is the sentence for an empty one, None where it may be empty."""

    label: str
    needed: str | None = None
    limit: int = LINE

    def __call__(self, _form: Form, field: Field) -> None:
        """Refuse what `register.text.line` refuses."""
        try:
            value = line(field.data, field.name, self.label, self.limit)
            if self.needed:
                required(value, field.name, self.needed)
        except Refusal as refusal:
            raise StopValidation(refusal.message) from refusal


@dataclass(frozen=True)
class SomeLines:
    """Longer text; may be empty."""

    label: str
    limit: int = PARAGRAPHS

    def __call__(self, _form: Form, field: Field) -> None:
        """Refuse what `register.text.paragraphs` refuses."""
        try:
            paragraphs(field.data, field.name, self.label, self.limit)
        except Refusal as refusal:
            raise StopValidation(refusal.message) from refusal
