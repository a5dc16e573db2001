package org.accordhie.benchmark.predicate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatementLogTest {

    @Test
    void aStatementThatWasExecutedIsToldWithItsParametersInTheirPlaces() {
        var log = """
                2026-01-02 10:00:00.000 UTC [7] LOG:  duration: 0.2 ms  parse <unnamed>: SELECT $1
                2026-01-02 10:00:00.000 UTC [7] LOG:  duration: 0.1 ms  bind <unnamed>: SELECT $1
                2026-01-02 10:00:00.000 UTC [7] DETAIL:  Parameters: $1 = 'never'
                2026-01-02 10:00:00.001 UTC [7] LOG:  duration: 0.1 ms  execute <unnamed>/C_2: SELECT t0.RES_ID
                \tFROM HFJ_RESOURCE t0 WHERE t0.RES_TYPE = $1 AND t0.X = $2 AND t0.Y = $10
                2026-01-02 10:00:00.001 UTC [7] DETAIL:  Parameters: $1 = 'O''Hara $2', $2 = NULL, $3 = '3', $4 = '4', \
                $5 = '5', $6 = '6', $7 = '7', $8 = '8', $9 = '9', $10 = 'ten'
                2026-01-02 10:00:00.002 UTC [7] LOG:  duration: 0.1 ms  execute fetch from <unnamed>/C_2: SELECT 1
                2026-01-02 10:00:00.003 UTC [7] LOG:  duration: 0.1 ms  execute S_1: COMMIT
                """;

        assertThat(StatementLog.statements(log))
                .containsExactly(
                        "SELECT t0.RES_ID\n\tFROM HFJ_RESOURCE t0 WHERE t0.RES_TYPE = 'O''Hara $2' AND t0.X = NULL AND t0.Y = 'ten'",
                        "COMMIT");
    }
}
