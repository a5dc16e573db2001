package org.accordhie.fhirserver;

import java.util.regex.Pattern;
import org.hibernate.resource.jdbc.spi.StatementInspector;

/**
 * Puts what a search finds into the order of ids where HAPI would break ties by storage's own numbers. These count up: a
 * resource that stands before one of yesterday was there before, also if its reader is shown it as new today, since
 * what it said formerly is hidden. Ids are chance, and stay. Thread-safe.
 */
public final class OrderOfIds implements StatementInspector {

    private static final long serialVersionUID = 1L;

    /** As HAPI's SearchQueryBuilder writes the last of what is sorted by. */
    private static final Pattern BY_NUMBER = Pattern.compile(
            "\\b(t\\d+\\.RES_ID) ASC NULLS LAST(?=\\s*(?:$|fetch |limit |offset ))", Pattern.CASE_INSENSITIVE);

    @Override
    public String inspect(String sql) {
        return StorageView.current() == StorageView.RELEASED && sql.contains("RES_ID ASC NULLS LAST")
                ? BY_NUMBER.matcher(sql).replaceAll("(SELECT p.fhir_id FROM place p WHERE p.res_id = $1)")
                : sql;
    }
}
