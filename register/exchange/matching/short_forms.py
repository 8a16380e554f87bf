"""Words that people write short, or in Welsh, in the names of bodies: spelt out before two names are compared.

They only ever propose that somebody looks at two organisations; what makes two names one name is `names.fingerprint`.
"""

SHORT_FORMS = {
    "assoc": "association", "assn": "association", "auth": "authority", "bc": "borough council", "bur": "bureau",
    "cab": "citizens advice bureau", "ccg": "clinical commissioning group", "cent": "centre", "center": "centre",
    "clg": "", "comm": "community", "cncl": "council", "coll": "college", "cttee": "committee", "ctr": "centre",
    "cymru": "wales", "cyngor": "council", "cyngr": "council", "dc": "district council", "dept": "department",
    "dev": "development", "fdn": "foundation", "ft": "foundation trust", "gen": "general", "govt": "government",
    "grp": "group", "hosp": "hospital", "icb": "integrated care board", "icp": "integrated care partnership",
    "inc": "", "inst": "institute", "intl": "international", "lbc": "london borough council",
    "mbc": "metropolitan borough council", "mdc": "metropolitan district council", "mgmt": "management",
    "natl": "national", "org": "organisation", "organization": "organisation", "parc": "park",
    "pct": "primary care trust", "pship": "partnership", "prifysgol": "university", "ptnrshp": "partnership",
    "rd": "road", "res": "residents", "sch": "school", "soc": "society", "st": "saint", "svc": "service",
    "svce": "service", "svcs": "services", "tc": "town council", "tref": "town", "trst": "trust", "uni": "university",
    "univ": "university", "uk": "", "vol": "voluntary", "ymddiriedolaeth": "trust", "ysgol": "school",
    "ysbyty": "hospital",
}  # fmt: skip
JOINING = frozenset(("of", "for", "in", "the", "at", "and", "to", "y", "yr", "a"))
"""Words that say nothing of who a body is."""


def spelt_out(words: str) -> str:
    """Return the words of a name spelt out, each once, without those that only join the others.

    >>> spelt_out("st marys hosp nhs ft"), spelt_out("university of wexmere")
    ('saint marys hospital nhs foundation trust', 'university wexmere')
    """
    found = " ".join(SHORT_FORMS.get(word, word) for word in words.split() if word not in JOINING)
    return " ".join(dict.fromkeys(found.split())) or words
