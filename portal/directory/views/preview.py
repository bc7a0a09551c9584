"""A member's look at what the public will see: the same pages and the same words as everybody's."""

from __future__ import annotations

from types import SimpleNamespace

from flask import Blueprint, render_template, url_for

from portal.accounts.access import person, signed_in
from portal.directory.queries.profiles import get_profile
from portal.directory.views.enterprises import render_profile
from portal.directory.words.marking import Marker
from portal.directory.words.values import size_words
from portal.enterprises.queries.members import get_own
from portal.lists import content
from portal.lists.models import Entry
from portal.lists.queries.entries import departments_named
from portal.lists.queries.own import get_own_entry
from portal.lists.terms.fields import FieldType
from portal.lists.terms.shown import OPEN, STANDING
from portal.web.filters import in_language

preview_pages = Blueprint("directory_preview", __name__, url_prefix="/my")


@preview_pages.get("/enterprises/<int:enterprise_id>/preview")
@signed_in
def preview(enterprise_id: int) -> bytes | str:
    """Show a member the profile, also before the record is in the registry."""
    own = get_own(person(), enterprise_id)
    return render_profile(get_profile(own.id), own)


@preview_pages.get("/entries/<int:entry_id>/preview")
@signed_in
def preview_entry(entry_id: int) -> bytes | str:
    """Show an entry as it will look: in the list, on its page, in the printed catalogue."""
    found = get_own_entry(person(), entry_id)
    said = content.entry_facts(found, departments_named({*found.leads, *found.cooperating}), {})
    return render_template(
        "directory/entry_preview.html",
        own=found,
        row=as_published(found, said),
        said=said,
        attached=attached(found, said),
        marker=Marker(),
    )


def as_published(found: Entry, said: dict[str, object]) -> SimpleNamespace:
    """Return an entry's row as the public's pages would get it, without a number yet."""
    edition, release = found.release.edition, found.release
    return SimpleNamespace(
        id=found.id,
        number=found.number,
        life=found.life,
        closes_on=found.closes_on,
        standing=found.standing,
        snapshot=said,
        kind=found.subtype.kind,
        published_at=None,
        year=edition.year,
        is_sample=edition.is_sample,
        state=STANDING if found.standing else OPEN,
        title_zh=edition.title_zh,
        title_en=edition.title_en,
        release=release.number,
        document_no=release.document_no,
        dated_on=release.dated_on,
    )


def attached(found: Entry, said: dict[str, object]) -> list[tuple[str, str, str]]:
    """Return the public files under the names they will have, leading to what is kept now."""
    return [
        (
            f"{in_language(item, 'label')}: {item['value']['name']}",
            url_for("desk.file", name=found.details[item["key"]]["stored"]),
            size_words(item["value"]),
        )
        for item in content.public_details(found, {})
        if item["type"] == FieldType.FILE
    ]
