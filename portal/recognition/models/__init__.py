"""The tables of recognition, by subject."""

from portal.recognition.models.applications import (
    RecognitionApplication,
    RecognitionConflict,
    RecognitionConsultation,
    RecognitionReply,
    RecognitionScore,
)
from portal.recognition.models.calls import RecognitionCall, RecognitionCallEvent
from portal.recognition.models.notices import (
    RecognitionNotice,
    RecognitionNoticed,
    RecognitionObjection,
)
from portal.recognition.models.reversals import RecognitionReversal

__all__ = [
    "RecognitionApplication",
    "RecognitionCall",
    "RecognitionCallEvent",
    "RecognitionConflict",
    "RecognitionConsultation",
    "RecognitionNotice",
    "RecognitionNoticed",
    "RecognitionObjection",
    "RecognitionReply",
    "RecognitionReversal",
    "RecognitionScore",
]
