"""Our own sheets to be filled: empty files, and the page that explains each column."""

from tempfile import TemporaryFile

from flask import render_template
from flask.typing import ResponseReturnValue

from register.exchange.exports import EXPORT_BY_KEY
from register.exchange.formats.csv_files import write_csv_templates
from register.exchange.formats.workbooks import RULES, said_of, words_of, write_template
from register.exchange.sheets.layouts import SHEETS
from register.web.exports import attached, blueprint
from register.web.security import allow


@blueprint.route("/export/template.xlsx")
@allow("register:export")
def workbook_template() -> ResponseReturnValue:
    """Hand out the empty workbook that an import takes."""
    file = TemporaryFile()  # noqa: SIM115 - the answer closes it once it is sent
    write_template(file)
    return attached(file, "template.xlsx", EXPORT_BY_KEY["xlsx"].media_type)


@blueprint.route("/export/templates.zip")
@allow("register:export")
def csv_templates() -> ResponseReturnValue:
    """Hand out the same sheets as empty CSV files."""
    file = TemporaryFile()  # noqa: SIM115 - the answer closes it once it is sent
    write_csv_templates(SHEETS, file)
    return attached(file, "templates.zip", EXPORT_BY_KEY["csv"].media_type)


@blueprint.route("/guidance/sheets")
@allow("register:see")
def sheets() -> ResponseReturnValue:
    """Explain our own sheets, column by column, from the table that reads and writes them."""
    return render_template(
        "exports/sheets.html", sheets=SHEETS, rules=RULES, said_of=said_of, words_of=words_of,
    )
