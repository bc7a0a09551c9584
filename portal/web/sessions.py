"""Sessions for those who carry one: without its cookie nothing is opened, verified or made."""

from __future__ import annotations

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin


class Sessions(SecureCookieSessionInterface):
    """Flask's signed cookie, at no cost to visitors and files."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if "HTTP_COOKIE" not in request.environ or (
            self.get_cookie_name(app) not in request.cookies
        ):
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write the cookie anew, unless nothing is in it and nothing was; static files are alike
        for everybody and must not vary by cookie."""
        if request.endpoint != "static" and (session or session.modified):
            super().save_session(app, session, response)
