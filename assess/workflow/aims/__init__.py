"""What a team wants to reach and what it wants to stop: goals, their key figures, the hours."""
