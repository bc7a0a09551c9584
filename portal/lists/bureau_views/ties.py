"""Merging an entry with others, splitting it, and undoing either."""

from __future__ import annotations

from flask import render_template, url_for
from flask_babel import gettext as _

from portal.accounts.access import person
from portal.lists.actions import ties as actions
from portal.lists.bureau_views.entry_page import get_sent, may_decide, review_url
from portal.lists.bureau_views.frame import Answer, blueprint, board_url, curator
from portal.lists.forms.acts import ActForm
from portal.lists.forms.ties import MergeForm, SplitForm
from portal.lists.models import Entry
from portal.lists.queries.board import entries_ticked
from portal.lists.queries.ties import mergeable_entries, ties_of
from portal.lists.terms.ties import TIE_NAMES
from portal.web.forms import Form, attempt
from portal.web.redirects import done

ENTRY = "/entries/<int:entry_id>/ties"


@blueprint.get(ENTRY)
@curator
def entry_ties(entry_id: int) -> Answer:
    """Show what an entry was merged with or split into, and the forms to do either."""
    return shown_ties(get_sent(entry_id))


def shown_ties(entry: Entry, sent: Form | None = None) -> Answer:
    """Return the page; with the form of a refused act its message and 422."""
    version = {"version": entry.version}
    merging = sent if isinstance(sent, MergeForm) else MergeForm(formdata=None, data=version)
    offer(merging, entry)
    page = render_template(
        "lists/ties.html",
        entry=entry,
        release=entry.release,
        ties=ties_of(entry),
        tie_names=TIE_NAMES,
        form=sent or Form(),
        merge_form=merging,
        split_form=sent if isinstance(sent, SplitForm) else SplitForm(formdata=None, data=version),
        may_tie=may_decide(entry) and entry.state in actions.LIVE,
        may_undo=may_decide(entry) and entry.state in actions.ENDS_AS.values(),
    )
    return page, 422 if sent else 200


def offer(form: MergeForm, entry: Entry) -> None:
    """Offer the other entries of the release."""
    others = mergeable_entries(entry.release, entry)
    form.entries.offer([(str(other.id), other.title) for other in others])


@blueprint.post(ENTRY + "/merge")
@curator
def merge_entries(entry_id: int) -> Answer:
    """Merge the chosen entries into this one."""
    entry, form = get_sent(entry_id), MergeForm()
    offer(form, entry)

    def merge() -> None:
        ended = entries_ticked(entry.release, [int(one) for one in form.entries.data])
        actions.merge_entries(
            person(), entry, form.version.data, ended, form.merge_reason.data or ""
        )

    if not attempt(form, merge):
        return shown_ties(get_sent(entry_id), form)
    return done(review_url(entry_id), _("Merged; everybody who sent one in is told"))


@blueprint.post(ENTRY + "/split")
@curator
def split_entry(entry_id: int) -> Answer:
    """Split this entry into parts."""
    entry, form = get_sent(entry_id), SplitForm()

    def split() -> None:
        titles = (form.titles.data or "").splitlines()
        actions.split_entry(
            person(), entry, form.version.data, titles, form.split_reason.data or ""
        )

    if not attempt(form, split):
        return shown_ties(get_sent(entry_id), form)
    return done(board_url(entry.release_id), _("Split: the parts wait for selection"))


@blueprint.post(ENTRY + "/undo")
@curator
def undo_tie(entry_id: int) -> Answer:
    """Bring a merged or split entry back."""
    entry, form = get_sent(entry_id), ActForm()
    if not attempt(form, lambda: actions.undo_tie(person(), entry, form.version.data)):
        return shown_ties(get_sent(entry_id), form)
    return done(
        url_for("lists_bureau.review_entry", entry_id=entry_id),
        _("Undone: the entry stands where it stood"),
    )
