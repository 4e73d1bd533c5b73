"""Files in and out: tables to read, workbooks and documents to write."""
