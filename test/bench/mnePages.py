"""Milliseconds of 200 pages of 10 s anywhere in a recording, read by MNE-Python, as JSON: `mnePages.py FILE`."""

import json
import random
import sys
import time

import mne

mne.set_log_level("ERROR")
raw = mne.io.read_raw_edf(sys.argv[1], preload=False)
rate = int(raw.info["sfreq"])
times = []
for turn in range(210):
    start = random.randrange(0, int(raw.times[-1]) - 10) * rate
    before = time.perf_counter()
    raw[:, start : start + 10 * rate]
    times.append(1000 * (time.perf_counter() - before))
# The first ones warm up.
print(json.dumps(times[10:]))
