"""Whether the content of a release is complete, before it is shown to others or fixed."""

from __future__ import annotations

from portal.lists.models import Release
from portal.lists.proofing import without_notice
from portal.lists.queries.entries import accepted_entries, counts_by_state
from portal.lists.queries.wordings import waiting_titles
from portal.lists.rules.proofs import check_no_notice_missing
from portal.lists.rules.releases import check_ready_to_sign
from portal.lists.rules.wordings import check_none_waits


def check_complete(release: Release) -> None:
    """Raise Refused while entries are undecided, none is accepted, a procurement lacks its notice
    or a wording waits for consent."""
    check_ready_to_sign(counts_by_state(release))
    check_no_notice_missing(without_notice(accepted_entries(release)))
    check_none_waits(waiting_titles(release))
