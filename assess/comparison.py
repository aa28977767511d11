"""Two assessments -> what moved, and whether it is more than noise."""
