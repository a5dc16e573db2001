package org.accordhie.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("the search parameter date")
class RecordedSpanTest {

    @ParameterizedTest(name = "{0}: from {1} until {2}, outside {3}")
    @CsvSource(nullValues = "-", textBlock = """
            2026,                             2026-01-01T00:00:00Z,        2027-01-01T00:00:00Z,        false
            eq2026-12,                        2026-12-01T00:00:00Z,        2027-01-01T00:00:00Z,        false
            2026-03-04,                       2026-03-04T00:00:00Z,        2026-03-05T00:00:00Z,        false
            2026-03-04T05:06,                 2026-03-04T05:06:00Z,        2026-03-04T05:07:00Z,        false
            2026-03-04T05:06Z,                2026-03-04T05:06:00Z,        2026-03-04T05:07:00Z,        false
            2026-03-04T05:06:07Z,             2026-03-04T05:06:07Z,        2026-03-04T05:06:08Z,        false
            2026-03-04T05:06:07+02:00,        2026-03-04T03:06:07Z,        2026-03-04T03:06:08Z,        false
            2026-03-04T05:06:07.8Z,           2026-03-04T05:06:07.8Z,      2026-03-04T05:06:07.9Z,      false
            2026-03-04T05:06:07.891Z,         2026-03-04T05:06:07.891Z,    2026-03-04T05:06:07.892Z,    false
            2026-03-04T05:06:07.891234567Z,   2026-03-04T05:06:07.891234567Z, 2026-03-04T05:06:07.891234568Z, false
            ne2026,                           2026-01-01T00:00:00Z,        2027-01-01T00:00:00Z,        true
            gt2026-03-04,                     2026-03-05T00:00:00Z,        -,                           false
            sa2026-03-04,                     2026-03-05T00:00:00Z,        -,                           false
            ge2026-03-04,                     2026-03-04T00:00:00Z,        -,                           false
            lt2026-03-04,                     -,                           2026-03-04T00:00:00Z,        false
            eb2026-03-04,                     -,                           2026-03-04T00:00:00Z,        false
            le2026-03-04,                     -,                           2026-03-05T00:00:00Z,        false
            """)
    void means(String value, @Nullable Instant from, @Nullable Instant until, boolean outside) {
        assertThat(RecordedSpan.parse(value)).contains(new RecordedSpan(from, until, outside));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "today",
                "ap2026",
                "xx2026",
                "ge",
                "20",
                "202603",
                "2026-13",
                "2026-02-31",
                "2026-03-04T25:00",
                "2026-03-04T05",
                "2026-03-04T05:06:07.Z",
                "2026-03-04T05:06:07 02:00",
                "2026-03-04T05:06:07+99:00",
                "2026-03-04 05:06"
            })
    void isNoDate(String value) {
        assertThat(RecordedSpan.parse(value)).isEmpty();
    }

    @Test
    void endsByItsEndAlone() {
        var then = Instant.parse("2026-01-01T00:00:00Z");

        assertThat(RecordedSpan.before(then).endsBy(then)).isTrue();
        assertThat(RecordedSpan.before(then.plusNanos(1)).endsBy(then)).isFalse();
        assertThat(new RecordedSpan(then, null, false).endsBy(then)).isFalse();
        assertThat(new RecordedSpan(null, then, true).endsBy(then)).isFalse();
    }
}
