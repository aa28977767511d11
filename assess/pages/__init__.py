"""Each thing that people look at, once: its sentences and its figures, as blocks.

A page is the same whatever shows it; the media draw its blocks.
"""
