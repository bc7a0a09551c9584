"""Who may search, keep the words of the search and read what was looked for in vain."""

from __future__ import annotations

from tests import access_letters as may

TABLE_OF_SEARCH = {
    may.EVERYONE: """
        directory.suggest GET
        search.need GET
        search.tell_need POST
    """,
    may.CURATOR: """
        search_bureau.add_words POST
        search_bureau.change_group POST
        search_bureau.group GET
        search_bureau.needs GET
        search_bureau.retire_group POST
        search_bureau.words GET
    """,
}
