"""What people take out of the register: how far an export reaches, its rows, and what was kept of it."""
