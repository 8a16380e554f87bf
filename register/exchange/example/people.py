"""The people who sign in to the example register. None of them exists."""

from register.exchange.example.records import Person

PEOPLE = (
    Person("imogen", "Imogen Farrowby", "imogen.farrowby@tolvershire.example", "officer", "Partnership officer, care"),
    Person("callum", "Callum Ekanem", "callum.ekanem@tolvershire.example", "officer", "Partnership officer, place"),
    Person("sunniva", "Sunniva Hale", "sunniva.hale@tolvershire.example", "officer",
           "Partnership officer, communities"),
    Person("bethan", "Bethan Quarrie", "bethan.quarrie@tolvershire.example", "officer", "Head of commissioning"),
    Person("desmond", "Desmond Achter", "desmond.achter@tolvershire.example", "officer", "Head of partnerships"),
    Person("judith", "Judith Ekwall", "judith.ekwall@tolvershire.example", "leader", "Chief executive"),
    Person("rafael", "Rafael Stanmore", "rafael.stanmore@tolvershire.example", "leader", "Director of Adult Care"),
    Person("agnes", "Agnes Whitlow", "agnes.whitlow@tolvershire.example", "auditor", "Principal auditor"),
    Person("tobias", "Tobias Renn", "tobias.renn@tolvershire.example", "governance", "Information governance officer"),
    Person("edda", "Edda Lorne", "edda.lorne@tolvershire.example", "governance", "Data protection officer"),
    Person("morag", "Morag Selbie", "morag.selbie@tolvershire.example", "administrator", "Systems administrator"),
)
