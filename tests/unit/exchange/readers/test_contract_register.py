"""Contracts registers: whatever a council calls its columns, each row becomes one arrangement or says why not."""

import pytest

from register.exchange.readers.arrangements import Arrangements
from register.exchange.readers.contract_register import read_contract_register
from register.exchange.reading.choices import Choices
from register.exchange.reading.uploads import Upload

HEADER = (
    "Reference number,Title of agreement,Organisation,Department responsible,Description,Supplier,Registration number,"
    "Contract sum,Sum is,Start date,End date,Review date"
)
ROW = (
    'C1,Home care,Testshire Council,Adults,Care at home,Alder Care Ltd,01234567,"£1,200,000.00",a year,01/04/2024,'
    "31/03/2027,2026-10-01"
)


def read(*rows: str, header: str = HEADER, choices: Choices | None = None) -> Arrangements:
    upload = Upload("register.csv", "\n".join([header, *rows]).encode())
    return read_contract_register(upload, choices or Choices())


def test_a_row_becomes_an_arrangement_of_who_buys_and_who_supplies() -> None:
    found = read(ROW)
    assert found.findings.problems == []
    (contract,) = found.arrangements
    buyer, supplier = (found.organisations[places[0]] for places in (contract.commissioners, contract.providers))
    assert (buyer.name, buyer.sector, buyer.kind) == ("Testshire Council", "public", "council")
    assert (supplier.name, supplier.sector, supplier.identifiers) == (
        "Alder Care Ltd", "private", (("GB-COH", "01234567"),),
    )  # fmt: skip
    assert (contract.value_pence, contract.value_basis, contract.reference) == (120_000_000, "annual", "C1")
    assert [str(day) for day in (contract.starts_on, contract.ends_on, contract.review_on)] == [
        "2024-04-01", "2027-03-31", "2026-10-01",
    ]  # fmt: skip


@pytest.mark.parametrize(("header", "row", "basis"), [
    ("Contract Ref;Contract Title;Council;Supplier Name;Annual Value", "C1;Care;Testshire;Alder;5k", "annual"),
    ("Ref,Title,Publisher,Contractor,Total contract value", "C1,Care,Testshire,Alder,5000", "total"),
])  # fmt: skip
def test_columns_are_found_under_the_names_that_councils_give_them(header: str, row: str, basis: str) -> None:
    found = read(row, header=header)
    assert found.findings.problems == []
    (contract,) = found.arrangements
    assert (contract.value_pence, contract.value_basis) == (500_000, basis)


def test_columns_can_be_mapped_by_hand() -> None:
    chosen = Choices(columns={"supplier": "Firm", "reference-number": "No", "title-of-agreement": "What"})
    found = read("C1,Care,Testshire,Alder", header="No,What,Council,Firm", choices=chosen)
    assert found.findings.problems == []
    assert len(found.arrangements) == 1


@pytest.mark.parametrize(("old", "new", "said"), [
    ("C1,", ",", "column Reference number: this is blank"),
    ("Home care,Testshire Council,Adults,Care at home", ",Testshire,,", "column Title of agreement: this is blank"),
    ("01/04/2024", "soon", 'column Start date, "soon": this is not a date'),
    ('"£1,200,000.00"', "lots", 'column Contract sum, "lots": this is not an amount'),
    ("Testshire Council,Adults", ",", "column Organisation: this is blank"),
])  # fmt: skip
def test_what_cannot_be_kept_is_named_by_row_and_column(old: str, new: str, said: str) -> None:
    sentences = [problem.sentence() for problem in read(ROW.replace(old, new)).findings.problems]
    assert any(sentence.startswith("Row 2") and said in sentence for sentence in sentences)


def test_a_reference_met_twice_is_refused_but_another_body_may_use_it() -> None:
    (problem,) = read(ROW, ROW.replace("Home care", "Day care")).findings.problems
    assert "row 2 has this reference already" in problem.sentence()
    assert len(read(ROW, ROW.replace("Testshire", "Wexmere")).arrangements) == 2


def test_rows_without_a_supplier_and_contracts_with_oneself_are_counted() -> None:
    alone = ROW.replace("Alder Care Ltd,01234567", "Testshire Council,").replace("C1", "C2")
    found = read(ROW.replace("Alder Care Ltd", ""), alone, ROW)
    assert dict(found.findings.skipped) == {"contract that names no supplier": 1, "contract of a body with itself": 1}
    assert len(found.arrangements) == 1


def test_several_suppliers_are_several_providers_and_a_number_is_then_nobodys() -> None:
    found = read(ROW.replace("Alder Care Ltd", "Alder Care Ltd; Birch Trust"))
    (contract,) = found.arrangements
    assert len(contract.providers) == 2
    assert all(row.identifiers == () for row in found.organisations)


@pytest.mark.parametrize("number", ["GB-CHC-1234567", "gb-sc-SC012345"])
def test_a_charitys_number_says_that_it_is_voluntary(number: str) -> None:
    assert read(ROW.replace("01234567", number)).organisations[1].sector == "voluntary"


def test_the_list_that_the_register_publishes_comes_back() -> None:
    from register.exchange.formats.publication_lookups import SECTION_32  # noqa: PLC0415 - only its header is wanted

    header = ",".join(f'"{title}"' for title in SECTION_32)
    row = "C1,Home care,Testshire Council,Care,Alder Ltd,Wexmere,1000,a year,,2024-04-01,2027-03-31,,,,GB-COH-01234567"
    found = read(row, header=header)
    assert found.findings.problems == []
    assert found.arrangements[0].value_basis == "annual"


@pytest.mark.parametrize(
    ("written", "pence"),
    [("1200,50", 120_050), ("1.200,50", 120_050), ("1.200.000", 120_000_000), ("12,00,000", 120_000_000)],
)
def test_a_sum_means_what_whoever_wrote_it_meant(written: str, pence: int) -> None:
    assert read(ROW.replace('"£1,200,000.00"', f'"{written}"')).arrangements[0].value_pence == pence


def test_a_sum_that_could_mean_two_is_told() -> None:
    found = read(ROW.replace('"£1,200,000.00"', "1.200"))
    assert found.arrangements[0].value_pence == 120
    assert "read as £1.20; write 1200 if thousands are meant" in found.findings.notes[0].reason


@pytest.mark.parametrize("written", ["1,5,0", "12,3456", "1..2", "1.2.3"])
def test_what_looks_like_no_sum_is_refused(written: str) -> None:
    found = read(ROW.replace('"£1,200,000.00"', f'"{written}"'))
    assert "this is not an amount" in found.findings.problems[0].reason


def test_rows_of_one_reference_and_title_are_one_contract_of_several_suppliers() -> None:
    other = ROW.replace("Alder Care Ltd,01234567", "Birch Trust,")
    found = read(ROW, other, ROW, other.replace("Birch", "Elm").replace('"£1,200,000.00"', "5"))
    assert found.findings.problems == []
    (contract,) = found.arrangements
    assert [found.organisations[place].name for place in contract.providers] == [
        "Alder Care Ltd", "Birch Trust", "Elm Trust",
    ]  # fmt: skip
    assert contract.value_pence is None
    assert found.findings.skipped == {"row that repeats another": 1}
    added, sums = found.findings.borne()
    assert "this supplier was added to its contract. So it is in 1 other row." in added
    assert "another row of this contract has another sum, so that none was kept" in sums


def test_a_row_that_cannot_be_kept_leaves_the_others_to_be_kept() -> None:
    found = read(ROW, ROW.replace("C1", "C2").replace("01/04/2024", "soon"), ROW.replace("C1", "C3"))
    assert [contract.reference for contract in found.arrangements] == ["C1", "C3"]
    assert [problem.row for problem in found.findings.problems] == [3]


@pytest.mark.parametrize("supplier", ["N/A", "TBC", "REDACTED PERSONAL DATA", "Various suppliers", "Multiple"])
def test_a_word_for_nobody_is_no_supplier(supplier: str) -> None:
    found = read(ROW.replace("Alder Care Ltd,01234567", f"{supplier},"))
    assert found.findings.skipped == {"contract that names no supplier": 1}


@pytest.mark.parametrize(("title", "number", "known"), [
    ("Registration number", "1234567", ()), ("Registration number", "01234567", (("GB-COH", "01234567"),)),
    ("Company Registration Number", "1234567", (("GB-COH", "01234567"),)),
    ("Charity Number", "1234567", (("GB-CHC", "1234567"),)), ("Company / Charity Number", "1234567", ()),
    ("Supplier (Company Number)", "SC12345", (("GB-COH", "SC012345"),)), ("Charity Number", "N/A", ()),
])  # fmt: skip
def test_a_number_without_its_register_is_of_the_one_that_its_title_names(
    title: str, number: str, known: tuple[tuple[str, str], ...]
) -> None:
    found = read(ROW.replace("01234567", number), header=HEADER.replace("Registration number", title))
    assert found.organisations[1].identifiers == known
    said = "".join(found.findings.borne())
    assert ("could be a company’s number or a charity’s" in said) is (not known and number != "N/A")


REGISTERS = {
    "the Code itself": (
        "Reference number|Title of agreement|Local authority department responsible|Description of the goods and/or "
        "services being provided|Supplier name and details|Sum to be paid over the length of the contract or the "
        "estimated annual spending or budget for the contract|Start date|End date|Review date",
        "C1|Care|Adults|Home care|Alder|£1,000|01/04/2024|31/03/2027|N/A",
    ),
    "names without blanks": (
        "OrganisationLabel|ReferenceNumber|Title|SupplierName|ContractSum|StartDate|EndDate|RegistrationNumber",
        "Wexmere|C1|Care|Alder|1000|2024-04-01|2027-03-31|GB-COH-01234567",
    ),
    "a portal": (
        "Contract ID|Contract title|Buyer|Supplier(s)|Start date|End date|Estimated annual value|Estimated total value",
        "C1|Care|Wexmere|Alder|01/04/2024|31/03/2027|100|£1,000",
    ),
    "signs and brackets": (
        "Contract Ref.|Contract Name|Service Area|Contractor Name|Contract Start|Contract End|Total Value (£)",
        "C1|Care|Adults|Alder|1 April 2024|31 March 2027|1,000.00",
    ),
    "a period": (
        "Unique ID|Project Title|Directorate|Awarded Supplier|Date From|Date To|Awarded Value",
        "C1|Care|Adults|Alder|Apr 2024|Mar 2027|1k",
    ),
    "no title": (
        "CONTRACT_NO|CONTRACT_DESCRIPTION|DIRECTORATE|VENDOR|VALIDITY_PERIOD_START|VALIDITY_PERIOD_END|CURRENT_VALUE",
        "C1|Care|Adults|Alder|45383|46477|1000",
    ),
}


@pytest.mark.parametrize("name", REGISTERS)
def test_registers_are_read_as_councils_title_them(name: str) -> None:
    header, row = (line.replace("|", ";") for line in REGISTERS[name])
    found = read(row, header=header)
    assert found.findings.problems == []
    (contract,) = found.arrangements
    assert (contract.title, contract.reference, contract.value_pence, contract.value_basis) == (
        "Care", "C1", 100_000, "total",
    )  # fmt: skip
    assert (str(contract.starts_on), str(contract.ends_on)) == ("2024-04-01", "2027-03-31")
    assert contract.review_on is None


def test_a_register_of_one_council_is_told_once_who_buys() -> None:
    header, row = "Ref,Title,Supplier,Department", "C1,Care,Alder,Adults"
    found = read(row, header=header)
    assert "each department is taken for a body that buys" in found.findings.notices[0]
    found = read(row, header=header, choices=Choices(values={"organisation": "Wexmere Council"}))
    assert [one.name for one in found.organisations] == ["Wexmere Council", "Alder"]
    assert found.findings.notices == ["Column Organisation: “Wexmere Council” in every row, as was chosen."]
    (problem,) = read("C1,Care,Alder", header="Ref,Title,Supplier").findings.problems
    assert problem.sentence() == (
        "Column organisation: no column says who buys; say so for every row alike, or which column does."
    )


def test_a_contract_without_a_reference_is_known_by_what_it_is() -> None:
    header = "Title,Supplier,Council,Start date"
    first, again = (read("Care,Alder Ltd,Wexmere,01/04/2024", header=header) for _ in range(2))
    assert first.arrangements[0].identifier == again.arrangements[0].identifier
    assert "No column has references" in first.findings.notices[-1]
    other = read("Care,Birch Ltd,Wexmere,01/04/2024", header=header)
    assert other.arrangements[0].identifier != first.arrangements[0].identifier


@pytest.mark.parametrize(("cell", "basis"), [("£500 per annum", "annual"), ("£500 pa", "annual"), ("£500", "total")])
def test_a_sum_that_says_itself_that_it_is_for_a_year_is_taken_so(cell: str, basis: str) -> None:
    found = read(ROW.replace('"£1,200,000.00",a year', f"{cell},"))
    assert (found.arrangements[0].value_pence, found.arrangements[0].value_basis) == (50_000, basis)
