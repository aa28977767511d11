"""Every JSON document that leaves or enters: what commands print, the store keeps, exports hold.

Each is a frozen record, checked when it is made and again whenever it is read. It is taken from
what it tells by the names of its parts (`Document.describe`); it says beside a key where that is
called otherwise, and a kind of number says how it is rounded.
"""
