"""What Snapback costs a month, derived from its template."""
