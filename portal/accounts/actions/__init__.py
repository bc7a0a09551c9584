"""Every state change of accounts, by subject."""

from portal.accounts.actions.people import add_confirmed, create_person
from portal.accounts.actions.recovery import issue_recovery_code
from portal.accounts.actions.sign_in import end_sign_ins

__all__ = ["add_confirmed", "create_person", "end_sign_ins", "issue_recovery_code"]
