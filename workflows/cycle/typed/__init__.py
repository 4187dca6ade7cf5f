"""What people type about dates: days, hours, windows and whole orders, in three languages."""
