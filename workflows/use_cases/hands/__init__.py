"""Several people at one review: colleagues' texts, versions, notes, consultations and files."""
