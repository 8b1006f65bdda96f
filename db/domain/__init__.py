"""Pure values and rules: no SQL, no network, no clock, no globals."""
