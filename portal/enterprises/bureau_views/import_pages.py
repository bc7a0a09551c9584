"""The pages of imports, gathered for the portal to register."""

from portal.enterprises.bureau_views import import_reports, import_sheets
from portal.enterprises.bureau_views.import_frame import blueprint

__all__ = ["blueprint", "import_reports", "import_sheets"]
