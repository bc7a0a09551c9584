"""PDF documents with Chinese text, set from templates with carried fonts; knows no domain."""

from portal.typesetting.fonts import FontsDamaged
from portal.typesetting.on_demand import OnDemand, TooBusy
from portal.typesetting.press import Composed, NotComposed, Press

__all__ = ["Composed", "FontsDamaged", "NotComposed", "OnDemand", "Press", "TooBusy"]
