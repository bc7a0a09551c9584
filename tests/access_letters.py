"""The audiences of the access table and what each may do, a letter each."""

from __future__ import annotations

AUDIENCES = (
    "visitor",
    "member of the enterprise",
    "member of another",
    "reviewer of the district",
    "reviewer of another district",
    "recogniser",
    "curator",
    "signer",
    "administrator",
    "auditor",
    "editor of the enterprise",
    "viewer of the enterprise",
)
# One letter per audience, in their order: o = let through, s = asked to sign in, f = not allowed,
# n = not found, so that nothing is revealed. New audiences are added at the end.
EVERYONE = "oooooooooooo"  # everyone
UNKNOWN = "nnnnnnnnnnnn"  # unknown links, whoever opens them
UNKNOWN_INSIDE = "snnnnnnnnnnn"
SIGNED_OUT = "ssssssssssss"  # leads to the sign-in page
SIGNED_IN = "sooooooooooo"
MEMBER = "sonnnnnnnnoo"  # for everybody else it does not exist
EDITS = "sonnnnnnnnof"  # its owners and editors
OFFER = "sonnnnnnnnon"  # the two whom an offer of the ownership concerns
OFFERING = "sonnnnnnnnfn"  # the one who made it
OFFERED = "sfnnnnnnnnon"  # the one to whom it was made
MANAGES = "sonnnnnnnnff"  # its owners
OWN_ENTERPRISE = "soffffffffof"  # names an enterprise the person acts for
OFFICER = "sffoooooooff"
REVIEWER = "sffoofffffff"
IMPORTER = "sffonfffffff"  # who handed a sheet in; for other reviewers it does not exist
REVIEWER_HERE = "sffoffffffff"  # of that district
CITY = "sfffffffffff"  # officers whose right holds in the whole city, none of these
RECOGNISER = "sffffoffffff"
TITLES = "sffffofffoff"  # recognisers and the auditor
PASSPORTS = "sffofofffoff"  # who recognises, or reviews here, and the auditor
CURATOR = "sfffffofffff"
SIGNER = "sffffffoffff"
PAPER = "sfffffooffff"  # curators and signers
LISTS = "sfffffoofoff"  # whoever has to do with lists, and the auditor
ADMINISTRATOR = "sfffffffofff"
AUDITOR = "sffffffffoff"
PARTNER = "sonnnnnnnnnn"  # who acts for the organisation
OVERSEER = "sfffffffooff"  # administrators and auditors
