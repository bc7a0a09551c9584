"""The review sheet of a release: a room of its own."""

from __future__ import annotations

from flask import render_template, url_for
from flask_babel import gettext as _

from portal.accounts.access import person
from portal.errors import PortalError
from portal.lists.actions.reviews import give_review as give
from portal.lists.bureau_views.frame import Answer, blueprint, reader, signer
from portal.lists.bureau_views.steps_shown import steps_shown
from portal.lists.forms.reviews import ReviewForm
from portal.lists.models import Release
from portal.lists.permits import check_reviewer
from portal.lists.queries.editions import get_release
from portal.lists.queries.reviews import present_code, reviews_of
from portal.lists.terms.editions import REVIEWED_STATES
from portal.lists.terms.reviews import CONCLUSION_NAMES, PART_NAMES, Conclusion, Part
from portal.web.forms import attempt
from portal.web.redirects import done


@blueprint.get("/releases/<int:release_id>/review-sheet")
@reader
def review_sheet(release_id: int) -> Answer:
    """Show the sheet as it stands, with the parts this officer may give."""
    return shown_sheet(release_id)


def shown_sheet(release_id: int, form: ReviewForm | None = None) -> Answer:
    """Return the sheet; with the form of a refused act its message and 422."""
    release = get_release(release_id)
    given, code = reviews_of(release), present_code(release)
    parts = parts_for(release)
    shown = form or ReviewForm(formdata=None)
    shown.seen_code.data = code
    shown.offer(parts)
    page = render_template(
        "lists/review_sheet.html",
        release=release,
        edition=release.edition,
        **steps_shown(release),
        present={one.part: one for one in given if one.superseded_at is None},
        before=[one for one in given if one.superseded_at is not None],
        code=code,
        parts=parts,
        form=shown,
        part_names=PART_NAMES,
        conclusion_names=CONCLUSION_NAMES,
    )
    return page, 422 if form else 200


def parts_for(release: Release) -> list[Part]:
    """Return the parts this officer may give now, the three reviews in their order."""
    return [part for part in Part if may_give(release, part)]


def may_give(release: Release, part: Part) -> bool:
    """Say whether this officer may give a part while the release is reviewed."""
    try:
        check_reviewer(person(), release, part)
    except PortalError:
        return False
    return release.state in REVIEWED_STATES


@blueprint.post("/releases/<int:release_id>/review-sheet/give")
@signer
def give_review(release_id: int) -> Answer:
    """Give one part of the sheet."""
    release, form = get_release(release_id), ReviewForm()
    form.offer(list(Part))

    def do() -> None:
        part, conclusion = Part(form.part.data), Conclusion(form.conclusion.data)
        ground, seen = form.ground.data or "", form.seen_code.data or ""
        give(person(), release, part, conclusion, ground=ground, seen_code=seen)

    if not attempt(form, do):
        return shown_sheet(release_id, form)
    said = _("Given: %(part)s", part=PART_NAMES[Part(form.part.data)])
    return done(url_for("lists_bureau.review_sheet", release_id=release_id), said)
