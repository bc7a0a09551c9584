"""Setting up and removing the second factor of signing in."""

from __future__ import annotations

from typing import Any

import segno
from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from portal.accounts import access, totp
from portal.accounts.access import person, present_sign_in, signed_in
from portal.accounts.actions import factors as actions
from portal.accounts.forms.account import PresentPasswordForm, ProveTotpForm
from portal.accounts.owner_views.frame import Answer, blueprint, to_account
from portal.accounts.queries.people import is_officer
from portal.accounts.queries.sign_ins import credentials_of, find_credential, identifiers_of
from portal.accounts.terms import CredentialKind
from portal.accounts.views.frame import shown_again
from portal.errors import Refused
from portal.web.filters import in_language


@blueprint.route("/second-factor", methods=["GET", "POST"])
@signed_in
def second_factor() -> Answer:
    """Show the second factor as it stands, and begin to set it up with the password."""
    form = PresentPasswordForm()
    template, values = "accounts_owner/second_factor.html", standing()
    if request.method == "GET":
        return render_template(template, form=form, **values)
    if not form.validate():
        return shown_again(template, form, **values)
    try:
        actions.propose_totp(person(), form.present.data, access.origin())
    except Refused as refusal:
        return shown_again(template, form, refusal, **values)
    return redirect(url_for("accounts_owner.prove_second_factor"), 303)


def standing() -> dict[str, Any]:
    """Return what the pages of the second factor say of it."""
    return {
        "authenticator": find_credential(person(), CredentialKind.TOTP),
        "codes_left": len(credentials_of(person(), CredentialKind.RECOVERY_CODE)),
        "is_required": is_required(),
        "is_officer": is_officer(person()),
    }


def is_required() -> bool:
    """Say whether this person may not go without: officers, except in demonstrations."""
    return is_officer(person()) and not current_app.config["DEMONSTRATION"]


@blueprint.route("/second-factor/prove", methods=["GET", "POST"])
@signed_in
def prove_second_factor() -> Answer:
    """Show the QR code and take the first code of the app; then show the recovery codes."""
    proposed = find_credential(person(), CredentialKind.TOTP_PROPOSED)
    secret = totp.open_secret(person().id, proposed.secret) if proposed else None
    if secret is None:
        return redirect(url_for("accounts_owner.second_factor"), 303)
    form, template = ProveTotpForm(), "accounts_owner/prove_second_factor.html"
    values: dict[str, Any] = {"picture": qr_code(secret), "secret": in_groups(secret)}
    if request.method == "GET":
        return render_template(template, form=form, **values)
    if not form.validate():
        return shown_again(template, form, **values)
    try:
        codes = actions.prove_totp(person(), present_sign_in(), form.code.data, access.origin())
    except Refused as refusal:
        return shown_again(template, form, refusal, **values)
    return show_codes(codes)


def qr_code(secret: str) -> Markup:
    """Return the QR code an authenticator app reads, as a picture inside the page."""
    issuer = in_language(current_app.extensions["site"], "short_name")
    address = totp.address(secret, identifiers_of(person())[0].subject, issuer)
    drawn = segno.make(address, error="m").svg_inline(
        scale=5, title=_("QR code for the authenticator app"), light="#fff"
    )
    return Markup(drawn)  # noqa: S704 drawn from a secret of ours, its title escaped by segno


def in_groups(secret: str) -> str:
    """Return a secret in groups of four, to be typed."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def show_codes(codes: list[str]) -> Answer:
    """Show recovery codes, this once: nothing but their digests is kept."""
    return render_template("accounts_owner/recovery_codes.html", codes=codes)


@blueprint.route("/second-factor/codes", methods=["GET", "POST"])
@signed_in
def recovery_codes() -> Answer:
    """Make new recovery codes in the place of the old ones."""
    form, template = PresentPasswordForm(), "accounts_owner/renew_codes.html"
    if find_credential(person(), CredentialKind.TOTP) is None:
        return to_second_factor()
    if request.method == "GET":
        return render_template(template, form=form)
    if not form.validate():
        return shown_again(template, form)
    try:
        codes = actions.renew_recovery_codes(person(), form.present.data, access.origin())
    except Refused as refusal:
        return shown_again(template, form, refusal)
    return show_codes(codes)


@blueprint.route("/second-factor/remove", methods=["GET", "POST"])
@signed_in
def remove_second_factor() -> Answer:
    """Remove the second factor."""
    form, template = PresentPasswordForm(), "accounts_owner/remove_second_factor.html"
    if find_credential(person(), CredentialKind.TOTP) is None:
        return to_second_factor()
    if request.method == "GET":
        return render_template(template, form=form, is_required=is_required())
    if not form.validate():
        return shown_again(template, form, is_required=is_required())
    try:
        actions.remove_totp(person(), form.present.data, access.origin(), is_required=is_required())
    except Refused as refusal:
        return shown_again(template, form, refusal, is_required=is_required())
    flash(_("The second factor is removed"), "good")
    return to_account()


def to_second_factor() -> Response:
    """Go to where the second factor is set up."""
    return redirect(url_for("accounts_owner.second_factor"), 303)
