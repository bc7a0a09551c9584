"""What the worker does for the public's files: it words published entries ahead."""

from __future__ import annotations

from collections.abc import Sequence

from portal.directory.files.lines import lines_to_keep, wording
from portal.directory.queries.entries import published
from portal.directory.queries.lines import live, without_line
from portal.lists.actions.lines import keep_lines

AT_ONCE = 500  # entries of one transaction


def word(ids: Sequence[int]) -> None:
    """Word these entries, as far as they are public."""
    for start in range(0, len(ids), AT_ONCE):
        lines = lines_to_keep(live(published(), ids[start : start + AT_ONCE]))
        if lines:
            keep_lines(lines)


class Catching:
    """Words what was published before this program, or in another wording, a piece at a time."""

    after: int | None = 0

    def up(self) -> bool:
        """Do the next piece; say whether there was any."""
        if self.after is None:
            return False
        ids = without_line(wording(), self.after, AT_ONCE)
        word(ids)
        self.after = ids[-1] if ids else None
        return bool(ids)
