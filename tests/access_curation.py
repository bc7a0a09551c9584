"""The rows of curation that addresses of the access table name."""

from __future__ import annotations

from portal.lists.actions.bulk import decide_many
from portal.lists.actions.wordings import propose_wording
from portal.lists.models import Entry, Release
from portal.lists.queries.wordings import sent_wording
from portal.lists.terms.entries import Decision
from tests.lists.factories import make_curator, make_entry


def curation_rows(call: Release, sent: Entry) -> dict[str, int]:
    """Return the rows of curation, all of one release whose call is open and of an entry in it."""
    entry = make_entry(call, title="批量办理的条目")
    bulk = decide_many(make_curator(), call, {entry.id: entry.version}, Decision.ACCEPT)
    texts = sent_wording(sent) | {"title": "另一个标题"}
    wording = propose_wording(make_curator(), sent, sent.version, texts, "")
    return {"bulk_id": bulk.id, "wording_id": wording.id}
