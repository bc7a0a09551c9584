"""Forms of signing up, signing in and resetting."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.web.forms import Form, MailField, PlainHiddenField, Required, SecretField


class SignUpForm(Form):
    """A new account."""

    mail = MailField(
        _l("Mail address"),
        [Required(_l("Enter your mail address"))],
        description=_l("A confirmation link is sent there"),
        render_kw={"autocomplete": "email"},
    )
    password = SecretField(
        _l("Password"),
        [Required(_l("Choose a password"))],
        description=_l("At least 10 characters; several words are easier to remember"),
        render_kw={"autocomplete": "new-password"},
    )


class SignInForm(Form):
    """An existing account; `next` is where the person wanted to go."""

    mail = MailField(
        _l("Mail address"),
        [Required(_l("Enter your mail address"))],
        render_kw={"autocomplete": "username"},
    )
    password = SecretField(
        _l("Password"),
        [Required(_l("Enter your password"))],
        render_kw={"autocomplete": "current-password"},
    )
    next = PlainHiddenField()


class ConfirmForm(Form):
    """The password chosen at sign-up, asked for by the confirmation link."""

    password = SecretField(
        _l("Password"),
        [Required(_l("Enter your password"))],
        description=_l("The one you chose when you signed up"),
        render_kw={"autocomplete": "current-password"},
    )


class RequestResetForm(Form):
    """Asks for a reset link."""

    mail = MailField(
        _l("Mail address"),
        [Required(_l("Enter your mail address"))],
        render_kw={"autocomplete": "email"},
    )


class ResetForm(Form):
    """A new password."""

    password = SecretField(
        _l("New password"),
        [Required(_l("Choose a password"))],
        description=_l("At least 10 characters; several words are easier to remember"),
        render_kw={"autocomplete": "new-password"},
    )
