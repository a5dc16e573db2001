package org.accordhie.fhirserver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderOfIdsTest {

    private static final String BY_ID = "(SELECT p.fhir_id FROM place p WHERE p.res_id = t0.RES_ID)";

    private final OrderOfIds order = new OrderOfIds();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT t0.RES_ID FROM HFJ_SPIDX_TOKEN t0 ORDER BY %s fetch first ? rows only",
                "SELECT t0.RES_ID FROM HFJ_SPIDX_TOKEN t0 ORDER BY %s offset ? rows fetch first ? rows only",
                "SELECT t0.RES_ID FROM HFJ_RESOURCE t0 GROUP BY t0.RES_ID ORDER BY MIN(t1.SP_VALUE) DESC NULLS LAST, %s limit ?",
                "SELECT t0.RES_ID FROM HFJ_RESOURCE t0 ORDER BY %s",
            })
    void storagesOwnNumbersGiveWayToIds(String sql) {
        var asked = sql.formatted("t0.RES_ID ASC NULLS LAST");

        assertThat(StorageView.RELEASED.during(() -> order.inspect(asked))).isEqualTo(sql.formatted(BY_ID));
        assertThat(StorageView.WHOLE.during(() -> order.inspect(asked))).isEqualTo(asked);
    }

    @Test
    void whatIsSortedByAndEverythingElseStays() {
        var sorted =
                "SELECT t0.RES_ID FROM HFJ_RESOURCE t0 ORDER BY t0.RES_ID DESC NULLS LAST, t0.RES_UPDATED ASC NULLS LAST";

        assertThat(StorageView.RELEASED.during(() -> order.inspect(sorted))).isEqualTo(sorted);
        assertThat(StorageView.RELEASED.during(() -> order.inspect("SELECT 1"))).isEqualTo("SELECT 1");
    }
}
