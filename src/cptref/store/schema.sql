-- The store of cptref. Raise user_version with every change to this file.
PRAGMA user_version = 7;

-- A published release; every fact below names the one it comes from.
CREATE TABLE release (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    setting TEXT NOT NULL,
    effective TEXT NOT NULL,
    ends TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    file TEXT NOT NULL,
    partial INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    rejects INTEGER NOT NULL,
    imported TEXT NOT NULL,
    notice TEXT NOT NULL,
    UNIQUE (kind, name)
);

-- Prose of the catalog. Lists are JSON arrays, except synonyms and details, which are searched as text.
CREATE TABLE code (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    section TEXT NOT NULL,
    family TEXT NOT NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    synonyms TEXT NOT NULL,
    indications TEXT NOT NULL,
    procedure TEXT NOT NULL,
    aftercare TEXT NOT NULL,
    billing TEXT NOT NULL,
    related TEXT NOT NULL
);

CREATE TABLE pfs (
    release INTEGER NOT NULL REFERENCES release,
    code TEXT NOT NULL,
    modifier TEXT NOT NULL,
    status TEXT NOT NULL,
    not_used TEXT NOT NULL,
    work TEXT NOT NULL,
    nonfacility_pe TEXT NOT NULL,
    nonfacility_na TEXT NOT NULL,
    facility_pe TEXT NOT NULL,
    facility_na TEXT NOT NULL,
    mp TEXT NOT NULL,
    nonfacility_total TEXT NOT NULL,
    facility_total TEXT NOT NULL,
    pctc TEXT NOT NULL,
    global_days TEXT NOT NULL,
    preoperative TEXT NOT NULL,
    intraoperative TEXT NOT NULL,
    postoperative TEXT NOT NULL,
    mult_proc TEXT NOT NULL,
    bilat_surg TEXT NOT NULL,
    asst_surg TEXT NOT NULL,
    co_surg TEXT NOT NULL,
    team_surg TEXT NOT NULL,
    endo_base TEXT NOT NULL,
    conversion_factor TEXT NOT NULL,
    supervision TEXT NOT NULL,
    imaging_family TEXT NOT NULL,
    opps_nonfacility_pe TEXT NOT NULL,
    opps_facility_pe TEXT NOT NULL,
    opps_mp TEXT NOT NULL,
    PRIMARY KEY (code, release, modifier)
) WITHOUT ROWID;

CREATE TABLE mue (
    release INTEGER NOT NULL REFERENCES release,
    code TEXT NOT NULL,
    setting TEXT NOT NULL,
    value INTEGER NOT NULL,
    mai TEXT NOT NULL,
    rationale TEXT NOT NULL,
    PRIMARY KEY (code, release)
) WITHOUT ROWID;

CREATE TABLE add_on (
    release INTEGER NOT NULL REFERENCES release,
    add_on TEXT NOT NULL,
    type TEXT NOT NULL,
    "primary" TEXT NOT NULL,
    effective TEXT NOT NULL,
    deleted TEXT,
    note TEXT NOT NULL
);

-- PTP edits: 2.5 million in a whole release, so codes and all that edits share are numbered. Two edits of a pair may
-- have the same effective date, so the key is the whole row.
CREATE TABLE ptp_code (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE);
CREATE TABLE ptp_term (
    id INTEGER PRIMARY KEY,
    modifier_indicator TEXT NOT NULL,
    effective TEXT,
    deleted TEXT,
    rationale TEXT NOT NULL
);
CREATE TABLE ptp (
    release INTEGER NOT NULL REFERENCES release,
    column_one INTEGER NOT NULL REFERENCES ptp_code,
    column_two INTEGER NOT NULL REFERENCES ptp_code,
    term INTEGER NOT NULL REFERENCES ptp_term,
    PRIMARY KEY (release, column_one, column_two, term)
) WITHOUT ROWID;
-- The codes of which a partial release holds every edit all the same.
CREATE TABLE ptp_complete (code TEXT PRIMARY KEY) WITHOUT ROWID;

CREATE TABLE opps (
    release INTEGER NOT NULL REFERENCES release,
    code TEXT NOT NULL,
    status TEXT NOT NULL,
    apc TEXT NOT NULL,
    apc_title TEXT NOT NULL,
    PRIMARY KEY (code, release)
) WITHOUT ROWID;

CREATE TABLE rbcs (
    release INTEGER NOT NULL REFERENCES release,
    code TEXT NOT NULL,
    rbcs TEXT NOT NULL,
    category TEXT NOT NULL,
    subcategory TEXT NOT NULL,
    family TEXT NOT NULL,
    added TEXT,
    ended TEXT,
    PRIMARY KEY (code, release)
) WITHOUT ROWID;

CREATE TABLE gpci (
    release INTEGER NOT NULL REFERENCES release,
    mac TEXT NOT NULL,
    locality TEXT NOT NULL,
    state TEXT NOT NULL,
    name TEXT NOT NULL,
    work TEXT NOT NULL,
    pe TEXT NOT NULL,
    mp TEXT NOT NULL,
    PRIMARY KEY (mac, locality, release)
) WITHOUT ROWID;

-- Without a key: CMS repeats a row of it.
CREATE TABLE locality (
    release INTEGER NOT NULL REFERENCES release,
    mac TEXT NOT NULL,
    locality TEXT NOT NULL,
    state TEXT NOT NULL,
    area TEXT NOT NULL,
    counties TEXT NOT NULL
);

CREATE TABLE anesthesia (
    release INTEGER NOT NULL REFERENCES release,
    mac TEXT NOT NULL,
    locality TEXT NOT NULL,
    name TEXT NOT NULL,
    factor TEXT NOT NULL,
    PRIMARY KEY (mac, locality, release)
) WITHOUT ROWID;

CREATE TABLE opps_cap (
    release INTEGER NOT NULL REFERENCES release,
    code TEXT NOT NULL,
    modifier TEXT NOT NULL,
    status TEXT NOT NULL,
    mac TEXT NOT NULL,
    locality TEXT NOT NULL,
    facility TEXT NOT NULL,
    nonfacility TEXT NOT NULL,
    PRIMARY KEY (code, mac, locality, modifier, release)
) WITHOUT ROWID;

CREATE TABLE zip (
    release INTEGER NOT NULL REFERENCES release,
    zip TEXT NOT NULL,
    plus_four TEXT NOT NULL,
    state TEXT NOT NULL,
    mac TEXT NOT NULL,
    locality TEXT NOT NULL,
    rural TEXT NOT NULL,
    plus_four_flag TEXT NOT NULL,
    PRIMARY KEY (zip, plus_four, mac, locality, release)
) WITHOUT ROWID;

-- Codes, and modifiers of two characters.
CREATE TABLE hcpcs (
    release INTEGER NOT NULL REFERENCES release,
    code TEXT NOT NULL,
    coverage TEXT NOT NULL,
    pricing TEXT NOT NULL,
    multiple_pricing TEXT NOT NULL,
    asc_group TEXT NOT NULL,
    type_of_service TEXT NOT NULL,
    betos TEXT NOT NULL,
    added TEXT,
    effective TEXT,
    ended TEXT,
    action TEXT NOT NULL,
    PRIMARY KEY (code, release)
) WITHOUT ROWID;

CREATE TABLE asc (
    release INTEGER NOT NULL REFERENCES release,
    code TEXT NOT NULL,
    addendum TEXT NOT NULL,
    multiple TEXT NOT NULL,
    indicator TEXT NOT NULL,
    weight TEXT NOT NULL,
    rate TEXT NOT NULL,
    PRIMARY KEY (code, addendum, release)
) WITHOUT ROWID;

CREATE TABLE icd (
    release INTEGER NOT NULL REFERENCES release,
    code TEXT NOT NULL,
    description TEXT NOT NULL,
    billable TEXT NOT NULL,
    PRIMARY KEY (code, release)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE icd_search USING fts5 (code UNINDEXED, description, tokenize = 'porter unicode61');

-- An imported list of places of service; the catalog's own is place_of_service.
CREATE TABLE place (
    release INTEGER NOT NULL REFERENCES release,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    setting TEXT NOT NULL,
    description TEXT NOT NULL,
    PRIMARY KEY (code, release)
) WITHOUT ROWID;

-- What CMS says of an indicator's values.
CREATE TABLE indicator_text (
    release INTEGER NOT NULL REFERENCES release,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (field, value, release)
) WITHOUT ROWID;

CREATE TABLE guideline (code TEXT NOT NULL, other TEXT NOT NULL, note TEXT NOT NULL);
CREATE TABLE history (code TEXT NOT NULL, date TEXT NOT NULL, action TEXT NOT NULL, note TEXT NOT NULL);

CREATE TABLE indicator_field (
    field TEXT PRIMARY KEY, name TEXT NOT NULL, about TEXT NOT NULL, source TEXT NOT NULL
);
CREATE TABLE indicator_value (
    field TEXT NOT NULL, value TEXT NOT NULL, meaning TEXT NOT NULL, consequence TEXT NOT NULL,
    PRIMARY KEY (field, value)
);
CREATE TABLE modifier (
    modifier TEXT PRIMARY KEY,
    level TEXT NOT NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    ncci_associated INTEGER NOT NULL,
    governed_by TEXT NOT NULL,
    rule TEXT NOT NULL
);
CREATE TABLE place_of_service (code TEXT PRIMARY KEY, name TEXT NOT NULL, setting TEXT NOT NULL);

-- Full text over the prose, word forms folded together. `word` holds the words as written, to mend typos with.
CREATE VIRTUAL TABLE search USING fts5 (
    title, synonyms, family, description, details, content = '', tokenize = 'porter unicode61', prefix = '3 4 5'
);
-- What the words of a question and of descriptors stand for.
CREATE TABLE vocabulary (kind TEXT PRIMARY KEY, entries TEXT NOT NULL);
CREATE TABLE word (word TEXT PRIMARY KEY) WITHOUT ROWID;

-- Descriptors that a user has imported, and full text over them: row by row the same codes.
CREATE TABLE descriptors (
    id INTEGER PRIMARY KEY,
    release INTEGER NOT NULL REFERENCES release,
    code TEXT NOT NULL,
    short TEXT NOT NULL,
    medium TEXT NOT NULL,
    long TEXT NOT NULL,
    UNIQUE (code, release)
);
CREATE VIRTUAL TABLE descriptor_search USING fts5 (text, content = '', tokenize = 'porter unicode61');
