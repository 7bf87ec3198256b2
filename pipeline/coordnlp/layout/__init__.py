"""What a document alone says of itself: lines, tables, kind, title, number, date, attendees; several stages use it."""
