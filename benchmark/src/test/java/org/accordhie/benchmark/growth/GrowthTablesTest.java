package org.accordhie.benchmark.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.accordhie.benchmark.measure.CpuTime;
import org.accordhie.benchmark.measure.Latencies;
import org.accordhie.benchmark.measure.Row;
import org.accordhie.benchmark.measure.Slice;
import org.junit.jupiter.api.Test;

class GrowthTablesTest {

    private static final Size SIZE =
            new Size(1000, 5_242_880, Map.of("hfj_resource", 1_048_576L, "hfj_spidx", 2_097_152L));

    private final GrowthTables tables = new GrowthTables(
            Axis.HIDDEN,
            List.of(
                    step(0, row("read", "accord", 1, 1), row("read", "plain", 4, 0)),
                    step(50, row("read", "plain", 4, 0)),
                    step(90, row("read", "accord", 2, 3), row("read", "plain", 4, 0))));

    @Test
    void costsAreToldByStepAndTheLastAgainstTheFirst() {
        assertThat(tables.text())
                .contains("| workload | server | 0 | 50 | 90 | last against first |")
                .contains("| read | accord | 1.00 + 1.00 (2.0) | – | 2.00 + 3.00 (2.0) | 2.50 |")
                .contains("| read | plain | 4.00 + 0.00 (2.0) | 4.00 + 0.00 (2.0) | 4.00 + 0.00 (2.0) | 1.00 |");
    }

    @Test
    void sizesAreToldWithTheLargestTablesFirst() {
        assertThat(tables.text()).contains("| 0 | accord | 1000 | 5.0 | 5243 | hfj_spidx 2.0, hfj_resource 1.0 |");
    }

    @Test
    void thePictureIsWellFormedWithALineForEachServer() throws Exception {
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(tables.picture().getBytes(StandardCharsets.UTF_8)));

        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(2);
        assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(2 + 3);
    }

    private static Step step(int value, Row... rows) {
        return new Step(Axis.HIDDEN, value, List.of(rows), Map.of("accord", SIZE));
    }

    private static Row row(String workload, String variant, double server, double database) {
        var latencies = new Latencies();
        latencies.add(1_000_000);
        var slice = new Slice(
                new Slice.Series(workload, 1, variant),
                1,
                1,
                new Slice.Done(1, 0, 2, 0, ""),
                latencies,
                new CpuTime(server, database, 0));
        return Row.of(List.of(slice), "plain").get(0);
    }
}
