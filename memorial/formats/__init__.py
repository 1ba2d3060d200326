"""How days and times of the log read: as all dates of the site do (``edtf.words``), each time with its zone."""
