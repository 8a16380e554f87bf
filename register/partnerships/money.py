"""What a deal is worth a year: the one figure by which deals of different terms can be compared."""

from datetime import date

DAYS_A_YEAR = 365.25


def yearly_pence(value: int | None, basis: str | None, starts_on: date | None, ends_on: date | None) -> int | None:
    """Return the value of a deal a year, in pence; None where the register does not know it.

    A total is spread over its term, to the nearest pound; one for less than a year counts whole. Without a term a total
    says nothing a year. Example: £300 in total from 1 April 2024 to 31 March 2027 is £100 a year.
    """
    if basis == "none":
        return 0
    if value is None or basis in ("annual", "estimate"):
        return value
    if basis != "total" or starts_on is None or ends_on is None:
        return None
    years = ((ends_on - starts_on).days + 1) / DAYS_A_YEAR
    return round(value / years / 100) * 100 if years > 1 else value
