"""The JSON document of `assess why`."""

from typing import Any, Final

from assess.documents.encoding import as_json
from assess.planning.explanation import Explanation

_NO_WEEKS: Final[dict[str, Any]] = {"first_week": None, "last_week": None, "because": []}


def describe_explanation(explanation: Explanation) -> dict[str, Any]:
    """Return whether an action is in the plan and why, and what would change if it had to be."""
    priority, left_out, instead = explanation.priority, explanation.left_out, explanation.instead
    candidate, bearing = explanation.candidate, explanation.bearing
    return {
        **as_json(explanation.action, "action=id title"),
        "in_plan": priority is not None,
        **(as_json(priority, " ".join(_NO_WEEKS)) or _NO_WEEKS),
        **(as_json(left_out, "reason text") or {"reason": None, "text": None}),
        "rungs": as_json(candidate.rungs if candidate else (), "question level weight"),
        "fired": as_json(bearing.findings, "rule dimension because"),
        "near_misses": as_json(bearing.near_misses, "rule dimension text"),
        "if_wanted": instead
        and {
            "fits": instead.fits,
            "dropped": [action.id for action in instead.dropped],
            "value": instead.value,
        },
    }
