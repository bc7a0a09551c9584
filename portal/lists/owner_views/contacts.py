"""The people a publisher names for one entry, who are asked first."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from portal.accounts.access import person, signed_in
from portal.accounts.models import Person
from portal.enterprises.forms.presence import ContactPersonForm
from portal.enterprises.models import NamedContact
from portal.enterprises.queries.presence import contacts_about
from portal.enterprises.terms.presence import CONTACT_STATE_NAMES
from portal.errors import NotFound, Refused
from portal.lists.actions import named_contacts as actions
from portal.lists.models import Entry
from portal.lists.owner_views.frame import Answer, blueprint
from portal.lists.owner_views.published import tried
from portal.lists.permits import check_publisher
from portal.lists.queries.named_contacts import get_contact, key_of
from portal.lists.queries.own import get_own_entry
from portal.web.forms import Form


def get_own(entry_id: int) -> Entry:
    """Return an entry of one's enterprise; raises NotFound for those of public bodies, whose
    office and landline are public."""
    entry = get_own_entry(person(), entry_id)
    if entry.enterprise_id is None:
        raise NotFound
    return entry


@blueprint.get("/<int:entry_id>/contacts")
@signed_in
def entry_contacts(entry_id: int) -> Answer:
    """Show who is named for an entry, and ask for another."""
    return shown(get_own(entry_id), ContactPersonForm(formdata=None))


def shown(entry: Entry, form: Form, status: int = 200) -> Answer:
    """Return the page; `form` holds what was refused."""
    page = render_template(
        "lists/contacts.html",
        entry=entry,
        form=form,
        contacts=contacts_about(key_of(entry.id)),
        state_names=CONTACT_STATE_NAMES,
    )
    return page, status


@blueprint.post("/<int:entry_id>/contacts/ask")
@signed_in
def name_entry_contact(entry_id: int) -> Answer:
    """Ask a person whether they want to be named for an entry."""
    entry, form = get_own(entry_id), ContactPersonForm()
    check_publisher(person(), entry)

    def ask() -> None:
        said = (form["name"].data, form.post.data, form.address.data, form.purpose.data)
        actions.name_contact(person(), entry, *said)

    if not tried(form, ask):
        return shown(get_own(entry_id), form, 422)
    return done(entry_id, _("The person has been asked; nothing is public before they agree"))


@blueprint.post("/<int:entry_id>/contacts/<int:named_id>/ask-again")
@signed_in
def ask_entry_contact_again(entry_id: int, named_id: int) -> Answer:
    """Send a person the question once more."""
    said = _("The person has been asked once more")
    return act(entry_id, named_id, actions.ask_contact_again, said)


@blueprint.post("/<int:entry_id>/contacts/<int:named_id>/remove")
@signed_in
def remove_entry_contact(entry_id: int, named_id: int) -> Answer:
    """Take a person from an entry."""
    said = _("Nobody reads this name here any more")
    return act(entry_id, named_id, actions.remove_contact, said)


def act(
    entry_id: int, named_id: int, do: Callable[[Person, Entry, NamedContact], None], said: str
) -> Answer:
    """Do one act on somebody who is named for one's entry."""
    entry = get_own(entry_id)
    try:
        do(person(), entry, get_contact(entry, named_id))
    except Refused as refusal:
        form = ContactPersonForm(formdata=None)
        form.refuse(refusal)
        return shown(get_own(entry_id), form, 422)
    return done(entry_id, said)


def done(entry_id: int, said: str) -> Answer:
    """Say what was done and lead back to the page."""
    flash(said, "good")
    return redirect(url_for("lists_owner.entry_contacts", entry_id=entry_id), 303)
