"""Changes after release: the room of a release's errata, and consenting to one."""

from __future__ import annotations

from collections.abc import Callable

from flask import render_template, url_for
from flask_babel import gettext as _

from portal.accounts.access import person
from portal.errors import NotFound
from portal.lists import facts, filling
from portal.lists.actions import errata as actions
from portal.lists.actions.issuing import issue
from portal.lists.bureau_views.frame import Answer, blueprint, curator, reader
from portal.lists.forms.errata import (
    IssueForm,
    RejectErratumForm,
)
from portal.lists.models import Erratum, Release
from portal.lists.permits import is_impartial, may_curate
from portal.lists.queries.editions import get_release
from portal.lists.queries.errata import ISSUED_STATES, errata_of, get_erratum, versions_of
from portal.lists.terms.editions import PUBLIC_STATES
from portal.lists.terms.entries import Life
from portal.lists.terms.errata import (
    ERRATUM_KIND_NAMES,
    ERRATUM_STATE_NAMES,
    RELEASE_FIELD_NAMES,
    ErratumState,
)
from portal.web.filters import in_language
from portal.web.forms import attempt
from portal.web.redirects import done


def get_issued(release_id: int) -> Release:
    """Return a release that is or was public; raises NotFound."""
    release = get_release(release_id)
    if release.state not in ISSUED_STATES:
        raise NotFound
    return release


@blueprint.get("/releases/<int:release_id>/errata")
@reader
def errata(release_id: int) -> Answer:
    """List the versions of a release and what was proposed after it was published."""
    release = get_issued(release_id)
    return render_template(
        "lists/errata.html",
        release=release,
        edition=release.edition,
        errata=errata_of(release),
        versions=[v for v in versions_of(release.edition) if v.release_id == release.id],
        kind_names=ERRATUM_KIND_NAMES,
        state_names=ERRATUM_STATE_NAMES,
        may_propose=release.state in PUBLIC_STATES and may_curate(person(), release.edition),
    )


@blueprint.get("/errata/<int:erratum_id>")
@reader
def erratum(erratum_id: int) -> Answer:
    """Show a proposed change beside what is public, to consent to it or not."""
    return shown_erratum(get_erratum(erratum_id))


def shown_erratum(
    found: Erratum, agree: IssueForm | None = None, refuse_form: RejectErratumForm | None = None
) -> Answer:
    """Return the page of a change; with the form of a refused act its message and 422."""
    version = {"version": found.version}
    page = render_template(
        "lists/erratum.html",
        erratum=found,
        release=found.release,
        rows=compared(found),
        may_decide=may_decide(found),
        is_own=found.proposed_by_id == person().id,
        agree=agree or IssueForm(formdata=None, data=version),
        refuse=refuse_form or RejectErratumForm(formdata=None, data=version),
        kind_names=ERRATUM_KIND_NAMES,
        state_names=ERRATUM_STATE_NAMES,
        withdrawn=Life.WITHDRAWN,
    )
    return page, 422 if agree or refuse_form else 200


def may_decide(found: Erratum) -> bool:
    """Say whether this officer may consent to the change or not."""
    return (
        found.state == ErratumState.PROPOSED
        and found.proposed_by_id != person().id
        and may_curate(person(), found.release.edition)
        and (found.entry is None or is_impartial(person(), found.entry))
    )


def compared(found: Erratum) -> list[tuple[str, object, object]]:
    """Return (label, as published, as proposed) of every changed fact."""
    before = {name: old for name, (old, _new) in found.changes.items()}
    after = {name: new for name, (_old, new) in found.changes.items()}
    entry = found.entry
    if entry is None:
        return [
            (str(RELEASE_FIELD_NAMES[name]), before[name], after[name]) for name in found.changes
        ]
    names = filling.names_in(facts.slugs_in(before, after), in_language)
    old, new = facts.readable(entry, before, names), facts.readable(entry, after, names)
    labels = facts.labels(entry)
    return [(labels[name], old[name], new[name]) for name in labels if name in found.changes]


@blueprint.post("/errata/<int:erratum_id>/issue")
@curator
def issue_erratum(erratum_id: int) -> Answer:
    """Consent to a change: the public reads it from now on."""
    form = IssueForm()
    return decide(
        erratum_id,
        lambda found: attempt(form, lambda: issue(person(), found, form.version.data)),
        lambda found: shown_erratum(found, agree=form),
        _("Issued: the new version is public"),
    )


@blueprint.post("/errata/<int:erratum_id>/reject")
@curator
def reject_erratum(erratum_id: int) -> Answer:
    """Do not consent to a change."""
    form = RejectErratumForm()
    return decide(
        erratum_id,
        lambda found: attempt(
            form,
            lambda: actions.reject(person(), found, form.version.data, form.ground.data or ""),
        ),
        lambda found: shown_erratum(found, refuse_form=form),
        _("Not consented to: nothing changes"),
    )


def decide(
    erratum_id: int, do: Callable[[Erratum], bool], again: Callable[[Erratum], Answer], said: str
) -> Answer:
    """Decide on a change as it was seen and go back to the room of errata."""
    found = get_erratum(erratum_id)
    release_id = found.release_id
    if not do(found):
        return again(get_erratum(erratum_id))
    return done(url_for("lists_bureau.errata", release_id=release_id), said)
