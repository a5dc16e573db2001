-- Which codes a granular scope may choose a version by, as numbers: hashes of parameter, system and code.
ALTER TABLE accord.release ADD COLUMN search_tokens bigint[];
COMMENT ON COLUMN accord.release.search_tokens IS
    'null for what was written before this column was: no granular scope opens it until it is written again';
