"""A file with a network in it, in any of the forms that mapping programs know, told apart by how it begins."""

from register.exchange.readers.arrangements import Arrangements
from register.exchange.readers.edge_lists import ENDINGS as BARE
from register.exchange.readers.graph_files import graph_network, is_graph_file
from register.exchange.readers.kumu import kumu_network
from register.exchange.readers.network_tables import table_network
from register.exchange.readers.ties import arranged
from register.exchange.reading.choices import AS_IT_IS, Choices
from register.exchange.reading.findings import Findings
from register.exchange.reading.uploads import Upload

ENDINGS = (*BARE, ".csv", ".xlsx", ".xls", ".ods", ".json", ".gml", ".graphml", ".gexf", ".xml")


def read_network(upload: Upload, choices: Choices = AS_IT_IS) -> Arrangements:
    """Read a network; `findings.problems` names what of it cannot be kept, beside what can."""
    findings = Findings(upload.name)
    sheet = ""
    if upload.is_json:
        drawn, sheet = kumu_network(upload, choices, findings), "connections"
    elif not upload.is_workbook and is_graph_file(upload):
        drawn = graph_network(upload, choices, findings)
    else:
        drawn, sheet = table_network(upload, choices, findings)
    return arranged(drawn, findings, sheet)
