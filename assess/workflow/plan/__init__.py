"""The plan of an assessment: made, made anew, put on paper, exported, explained; its promise."""
