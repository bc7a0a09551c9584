"""Which browser a sign-in came from, in words its owner can tell from another."""

from __future__ import annotations

from portal.accounts.terms import BROWSERS, SYSTEMS

# What browsers call themselves; many also claim to be Chrome and Safari, so the order matters.
FAMILIES = (
    ("micromessenger", "wechat"),
    ("edg", "edge"),
    ("opr/", "opera"),
    ("ucbrowser", "uc"),
    ("qqbrowser", "qq"),
    ("huaweibrowser", "huawei"),
    ("firefox", "firefox"),
    ("fxios", "firefox"),
    ("chrome", "chrome"),
    ("crios", "chrome"),
    ("safari", "safari"),
)
MACHINES = (
    ("harmony", "harmony"),
    ("android", "android"),
    ("iphone", "iphone"),
    ("ipad", "ipad"),
    ("windows", "windows"),
    ("mac os", "mac"),
    ("linux", "linux"),
)


def browser_of(user_agent: str) -> str:
    """Return family and system of a browser, such as “firefox/windows”, either may be empty."""
    told = user_agent.lower()
    return f"{first(FAMILIES, told)}/{first(MACHINES, told)}"


def first(marks: tuple[tuple[str, str], ...], told: str) -> str:
    return next((name for mark, name in marks if mark in told), "")


def words_for(browser: str) -> list[str]:
    """Return the words for what `browser_of` found: the browser and, if known, the system."""
    family, _, system = browser.partition("/")
    words = [str(BROWSERS.get(family, BROWSERS[""])), str(SYSTEMS.get(system, ""))]
    return [word for word in words if word]
