"""Who is asking: the sign-in behind the cookie, and what views require of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import (
    Flask,
    current_app,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response as BaseResponse

from portal import clock
from portal.accounts import keys
from portal.accounts.actions import sign_in as actions
from portal.accounts.browsers import browser_of
from portal.accounts.forms.account import SignInForm
from portal.accounts.models import Person, SignIn
from portal.accounts.queries import people as queries
from portal.accounts.terms import Right
from portal.database import touch
from portal.errors import NotAllowed
from portal.extensions import login_manager
from portal.web.keeping import keep
from portal.web.present import present_request

P = ParamSpec("P")
R = TypeVar("R")
OFFICERS_ONLY = ("/bureau", "/files/")  # a file is evidence officers open by their right
SEEN_EVERY = 60  # seconds between writes of "last seen"


class Visitor:
    """Flask-Login's user object: one sign-in, known by its token."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, token: str, sign_in: SignIn) -> None:
        self.token = token
        self.sign_in = sign_in
        self.person = sign_in.person

    def get_id(self) -> str:
        """Return the token Flask's signed cookie carries."""
        return self.token

    @property
    def display_name(self) -> str:
        return self.person.display_name

    @property
    def is_officer(self) -> bool:
        return queries.is_officer(self.person)


def init_app(app: Flask) -> None:
    """Bind Flask-Login to the sign_in table. Hand over the secret. There is no remember cookie, so
    that nothing has to look after one at every answer, as LoginManager.init_app would have it."""
    keys.set_secret(app.config["SECRET_KEY"])
    app.login_manager = login_manager  # type: ignore[attr-defined]
    app.jinja_env.globals.update(current_user=current_user, is_signed_in=is_signed_in)
    login_manager.user_loader(load_visitor)
    login_manager.unauthorized_handler(ask_to_sign_in)
    app.before_request(ask_for_second_factor)


def load_visitor(token: str) -> Visitor | None:
    """Return the visitor of an open sign-in that has been neither idle nor open too long."""
    found = queries.find_sign_in(keys.digest_of(token))
    if found is None:
        return None
    moment = clock.now()
    idle, age = moment - found.last_seen_at, moment - found.created_at
    config = current_app.config
    if idle > config["SIGN_IN_IDLE"] or age > config["SIGN_IN_LONGEST"]:
        return None
    if idle.total_seconds() > SEEN_EVERY:
        touch(SignIn, found.id, last_seen_at=moment)
    return Visitor(token, found)


def ask_to_sign_in() -> BaseResponse:
    """Send a visitor to the sign-in page and bring them back afterwards.

    Somebody whose sign-in ran out while they were filling in a form gets the page at once, with
    what they typed kept in it.
    """
    if request.method == "POST" and "_user_id" in session:
        form = SignInForm(formdata=None)
        page = render_template("accounts/timed_out.html", form=form, kept=keep())
        return make_response(page, 401)
    wanted = request.full_path.rstrip("?") if request.method == "GET" else ""
    return redirect(url_for("accounts.sign_in", next=wanted or None), 303)


def ask_for_second_factor() -> BaseResponse | None:
    """Send officers without a second factor to where they set it up, whatever bureau page or file
    they asked for; not in demonstrations, whose pages say so."""
    if not present_request().path.startswith(OFFICERS_ONLY) or current_app.config["DEMONSTRATION"]:
        return None
    visitor = current_user
    if not visitor.is_authenticated or not visitor.is_officer or visitor.sign_in.second_factor_at:
        return None
    flash(_("Officers sign in with a second factor: set it up to go on"), "warn")
    return redirect(url_for("accounts_owner.second_factor"), 303)


def begin(token: str) -> None:
    """Start a fresh session for a new sign-in: nothing of the old cookie is carried over."""
    empty_session()
    found = queries.find_sign_in(keys.digest_of(token))
    assert found is not None
    login_user(Visitor(token, found))


def end() -> None:
    """End this browser's sign-in and empty its session."""
    if current_user.is_authenticated:
        actions.sign_out(current_user.token)
    logout_user()
    empty_session()


def empty_session() -> None:
    """Forget all the cookie holds, also the form token this request has made already."""
    session.clear()
    g.pop("csrf_token", None)


def is_signed_in() -> bool:
    """Say whether somebody is signed in; for most visitors without looking for who it may be."""
    return "_user_id" in session and bool(current_user.is_authenticated)


def person() -> Person:
    """Return the signed-in person; only behind `signed_in` or `officer`."""
    found: Person = current_user.person
    return found


def origin() -> str:
    """Return the network address attempts are counted under."""
    return request.remote_addr or "unknown"


def account_or_origin() -> str:
    """Return under what a coarse limit counts: the signed-in person, else the address."""
    return f"person:{person().id}" if is_signed_in() else origin()


def present_sign_in() -> SignIn:
    """Return the sign-in of this browser; only behind `signed_in` or `officer`."""
    found: SignIn = current_user.sign_in
    return found


def browser() -> str:
    """Return what is kept of the browser that asks."""
    return browser_of(request.headers.get("User-Agent", ""))


def signed_in(view: Callable[P, R]) -> Callable[P, R | BaseResponse]:
    """Require any signed-in person."""

    @wraps(view)
    def check(*args: P.args, **kwargs: P.kwargs) -> R | BaseResponse:
        if not current_user.is_authenticated:
            return ask_to_sign_in()
        return view(*args, **kwargs)

    return check


def officer(*rights: Right) -> Callable[[Callable[P, R]], Callable[P, R | BaseResponse]]:
    """Require an officer holding one of the rights, or any right when none is named."""

    def decorate(view: Callable[P, R]) -> Callable[P, R | BaseResponse]:
        @wraps(view)
        def check(*args: P.args, **kwargs: P.kwargs) -> R | BaseResponse:
            if not current_user.is_authenticated:
                return ask_to_sign_in()
            held = {right.right for right in queries.rights_of(person())}
            if not held & set(rights or Right):
                raise NotAllowed(_("This page is for officers of the bureau with that right"))
            return view(*args, **kwargs)

        return check

    return decorate
