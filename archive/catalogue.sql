-- The catalogue of an archive: everything in the plan JSONs, in tables. Rebuilt from them at any time.
-- `document` is the first 16 hex digits of the file's SHA-256; `id` the requirement's id within its document.
CREATE TABLE documents (
    document TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL,
    title TEXT NOT NULL,
    kind TEXT,
    level TEXT,
    region TEXT,
    region_code TEXT,
    start INTEGER,
    "end" INTEGER,
    base_year INTEGER,
    version TEXT,
    format TEXT,
    pages INTEGER,
    status TEXT,
    reason TEXT,
    lacking_pages TEXT,
    path TEXT,
    tool TEXT,
    lexicon TEXT
);
CREATE TABLE requirements (
    document TEXT NOT NULL,
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    stamp TEXT,
    mode TEXT NOT NULL,
    name TEXT,
    concept TEXT,
    attribute TEXT,
    scope TEXT,
    direction TEXT,
    text TEXT,
    section TEXT,
    page INTEGER,
    printed_page TEXT,
    paragraph INTEGER,
    quote TEXT,
    part TEXT,
    binds TEXT,
    binds_basis TEXT,
    topic TEXT,
    mandatory INTEGER,
    part_of TEXT,
    confidence REAL
);
CREATE TABLE amounts (
    document TEXT NOT NULL,
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    role TEXT,
    year INTEGER,
    year_from INTEGER,
    op TEXT,
    value TEXT,
    upper TEXT,
    unit TEXT,
    si_value TEXT,
    si_upper TEXT,
    si_unit TEXT,
    region TEXT,
    region_code TEXT,
    reference TEXT,
    raw TEXT,
    page INTEGER
);
CREATE VIEW "values" AS SELECT * FROM amounts;
CREATE TABLE binds (document TEXT NOT NULL, id TEXT NOT NULL, region TEXT NOT NULL, region_code TEXT);
CREATE TABLE zones (
    document TEXT NOT NULL,
    id TEXT NOT NULL,
    unit TEXT,
    unit_code TEXT,
    unit_part TEXT,
    system TEXT,
    type TEXT,
    overlays TEXT
);
CREATE TABLE structures (
    document TEXT NOT NULL,
    id TEXT NOT NULL,
    slogan TEXT,
    label TEXT,
    name TEXT,
    element TEXT,
    components TEXT
);
CREATE TABLE lists (
    document TEXT NOT NULL,
    id TEXT NOT NULL,
    register TEXT,
    kind TEXT,
    name TEXT,
    type TEXT,
    grade TEXT,
    area TEXT,
    area_unit TEXT,
    units TEXT,
    lead TEXT,
    start INTEGER,
    "end" INTEGER,
    group_name TEXT,
    parent TEXT
);
CREATE TABLE rules (
    document TEXT NOT NULL,
    id TEXT NOT NULL,
    force TEXT,
    strength INTEGER,
    modal TEXT,
    actor TEXT,
    object TEXT,
    deadline INTEGER,
    conditions TEXT,
    exceptions TEXT,
    responsible TEXT
);
CREATE TABLE findings (
    document TEXT NOT NULL,
    id TEXT NOT NULL,
    code TEXT NOT NULL,
    severity TEXT,
    category TEXT,
    message TEXT,
    page INTEGER,
    quote TEXT
);
CREATE TABLE verdicts (
    upper TEXT NOT NULL,
    lower TEXT NOT NULL,
    requirement TEXT NOT NULL,
    region TEXT,
    applies INTEGER NOT NULL,
    verdict TEXT NOT NULL,
    because TEXT,
    explanation TEXT,
    response TEXT,
    response_page INTEGER
);
CREATE VIRTUAL TABLE passages USING fts5 (words, document UNINDEXED, id UNINDEXED, tokenize = 'unicode61');
CREATE TABLE loaded (document TEXT PRIMARY KEY, mark TEXT NOT NULL, passages INTEGER NOT NULL DEFAULT 0);
CREATE INDEX requirements_by_document ON requirements (document, id);
CREATE INDEX requirements_by_name ON requirements (mode, name);
CREATE INDEX requirements_by_concept ON requirements (concept) WHERE concept IS NOT NULL;
CREATE INDEX amounts_by_document ON amounts (document, id);
CREATE INDEX binds_by_document ON binds (document, id);
CREATE INDEX zones_by_document ON zones (document, id);
CREATE INDEX zones_by_type ON zones (type, unit);
CREATE INDEX structures_by_document ON structures (document, id);
CREATE INDEX lists_by_document ON lists (document, id);
CREATE INDEX lists_by_name ON lists (name);
CREATE INDEX rules_by_document ON rules (document, id);
CREATE INDEX findings_by_document ON findings (document);
CREATE INDEX verdicts_by_upper ON verdicts (upper, requirement);
CREATE INDEX verdicts_by_lower ON verdicts (lower);
