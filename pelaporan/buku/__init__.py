"""The workbook round trip: template out, filled-in workbook in, a plan, and only then the saving."""
