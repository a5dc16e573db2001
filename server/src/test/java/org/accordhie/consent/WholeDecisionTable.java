package org.accordhie.consent;

import java.util.List;
import org.accordhie.consent.DecisionTable.Row;
import org.junit.jupiter.api.Test;

/** The decision table as one test, for the mutants: to them every row would be a test to start. */
class WholeDecisionTable {

    private static final List<Row> ROWS = DecisionTable.rows();

    @Test
    void decides() {
        ROWS.forEach(DecisionTableTest::assertDecided);
    }
}
