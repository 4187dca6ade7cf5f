"""The review in time: its calendar, workshops, reminders and working days. Pure: values in, values out."""
