"""The bodies of the imagined county of Tolvershire: key, names, what they are, where, and their numbers.

Each number starts with 99 or ZZ, where no register of real bodies has issued any.
"""

from dataclasses import dataclass

COUNCIL = "tcc"


@dataclass(frozen=True)
class Body:
    """A row of the table; `closed` is months ago."""

    key: str
    name: str
    short: str | None
    sector: str
    kind: str
    place: str
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    closed: int | None = None
    successor: str | None = None


def _unit(key: str, name: str, short: str, parent: str = COUNCIL, aliases: tuple[str, ...] = ()) -> Body:
    return Body(key, name, short, "public", "council_unit", "Kestlewick", parent, aliases)


def _company(key: str, name: str, short: str, place: str, number: str) -> Body:
    return Body(key, name, short, "private", "company", place, numbers=(("GB-COH", number),))


def _charity(key: str, name: str, short: str, place: str, number: str, aliases: tuple[str, ...] = ()) -> Body:
    return Body(key, name, short, "voluntary", "charity", place, None, aliases, (("GB-CHC", number),))


def _group(key: str, name: str, short: str, place: str, aliases: tuple[str, ...] = ()) -> Body:
    return Body(key, name, short, "community", "community_group", place, None, aliases)


COUNCILS = (
    Body(COUNCIL, "Tolvershire County Council", "County Council", "public", "council", "Kestlewick", None,
         ("TCC", "the County"), (("GB-LAE", "ZZT"), ("GB-GSS", "E99000001"))),
    _unit("adults", "Adult Care", "Adult Care", aliases=("Adult social care directorate",)),
    _unit("children", "Children and Learning", "Children and Learning", aliases=("CLD",)),
    _unit("place", "Highways and Environment", "Highways and Environment"),
    _unit("health", "Public Health", "Public Health", aliases=("PH team",)),
    _unit("resources", "Resources and Digital", "Resources and Digital", aliases=("Corporate centre",)),
    _unit("lawyers", "County Legal Team", "County Legal", "resources"),
    _unit("contact", "Customer Contact Centre", "Contact Centre", "resources"),
    _unit("libraries", "Libraries and Archives", "Libraries", "children"),
    Body("kest", "Kestlewick City Council", "Kestlewick City", "public", "council", "Kestlewick", None, (),
         (("GB-LAE", "ZZK"),)),
    Body("otter", "Otterholm Borough Council", "Otterholm", "public", "council", "Otterholm", None, (),
         (("GB-LAE", "ZZO"),)),
    Body("tilv", "Tilverley District Council", "Tilverley", "public", "council", "Tilverley", None, (),
         (("GB-LAE", "ZZV"),)),
    Body("nether", "Netherskell District Council", "Netherskell", "public", "council", "Skellgate", None, (),
         (("GB-LAE", "ZZN"),)),
    Body("brack", "Brackwater District Council", "Brackwater", "public", "council", "Brackwater", None, (),
         (("GB-LAE", "ZZB"),)),
    Body("oldskell", "Upper Skell District Council", None, "public", "council", "Skellgate", None, ("Skell RDC",),
         (("GB-LAE", "ZZU"),), closed=44, successor="nether"),
)

PUBLIC_BODIES = (
    Body("police", "Tolvershire Constabulary", "Constabulary", "public", "police", "Kestlewick", None, ("the force",)),
    Body("fire", "Tolvershire Fire and Rescue Service", "Fire and Rescue", "public", "police", "Skellgate"),
    Body("probation", "Tolvershire Probation Unit", "Probation", "public", "police", "Kestlewick"),
    Body("icb", "Tolvershire Integrated Care Board", "Integrated Care Board", "public", "health", "Kestlewick", None,
         ("ICB",), (("GB-NHS", "99T"),)),
    Body("hospital", "Kestle Vale Hospitals Trust", "Kestle Vale Hospitals", "public", "health", "Kestlewick", None,
         ("KVHT", "the General"), (("GB-NHS", "99K"),)),
    Body("community", "Skellside Community Health Trust", "Skellside Community", "public", "health", "Skellgate", None,
         (), (("GB-NHS", "99S"),)),
    Body("mental", "Ashlode Mental Health Trust", "Ashlode Mental Health", "public", "health", "Tilverley", None, (),
         (("GB-NHS", "99A"),)),
    Body("gps", "Kestle and Otterholm GP Federation", "GP Federation", "private", "health", "Otterholm", None, (),
         (("GB-COH", "99104417"),)),
    Body("college", "Kestlewick Technical College", "Technical College", "public", "education", "Kestlewick", None, (),
         (("GB-UKPRN", "99003121"),)),
    Body("university", "University of Tolvershire", "University", "public", "education", "Tilverley", None, (),
         (("GB-UKPRN", "99007788"),)),
    Body("schools", "Skylode Learning Trust", "Skylode Learning", "public", "education", "Brackwater", None, (),
         (("GB-COH", "99110236"),)),
    Body("drainage", "Otter Levels Drainage Board", "Drainage Board", "public", "government", "Otterholm"),
    Body("work", "Tolvershire Employment Support Office", "Employment Support", "public", "government", "Kestlewick"),
    Body("skellhomes", "Skellgate Homes", None, "voluntary", "housing", "Skellgate", None, (),
         (("GB-COH", "99120045"),)),
    Body("kestlehomes", "Kestle Bridge Housing", "Kestle Bridge", "voluntary", "housing", "Kestlewick", None, (),
         (("GB-COH", "99120871"),)),
)

CHARITIES = (
    _charity("lamplight", "Lamplight Recovery", "Lamplight", "Kestlewick", "9900011"),
    _charity("stepwell", "Stepwell Tolvershire", "Stepwell", "Tilverley", "9900012", ("Stepwell healthy lives",)),
    _charity("opengate", "Low Gate Refuge", "Low Gate", "Kestlewick", "9900013"),
    _charity("chair", "Second Chair for Carers", "Second Chair", "Otterholm", "9900014"),
    _charity("newcomers", "Newcomers of Tolvershire", "Newcomers", "Kestlewick", "9900015"),
    _charity("ledger", "Plain Ledger Advice", "Plain Ledger", "Skellgate", "9900016"),
    _charity("acorns", "Little Acre Family Centres", "Little Acre", "Brackwater", "9900017"),
    _charity("bridleway", "Bridleway Youth Homes", "Bridleway", "Otterholm", "9900018"),
    _charity("hospice", "Stillmere Hospice", "Stillmere", "Tilverley", "9900019"),
    _charity("larder", "The County Larder", "County Larder", "Kestlewick", "9900020"),
    _charity("pedal", "Pedal Tolvershire", "Pedal", "Kestlewick", "9900021"),
    _charity("thread", "Long Thread Friends", "Long Thread", "Tilverley", "9900022", ("Long Thread befriending",)),
    _charity("rivers", "Skell Rivers Keepers", "Rivers Keepers", "Skellgate", "9900023"),
    _charity("voluntary", "Tolvershire Voluntary Exchange", "Voluntary Exchange", "Kestlewick", "9900024", ("TVE",)),
    _charity("reachtrust", "Tanners Reach Development Trust", "Tanners Reach Trust", "Otterholm", "9900025"),
    Body("oldadvice", "Otterholm Debt Line", None, "voluntary", "charity", "Otterholm", None, (),
         (("GB-CHC", "9900026"),), closed=20, successor="ledger"),
)

GROUPS = (
    _group("priors", "Priorsfold Residents’ Panel", "Priorsfold Residents", "Kestlewick", ("Priorsfold estate panel",)),
    _group("tenants", "Tanners Reach Tenants’ Circle", "Tenants’ Circle", "Otterholm"),
    _group("makers", "Reach Young Makers", "Young Makers", "Otterholm"),
    _group("sallow", "Sallow End Flood Wardens", "Sallow End Wardens", "Brackwater"),
    _group("deaf", "Otterholm Deaf Social Club", "Deaf Social Club", "Otterholm"),
    _group("parents", "Brackwater Parents for Learning Support", "Brackwater Parents", "Brackwater"),
    _group("tongues", "Many Tongues Circle", "Many Tongues", "Kestlewick"),
    _group("growers", "Hobbling Cross Growers", "Growers", "Skellgate"),
    _group("charter", "Care Charter Circle", "Charter Circle", "Kestlewick", ("people who draw on care",)),
)

COMPANIES = (
    _company("varrow", "Varrowby Mobility Ltd", "Varrowby", "Kestlewick", "99200101"),
    _company("ottermead", "Ottermead Home Care Ltd", "Ottermead", "Otterholm", "99200102"),
    _company("larch", "Larch and Quill Homecare Ltd", "Larch and Quill", "Tilverley", "99200103"),
    _company("grovesend", "Grovesend Living Ltd", "Grovesend", "Skellgate", "99200104"),
    _company("dunrake", "Dunrake Recycling Ltd", "Dunrake", "Kestlewick", "99200105"),
    _company("stoneway", "Stoneway Highways Ltd", "Stoneway", "Skellgate", "99200106"),
    _company("bellwater", "Bellwater Coaches Ltd", "Bellwater", "Otterholm", "99200107"),
    _company("pixel", "Pixelmoor Systems Ltd", "Pixelmoor", "Tilverley", "99200108"),
    _company("littlecombe", "Littlecombe Nurseries Ltd", "Littlecombe", "Brackwater", "99200109"),
    _company("thistle", "Thistleholm Fostering Ltd", "Thistleholm", "Kestlewick", "99200110"),
    _company("greenlode", "Greenlode Energy Ltd", "Greenlode", "Skellgate", "99200111"),
)

BODIES = COUNCILS + PUBLIC_BODIES + CHARITIES + GROUPS + COMPANIES
