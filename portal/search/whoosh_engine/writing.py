"""The engine's writer, fed with documents already cut."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.writing import SegmentWriter

from portal.search.documents import Document
from portal.search.fields import fields
from portal.search.whoosh_engine.lists import ListCodec, sizes
from portal.search.whoosh_engine.pool import MENTION_BITS, MOST_KEPT, Pool
from portal.search.whoosh_engine.schema import COLUMNS


class DocumentWriter(SegmentWriter):  # type: ignore[misc]
    """Writes documents and merges segments by whole lists instead of posting by posting."""

    def __init__(self, engine: Any, megabytes: int) -> None:
        super().__init__(engine, codec=ListCodec(), compound=False)
        folder = Path(self.temp_storage().folder)
        self.pool = Pool(folder, sorted(self.schema.names()), megabytes)

    def put(self, document: Document) -> None:
        """Add one document."""
        kept, number, columns = fields(document), self.docnum, self.perdocwriter
        self.pool.add("key", [document.key], number)
        self.pool.add("facet", kept.facets, number)
        for name, tokens in kept.tokens.items():
            self.pool.add(name, tokens, number)
        columns.start_doc(number)
        columns.add_column_value("said", COLUMNS["said"], kept.said.encode("utf-8", "replace"))
        for name, value in kept.numbers.items():
            columns.add_column_value(name, COLUMNS[name], value)
        columns.finish_doc()
        self._added = True
        self.docnum += 1

    def add_postings_to_pool(
        self, reader: Any, startdoc: int, docmap: Mapping[int, int] | None
    ) -> None:
        """Take over the lists of a segment; `docmap` is where its living documents go, None when
        all are alive and go from `startdoc` on in their order."""
        size = reader.doc_count_all()
        places = np.arange(startdoc, startdoc + size, dtype=np.int64)
        if docmap is not None:
            places[:] = -1
            places[list(docmap)] = list(docmap.values())
        lists = self.codec.terms_reader(self.storage, reader.segment())
        for field, token, packed in lists.packed():
            moved = places[packed >> MENTION_BITS]
            living = moved >= 0
            if living.any():
                postings = moved << MENTION_BITS | packed & MOST_KEPT
                self.pool.add_list(field, token, postings[living].astype(np.uint32).tobytes())

    def _assemble_segment(self) -> None:
        """Note how long the files of the finished segment are: a reader tells damage by it."""
        self.newsegment.sizes = sizes(Path(self.storage.folder), self.newsegment)


@contextmanager
def writing(engine: Any, megabytes: int, *, merge: bool = True) -> Iterator[DocumentWriter]:
    """A writer, committed at the end or given up whole."""
    writer = DocumentWriter(engine, megabytes)
    try:
        yield writer
        writer.commit(merge=merge)
    except BaseException:
        with suppress(Exception):
            writer.cancel()
        with suppress(Exception):  # held still when even giving up failed, as on a full disk
            writer.writelock.release()
        raise
