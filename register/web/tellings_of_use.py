"""How it is told what people took out of the register, which views they saved, and which model it works with.

Example: "Ruth Adeyemi took the network as an SVG drawing, 250 rows."
"""

import json
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl

from register.exchange.imports import IMPORT_BY_KEY
from register.trust.forecast import FIGURE, RICHER, SIMPLE
from register.web.export_names import export_name
from register.web.teller import Teller, Telling

FORM_NAMES = {
    FIGURE: "the forecast is the figure itself",
    SIMPLE: "the forecast takes the simple form",
    RICHER: "the forecast takes the richer form",
}


def _took(teller: Teller) -> Telling:
    rows = teller.value("rows")
    counted = f"{rows:,} {'row' if rows == 1 else 'rows'}" if isinstance(rows, int) else ""
    parts = [export_name(str(teller.value("format"))), counted, teller.said("narrowed")]
    return Telling(f"{teller.actor} took something out of the register:", f"{', '.join(filter(None, parts))}.")


def _saved(teller: Teller) -> Telling:
    shared = "for everybody to open" if teller.value("is_shared") else "for nobody else"
    asked = dict(parse_qsl(str(teller.value("query") or "")))
    how = {"sentences": "in words", "table": "as a table", "matrix": "as a matrix", "picture": "as a picture"}
    shown = how.get(asked.get("view", "table"), "as a table")
    return Telling(f"{teller.actor} saved a view of the network:", f"“{teller.said('name')}”, {shown}, {shared}.")


def _adopted(teller: Teller) -> Telling:
    number = teller.act.subject.entity_id
    form = json.loads(str(teller.value("parameters")))["forecast_form"]
    return Telling(
        f"{teller.actor} adopted version {number} of the model of trust:",
        f"{FORM_NAMES.get(form, f'the forecast takes the form {form}')}. Its constants stand in the entry.",
    )


def _packed(teller: Teller) -> Telling:
    entries = teller.value("entries")
    scope = teller.act.scope_id
    of = teller.book.partnership(scope) or ("a partnership" if scope else "the whole register")
    since = f"from {teller.said('since')} " if teller.value("since") else ""
    counted = f"{entries:,} {'entry' if entries == 1 else 'entries'}" if isinstance(entries, int) else ""
    return Telling(
        f"{teller.actor} took evidence away:",
        f"{of}, {since}up to {teller.said('until')}, {counted}. "
        f"Its checksum begins {str(teller.value('digest'))[:16]}.",
    )


def _brought(teller: Teller) -> Telling:
    kind = IMPORT_BY_KEY.get(str(teller.value("kind")))
    counts = json.loads(str(teller.value("counts") or "{}"))
    done = [
        f"{number:,} {noun} {outcome}"
        for noun, by_outcome in counts.items()
        for outcome, number in by_outcome.items()
        if number and outcome in ("created", "updated")
    ]
    file = f"“{teller.said('file_name')}”{f', {kind.name}' if kind else ''}"
    return Telling(f"{teller.actor} brought in a file:", f"{file}: {', '.join(done) or 'nothing new'}.")


def _merged(teller: Teller) -> Telling:
    return Telling(
        f"{teller.actor} found two organisations to be one:",
        f"{teller.said('merged_id')} went into {teller.said('kept_id')}.",
    )


TELLINGS_OF_USE: Mapping[str, Callable[[Teller], Telling]] = {
    "export:made": _took,
    "saved_view:saved": _saved,
    "model_version:adopted": _adopted,
    "evidence_pack:taken": _packed,
    "import_batch:brought": _brought,
    "organisation_merge:made": _merged,
}
