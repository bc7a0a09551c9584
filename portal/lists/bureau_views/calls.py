"""The room of a release's call: what it says, its attachments, extending and closing it."""

from __future__ import annotations

from collections.abc import Callable

from flask import current_app, render_template, url_for
from flask_babel import gettext as _

from portal import files
from portal.accounts.access import person
from portal.lists.actions import calls as actions
from portal.lists.bureau_views.frame import Answer, blueprint, curator, reader
from portal.lists.forms.calls import (
    CallFileForm,
    CallWordsForm,
    ClosingForm,
    ExtensionForm,
    SaidForm,
)
from portal.lists.models import Release
from portal.lists.permits import may_curate
from portal.lists.queries.calls import (
    call_events,
    call_files,
    drafts_of,
    find_call,
    get_call_file,
    takes_entries,
)
from portal.lists.queries.editions import get_release
from portal.lists.queries.subtypes import subtypes
from portal.lists.rules.calls import CallWords
from portal.lists.terms.calls import CALL_EVENT_NAMES, FIELD_TYPE_NAMES
from portal.lists.terms.kinds import PUBLISHER_KIND_NAMES
from portal.web.forms import Form, attempt
from portal.web.redirects import done
from portal.web.uploads import takes_files


@blueprint.get("/releases/<int:release_id>/call")
@reader
def call(release_id: int) -> Answer:
    """Show what the call says and how it stands."""
    return shown_call(release_id)


def shown_call(release_id: int, form: Form | None = None) -> Answer:
    """Return the room; with the form of a refused act its message and 422."""
    release = get_release(release_id)
    page = render_template(
        "lists/call.html",
        release=release,
        edition=release.edition,
        call=find_call(release),
        files=call_files(release),
        events=call_events(release),
        drafts=len(drafts_of(release)),
        takes=takes_entries(release),
        subtypes=subtypes(release.edition.kind),
        may_curate=may_curate(person(), release.edition),
        form=form or Form(),
        forms=call_forms(release, form),
        event_names=CALL_EVENT_NAMES,
        type_names=FIELD_TYPE_NAMES,
        audience_names=PUBLISHER_KIND_NAMES,
    )
    return page, 422 if form else 200


def call_forms(release: Release, given: Form | None) -> dict[str, Form]:
    """Return the room's forms, the given one in place of its kind."""
    call = find_call(release)
    held = {
        name: getattr(call, name)
        for name in ("document_no", "audience", "guidance_zh", "guidance_en")
        if call is not None
    }
    version = {"version": release.version}
    fresh: dict[str, Form] = {
        "words": CallWordsForm(formdata=None, data=held | version),
        "extension": ExtensionForm(formdata=None, data=version),
        "said": SaidForm(formdata=None, data=version),
        "closing": ClosingForm(formdata=None, data=version),
        "file": CallFileForm(formdata=None),
    }
    return {
        name: given if given is not None and type(given) is type(form) else form
        for name, form in fresh.items()
    }


def call_act(release_id: int, form: Form, do: Callable[[Release], object], said: str) -> Answer:
    """Do one act on the call and go back to the room."""
    if not attempt(form, lambda: do(get_release(release_id))):
        return shown_call(release_id, form)
    return done(url_for("lists_bureau.call", release_id=release_id), said)


def words_in(form: SaidForm) -> tuple[str, str]:
    """Return what the public is told, in Chinese and English."""
    return form.words_zh.data or "", form.words_en.data or ""


@blueprint.post("/releases/<int:release_id>/call/write")
@curator
def write_call(release_id: int) -> Answer:
    """Keep what the call says."""
    form = CallWordsForm()

    def write(release: Release) -> None:
        words = CallWords(
            form.document_no.data or "",
            form.audience.data or [],
            form.guidance_zh.data or "",
            form.guidance_en.data or "",
        )
        actions.write_call(person(), release, form.version.data, words)

    return call_act(release_id, form, write, _("Saved"))


@blueprint.post("/releases/<int:release_id>/call/extend")
@curator
def extend_call(release_id: int) -> Answer:
    """Name a later last day."""
    form = ExtensionForm()

    def extend(release: Release) -> None:
        actions.extend_call(
            person(), release, form.version.data, form.closes_on.data, words_in(form)
        )

    return call_act(release_id, form, extend, _("The call is extended; those with drafts are told"))


@blueprint.post("/releases/<int:release_id>/call/supplement")
@curator
def supplement_call(release_id: int) -> Answer:
    """Add to what the call says."""
    form = SaidForm()
    return call_act(
        release_id,
        form,
        lambda release: actions.supplement_call(
            person(), release, form.version.data, words_in(form)
        ),
        _("The supplement is public"),
    )


@blueprint.post("/releases/<int:release_id>/call/close")
@curator
def end_call(release_id: int) -> Answer:
    """End the call before its last day, saying why."""
    form = ClosingForm()
    return call_act(
        release_id,
        form,
        lambda release: actions.close_call(person(), release, form.version.data, words_in(form)),
        _("The call is closed"),
    )


@blueprint.post("/releases/<int:release_id>/call/files/add")
@takes_files(files.LARGEST_EVIDENCE)
@curator
def add_call_file(release_id: int) -> Answer:
    """Attach a file."""
    form = CallFileForm()

    def add(release: Release) -> None:
        upload = form.file.data
        with files.receiving(
            current_app.config["FILES"],
            upload.stream,
            upload.filename,
            field="file",
            allowed=files.DOCUMENTS,
        ) as received:
            actions.add_call_file(person(), release, received)

    return call_act(release_id, form, add, _("The file is kept"))


@blueprint.post("/releases/<int:release_id>/call/files/<name>/remove")
@curator
def remove_call_file(release_id: int, name: str) -> Answer:
    """Take an attachment away while nobody has read it."""
    file = get_call_file(get_release(release_id), name)

    def remove(release: Release) -> None:
        actions.remove_call_file(person(), release, file)

    return call_act(release_id, Form(), remove, _("The file is removed"))
