"""The printable catalogue of each version of a release, once the worker has made it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.database import UtcDateTime
from portal.extensions import Base
from portal.files import StoredFile
from portal.lists.models.errata import ReleaseVersion


class ReleaseCatalogue(Base):
    """The PDF of one version; while there is no row the worker still has it to make."""

    __tablename__ = "release_catalogue"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("release_version.id"), unique=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)

    version: Mapped[ReleaseVersion] = relationship()
    file: Mapped[StoredFile] = relationship()
