"""What people see in a browser: routes, forms and pages."""
