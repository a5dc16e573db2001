package org.accordhie.consent;

import org.junit.jupiter.api.Test;

/** The decision table as one test, for the mutants: to them every row would be a test to start. */
class WholeDecisionTable {

    @Test
    void decides() {
        DecisionTable.rows().forEach(DecisionTableTest::assertDecided);
    }
}
