-- Named queries: each begins at its `-- name:` line.

-- name: releases
SELECT id, kind, name, setting, effective, ends, sha256, file, partial, rows, rejects, imported, notice
FROM release ORDER BY kind, effective

-- name: prose
SELECT code, section, family, title, description, synonyms, indications, procedure, aftercare, billing, related
FROM code WHERE code = :code

-- name: code_count
SELECT count(*) FROM code

-- name: titles
SELECT code, title FROM code WHERE code IN (SELECT value FROM json_each(:codes))

-- name: codes_between
SELECT code, title FROM code WHERE code BETWEEN :first AND :last ORDER BY code

-- name: codes_in_group
SELECT code, title FROM code WHERE family = :group OR section = :group ORDER BY code

-- name: groups
SELECT DISTINCT family FROM code UNION SELECT DISTINCT section FROM code ORDER BY 1

-- name: near_codes
SELECT code, title FROM (SELECT code, title FROM code WHERE code < :code ORDER BY code DESC LIMIT 2)
UNION SELECT code, title FROM (SELECT code, title FROM code WHERE code > :code ORDER BY code LIMIT 2)

-- name: endoscopic_bases
SELECT DISTINCT endo_base FROM pfs WHERE release = :release AND endo_base <> ''

-- name: pfs_summary
SELECT code, status, global_days, nonfacility_total, facility_total
FROM pfs WHERE release = :release AND modifier = '' AND code IN (SELECT value FROM json_each(:codes))

-- name: pfs
SELECT * FROM pfs WHERE release = :release AND code IN (SELECT value FROM json_each(:codes)) ORDER BY code, modifier

-- name: pfs_all
SELECT * FROM pfs WHERE release = :release ORDER BY code, modifier

-- name: gpci
SELECT mac, locality, state, name, work, pe, mp FROM gpci WHERE release = :release ORDER BY state, locality, mac

-- name: localities
SELECT mac, locality, state, area, counties FROM locality WHERE release = :release

-- name: anesthesia
SELECT mac, locality, name, factor FROM anesthesia WHERE release = :release AND mac = :mac AND locality = :locality

-- name: zip
SELECT zip, plus_four, state, mac, locality, rural, plus_four_flag FROM zip WHERE release = :release AND zip = :zip
ORDER BY plus_four

-- name: mue
SELECT code, setting, value, mai, rationale FROM mue WHERE release = :release AND code = :code

-- name: add_on
SELECT add_on, type, "primary", effective, deleted, note FROM add_on
WHERE release = :release AND (add_on = :code OR "primary" = :code)
    AND (:day IS NULL OR (effective <= :day AND (deleted IS NULL OR :day <= deleted)))
    AND deleted IS NOT effective

-- name: ptp
SELECT one.code, two.code, modifier_indicator, effective, deleted, rationale
FROM ptp
JOIN ptp_code AS one ON one.id = ptp.column_one
JOIN ptp_code AS two ON two.id = ptp.column_two
JOIN ptp_term ON ptp_term.id = ptp.term
WHERE release = :release
    AND (column_one = (SELECT id FROM ptp_code WHERE code = :code)
        OR column_two = (SELECT id FROM ptp_code WHERE code = :code))
    AND modifier_indicator <> '9'
    AND (:day IS NULL OR ((effective IS NULL OR effective <= :day) AND (deleted IS NULL OR :day <= deleted)))
ORDER BY one.code, two.code, effective

-- name: ptp_among
WITH asked AS (SELECT id, code FROM ptp_code WHERE code IN (SELECT value FROM json_each(:codes)))
SELECT one.code, two.code, modifier_indicator, effective, deleted, rationale
FROM asked AS one
CROSS JOIN asked AS two
JOIN ptp ON ptp.release = :release AND ptp.column_one = one.id AND ptp.column_two = two.id
JOIN ptp_term ON ptp_term.id = ptp.term
WHERE modifier_indicator <> '9'
    AND (:day IS NULL OR ((effective IS NULL OR effective <= :day) AND (deleted IS NULL OR :day <= deleted)))
ORDER BY one.code, two.code, effective

-- name: ptp_codes
SELECT id, code FROM ptp_code WHERE :release

-- name: ptp_terms
SELECT id, modifier_indicator, effective, deleted, rationale FROM ptp_term WHERE :release

-- name: ptp_of_column_one
SELECT column_two, term FROM ptp WHERE release = :release AND column_one = :one

-- name: ptp_of_codes
WITH asked AS (SELECT value FROM json_each(:codes))
SELECT column_one, column_two, term FROM ptp WHERE release = :release AND column_one IN asked
UNION
SELECT column_one, column_two, term FROM ptp WHERE release = :release AND column_two IN asked

-- name: ptp_of_pairs
SELECT pair.value, ptp.term FROM json_each(:pairs) AS pair
CROSS JOIN ptp ON ptp.release = :release AND column_one = pair.value >> 20 AND column_two = pair.value & 1048575

-- name: ptp_complete_codes
SELECT code FROM ptp_complete

-- name: mue_rows
SELECT * FROM mue WHERE release = :release AND code IN (SELECT value FROM json_each(:codes))

-- name: add_on_rows
SELECT * FROM add_on WHERE release = :release AND add_on IN (SELECT value FROM json_each(:codes))

-- name: hcpcs_rows
SELECT * FROM hcpcs WHERE release = :release AND code IN (SELECT value FROM json_each(:codes))

-- name: opps_rows
SELECT * FROM opps WHERE release = :release AND code IN (SELECT value FROM json_each(:codes))

-- name: guideline_rows
SELECT code, other, note FROM guideline WHERE code IN (SELECT value FROM json_each(:codes))

-- name: ptp_complete
SELECT 1 FROM ptp_complete WHERE code = :code

-- name: opps
SELECT code, status, apc, apc_title FROM opps WHERE release = :release AND code = :code

-- name: asc
SELECT code, addendum, multiple, indicator, weight, rate FROM asc WHERE release = :release AND code = :code

-- name: hcpcs
SELECT code, coverage, pricing, multiple_pricing, asc_group, type_of_service, betos, added, effective, ended, action
FROM hcpcs WHERE release = :release AND code = :code

-- name: hcpcs_modifiers
SELECT code, short, long FROM hcpcs JOIN descriptors USING (release, code)
WHERE release = :release AND length(code) = 2 AND (added IS NULL OR added <= :day) AND (ended IS NULL OR :day <= ended)
ORDER BY code

-- name: icd_from
SELECT code, description, billable FROM icd WHERE release = :release AND code BETWEEN :start AND :start || '~'
ORDER BY code

-- name: icd_search
SELECT icd.code, icd.description, icd.billable FROM icd_search JOIN icd USING (code)
WHERE icd_search MATCH :expression AND icd.release = :release
ORDER BY billable DESC, bm25(icd_search), icd.code LIMIT :most

-- name: icd_count
SELECT count(*) FROM icd WHERE release = :release

-- name: icd_having
SELECT count(*) FROM icd_search WHERE icd_search MATCH :expression

-- name: places
SELECT code, name, setting, description FROM place WHERE release = :release ORDER BY code

-- name: indicator_texts
SELECT value, text FROM indicator_text WHERE release = :release AND field = :field ORDER BY value

-- name: rbcs
SELECT code, rbcs, category, subcategory, family, added, ended FROM rbcs WHERE release = :release AND code = :code

-- name: guidelines
SELECT code, other, note FROM guideline WHERE code = :code OR other = :code ORDER BY code, other

-- name: history
SELECT code, date, action, note FROM history WHERE code = :code

-- name: indicator_fields
SELECT field, name, about, source FROM indicator_field

-- name: indicator_values
SELECT field, value, meaning, consequence FROM indicator_value WHERE field = :field ORDER BY rowid

-- name: meanings
SELECT field, value, meaning FROM indicator_value

-- name: modifiers
SELECT modifier, level, title, description, ncci_associated, governed_by, rule FROM modifier ORDER BY rowid

-- name: places_of_service
SELECT code, name, setting FROM place_of_service ORDER BY code

-- name: search
SELECT rowid FROM search WHERE search MATCH :expression

-- name: code_rows
SELECT id, code FROM code WHERE id IN (SELECT value FROM json_each(:rows))

-- name: names
SELECT code, title, synonyms FROM code WHERE code IN (SELECT value FROM json_each(:codes))

-- name: descriptor_search
SELECT rowid FROM descriptor_search WHERE descriptor_search MATCH :expression AND :release

-- name: descriptor_codes
SELECT id, code FROM descriptors
WHERE release = :release AND length(code) = 5 AND id IN (SELECT value FROM json_each(:rows))

-- name: descriptor_count
SELECT count(*) FROM descriptors WHERE release = :release

-- name: ended
SELECT code FROM hcpcs WHERE release = :release AND ended < :day AND code IN (SELECT value FROM json_each(:codes))

-- name: vocabulary
SELECT kind, entries FROM vocabulary WHERE kind NOT IN ('diagnoses', 'notes', 'range_words')

-- name: range_words
SELECT entries FROM vocabulary WHERE kind = 'range_words'

-- name: diagnosis_words
SELECT entries FROM vocabulary WHERE kind = 'diagnoses'

-- name: note_words
SELECT entries FROM vocabulary WHERE kind = 'notes'

-- name: tellings
SELECT entries FROM vocabulary WHERE kind = 'tellings'

-- name: descriptors
SELECT code, short, medium, long FROM descriptors
WHERE release = :release AND code IN (SELECT value FROM json_each(:codes))

-- name: descriptors_between
SELECT code, short, medium, long FROM descriptors
WHERE release = :release AND code BETWEEN :first AND :last AND length(code) = 5
ORDER BY code

-- name: exists
SELECT 1 FROM code WHERE code = :code

-- name: groups_of
SELECT code, section, family FROM code WHERE code IN (SELECT value FROM json_each(:codes))

-- name: words
SELECT word FROM word WHERE :release IS NOT NULL
