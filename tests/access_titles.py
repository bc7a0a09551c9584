"""Endpoints of classification by the audience that may use them."""

from __future__ import annotations

from tests import access_letters as may

TABLE_OF_TITLES = {
    may.RECOGNISER: """
        classification_bureau.correct GET POST
        classification_bureau.dismiss_claim GET POST
        classification_bureau.find_enterprise GET
        classification_bureau.record GET POST
        classification_bureau.withdraw GET POST
    """,
    may.TITLES: """
        classification_bureau.claims GET
        classification_bureau.recorded GET
        classification_bureau.title GET
    """,
}
