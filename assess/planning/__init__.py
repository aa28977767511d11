"""Findings and capacity in, the actions and dates of 13 weeks out.

Weeks of a plan run from 1 to 13, both included, and begin on a Monday.
"""
