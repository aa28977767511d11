"""What a tracker's export says of the tasks of a plan: bytes to plain values, or what is wrong."""

from assess.trackers.reading import KnownTask, TrackedTask, TrackerExport, read_tracker_export
from assess.trackers.sheet import ExportSheet, read_sheet

__all__ = [
    "ExportSheet",
    "KnownTask",
    "TrackedTask",
    "TrackerExport",
    "read_sheet",
    "read_tracker_export",
]
