"""The one error of the index that callers handle."""

from collections.abc import Iterator
from contextlib import contextmanager


class IndexUnavailable(Exception):
    """The index is missing, broken, of another version or held by another writer.

    A reader then answers from the database; a writer keeps its work and tries again.
    """


@contextmanager
def engine_errors(doing: str) -> Iterator[None]:
    """Turn whatever the engine raises on missing or damaged files into `IndexUnavailable`."""
    try:
        yield
    except IndexUnavailable:
        raise
    except Exception as error:  # damaged files surface as struct, zlib, pickle, key errors alike
        raise IndexUnavailable(f"{doing}: {error or type(error).__name__}") from error
