-- Made after the rows are in, which is faster than keeping them up to date meanwhile.
CREATE INDEX add_on_by_code ON add_on (add_on);
CREATE INDEX add_on_by_primary ON add_on ("primary");
CREATE INDEX guideline_by_code ON guideline (code);
CREATE INDEX guideline_by_other ON guideline (other);
CREATE INDEX history_by_code ON history (code);
CREATE INDEX pfs_endo_base ON pfs (release, endo_base) WHERE endo_base <> '';
CREATE INDEX ptp_by_column_two ON ptp (column_two);
ANALYZE;
