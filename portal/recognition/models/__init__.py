"""The tables of recognition, by subject."""

from portal.recognition.models.applications import (
    RecognitionApplication,
    RecognitionConflict,
    RecognitionConsultation,
    RecognitionScore,
)
from portal.recognition.models.calls import RecognitionCall, RecognitionCallEvent

__all__ = [
    "RecognitionApplication",
    "RecognitionCall",
    "RecognitionCallEvent",
    "RecognitionConflict",
    "RecognitionConsultation",
    "RecognitionScore",
]
