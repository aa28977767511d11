"""What a tracker's export says of the tasks of a plan: bytes to plain values, or what is wrong."""
