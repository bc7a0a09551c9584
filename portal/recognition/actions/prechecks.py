"""The pre-check kept with an application: the stored assessment of the day it was submitted."""

from __future__ import annotations

import json
from typing import Any

from portal import clock
from portal.accounts.models import Person
from portal.classification.actions.assessments import assess_enterprise
from portal.database import action
from portal.recognition.models import RecognitionApplication
from portal.recognition.queries.versions import version_at


@action
def precheck(actor: Person, application: RecognitionApplication) -> dict[str, Any]:
    """Judge the enterprise by the version in force today and return what is kept: the `version`,
    its `explanation` and the `facts` it read; without a version in force only the day, `on`."""
    today = clock.today()
    version = version_at(application, today)
    if version is None:
        return {"on": today.isoformat(), "version": None, "explanation": None, "facts": {}}
    found = assess_enterprise(actor, application.enterprise, version, today)
    return {
        "on": today.isoformat(),
        "version": version.slug,
        "digest": version.digest,
        "explanation": found.explanation,
        "facts": json.loads(found.snapshot)["facts"],
    }
