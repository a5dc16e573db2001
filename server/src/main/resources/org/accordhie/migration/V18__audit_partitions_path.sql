-- Who may make temporary objects must not be able to put them before those that the owner's function means.
ALTER FUNCTION accord.audit_partitions(date, date) SET search_path = pg_catalog, pg_temp;
