"""A team's own goals, the key figures by which they are seen, and what fills its weeks."""
