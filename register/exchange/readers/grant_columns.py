"""The columns of grants: as 360Giving titles them, as its JSON is flattened, and as funders’ own lists call them."""

from register.exchange.readers.plain_cells import unread_amount
from register.exchange.reading.columns import Column, always_read

COLUMNS_BY_KEY = {
    "identifier": (
        "The grant’s own number, one all over the world; without such a column its recipient, day, sum and title",
        "id grant-id grant-ref grant-reference grant-reference-number grant-number reference reference-number ref",
    ),
    "title": ("What the grant is called", "grant-title project-title project project-name"),
    "description": ("What it is for", "purpose purpose-of-grant purpose-of-the-grant project-description summary"),
    "currency": ("GBP; an amount in another is not kept", ""),
    "amount-awarded": (
        "Pounds",
        "amount grant-amount amount-of-grant award-amount grant-awarded grant-value value-of-grant value",
    ),
    "award-date": ("The day it was agreed", "date-awarded date-of-award date-of-grant decision-date awarded-on date"),
    "planned-dates:start-date": (
        "Its first day", "planned-dates:0:start-date planneddates/0/startdate start-date project-start-date start"
    ),
    "planned-dates:end-date": (
        "Its last day", "planned-dates:0:end-date planneddates/0/enddate end-date project-end-date end"
    ),
    "recipient-org:identifier": (
        "The recipient’s number", "recipient-org:0:identifier recipientorganization/0/id recipient-number"
    ),
    "recipient-org:name": (
        "The recipient",
        (
            "recipient-org:0:name recipientorganization/0/name recipient recipient-name recipient-organisation "
            "beneficiary beneficiary-name grantee organisation organisation-name charity charity-name group applicant"
        ),
    ),
    "recipient-org:charity-number": (
        "Its charity number",
        (
            "recipient-org:0:charity-number recipientorganization/0/charitynumber charity-number charity-no "
            "registered-charity-number"
        ),
    ),
    "recipient-org:company-number": (
        "Its company number",
        "recipient-org:0:company-number recipientorganization/0/companynumber company-number company-no",
    ),
    "recipient-ind:identifier": ("Set for a grant to a person, which is left out", "recipient-ind:0:identifier"),
    "recipient-ind:name": ("The same", "recipient-ind:0:name"),
    "funding-org:identifier": ("The funder’s number", "funding-org:0:identifier fundingorganization/0/id"),
    "funding-org:name": (
        "The funder; where one funder’s list does not say so, the same in every row",
        (
            "funding-org:0:name fundingorganization/0/name funder funder-name grant-maker funding-organisation "
            "local-authority council"
        ),
    ),
}
"""What stands in each column, and other titles of it."""
COLUMNS = tuple(
    Column(
        key,
        about,
        also=tuple(also.split()),
        is_day=key.endswith("date"),
        tells_apart=key == "identifier",
        unread=unread_amount if key == "amount-awarded" else always_read,
    )
    for key, (about, also) in COLUMNS_BY_KEY.items()
)
