"""What leaves the program for other programs: documents, calendars, tables."""
