"""The three annual lists: editions, releases, entries, sign-offs, what was published."""
