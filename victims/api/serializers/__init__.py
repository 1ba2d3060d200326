"""What the API tells of each thing; names are those of the record form and of the data dictionary."""
