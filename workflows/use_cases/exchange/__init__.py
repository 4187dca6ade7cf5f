"""What passes between a country and the secretariat: sharing, reading, remarks, decisions, consent."""
