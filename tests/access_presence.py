"""Endpoints of places, products, needs and named contacts by the audience that may use them."""

from __future__ import annotations

from tests import access_letters as may

TABLE_OF_PRESENCE = {
    may.EVERYONE: """
        enterprises_contact.code GET POST
    """,
    may.UNKNOWN: """
        enterprises_contact.agree POST
        enterprises_contact.decision GET
        enterprises_contact.take_back POST
    """,
    may.MEMBER: """
        enterprises_owner.presence GET
    """,
    may.EDITS: """
        enterprises_owner.add_item GET POST
        enterprises_owner.add_site GET POST
        enterprises_owner.ask_contact GET POST
        enterprises_owner.ask_contact_again POST
        enterprises_owner.edit_item GET POST
        enterprises_owner.edit_site GET POST
        enterprises_owner.end_item POST
        enterprises_owner.end_site POST
        enterprises_owner.remove_contact POST
    """,
    may.REVIEWER_HERE: """
        enterprises_bureau.add_item GET POST
        enterprises_bureau.add_site GET POST
        enterprises_bureau.contacts GET
        enterprises_bureau.edit_item GET POST
        enterprises_bureau.edit_site GET POST
        enterprises_bureau.end_item POST
        enterprises_bureau.end_site POST
        enterprises_bureau.presence GET
        enterprises_bureau.remove_contact GET POST
        enterprises_bureau.reveal_contacts POST
    """,
}
