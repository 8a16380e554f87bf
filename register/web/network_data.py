"""The picture's data as a file of its own: small, tagged, and kept in memory while nothing that one sees has moved."""

import gzip
from collections import OrderedDict
from hashlib import sha256
from threading import Lock

import orjson
from flask import Response, request

import register
from register.network.graph import Network
from register.network.layout_lookups import layout_mark
from register.network.lookups import lead_officers, places
from register.network.narrowing import part_of
from register.network.version_lookups import version_for
from register.web.clocks import asked_clocks
from register.web.network import blueprint
from register.web.network_facts import facts_on
from register.web.network_page import Asked, Offered, read_address
from register.web.network_picture import data_of
from register.web.network_time import difference_asked
from register.web.security import allow, me

LARGEST_CACHE = 16 * 1024 * 1024
"""Bytes of compressed data that a worker keeps: some hundred networks of two thousand organisations."""
LEVEL = 6
FORM = 1
"""Changes when the columns change, so that no browser reads an older answer."""


class Kept:
    """Answers by their tag, the least lately asked for forgotten first once they grow too many."""

    def __init__(self, largest: int = LARGEST_CACHE) -> None:
        self._largest = largest
        self._size = 0
        self._bodies: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def find(self, tag: str) -> bytes | None:
        """Return what is kept under a tag."""
        with self._lock:
            if tag in self._bodies:
                self._bodies.move_to_end(tag)
            return self._bodies.get(tag)

    def keep(self, tag: str, body: bytes) -> None:
        """Keep an answer, and forget others for it."""
        with self._lock:
            self._size += len(body) - len(self._bodies.pop(tag, b""))
            self._bodies[tag] = body
            while self._size > self._largest and self._bodies:
                _, gone = self._bodies.popitem(last=False)
                self._size -= len(gone)


KEPT = Kept()


@blueprint.get("/network/data")
@allow("partnership:see")
def data() -> Response:
    """Answer the picture's data: unchanged, from memory, or reckoned anew."""
    asked = read_address(asked_clocks(), Offered(lead_officers(me()), places()))
    tag = tag_of(asked)
    if request.if_none_match.contains_weak(tag):
        return _tagged(Response(status=304), tag)
    body = KEPT.find(tag)
    if body is None:
        body = gzip.compress(orjson.dumps(data_of(asked, network_asked(asked))), LEVEL, mtime=0)
        KEPT.keep(tag, body)
    if request.accept_encodings.quality("gzip"):
        answer = Response(body, mimetype="application/json", headers={"Content-Encoding": "gzip"})
    else:
        answer = Response(gzip.decompress(body), mimetype="application/json")
    return _tagged(answer, tag)


def network_asked(asked: Asked) -> Network:
    """Return the network that a page shows, of one day or of two that are compared."""
    facts = facts_on(asked.clocks)
    difference = difference_asked(asked, facts)
    return difference.network if difference else part_of(facts, asked.filters)


def tag_of(asked: Asked) -> str:
    """Return the tag of an answer before anything is reckoned: what is asked for, and the version of what is seen."""
    looked_into = request.args.get("within"), request.args.get("draw")
    seen = version_for(me()), layout_mark(asked.filters)
    parts = (register.__version__, FORM, seen, asked.filters, asked.clocks, asked.url(), looked_into)
    return sha256(repr(parts).encode()).hexdigest()[:32]


def _tagged(answer: Response, tag: str) -> Response:
    """Let the browser keep the answer and ask each time whether it still holds."""
    answer.set_etag(tag, weak=True)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Vary"] = "Cookie, Accept-Encoding"
    return answer
