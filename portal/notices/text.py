"""Bodies written in Markdown, drawn as HTML that cannot do harm."""

from __future__ import annotations

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = {
    *("h2", "h3", "h4", "p", "ul", "ol", "li", "strong", "em", "blockquote", "hr", "br"),
    *("table", "thead", "tbody", "tr", "th", "td", "a", "img", "code", "pre"),
}
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel"}

markdown = MarkdownIt("commonmark", {"html": False}).enable("table")


@lru_cache(maxsize=64)
def body_html(body: str) -> Markup:
    """Return a body as safe HTML; an unchanged body is drawn once per process.

    The page's title is its h1, so headings of the first level are drawn as h2.
    """
    tokens = markdown.parse(body)
    for token in tokens:
        if token.tag == "h1":
            token.tag = "h2"
    html = markdown.renderer.render(tokens, markdown.options, {})
    safe = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES)
    return Markup(safe)  # noqa: S704 - nh3 has just left only the tags named above
