"""The teams that are kept, and the people in them."""
