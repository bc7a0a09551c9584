"""How a text was read, in a line above what it found."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.search.parsing import Chunk, Query
from portal.search.terms import NOTE_LABELS, Field

FIELD_NAMES = {
    Field.NAME: _l("in the name"),
    Field.PRODUCT: _l("in the products"),
    Field.CODE: _l("in the code or number"),
}
MOST = 12  # parts that are named


def reading_of(query: Query | None) -> str:
    """Return how a query was read; "" for none and for a single word that stands for itself."""
    if query is None or query.reason:
        return ""
    parts = [part for chunk in (*query.chunks, *query.excluded) for part in parts_of(chunk)]
    if len(parts) == 1 and query.is_plain and not query.words[0].others:
        return ""
    named = _(", ").join(parts[:MOST]) + ("…" if len(parts) > MOST else "")
    return str(_("Read as: %(parts)s.", parts=named))


def parts_of(chunk: Chunk) -> Iterator[str]:
    """Yield the words of a chunk with what stands for them, where and how they are looked for."""
    for word in chunk.words:
        text = str(_("“%(word)s”", word=word.text))
        if chunk.is_phrase:
            text = str(_("the phrase %(text)s", text=text))
        if word.others:
            others = _(", ").join(word.others)
            text = str(_("%(text)s (also %(others)s)", text=text, others=others))
        if chunk.field:
            text = str(_("%(text)s %(where)s", text=text, where=FIELD_NAMES[chunk.field]))
        if chunk.is_excluded:
            text = str(_("without %(text)s", text=text))
        yield text


def notes_on(query: Query | None) -> list[str]:
    """Return what looked like a sign and was read as text."""
    return [str(NOTE_LABELS[note]) for note in query.notes] if query else []
