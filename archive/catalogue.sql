-- The catalogue of an archive: everything in the plan JSONs, in tables. Rebuilt from them at any time.
-- `document` is the first 16 hex digits of the file's SHA-256; `id` the requirement's id within its document.
CREATE TABLE documents ( -- One plan of the archive.
    document TEXT PRIMARY KEY, -- first 16 hex digits of sha256
    sha256 TEXT NOT NULL, -- of the file
    title TEXT NOT NULL,
    kind TEXT, -- as document.kind of plan/1
    level TEXT, -- province, city, county, township, village
    region TEXT,
    region_code TEXT, -- six digits (GB/T 2260)
    start INTEGER, -- first year of the plan's period
    "end" INTEGER, -- its last year
    base_year INTEGER,
    version TEXT,
    format TEXT,
    pages INTEGER, -- of the source file
    status TEXT, -- done or partial, as in the ledger
    reason TEXT, -- code of the ledger, e.g. PAGES_OCR
    lacking_pages TEXT, -- pages without text, joined by 、
    path TEXT, -- of the source file; !/ before a member of a ZIP
    tool TEXT, -- version of chuandao
    lexicon TEXT -- hash of the lexicon
);
CREATE TABLE requirements ( -- One requirement; fields as in plan/1.
    document TEXT NOT NULL,
    id TEXT NOT NULL, -- within its document
    position INTEGER NOT NULL, -- order within its document, from 0
    stamp TEXT, -- what stays equal as long as the requirement does
    mode TEXT NOT NULL, -- indicator, boundary, structure, zone, list or rule
    name TEXT,
    concept TEXT, -- key of the indicator in the lexicon
    attribute TEXT,
    scope TEXT,
    direction TEXT,
    text TEXT,
    section TEXT, -- headings above it, joined by ' / '
    page INTEGER, -- of the file, from 1
    printed_page TEXT, -- as printed on the page
    paragraph INTEGER, -- in a file without pages
    quote TEXT, -- of its first place, verbatim
    part TEXT,
    binds TEXT, -- regions bound, joined by 、
    binds_basis TEXT,
    topic TEXT,
    mandatory INTEGER, -- 1, 0 or unknown
    part_of TEXT, -- id of the requirement it is a row or part of
    confidence REAL -- 0 to 1
);
CREATE TABLE amounts ( -- One value of a requirement; "values" is the same under the name of plan/1. Numbers are exact: decimal strings or fractions.
    document TEXT NOT NULL,
    id TEXT NOT NULL,
    position INTEGER NOT NULL, -- order within its requirement, from 0
    role TEXT, -- target, base …
    year INTEGER,
    year_from INTEGER, -- first year of a span that ends in year
    op TEXT, -- =, >=, <=, ~, range …
    value TEXT,
    upper TEXT, -- end of a range
    unit TEXT,
    si_value TEXT, -- value in si_unit
    si_upper TEXT, -- upper in si_unit
    si_unit TEXT,
    region TEXT, -- whose value it is
    region_code TEXT,
    reference TEXT,
    raw TEXT, -- as written
    page INTEGER -- of the file, from 1
);
CREATE VIEW "values" AS SELECT * FROM amounts;
CREATE TABLE binds ( -- One region that a requirement binds.
    document TEXT NOT NULL,
    id TEXT NOT NULL,
    region TEXT NOT NULL,
    region_code TEXT
);
CREATE TABLE zones ( -- The zone type of one unit of area.
    document TEXT NOT NULL,
    id TEXT NOT NULL,
    unit TEXT,
    unit_code TEXT,
    unit_part TEXT, -- part of the unit, if not all of it
    system TEXT,
    type TEXT,
    overlays TEXT -- further types on top, joined by 、
);
CREATE TABLE structures ( -- One part of a spatial structure.
    document TEXT NOT NULL,
    id TEXT NOT NULL,
    slogan TEXT, -- the structure in one phrase, e.g. 一核两带
    label TEXT,
    name TEXT,
    element TEXT,
    components TEXT -- joined by 、
);
CREATE TABLE lists ( -- One entry of a register.
    document TEXT NOT NULL,
    id TEXT NOT NULL,
    register TEXT, -- the list it stands in
    kind TEXT,
    name TEXT,
    type TEXT,
    grade TEXT,
    area TEXT,
    area_unit TEXT,
    units TEXT, -- as written
    lead TEXT, -- responsible body
    start INTEGER,
    "end" INTEGER,
    group_name TEXT,
    parent TEXT
);
CREATE TABLE rules ( -- One rule.
    document TEXT NOT NULL,
    id TEXT NOT NULL,
    force TEXT,
    strength INTEGER, -- of its modal word, larger is stronger
    modal TEXT,
    actor TEXT,
    object TEXT,
    deadline INTEGER, -- year
    conditions TEXT, -- joined by 、
    exceptions TEXT, -- joined by 、
    responsible TEXT -- joined by 、
);
CREATE TABLE findings ( -- One thing that extraction found wrong or doubtful.
    document TEXT NOT NULL,
    id TEXT NOT NULL,
    code TEXT NOT NULL,
    severity TEXT,
    category TEXT,
    message TEXT,
    page INTEGER, -- of the file, from 1
    quote TEXT
);
CREATE TABLE verdicts ( -- One verdict of `archive check`.
    upper TEXT NOT NULL, -- document of the upper plan
    lower TEXT NOT NULL, -- document of the lower plan
    requirement TEXT NOT NULL, -- id in the upper plan
    region TEXT, -- of the lower plan
    applies INTEGER NOT NULL, -- 1 or 0
    verdict TEXT NOT NULL,
    because TEXT, -- why it applies or not
    explanation TEXT,
    response TEXT, -- text of the best answer
    response_page INTEGER -- of the lower plan's file
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
