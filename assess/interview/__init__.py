"""Asking people: the order of the questions, and the ways to put them.

What only a check-in asks is imported from `looking_back`.
"""
