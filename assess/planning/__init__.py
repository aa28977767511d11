"""From findings and the hours a team has to the actions and dates of the next 90 days."""
