"""The contacts of the example register by organisation: the role first, a name only where it helps. Nobody is real."""

from datetime import date, timedelta

from register.exchange.example.records import Contact

ROLES: dict[str, tuple[tuple[str, str | None], ...]] = {
    "tcc": (("Head of economy", "Nerys Caddock"), ("Community safety manager", "Omar Leighfield"),
            ("Resettlement co-ordinator", None)),
    "adults": (("Contracts manager", "Fenella Oakden"), ("Carers’ lead", "Pascale Wynn"),
               ("Finance business partner", None),
               ("Principal occupational therapist", "Jory Tamblin")),
    "children": (("Head of placements", "Ottoline Marsh-Reid"), ("Learning support manager", None),
                 ("Early years adviser", "Kofi Branscombe")),
    "place": (("Highways contract manager", "Elspeth Varley"), ("Waste strategy manager", "Hamza Threlfell"),
              ("Passenger transport manager", None)),
    "health": (("Consultant in public health", "Dr Lowri Sandiford"), ("Commissioning manager", None)),
    "resources": (("Head of digital", "Tamsin Orrell"), ("Procurement manager", None),
                  ("Audit manager", "Gethin Rook")),
    "lawyers": (("Head of law", "Perpetua Lyle"), ("Practice manager", None)),
    "contact": (("Contact centre manager", None),),
    "libraries": (("Libraries manager", "Winifred Aske"),),
    "kest": (("Director of neighbourhoods", "Bartholomew Finch-Amadi"), ("Housing renewal manager", None)),
    "otter": (("Regeneration manager", "Carys Penhale"), ("Head of resources", None)),
    "tilv": (("Head of planning", "Ignatius Moor"), ("Monitoring officer", None)),
    "nether": (("Head of environment", "Solveig Tarrant"), ("Chief finance officer", None)),
    "brack": (("Head of operations", "Delroy Hask"), ("Resilience officer", None)),
    "police": (("Chief superintendent, partnerships", "Rhona Castell"), ("Liaison sergeant", None),
               ("Partnerships inspector", None)),
    "fire": (("Group manager, prevention", "Ewan Drury-Cole"), ("Fire engineer", None)),
    "probation": (("Head of delivery unit", "Marisol Pike"),),
    "icb": (("Head of community services", "Anwen Thackray"), ("Finance lead", None)),
    "hospital": (("Director of operations", "Lucian Abara"), ("Discharge matron", None)),
    "community": (("Rehabilitation manager", "Brigid Sowter"),),
    "mental": (("Crisis services manager", "Thandeka Rowle"), ("Ward link nurse", None)),
    "gps": (("Federation manager", "Piers Hollin"),),
    "college": (("Vice principal, employers", "Morwenna Tull"),),
    "university": (("Reader in public policy", "Dr Aurelio Benn"),),
    "schools": (("Trust inclusion lead", "Saskia Dunmoor"), ("Estates manager", None)),
    "drainage": (("Engineer to the board", "Silas Creed"),),
    "work": (("Partnership manager", "Jocasta Hinde"),),
    "skellhomes": (("Head of neighbourhoods", "Leopold Stray"), ("Repairs manager", None)),
    "kestlehomes": (("Lettings manager", "Amabel Church"),),
    "lamplight": (("Service director", "Cormac Iveson"), ("Data officer", None)),
    "stepwell": (("Chief executive", "Yolanda Frith"), ("Clinic co-ordinator", None)),
    "opengate": (("Service manager", None), ("Outreach lead", None)),
    "chair": (("Service manager", "Maud Ollerby"),),
    "newcomers": (("Co-ordinator", "Selam Haddow"), ("Volunteer lead", None)),
    "ledger": (("Advice manager", "Roderick Vane"),),
    "acorns": (("Area manager", "Philippa Stott"),),
    "bridleway": (("Head of service", "Kwame Ridout"),),
    "hospice": (("Matron for the community", "Una Carradale"),),
    "larder": (("Warehouse manager", None),),
    "pedal": (("Programme lead", "Zephyr Nance"),),
    "thread": (("Befriending manager", "Dilys Comer"),),
    "rivers": (("Catchment officer", None),),
    "voluntary": (("Development manager", "Ottilie Brand"),),
    "reachtrust": (("Development manager", "Gus Penrow"), ("Chair of trustees", None)),
    "priors": (("Chair of the panel", "Valentina Shore"), ("Stairwell speaker", None)),
    "tenants": (("Convenor", "Mrs Ada Quill"),),
    "makers": (("Youth speaker", None),),
    "sallow": (("Head warden", "Jem Thorley-Ross"),),
    "deaf": (("Club secretary", "Edmund Pask"), ("Sign teacher", None)),
    "parents": (("Convenor", "Rosalind Ifan"), ("Parent speaker", None)),
    "tongues": (("Circle host", "Amina Talvi"),),
    "growers": (("Plot steward", None),),
    "charter": (("Circle member", "Harriet Loam"), ("Circle member, advocate", None)),
    "varrow": (("Operations manager", "Isolde Brack"), ("Managing director", "Quentin Harle"),
               ("Credit controller", None)),
    "ottermead": (("Registered manager", "Femi Lockyer"),),
    "larch": (("Director", "Beatrix Quill-Ashe"),),
    "grovesend": (("Regional manager", "Conrad Mabey"), ("Branch manager, Skellgate", None)),
    "dunrake": (("Contract director", "Hedda Storrow"), ("Depot manager", None)),
    "stoneway": (("Contract manager", "Idris Camber"), ("Commercial manager", None)),
    "bellwater": (("General manager", "Lorcan Petts"), ("Scheduling clerk", None)),
    "pixel": (("Service delivery manager", "Ming Thrale"),),
    "littlecombe": (("Nursery director", "Cecily Howe-Datta"),),
    "thistle": (("Placements manager", None),),
    "greenlode": (("Project engineer", "Otto Fenn"),),
}

LEAVING = {"chair-1": 24, "varrow-1": -20, "tilv-2": -150}
"""Days until a contact's last day; negative where it has passed."""


def contacts(today: date) -> tuple[Contact, ...]:
    """Return the contacts; the key of the second at Lamplight is "lamplight-2"."""
    return tuple(
        Contact(
            f"{organisation}-{place}", organisation, role, name, _email(organisation, name),
            today + timedelta(LEAVING[key]) if (key := f"{organisation}-{place}") in LEAVING else None,
        )
        for organisation, rows in ROLES.items()
        for place, (role, name) in enumerate(rows, start=1)
    )


def _email(organisation: str, name: str | None) -> str | None:
    if name is None:
        return None
    words = [word for word in name.lower().split() if word not in ("dr", "mrs")]
    return f"{'.'.join(words)}@{organisation}.example"
