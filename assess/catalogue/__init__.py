"""Actions: what each lifts, needs and costs, and what of it is left for one team.

A rung is one (question, level) with a level of 1 to 3. An action offers the rungs of its
`lifts`. Weeks count from the action's first week, which is 1; hours are those of all people
together, exact to a quarter of an hour.
"""
