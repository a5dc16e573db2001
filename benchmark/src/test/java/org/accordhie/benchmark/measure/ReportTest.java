package org.accordhie.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class ReportTest {

    private final List<Slice> slices = List.of(
            slice("plain", 0, 10, 0, 0),
            slice("accord", 0, 10, 0, 0),
            slice("plain", 1, 100, 200, 100),
            slice("accord", 1, 300, 300, 150),
            slice("accord", 2, 100, 100, 50),
            slice("plain", 2, 100, 200, 100));

    @Test
    void rowsAddUpTheRoundsAndLeaveTheWarmUpOut() {
        var row = row("accord");

        assertThat(row.rate()).isEqualTo(200);
        assertThat(row.warmUpRate()).isEqualTo(10);
        assertThat(row.done().operations()).isEqualTo(400);
        assertThat(row.ratio()).isEqualTo(new Ratio(2, 1, 3));
    }

    @Test
    void cpuTimeIsToldForEachOperationAndComparedAsAWhole() {
        var row = row("accord");

        assertThat(row.cpu().server()).isEqualTo(1);
        assertThat(row.cpu().database()).isEqualTo(0.5);
        assertThat(row.cpuRatio()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void theTableHoldsALineForEachServer() {
        assertThat(MarkdownTable.of(rows(), "plain"))
                .contains("### 1 client\n")
                .contains(
                        "| read | accord | 200.0 | 2.00 (1.00–3.00) | 1.0 | 1.0 | 1.0 | 0 | 1.00 | 0.50 | 0.50 | 1.0 | 10.0 |")
                .contains("| read | plain | 100.0 | 1.00 (1.00–1.00) |");
    }

    @Test
    void thePictureIsWellFormedWithABarForEachServer() throws Exception {
        var svg = BarChart.of("a < b", Row.byWorkload(rows(), 1), List.of("accord", "plain"));

        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));

        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(1 + 2 + 2);
        assertThat(document.getElementsByTagName("line").getLength()).isEqualTo(1);
    }

    private List<Row> rows() {
        return Row.of(slices, "plain");
    }

    private Row row(String variant) {
        return rows().stream()
                .filter(row -> row.series().variant().equals(variant))
                .findFirst()
                .orElseThrow();
    }

    private static Slice slice(String variant, int round, int operations, double server, double database) {
        var latencies = new Latencies();
        LongStream.range(0, operations).forEach(each -> latencies.add(1_000_000));
        return new Slice(
                new Slice.Series("read", 1, variant),
                round,
                1,
                new Slice.Done(operations, 0, operations, 0, ""),
                latencies,
                new CpuTime(server, database, 0));
    }
}
