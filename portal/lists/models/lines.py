"""Published entries as lines of the public's files, worded ahead of the asking."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.extensions import Base


class EntryLine(Base):
    """What the files say of an entry: its cells in both languages and its content as JSON.

    Worded by the worker and disposable. A line is used only while it is of the present version of
    the entry (`of_version`) and of the present wording (`worded`); else the entry is worded anew.
    """

    __tablename__ = "entry_line"

    entry_id: Mapped[int] = mapped_column(
        ForeignKey("entry.id"), primary_key=True, autoincrement=False
    )
    of_version: Mapped[int]
    worded: Mapped[str] = mapped_column(String(16))
    zh: Mapped[str] = mapped_column(Text)
    en: Mapped[str] = mapped_column(Text)
    content: Mapped[str] = mapped_column(Text)
