"""Deadlines and obligations: holidays, moved deadlines, waivers, reminders, chasing, calendars."""
