"""A network brought into the register has the numbers that networkx gives the same graph."""

import networkx as nx
import pytest
from flask import Flask

from register.clock import clocks_now
from register.database import db
from register.exchange.arrivals.arrangements import bring_arrangements
from register.exchange.bringing.errands import Errand
from register.exchange.readers.network_files import read_network
from register.exchange.reading.uploads import Upload
from register.network.lookups import network_for
from register.trust.models import Evidence
from tests.factories import a_person

GRAPHS = {
    "a tree and an isolate": nx.disjoint_union(nx.balanced_tree(2, 3), nx.empty_graph(1)),
    "two communities and a bridge": nx.barbell_graph(4, 1),
    "one node": nx.empty_graph(1),
    "drawn by chance": nx.gnp_random_graph(24, 0.15, seed=3),
}


@pytest.mark.parametrize("name", GRAPHS)
def test_a_network_keeps_its_shape(app: Flask, name: str) -> None:
    graph, person = GRAPHS[name], a_person()
    gml = "\n".join(nx.generate_gml(graph))
    errand = Errand(person.actor)
    bring_arrangements(errand, read_network(Upload("drawn.gml", gml.encode())))
    db.session.commit()
    found = network_for(person, clocks_now())
    ours = nx.Graph()
    ours.add_nodes_from(node.id for node in found.nodes)
    ours.add_edges_from((tie.a, tie.b) for tie in found.ties)
    assert nx.is_isomorphic(ours, graph)
    assert len(found.ties) == graph.number_of_edges()
    assert db.session.query(Evidence).count() == 0


def test_the_same_network_again_creates_nothing(app: Flask) -> None:
    person = a_person()
    for created in (5, 0):
        errand = Errand(person.actor)
        bring_arrangements(errand, read_network(Upload("edges.csv", b"from,to\nA,B\nB,C\n")))
        db.session.commit()
        counts = errand.summary.counts()
        assert counts["organisations"]["created"] + counts["partnerships"]["created"] == created
