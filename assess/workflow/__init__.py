"""The order of the steps; asker, store and today's date come in as arguments."""
