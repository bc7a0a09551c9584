"""What is counted, and the parts of a cell's key."""

from enum import StrEnum


class Counted(StrEnum):
    """The kinds of records of which counts are kept."""

    ENTERPRISE = "enterprise"
    ENTRY = "entry"


BETWEEN = "|"  # parts of a key
AMONG = ","  # values of one part

# The parts of a key in their order. Each is the text of an id, empty for none; `pillars` and
# `titles` (kind:level) hold several, sorted. The industry is kept of holders of a title alone.
PARTS = {
    Counted.ENTERPRISE: (
        "district",
        "zone",
        "key_industry",
        "node",
        "sample",
        "pillars",
        "titles",
        "industry",
    ),
    # `state` is what does not change by itself; an open entry's closing date stands behind it.
    Counted.ENTRY: (
        "release",
        "subtype",
        "field",
        "node",
        "district",
        "zone",
        "publisher",
        "state",
    ),
}
