"""Tests of the partnership register; folders mirror the parts of the product."""
