"""Named contacts: asked for by a member, made public and taken back by the person alone."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts import keys
from portal.accounts.models import Person
from portal.database import action
from portal.enterprises.actions.figures import check_open
from portal.enterprises.actions.members import check_editor
from portal.enterprises.models import Enterprise, NamedContact
from portal.enterprises.queries.presence import contacts_about, contacts_of, get_by_digest
from portal.enterprises.terms.presence import ContactState
from portal.errors import Refused
from portal.extensions import db
from portal.messages import write_mail, write_sms

LINK_HOLDS = timedelta(days=14)
CODE_HOLDS = timedelta(days=3)  # nobody waits for it, unlike one they asked for themselves
MOST = 10  # contacts of one record
MOST_ASKED = 3  # times one person is asked
MAIL = re.compile(r"[^@\s<>,;]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
COUNTRY = "+86"  # numbers are kept as they are read, and written to with it
PHONE = re.compile(r"1[3-9][0-9]{9}")


class Matter(NamedTuple):
    """What a person is named for beside the public profile: a row, and what it is called."""

    key: str
    title: str


def check_address(address: str) -> None:
    """Raise Refused unless the person can be reached there: a mobile number or mail address."""
    if not (MAIL.fullmatch(address) or PHONE.fullmatch(address)):
        raise Refused(
            _("Enter a mobile number of 11 digits or a mail address, where the person is asked"),
            "address",
        )


@action
def ask_contact(
    actor: Person,
    enterprise: Enterprise,
    name: str,
    post: str,
    address: str,
    purpose: str,
    about: Matter | None = None,
) -> NamedContact:
    """Ask a person whether they want to be named in public: on the profile, or for one matter
    `about`, which is another consent. Nothing is shown before they do.

    Raises NotAllowed, Refused.
    """
    check_editor(actor, enterprise)
    check_open(enterprise)
    check_address(address)
    standing = contacts_about(about.key) if about else contacts_of(enterprise)
    if len(standing) >= MOST:
        raise Refused(_("At most %(most)d people are named here: remove one first", most=MOST))
    if any(contact.address == address for contact in standing):
        raise Refused(_("This person is named already: remove the entry to change it"), "address")
    contact = NamedContact(
        enterprise_id=enterprise.id,
        state=ContactState.ASKED,
        name=name,
        post=post,
        address=address,
        purpose=purpose,
        about=about.key if about else "",
        about_title=about.title if about else "",
        language=actor.language,
        digest_key=secrets.token_hex(16),
        asked_at=clock.now(),
        asked_by_id=actor.id,
    )
    db.session.add(contact)
    db.session.flush()
    send_link(contact, "contact_asked", LINK_HOLDS)
    audit.record(actor, "ask_contact", enterprise, {"named_contact": (None, stands_for(contact))})
    return contact


@action
def ask_again(actor: Person, enterprise: Enterprise, contact: NamedContact) -> None:
    """Send the question once more; the link before is void. Raises NotAllowed, Refused."""
    check_editor(actor, enterprise)
    if contact.state != ContactState.ASKED:
        raise Refused(_("This person has answered already"))
    if contact.times_asked >= MOST_ASKED:
        raise Refused(
            _("This person was asked %(times)d times and is not asked again", times=MOST_ASKED)
        )
    contact.times_asked += 1
    contact.asked_at = clock.now()
    send_link(contact, "contact_asked", LINK_HOLDS)
    audit.record(actor, "ask_contact_again", enterprise)


@action
def confirm_contact(digest: str) -> NamedContact:
    """The person whose link has this digest agrees to be public; the way back is sent to them.

    Raises NotFound, Refused.
    """
    contact = get_by_digest(digest)
    if contact.state != ContactState.ASKED:
        raise Refused(_("You have agreed already"))
    contact.state, contact.confirmed_at = ContactState.CONFIRMED, clock.now()
    send_link(contact, "contact_confirmed", None)
    audit.record(audit.SYSTEM, "confirm_contact", contact.enterprise)
    return contact


@action
def take_back(digest: str) -> NamedContact:
    """The person declines, or withdraws what they agreed to. Raises NotFound."""
    contact = get_by_digest(digest)
    agreed = contact.state == ContactState.CONFIRMED
    end(contact, ContactState.WITHDRAWN if agreed else ContactState.DECLINED)
    act = "withdraw_contact" if agreed else "decline_contact"
    audit.record(audit.SYSTEM, act, contact.enterprise)
    return contact


@action
def remove_contact(actor: Person, enterprise: Enterprise, contact: NamedContact) -> None:
    """Take a named contact from the record; twice changes nothing. Raises NotAllowed."""
    check_editor(actor, enterprise)
    if contact.ended_at is not None:
        return
    remove(actor, contact)


def remove(
    actor: audit.Actor,
    contact: NamedContact,
    ground: str = "",
    *,
    by_bureau: bool = False,
    is_over: bool = False,
) -> None:
    """Take a contact away inside an action, and tell the person, who is then forgotten; the
    ground is for the enterprise alone. `is_over`: what they were named for has ended."""
    removed = {"named_contact": (stands_for(contact), None)}
    said = {"agreed": contact.is_confirmed, "by_bureau": by_bureau, "is_over": is_over}
    write_to(contact, "contact_ended", said)
    end(contact, ContactState.REMOVED, ground)
    audit.record(actor, "remove_contact", contact.enterprise, removed, note=ground)


def stands_for(contact: NamedContact) -> str:
    """Return what the trail keeps of a contact's address: a digest by the entry's own key."""
    assert contact.digest_key, "a contact that ended has no address"
    return audit.digest(contact.digest_key, contact.address)


def end(contact: NamedContact, state: ContactState, reason: str = "") -> None:
    """End a contact and forget who it was; with the key what stands in the trail tells nobody."""
    contact.state, contact.ended_at, contact.end_reason = state, clock.now(), reason
    contact.name = contact.post = contact.address = ""
    contact.digest_key = None
    contact.token_digest = contact.token_until = None
    contact.code_digest = contact.code_until = None


def send_link(contact: NamedContact, template: str, holds: timedelta | None) -> None:
    """Send the person a fresh link by mail or SMS, in an SMS that asks also a code; only digests
    are kept, and what was sent before is void."""
    token = secrets.token_urlsafe(24)
    contact.token_digest = keys.digest_of(token)
    contact.token_until = clock.now() + holds if holds else None
    contact.code_digest = contact.code_until = None
    code = {"code": give_code(contact)} if holds and not contact.by_mail else {}
    write_to(contact, template, {"token": token, **code})


def write_to(contact: NamedContact, template: str, said: Mapping[str, Any]) -> None:
    """Owe the person a mail or an SMS that names the enterprise, in the language they are
    written to."""
    values = {
        "enterprise": contact.enterprise.name,
        "about": contact.about_title,
        "language": contact.language,
        **said,
    }
    if contact.by_mail:
        write_mail(contact.address, template, **values)
    else:
        write_sms(COUNTRY + contact.address, template, **values)


def give_code(contact: NamedContact) -> str:
    """Return a new code of six figures and keep its digest."""
    code = f"{secrets.randbelow(1_000_000):06}"
    contact.code_digest = keys.keyed_digest("contact", f"{contact.id}:{code}")
    contact.code_until, contact.code_tries = clock.now() + CODE_HOLDS, 0
    return code
