"""Forms of signing up, signing in and proving who one is."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.web.forms import (
    CleanedStringField,
    Form,
    PlainHiddenField,
    RadioField,
    Required,
    SecretField,
    TickField,
)

SAFE = _l("At least 10 characters; several words are easier to remember")


def account_field(autocomplete: str, description: object = "") -> CleanedStringField:
    """Return the one field for a phone number or a mail address."""
    return CleanedStringField(
        _l("Mobile number or mail address"),
        [Required(_l("Enter your mobile number or mail address"))],
        description=description,
        longest=320,
        render_kw={"autocomplete": autocomplete, "autocapitalize": "none"},
    )


def password_field(label: object = None) -> SecretField:
    """Return the field for the password in force."""
    return SecretField(
        label or _l("Password"),
        [Required(_l("Enter your password"))],
        render_kw={"autocomplete": "current-password"},
    )


def new_password_field(label: object) -> SecretField:
    """Return the field for a password to be set."""
    return SecretField(
        label,
        [Required(_l("Choose a password"))],
        description=SAFE,
        render_kw={"autocomplete": "new-password"},
    )


def code_field(label: object, description: object, *, figures: bool = True) -> CleanedStringField:
    """Return the field for a code that was sent, shown or made by an app."""
    keyboard = {"inputmode": "numeric"} if figures else {"autocapitalize": "characters"}
    return CleanedStringField(
        label,
        [Required(_l("Enter the code"))],
        description=description,
        longest=40,
        render_kw={"autocomplete": "one-time-code", **keyboard},
    )


class SignUpForm(Form):
    """A new account."""

    account = account_field("username", _l("A link is mailed there, or a code sent by SMS"))
    password = new_password_field(_l("Password"))


class SignInForm(Form):
    """An existing account; `next` is where the person wanted to go."""

    account = account_field("username")
    password = password_field()
    next = PlainHiddenField()


class SecondStepForm(Form):
    """The second factor."""

    code = code_field(
        _l("Code"),
        _l("The six figures your authenticator shows, or one of your recovery codes"),
        figures=False,
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


class CodeForm(Form):
    """The code of an SMS."""

    code = code_field(_l("Code"), _l("Six figures, valid for 10 minutes"))


class RequestResetForm(Form):
    """Asks for a reset link or code."""

    account = account_field("username")


class ResetForm(Form):
    """A new password."""

    password = new_password_field(_l("New password"))


class ResetByCodeForm(CodeForm):
    """The code of an SMS and the new password."""

    password = new_password_field(_l("New password"))


class RecoverForm(Form):
    """The code an administrator handed over, and the new password."""

    code = code_field(
        _l("Recovery code"), _l("16 letters and figures, valid for one hour"), figures=False
    )
    password = new_password_field(_l("New password"))
    drop_factor = TickField(_l("My authenticator is lost: sign me in without it"))


class PresentPasswordForm(Form):
    """The password once more, before something that matters."""

    present = password_field(_l("Present password"))


class IdentifierForm(PresentPasswordForm):
    """A further phone or mail address."""

    account = account_field("off", _l("A link is mailed there, or a code sent by SMS"))


class PasswordForm(PresentPasswordForm):
    """A new password, knowing the present one."""

    password = new_password_field(_l("New password"))


class ProveTotpForm(Form):
    """The first code of a new authenticator."""

    code = code_field(_l("Code"), _l("The six figures the app shows now"))


class LanguageForm(Form):
    """The language of mails and SMS."""

    language = RadioField(
        _l("Language of mails and SMS"),
        [Required(_l("Choose a language"))],
        choices=[("zh_Hans_CN", "中文"), ("en", "English")],
    )
