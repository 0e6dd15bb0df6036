"""Tables as files to take away: CSV and XLSX, both from the same typed rows."""
