"""A plan, what people did with it, and today: where the plan stands, and at which pace."""
