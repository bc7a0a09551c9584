"""Who may search, keep the words of the search, read what was looked for in vain and see what may
belong together."""

from __future__ import annotations

from tests import access_letters as may

TABLE_OF_SEARCH = {
    may.UNKNOWN: """
        api.nothing GET
    """,
    may.EVERYONE: """
        api.description GET
        api.enterprises GET
        api.entries GET
        api.search GET
        directory.suggest GET
        search.need GET
        search.tell_need POST
    """,
    may.MEMBER: """
        matching_owner.entry_enterprises GET
        matching_owner.opportunities GET
    """,
    may.LISTS: """
        matching_bureau.entry_enterprises GET
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
