"""What we mind: RULES in the order in which a mail prints them."""
