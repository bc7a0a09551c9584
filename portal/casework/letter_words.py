"""What the letters of decisions are called and say first, by matter and outcome."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.casework.terms import Matter

TO_CORRECT = _l("Notice of items to correct"), _l("These items are to be corrected:")
AS_IT_IS = (
    _l("Notice that nothing changes"),
    _l("The record stays as it is: what had been considered is not done."),
)

# (matter, outcome) → (title, first sentence). What follows is the list of items and the ground.
LETTERS: dict[tuple[str, str], tuple[object, object]] = {
    (Matter.VERIFICATION, "return"): TO_CORRECT,
    (Matter.VERIFICATION, "admit"): (
        _l("Notice of admission to the registry"),
        _l("The enterprise is admitted to the registry."),
    ),
    (Matter.VERIFICATION, "refuse"): (
        _l("Notice of refusal"),
        _l("The enterprise is not admitted to the registry, on this ground:"),
    ),
    (Matter.CLAIM, "accept"): (
        _l("Notice of an accepted request to act for an enterprise"),
        _l("You may act for the enterprise from now on."),
    ),
    (Matter.CLAIM, "refuse"): (
        _l("Notice of a refused request to act for an enterprise"),
        _l("The request is refused, on this ground:"),
    ),
    (Matter.IDENTITY_CHANGE, "return"): TO_CORRECT,
    (Matter.IDENTITY_CHANGE, "accept"): (
        _l("Notice of an accepted change"),
        _l("The change is accepted and stands on the record."),
    ),
    (Matter.IDENTITY_CHANGE, "refuse"): (
        _l("Notice of a refused change"),
        _l("The change is refused and the record stays as it is, on this ground:"),
    ),
    (Matter.SUSPENSION, "suspend"): (
        _l("Notice of suspension"),
        _l("The record is suspended, on this ground:"),
    ),
    (Matter.SUSPENSION, "lift"): (
        _l("Notice that the suspension is lifted"),
        _l("The suspension is lifted, on this ground:"),
    ),
    (Matter.SUSPENSION, "declined"): AS_IT_IS,
    (Matter.REMOVAL, "remove"): (
        _l("Notice of removal from the registry"),
        _l("The record is removed from the registry, on this ground:"),
    ),
    (Matter.REMOVAL, "declined"): AS_IT_IS,
    (Matter.RECOGNITION, "return"): TO_CORRECT,
    (Matter.RECOGNITION, "refuse"): (
        _l("Notice that the application was not successful"),
        _l("The enterprise is not recognised, on this ground:"),
    ),
    (Matter.RECOGNITION, "recognise"): (
        _l("Notice of recognition"),
        _l("The enterprise is recognised; decision and certificate are on the portal."),
    ),
    (Matter.RECOGNITION, "merged"): (
        _l("Notice that an application is closed after a merge of records"),
        _l("Two records of the enterprise had applied; this application is closed:"),
    ),
    (Matter.RECOGNITION, "renew"): (
        _l("Notice of renewal"),
        _l("The title is renewed; decision and new title number are on the portal."),
    ),
    (Matter.RECOGNITION, "not_renewed"): (
        _l("Notice that a title is not renewed"),
        _l("The title is not renewed and holds to its last day, on this ground:"),
    ),
    (Matter.REVERSAL, "reversed"): (
        _l("Notice that a recognition is reversed"),
        _l("The recognition is reversed and the title no longer holds, on this ground:"),
    ),
    (Matter.REVERSAL, "review"): (
        _l("Notice that an application is reviewed again"),
        _l("The decision on the application is reversed and it is reviewed again, on this ground:"),
    ),
    (Matter.REVERSAL, "declined"): (
        _l("Notice that a decision stands"),
        _l("The decision on the application stands: its reversal had been considered."),
    ),
    (Matter.TITLE_STANDING, "suspend"): (
        _l("Notice of a title suspended"),
        _l("The title named above is suspended, on this ground:"),
    ),
    (Matter.TITLE_STANDING, "restore"): (
        _l("Notice of a title restored"),
        _l("The title named above counts again, on this ground:"),
    ),
    (Matter.TITLE_STANDING, "revoke"): (
        _l("Notice of a title revoked"),
        _l("The title named above is revoked, on this ground:"),
    ),
    (Matter.TITLE_STANDING, "declined"): (
        _l("Notice that a title stays as it is"),
        _l("The title named above stays as it is: what had been considered is not done."),
    ),
    (Matter.MERGE, "consented"): (
        _l("Notice of a merge of records"),
        _l("This record of the same enterprise was merged into yours:"),
    ),
    (Matter.MERGE, "declined"): (
        _l("Notice that records are not merged"),
        _l("Your record and this one were compared and stay two records:"),
    ),
    (Matter.MERGE, "undone"): (
        _l("Notice of a merge undone"),
        _l("The merge with this record is undone, and both stand on their own again:"),
    ),
}
UNKNOWN = _l("Notice of a decision"), ""


def letter_title(matter: str, outcome: str) -> object:
    """Return what the letter of a decision is called."""
    return LETTERS.get((matter, outcome), UNKNOWN)[0]


def first_sentence(matter: str, outcome: str) -> object:
    """Return how the letter of a decision begins, '' when there is nothing to say first."""
    return LETTERS.get((matter, outcome), UNKNOWN)[1]
