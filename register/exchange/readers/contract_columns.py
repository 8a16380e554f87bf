"""The columns of contracts registers, and what the councils that publish them call each."""

from register.exchange.readers.plain_cells import unread_amount
from register.exchange.reading.columns import Column, always_read

REFERENCE, TITLE, DESCRIPTION = "reference-number", "title-of-agreement", "description"
BUYER, DEPARTMENT, SUPPLIER = "organisation", "department-responsible", "supplier"
NUMBER, SUM, SUM_IS = "registration-number", "contract-sum", "sum-is"
VOLUNTARY = "supplier-is-small,-medium,-voluntary-or-community"
DAYS = ("start-date", "end-date", "review-date")

TITLES = {
    REFERENCE: (
        "contract-reference reference contract-reference-number contract-number contract-id ref ref-no reference-no "
        "unique-reference unique-id unique-reference-number contract-ref contract-no agreement-reference "
        "tender-reference contract-register-number register-number po-number purchase-order-number id"
    ),
    TITLE: (
        "title contract-title contract-name title-of-contract agreement-title name-of-contract tender-title "
        "project-title title-of-the-agreement contract-agreement-title"
    ),
    BUYER: (
        "organisation-name organisation-label publisher-label buyer authority council contracting-authority publisher "
        "body-name local-authority buyer-name entity purchasing-authority lead-authority authority-name"
    ),
    DEPARTMENT: (
        "department local-authority-department service-area directorate service responsible-department "
        "local-authority-department-responsible council-department division business-unit department-name team "
        "service-department directorate-name"
    ),
    DESCRIPTION: (
        "contract-description description-of-goods description-of-the-goods-and/or-services-being-provided "
        "description-of-contract short-description brief-description brief-description-of-the-contract "
        "goods/services-description description-of-goods-and/or-services description-of-goods-and-services details"
    ),
    SUPPLIER: (
        "supplier-name supplier-name-and-details contractor contractor-name provider provider-name vendor vendor-name "
        "suppliers winning-supplier winning-bidder awarded-supplier successful-supplier supplier-name-&-address "
        "supplier-details current-supplier other-parties-to-the-contract name-of-supplier company-name company "
        "awarded-to supplier-names"
    ),
    NUMBER: (
        "company-number supplier-company-number supplier-registered-company-number companies-house-number "
        "company-registration-number supplier-registration-number company-/-charity-number "
        "company-or-charity-number supplier-company-registration-number company-reg-no registered-number "
        "charity-number supplier-charity-number vcse-charity-number registered-charity-number"
    ),
    SUM: (
        "contract-value total-contract-value value value-of-contract total-value lifetime-value awarded-value "
        "contract-award-value value-of-the-contract total-contract-value-inc-extensions estimated-total-value "
        "estimated-contract-value estimated-value-of-contract estimated-value original-contract-value current-value "
        "contract-sum-gbp contract-amount total-contract-sum total-award-value amount "
        "sum-to-be-paid-over-the-length-of-the-contract-or-the-estimated-annual-spending-or-budget-for-the-contract "
        "annual-value annual-contract-value estimated-annual-value est-annual-spend estimated-annual-spend annual-spend"
    ),
    SUM_IS: "value-basis value-type",
    DAYS[0]: (
        "contract-start-date start contract-start commencement-date contract-commencement contract-commencement-date "
        "date-from validity-period-start start-of-contract from from-date commencement contract-from"
    ),
    DAYS[1]: (
        "contract-end-date end contract-end expiry-date current-end-date contract-current-end-date "
        "current-expiry-date contract-expiry-date date-to validity-period-end end-of-contract finish finish-date to "
        "to-date completion-date expiry contract-expiry contract-to"
    ),
    DAYS[2]: (
        "contract-review-date review contract-review next-review-date date-of-review next-review review-due-date"
    ),
    VOLUNTARY: (
        "sme-or-vcse vcse voluntary-sector is-vcse sme/vcse supplier-type sme/voluntary vcse-supplier-type "
        "sme-/-vcse voluntary-or-community whether-or-not-the-supplier-is-a-small-or-medium-sized-enterprise-and/or-a-"
        "voluntary-or-community-sector-organisation"
    ),
}
"""How councils call the columns, by ours: those that tell most come first."""

ABOUT = {
    REFERENCE: "What the contract is called in the register; without such a column its title, supplier and start do",
    TITLE: "What it is about, in a line; the description where there is no such column",
    BUYER: "Who buys: where one council’s register does not say so, the same in every row",
    DEPARTMENT: "Which part of it; who buys where no organisation is named",
    DESCRIPTION: "What is bought",
    SUPPLIER: "Who supplies; several parted by semicolons",
    NUMBER: "The supplier’s number, such as GB-COH-01234567",
    SUM: "Pounds",
    SUM_IS: "Whether a year or in all",
    DAYS[0]: "The first day",
    DAYS[1]: "The last day",
    DAYS[2]: "The day of the next review",
    VOLUNTARY: "Whether the supplier is voluntary",
}
COLUMNS = tuple(
    Column(
        key,
        about,
        required=key == SUPPLIER,
        also=tuple(TITLES[key].split()),
        is_day=key in DAYS,
        tells_apart=key == REFERENCE,
        unread=unread_amount if key == SUM else always_read,
    )
    for key, about in ABOUT.items()
)
