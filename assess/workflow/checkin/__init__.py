"""A plan as it is lived: read back, checked in on, its steps ticked and handed over."""
