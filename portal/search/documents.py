"""What the index knows of one public record."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field


def document_key(kind: str, ref: int) -> str:
    """The name of a record in index and outbox, such as `enterprise:12`."""
    return f"{kind}:{ref}"


@dataclass(frozen=True)
class Document:
    """One public record as it is indexed. Nothing private may be put in any of its fields.

    `ref` is the row's id; `names` are previous and short names; `codes` are the credit code, entry
    and document numbers; `products` is what it makes or offers, `body` all other running text;
    `tags` are words it is known by (titles held, chain node); `facets` hold slugs by facet name
    (`kind` is reserved); `date` is the proleptic ordinal of the day that orders equal hits, newest
    first; `release` is the id of the release it appears with, None when it needs none.
    """

    kind: str
    ref: int
    title: str
    title_en: str = ""
    names: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    body: str = ""
    products: str = ""
    tags: tuple[str, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    date: int = 0
    release: int | None = None

    @property
    def key(self) -> str:
        """The record's name in index and outbox."""
        return document_key(self.kind, self.ref)

    @property
    def digest(self) -> int:
        """A 32-bit check figure of everything it says, to tell a stale copy by."""
        facets = sorted((name, tuple(values)) for name, values in self.facets.items())
        said = (
            self.title,
            self.title_en,
            self.names,
            self.codes,
            self.body,
            self.products,
            self.tags,
            facets,
            self.date,
            self.release,
        )
        return zlib.crc32(repr(said).encode("utf-8", "replace"))


@dataclass(frozen=True)
class Deletion:
    """A record that must no longer be found."""

    key: str


Change = Document | Deletion
