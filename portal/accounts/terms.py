"""Vocabulary of accounts."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class IdentifierKind(StrEnum):
    """How a person is known; kept apart from how they prove it."""

    MAIL = "mail"
    PHONE = "phone"
    EXTERNAL = "external"


class CredentialKind(StrEnum):
    """How a person proves who they are."""

    PASSWORD = "password"
    TOTP = "totp"
    TOTP_PROPOSED = "totp_proposed"  # shown as a QR code, not yet proved
    RECOVERY_CODE = "recovery_code"


class Purpose(StrEnum):
    """What a link or code confirms."""

    SIGN_UP = "sign_up"
    ADD = "add"  # a further identifier of somebody signed in
    RESET = "reset"
    SECOND_STEP = "second_step"  # the password was right, the second factor is awaited
    RECOVER = "recover"  # by a code an administrator handed over


class Act(StrEnum):
    """What is counted, so that it cannot be tried without end."""

    SIGN_IN = "sign_in"
    SIGN_UP = "sign_up"
    CONFIRM = "confirm"
    RESET = "reset"
    SEND_SMS = "send_sms"
    SECOND_STEP = "second_step"
    PROVE = "prove"  # the password once more, before something that matters
    RECOVER = "recover"
    HAND_OVER = "hand_over"  # of a record, by a code on paper
    ANSWER_CONTACT = "answer_contact"  # whether one may be named in public, by a code in an SMS
    SAVE_ALERT = "save_alert"  # writes to an address whose owner has not asked for it yet


class Right(StrEnum):
    """What an officer may do, each given for a department and a district or the whole city."""

    REVIEW_ENTERPRISES = "review_enterprises"
    RECOGNISE = "recognise"
    CURATE_LISTS = "curate_lists"
    SIGN_LISTS = "sign_lists"
    REPORT_FIGURES = "report_figures"
    PUBLISH_NOTICES = "publish_notices"
    ADMINISTER = "administer"
    AUDIT = "audit"


RIGHT_NAMES = {
    Right.REVIEW_ENTERPRISES: _l("Review enterprises"),
    Right.RECOGNISE: _l("Record titles"),
    Right.CURATE_LISTS: _l("Curate lists"),
    Right.SIGN_LISTS: _l("Sign lists"),
    Right.REPORT_FIGURES: _l("Report figures"),
    Right.PUBLISH_NOTICES: _l("Publish notices"),
    Right.ADMINISTER: _l("Administer"),
    Right.AUDIT: _l("Audit"),
}


BROWSERS = {
    "wechat": _l("WeChat"),
    "edge": "Edge",
    "opera": "Opera",
    "uc": _l("UC Browser"),
    "qq": _l("QQ Browser"),
    "huawei": _l("Huawei Browser"),
    "firefox": "Firefox",
    "chrome": "Chrome",
    "safari": "Safari",
    "": _l("Unknown browser"),
}
SYSTEMS = {
    "harmony": "HarmonyOS",
    "android": "Android",
    "iphone": "iPhone",
    "ipad": "iPad",
    "windows": "Windows",
    "mac": "macOS",
    "linux": "Linux",
    "": "",
}


class RightState(StrEnum):
    """Where a right stands in time."""

    IN_FORCE = "in_force"
    COMING = "coming"
    ENDED = "ended"


RIGHT_STATE_NAMES = {
    RightState.IN_FORCE: _l("In force"),
    RightState.COMING: _l("Still to come"),
    RightState.ENDED: _l("Ended"),
}
PEOPLE_ACTS = {
    "create_person": _l("The account was created"),
    "sign_up": _l("Signed up"),
    "confirm_identifier": _l("Confirmed an address"),
    "grant_right": _l("A right was given"),
    "end_right": _l("A right was ended"),
    "set_deputy": _l("A deputy was set"),
    "end_deputy": _l("A deputy’s time was ended"),
    "disable_sign_in": _l("The sign-in was disabled"),
    "enable_sign_in": _l("The sign-in was enabled"),
    "reveal_contacts": _l("Contacts were shown"),
    "issue_recovery_code": _l("A recovery code was issued"),
    "recover": _l("Recovered the account by a code"),
    "reset_password": _l("Reset the password"),
    "change_password": _l("Changed the password"),
    "accept_consent": _l("Accepted the personal information notice"),
    "download_own_data": _l("Downloaded their own data"),
    "erase_person": _l("The account was deleted"),
    "export_trail": _l("The trail was exported"),
    "add_identifier": _l("Added an address or number"),
    "remove_identifier": _l("Removed an address or number"),
    "set_second_factor": _l("Set up the second factor"),
    "remove_second_factor": _l("Removed the second factor"),
    "renew_recovery_codes": _l("Renewed the recovery codes"),
    "use_recovery_code": _l("Signed in by a recovery code"),
}
RIGHT_ACTS = (
    "grant_right",
    "end_right",
    "set_deputy",
    "end_deputy",
    "disable_sign_in",
    "enable_sign_in",
    "reveal_contacts",
    "issue_recovery_code",
)
