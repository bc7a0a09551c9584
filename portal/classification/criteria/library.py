"""All rule versions of the fixtures, read and checked together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flask_babel import gettext as _

from portal.classification.criteria import reading
from portal.classification.criteria.building import build
from portal.classification.criteria.checking import check_versions
from portal.classification.criteria.choosing import find_version
from portal.classification.criteria.nodes import Version
from portal.classification.criteria.reading import RuleFileError
from portal.classification.criteria.vocabulary import Vocabulary, read_vocabulary

FOLDER = "criteria"
SIZES = "size"


@dataclass(frozen=True)
class Library:
    """The vocabulary and every version by its id."""

    vocabulary: Vocabulary
    versions: dict[str, Version]

    def version_on(self, series: str, on: date, recheck: bool = False) -> Version | None:
        """Return the version of a series for an application on a date."""
        return find_version(self.versions.values(), series, on, recheck)

    def sizes_on(self, on: date) -> Version | None:
        """Return the table of sizes in force on a date."""
        return self.version_on(SIZES, on)


def read_library(fixtures: Path) -> Library:
    """Read the vocabulary and all versions; raises RuleFileError at the first fault."""
    vocabulary = read_vocabulary(fixtures)
    paths = sorted((fixtures / FOLDER).glob("*.yaml"))
    versions = [read_version(path, vocabulary) for path in paths]
    check_versions(versions)
    return Library(vocabulary, {version.id: version for version in versions})


def read_version(path: Path, vocabulary: Vocabulary) -> Version:
    """Read one version; raises RuleFileError with file and line."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise RuleFileError(path.name, 1, _("The file is not UTF-8 text")) from error
    return read_text(text, path.name, vocabulary)


def read_text(text: str, name: str, vocabulary: Vocabulary) -> Version:
    """Read a version from the text of a file of that name; raises RuleFileError."""
    document, version = _read(text, name, vocabulary)
    if f"{version.id}.yaml" != name:
        document.place_of("id").refuse(
            _("The file of “%(id)s” must be named %(id)s.yaml", id=version.id)
        )
    return version


def read_unnamed(text: str, vocabulary: Vocabulary) -> Version:
    """Read a version from a text that is in no file; raises RuleFileError."""
    return _read(text, "", vocabulary)[1]


def _read(text: str, name: str, vocabulary: Vocabulary) -> tuple[reading.Mapping, Version]:
    try:
        document = reading.read_marked(text, name)
        return document, build(document, vocabulary)
    except RecursionError as error:
        raise RuleFileError(name, 1, _("It is nested too deep")) from error
