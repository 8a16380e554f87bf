"""What leaders and auditors take away."""
