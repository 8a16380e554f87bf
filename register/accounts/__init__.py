"""People who use the register, and what each role may do."""
