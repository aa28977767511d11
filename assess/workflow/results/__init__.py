"""What came of answers: the result, the comparison of two quarters, the report."""
