"""The releases of an OCDS file, in whatever they come: packages of releases or of records, lists, a single one."""

from collections.abc import Mapping, Sequence

from register.exchange.reading.documents import Branch
from register.exchange.reading.findings import Findings
from register.refusals import Refusal

ONLY_POINTS = "record that only points to its releases: bring those, or a package with compiled releases"


def releases_of(documents: Sequence[object], name: str, findings: Findings) -> list[Branch]:
    """Return every release of some documents, in their order; what cannot be one is a problem, and left out."""
    values = [value for document in documents for value in _released(document, name, findings)]
    releases = []
    for number, value in enumerate(values, start=1):
        if isinstance(value, dict):
            releases.append(Branch(findings, number, values=value))
        else:
            Branch(findings, number).refuse("", value, "this should be an object in braces")
    return releases


def _released(document: object, name: str, findings: Findings) -> list[object]:
    """Return the releases of a document: of a package, of a package of records, of a list, or the one that it is."""
    if isinstance(document, list) and any(isinstance(one, dict) for one in document):
        return [
            value for one in document for value in (_released(one, name, findings) if _is_package(one) else [one])
        ]
    if isinstance(document, dict):
        if isinstance(document.get("releases"), list) and "compiledRelease" not in document:
            return list(document["releases"])
        if isinstance(document.get("records"), list) and document["records"]:
            return [value for record in document["records"] for value in _recorded(record, findings)]
        if "ocid" in document:
            return _recorded(document, findings) if _is_record(document) else [document]
    message = f"{name} is not an OCDS release package: it has no list called releases."
    raise Refusal(message)


def _is_package(value: object) -> bool:
    return isinstance(value, dict) and ("releases" in value or "records" in value or _is_record(value))


def _is_record(value: Mapping[str, object]) -> bool:
    return "compiledRelease" in value or "versionedRelease" in value


def _recorded(record: object, findings: Findings) -> list[object]:
    """Return the releases behind a record, or where it only points to them what it was compiled to."""
    if not isinstance(record, dict):
        return [record]
    listed = record.get("releases")
    full = [one for one in listed if isinstance(one, dict) and "ocid" in one] if isinstance(listed, list) else []
    if full:
        return list(full)
    if record.get("compiledRelease"):
        return [record["compiledRelease"]]
    findings.skipped[ONLY_POINTS] += 1
    return []


def is_versioned(release: Mapping[str, object]) -> bool:
    """Whether this is the history of each field of a process, which is no release: it has neither date nor tag."""
    lists = [value for value in release.values() if isinstance(value, list) and "tag" not in release]
    return any(isinstance(one, dict) and "releaseTag" in one for value in lists for one in value[:1])
