"""Reads a calendar file strictly, as a calendar program would.

Input: the file on standard input. Output: one line of JSON for each event: its
name, first day, the day on which it is over, and what it says.
"""

import json
import sys

import icalendar

data = sys.stdin.buffer.read()
for line in data.split(b"\r\n"):
    assert len(line) <= 75 and b"\n" not in line, line
    line.decode("utf-8")
calendar = icalendar.Calendar.from_ical(data)
assert not calendar.errors, calendar.errors
assert calendar["version"] == "2.0" and calendar["prodid"]
for event in calendar.walk("VEVENT"):
    assert not event.errors, event.errors
    event["dtstamp"].dt.isoformat()
    said = {
        "uid": str(event["uid"]),
        "on": event["dtstart"].dt.isoformat(),
        "over": event["dtend"].dt.isoformat(),
        "summary": str(event["summary"]),
        "description": str(event["description"]),
    }
    print(json.dumps(said, ensure_ascii=False))
