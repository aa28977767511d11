"""The order of the steps; asker, store and today's date come in as arguments.

What cannot be done is said in an AssessError, with what, where and how to mend it, before
anything is kept. Whoever stops a dialogue by Ctrl-C finds what was said until then kept.
"""
