-- The facts of a resource say more than before (authors, references, types of documents), and so do release classes. What was
-- classified with the former ones cannot be converted without reading every resource again.

DO $$ BEGIN
    IF EXISTS (SELECT 1 FROM accord.release) THEN
        RAISE EXCEPTION 'this database was filled by a development snapshot before 2026-11-22: empty it and load the records again';
    END IF;
END $$;
DELETE FROM accord.release_class;
