"""Contracts as Open Contracting (OCDS 1.1) release packages tell them: one arrangement a process that has an award."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from register.exchange.readers.arrangements import Arrangements, between
from register.exchange.readers.awards import NOT_BINDING, Award, Draft, Release, drafted
from register.exchange.reading.choices import AS_IT_IS, Choices
from register.exchange.reading.documents import Branch, read_documents
from register.exchange.reading.findings import Findings
from register.exchange.reading.rows import ArrangementRow, OrganisationRow
from register.exchange.reading.uploads import Upload, text_of
from register.refusals import Refusal

SCHEME = "OCID"
"""The scheme under which an arrangement keeps the id of its process, which is one all over the world."""

NO_AWARD = "release without an award"
ONE_BODY = "process whose buyer is its only supplier"


@dataclass
class Contracts(Arrangements):
    """The bodies and arrangements of one file of releases."""

    releases: int = 0
    """How many releases the file has, with and without awards."""


def read_contracts(upload: Upload, choices: Choices = AS_IT_IS) -> Contracts:
    """Read releases in any of their packages; `findings.problems` is empty when all of it can be kept."""
    name = upload.name
    text = text_of(upload, "JSON", choices.encoding)
    found = Contracts(findings=Findings(name, "releases"))
    found.findings.notices += [f"{text.note}."] if text.note else []
    releases = _releases(read_documents(text.content, name), name, found.findings)
    found.releases = len(releases)
    processes = _processes(releases, found.findings)
    drafts = [draft for process in processes if (draft := drafted(process)) is not None]
    if not found.findings.problems:
        found.organisations, found.arrangements = _settled(drafts, found.findings)
    return found


def _releases(documents: Sequence[object], name: str, findings: Findings) -> list[Branch]:
    """Return every release of some documents, in their order."""
    values = [value for document in documents for value in _released(document, name)]
    releases = []
    for number, value in enumerate(values, start=1):
        release = Branch(findings, number, values=value if isinstance(value, dict) else {})
        if not isinstance(value, dict):
            release.refuse("", value, "this should be an object in braces")
        releases.append(release)
    return releases


def _released(document: object, name: str) -> list[object]:
    """Return the releases of a document: of a package, of a package of records, of a list, or the one that it is."""
    if isinstance(document, list) and document:
        return [value for one in document for value in (_released(one, name) if _is_package(one) else [one])]
    if isinstance(document, dict):
        if isinstance(document.get("releases"), list):
            return list(document["releases"])
        if isinstance(document.get("records"), list) and document["records"]:
            return [value for record in document["records"] for value in _recorded(record)]
        if "ocid" in document:
            return [document]
    message = f"{name} is not an OCDS release package: it has no list called releases."
    raise Refusal(message)


def _is_package(value: object) -> bool:
    return isinstance(value, dict) and ("releases" in value or "records" in value)


def _recorded(record: object) -> list[object]:
    """Return the releases behind a record, or where it only points to them what it was compiled to."""
    if not isinstance(record, dict):
        return [record]
    full = [one for one in record.get("releases") or () if isinstance(one, dict) and "ocid" in one]
    return list(full) or [record["compiledRelease"]] if full or record.get("compiledRelease") else []


def _processes(releases: list[Branch], findings: Findings) -> list[list[Award]]:
    """Return the awards of each process that has any, the latest release's first."""
    by_process: dict[str, list[Branch]] = defaultdict(list)
    for release in releases:
        if not release.values.get("awards"):
            findings.skipped[NO_AWARD] += 1
        elif ocid := release.line("ocid"):
            by_process[ocid].append(release)
        else:
            release.refuse("ocid", "", "this is missing, so nothing says which process the release belongs to")
    return [awards for versions in by_process.values() if (awards := _compiled(versions))]


def _compiled(versions: list[Branch]) -> list[Award]:
    """Return each award of a process as its latest release tells it: the ids repeat from release to release."""
    awards: dict[str, Award] = {}
    for version in sorted(versions, key=_released_at, reverse=True):
        release = Release(version)
        for award in version.branches("awards"):
            award_id = award.line("id")
            awards.setdefault(award_id or award.path, Award(award, release, _contracts(version, award_id)))
    return list(awards.values())


def _contracts(release: Branch, award_id: str) -> list[Branch]:
    signed = (contract for contract in release.branches("contracts") if contract.line("awardID") == award_id)
    return [contract for contract in signed if contract.line("status") not in NOT_BINDING]


def _released_at(release: Branch) -> float:
    """Return when a release was made, in seconds, so that dates of all zones compare."""
    text = release.line("date")
    try:
        return datetime.fromisoformat(text).timestamp() if text else 0.0
    except (ValueError, OverflowError):
        release.refuse("date", text, "this is not a date and time; write it as 2023-04-01T00:00:00Z")
        return 0.0


def _settled(drafts: list[Draft], findings: Findings) -> tuple[tuple[OrganisationRow, ...], tuple[ArrangementRow, ...]]:
    """Return the bodies that take part and the arrangements between them, once it is known who is who."""
    rows, sides = between([(draft.buyers, draft.suppliers) for draft in drafts])
    if alone := sides.count(None):
        findings.skipped[ONE_BODY] += alone
    found = [_arrangement(draft, *side) for draft, side in zip(drafts, sides, strict=True) if side]
    return rows, tuple(found)


def _arrangement(draft: Draft, commissioners: tuple[int, ...], providers: tuple[int, ...]) -> ArrangementRow:
    return ArrangementRow(
        identifier=(SCHEME, draft.ocid),
        title=draft.title,
        purpose=draft.purpose,
        reference=draft.reference,
        commissioners=commissioners,
        providers=providers,
        value_pence=draft.value_pence,
        value_basis="total" if draft.value_pence is not None else None,
        agreed_on=draft.agreed_on,
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        row=draft.row,
    )
