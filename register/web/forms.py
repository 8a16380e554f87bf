"""What all forms share: refusals beside the field, days and money as people write them, and one record a form."""

import re
import secrets
from datetime import date
from decimal import Decimal
from typing import Any

from flask import redirect
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse
from wtforms import Field, HiddenField
from wtforms.validators import ValidationError
from wtforms.widgets import DateInput, TextInput

from register.clock import now
from register.database import db
from register.database.models import Submission
from register.refusals import Refusal
from register.web.days import read_day

MONEY = re.compile(r"£?\s*([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]{1,2})?\s*([km]?)", re.IGNORECASE)
KEY = re.compile(r"[\w-]{1,64}", re.ASCII)
LONGEST_AMOUNT = 40
"""Characters: more than any amount of money has; an endless number is no amount."""
MULTIPLES = {"": 1, "k": 1_000, "m": 1_000_000}


class Form(FlaskForm):
    """A form that can show a refusal of the register beside the field it names."""

    form_errors: list[str]

    def show(self, refusal: Refusal) -> None:
        """Put a refusal on its field, or on the form when it names none that the form has."""
        field = self._fields.get(refusal.field or "")
        if field is None:
            self.form_errors = [*self.form_errors, refusal.message]
        else:
            field.errors = [*field.errors, refusal.message]


class CreateForm(Form):
    """A form that makes a record: sent twice, it makes one."""

    form_key = HiddenField(default=lambda: secrets.token_urlsafe(16))

    def made_before(self) -> AnyResponse | None:
        """Return the way to the record that this very form has made already, None the first time."""
        key = self._key()
        earlier = db.session.get(Submission, key) if key else None
        return redirect(earlier.location) if earlier else None

    def _key(self) -> str | None:
        """Return the form's key; one that the register cannot have given counts as none."""
        sent = self.form_key.data or ""
        return sent if KEY.fullmatch(sent) else None

    def made(self, location: str) -> AnyResponse:
        """Remember what the form made, and go there."""
        if key := self._key():
            db.session.add(Submission(key=key, location=location, submitted_at=now()))
            db.session.flush()
        return redirect(location)


class EditForm(Form):
    """A form that edits a record; it carries the version that was opened, so that nobody overwrites somebody else."""

    version = HiddenField()

    def is_stale(self, row: Any) -> bool:
        """Say whether somebody else changed the record since this form was opened."""
        return str(self.version.data) != str(row.version)


class DayField(Field):
    """A civil day: a browser's own date input, and as text whatever `read_day` reads."""

    widget = DateInput()

    def __init__(self, label: str = "", **options: Any) -> None:
        super().__init__(label, **options)
        self.data: date | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.isoformat() if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day, keeping what was typed when it is none."""
        self.data = None
        try:
            self.data = read_day(valuelist[0] if valuelist else None, self.name)
        except Refusal as refusal:
            raise ValidationError(refusal.message) from refusal


class MoneyField(Field):
    """An amount in pounds, kept in pence: 4200000, £4,200,000.50, 4.2m and 80k are understood."""

    widget = TextInput()

    def __init__(self, label: str = "", **options: Any) -> None:
        super().__init__(label, **options)
        self.data: int | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{Decimal(self.data) / 100:,.2f}".removesuffix(".00") if self.data is not None else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the amount, keeping what was typed when it is none."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not text:
            return
        match = MONEY.fullmatch(text) if len(text) <= LONGEST_AMOUNT else None
        if match is None:
            message = "Enter an amount in pounds, such as 4,200,000 or 4.2m."
            raise ValidationError(message)
        whole, part, multiple = match.groups()
        self.data = round(Decimal(whole.replace(",", "") + (part or "")) * MULTIPLES[multiple.lower()] * 100)


