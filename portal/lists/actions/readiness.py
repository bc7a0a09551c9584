"""Whether the content of a release is complete, before it is shown to others or fixed."""

from __future__ import annotations

from portal.lists.models import Release
from portal.lists.proofing import without_notice
from portal.lists.public_texts import giving_away
from portal.lists.queries.entries import accepted_entries, counts_by_state
from portal.lists.queries.wordings import public_wordings, waiting_titles
from portal.lists.rules.anonymity import check_none_named
from portal.lists.rules.proofs import check_no_notice_missing
from portal.lists.rules.releases import check_ready_to_sign
from portal.lists.rules.wordings import check_none_waits


def check_complete(release: Release) -> None:
    """Raise Refused while entries are undecided, none is accepted, a procurement lacks its notice,
    a wording waits for consent, or an entry without name gives its publisher away."""
    check_ready_to_sign(counts_by_state(release))
    entries = accepted_entries(release)
    check_no_notice_missing(without_notice(entries))
    wordings = public_wordings(entries)
    check_none_named([one.title for one in entries if giving_away(one, wordings.get(one.id))])
    check_none_waits(waiting_titles(release))
