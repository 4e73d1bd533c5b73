"""Files going out: workbook and documents."""
