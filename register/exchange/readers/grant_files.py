"""A file of grants in either form of 360Giving, told apart by how it begins."""

from register.exchange.readers.arrangements import Arrangements
from register.exchange.readers.grants import arranged
from register.exchange.readers.grants_json import json_grants
from register.exchange.readers.grants_sheet import sheet_grants
from register.exchange.reading.choices import AS_IT_IS, Choices
from register.exchange.reading.findings import Findings
from register.exchange.reading.uploads import Upload


def read_grants(upload: Upload, choices: Choices = AS_IT_IS) -> Arrangements:
    """Read a 360Giving file; `findings.problems` names what cannot be kept, beside what can."""
    findings = Findings(upload.name)
    read = json_grants if upload.is_json else sheet_grants
    grants = read(upload, findings, choices)
    refused = {problem.row for problem in findings.problems}
    return arranged([grant for grant in grants if grant.row not in refused], findings)
