"""Years of figures as they stand in addresses: 2025, or now for what is stated without a year."""

from __future__ import annotations

from portal.enterprises.queries.figures import years_now
from portal.errors import NotFound

UNDATED = "now"


def period_of(year: int | None) -> str:
    """Return a year as it stands in an address."""
    return UNDATED if year is None else str(year)


def get_year(period: str) -> int | None:
    """Return the year of an address, None for what stands without one; raises NotFound."""
    if period == UNDATED:
        return None
    year = int(period) if period.isascii() and period.isdecimal() and len(period) == 4 else 0
    if year not in years_now():
        raise NotFound
    return year
