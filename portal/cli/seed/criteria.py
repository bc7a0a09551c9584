"""Loading `fixtures/criteria/`: every rule version, each text once."""

from __future__ import annotations

from pathlib import Path

import click
from flask_babel import force_locale

from portal.classification import parsed_rules
from portal.classification.actions.version_force import load_version
from portal.classification.criteria.library import FOLDER, read_library
from portal.classification.criteria.reading import RuleFileError
from portal.classification.queries.versions import digests
from portal.errors import Refused


def load_criteria(fixtures: Path) -> None:
    """Load what is new, earlier versions first; stops with a sentence at a fault and at a change
    of a version that is on record."""
    texts = {
        path.stem: parsed_rules.canonical(path.read_bytes())
        for path in sorted((fixtures / FOLDER).glob("*.yaml"))
    }
    known = digests()
    if all(known.get(slug) == parsed_rules.digest_of(text) for slug, text in texts.items()):
        return
    with force_locale("en"):
        try:
            versions = read_library(fixtures).versions.values()
            for version in sorted(versions, key=lambda one: one.in_force.begin):
                load_version(version.id, texts[version.id])
        except (RuleFileError, Refused) as problem:
            raise click.ClickException(str(problem)) from problem
