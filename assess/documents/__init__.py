"""Every JSON document that leaves or enters: what commands print, the store keeps, exports hold.

What enters or is kept is a frozen record, checked when it is made and again whenever it is read;
it is taken from what it tells by the names of its parts (`Document.describe`). What only leaves
is told by those names alone (`encoding.as_json`).
"""
