"""Made-up registers of any size, to measure with and to practise on."""
