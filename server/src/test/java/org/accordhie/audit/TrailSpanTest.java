package org.accordhie.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.accordhie.audit.TrailSpan.Concern;
import org.accordhie.audit.TrailSpan.Mark;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrailSpanTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                    | 1970-01-01T00:00:00Z | 1970-01-01T00:00:00Z
            -                    | 2026-03-01T08:00:00Z | 2026-03-01T08:00:00Z
            2026-03-01T08:00:00Z | 1970-01-01T00:00:00Z | 2026-03-01T07:55:00Z
            2026-03-01T08:00:00Z | 2026-03-01T07:54:00Z | 2026-03-01T07:55:00Z
            2026-03-01T08:00:00Z | 2026-03-01T07:58:00Z | 2026-03-01T07:58:00Z
            """)
    void goesOnBehindTheMarkAndNeverBeforeWhatMayHaveComeTooLate(Instant since, Instant mark, Instant from) {
        var span = new TrailSpan(since, Instant.parse("2026-04-01T00:00:00Z"), Concern.ANYTHING, List.of());

        assertThat(span.from(new Mark(mark, new UUID(0, 1)))).isEqualTo(from);
    }
}
