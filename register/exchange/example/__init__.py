"""The fictional register that `register demo` shows: a county that exists nowhere."""
