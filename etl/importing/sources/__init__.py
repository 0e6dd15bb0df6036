"""Reading what comes from outside, one file kind or system each: extract only."""
