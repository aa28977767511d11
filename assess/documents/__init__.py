"""Every JSON document that leaves or enters: what commands print, the store keeps, exports hold.

What only leaves is a typed dictionary, whose keys mypy checks. What comes back is a frozen
record, checked when it is made and again whenever it is read.
"""
