"""What an authoritative file says of an organisation otherwise than the register."""

from collections.abc import Iterable
from typing import Any

from register.exchange.reading.names import distinct, fingerprint
from register.exchange.reading.rows import OrganisationRow
from register.partnerships.organisation_models import Organisation, OrganisationAlias

TOLD = ("short_name", "place", "opened_on", "closed_on")
"""What such a file overrules beside the name; sector and kind stay as people set them."""


def told_otherwise(
    row: OrganisationRow, organisation: Organisation, aliases: Iterable[OrganisationAlias]
) -> dict[str, Any]:
    """Return the facts that differ; what the file leaves blank stays.

    A name that the register has as another name was changed here on purpose, and stays as well.
    """
    told = {key: value for key in TOLD if (value := getattr(row, key)) and value != getattr(organisation, key)}
    others = {fingerprint(alias.name) for alias in aliases}
    if row.name != organisation.name and fingerprint(row.name) not in others:
        told["name"] = row.name
    return told


def new_names(
    row: OrganisationRow, organisation: Organisation, aliases: Iterable[OrganisationAlias], *, renamed: bool
) -> tuple[str, ...]:
    """Return the other names that are new, a former name among them; one that was withdrawn stays withdrawn."""
    had = [*(alias.name for alias in aliases), row.name, row.short_name or ""]
    if renamed:
        return distinct((organisation.name, *row.aliases), had)
    return distinct(row.aliases, (*had, organisation.name))
