"""The proof report of a release: a room of its own."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask_babel import gettext as _

from portal.accounts.access import person
from portal.lists import facts
from portal.lists.actions import proofs as actions
from portal.lists.bureau_views.frame import Answer, blueprint, curator, reader
from portal.lists.bureau_views.steps_shown import steps_shown
from portal.lists.forms.acts import ActForm, ReasonForm
from portal.lists.permits import may_curate
from portal.lists.proofing import Line, proof_report
from portal.lists.queries.editions import get_release
from portal.lists.terms.editions import CURATED_STATES
from portal.lists.terms.proofs import FINDING_NAMES, UNDECIDABLE, FindingKind
from portal.web.forms import Form, attempt
from portal.web.pagination import asked_page, page_of
from portal.web.redirects import done

ROOM = "/releases/<int:release_id>/proof"
SIZE = 100


@blueprint.get(ROOM)
@reader
def proof(release_id: int) -> Answer:
    """Show what the proof report finds, with what was decided on it."""
    return shown_proof(release_id)


def shown_proof(release_id: int, form: Form | None = None) -> Answer:
    """Return the report; with the form of a refused act its message and 422."""
    release = get_release(release_id)
    lines = proof_report(release)
    kind = request.args.get("kind", "")
    chosen = [line for line in lines if not kind or line.finding.kind == kind]
    page = page_of(len(chosen), asked_page(), SIZE)
    shown = chosen[page.offset : page.offset + SIZE]
    answer = render_template(
        "lists/proof.html",
        release=release,
        edition=release.edition,
        **steps_shown(release),
        lines=shown,
        labels={line.entry.id: facts.labels(line.entry) for line in shown},
        counts=counts(lines),
        kind=kind,
        page=page,
        form=form or Form(),
        refused=request.form.get("mark", "") if form and form.errors else "",
        finding_names=FINDING_NAMES,
        undecidable=UNDECIDABLE,
        may_decide=may_curate(person(), release.edition) and release.state in CURATED_STATES,
    )
    return answer, 422 if form else 200


def counts(lines: list[Line]) -> list[tuple[str, int, int]]:
    """Return each kind with how many findings are open, and how many there are."""
    found = []
    for kind in FindingKind:
        of_kind = [line for line in lines if line.finding.kind == kind]
        found.append((str(kind), sum(not line.decision for line in of_kind), len(of_kind)))
    return found


@blueprint.post(ROOM + "/look-at-links")
@curator
def look_at_links(release_id: int) -> Answer:
    """Have the worker look at the links."""
    release, form = get_release(release_id), ActForm()
    if not attempt(form, lambda: actions.ask_to_look(person(), release)):
        return shown_proof(release_id, form)
    return done(proof_url(release_id), _("The links are looked at: open the report again later"))


@blueprint.post(ROOM + "/entries/<int:entry_id>/let-stand")
@curator
def let_finding_stand(release_id: int, entry_id: int) -> Answer:
    """Let a finding stand, with the ground."""
    release, form = get_release(release_id), ReasonForm()
    mark = request.form.get("mark", "")[:64]

    def decide() -> None:
        actions.let_stand(person(), release, entry_id, mark, form.reason.data or "")

    if not attempt(form, decide):
        return shown_proof(release_id, form)
    return done(proof_url(release_id), _("Kept with its ground"))


def proof_url(release_id: int) -> str:
    """Return the address of the report."""
    return url_for("lists_bureau.proof", release_id=release_id)
