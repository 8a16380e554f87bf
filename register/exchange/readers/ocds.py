"""Contracts as Open Contracting (OCDS 1.1) release packages tell them: one arrangement a process that has an award."""

from collections import defaultdict
from dataclasses import dataclass, replace

from register.exchange.readers.arrangements import Arrangements, between
from register.exchange.readers.drafts import Draft
from register.exchange.readers.processes import told
from register.exchange.readers.releases import is_versioned, releases_of
from register.exchange.reading.choices import AS_IT_IS, Choices
from register.exchange.reading.documents import Branch
from register.exchange.reading.findings import Findings, Problem
from register.exchange.reading.json_texts import read_documents
from register.exchange.reading.rows import ArrangementRow, OrganisationRow
from register.exchange.reading.uploads import Upload, text_of

SCHEME = "OCID"
"""The scheme under which an arrangement keeps the id of its process, which is one all over the world."""

NO_AWARD = "release without an award"
VERSIONED = "versioned release: bring the releases themselves, or the compiled one"
ONE_BODY = "process whose buyer is its only supplier"
BESIDE_REFUSED = "release of a process of which another release is refused"


@dataclass
class Contracts(Arrangements):
    """The bodies and arrangements of one file of releases."""

    releases: int = 0
    """How many releases the file has, with and without awards."""


def read_contracts(upload: Upload, choices: Choices = AS_IT_IS) -> Contracts:
    """Read releases in any of their packages; `findings.problems` names what cannot be kept, beside what can."""
    name = upload.name
    text = text_of(upload, "JSON", choices.encoding)
    found = Contracts(findings=Findings(name, "releases"))
    found.findings.notices += [f"{text.note}."] if text.note else []
    releases = releases_of(read_documents(text.content, name), name, found.findings)
    found.releases = len(releases)
    processes = _processes(releases, found.findings)
    drafts = [draft for versions in processes if (draft := _draft(versions, found.findings)) is not None]
    found.organisations, found.arrangements = _settled(drafts, found.findings)
    found.loose = tuple(_arrangement(draft, (), ()) for draft in drafts if draft.missing)
    return found


def _draft(versions: list[Branch], findings: Findings) -> Draft | None:
    """Return what a process comes to; None where it binds nobody, or where one of its releases is refused.

    What the other releases of such a process say would be a deal half told, so that it is left out whole.
    """
    own = Findings(findings.name, findings.sheet)
    draft = told([replace(version, findings=own) for version in versions])
    if own.problems:
        left_out = Findings(problems=own.problems)
        if others := {version.row for version in versions} - {problem.row for problem in own.problems}:
            ocid, row = versions[0].line("ocid"), own.problems[0].row
            left_out.skipped[BESIDE_REFUSED] = len(others)
            reason = f"nothing of this process is kept, though {_counted(len(others))} could be read"
            left_out.add_note(Problem(findings.sheet, row, "ocid", ocid, f"{reason}: no deal is told half"))
        own, draft = left_out, None
    findings.take_in(own)
    return draft


def _counted(others: int) -> str:
    return "1 other release of it" if others == 1 else f"{others:,} other releases of it"


def _processes(releases: list[Branch], findings: Findings) -> list[list[Branch]]:
    """Return the releases of each process that tell of an award, or of a contract under one."""
    by_process: dict[str, list[Branch]] = defaultdict(list)
    for release in releases:
        if is_versioned(release.values):
            findings.skipped[VERSIONED] += 1
        elif not release.values.get("awards") and not release.values.get("contracts"):
            findings.skipped[NO_AWARD] += 1
        elif ocid := release.line("ocid"):
            by_process[ocid].append(release)
        else:
            release.refuse("ocid", "", "this is missing, so nothing says which process the release belongs to")
    return list(by_process.values())


def _settled(drafts: list[Draft], findings: Findings) -> tuple[tuple[OrganisationRow, ...], tuple[ArrangementRow, ...]]:
    """Return the bodies that take part and the arrangements between them, once it is known who is who."""
    drafts = [draft for draft in drafts if not draft.missing]
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
        row=draft.latest.row,
        told_at=draft.told_at,
        told_by=draft.told_by,
        missing=draft.missing,
        earlier=tuple(_arrangement(one, commissioners, providers) for one in draft.earlier),
    )
