package org.accordhie.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spans are written {@code [first hour]-[last hour]} of one day; a dot is an open end. */
@DisplayName("a span of time")
class TimeSpanTest {

    @ParameterizedTest(name = "{0} and {1}: holds it {2}, shares an instant {3}")
    @CsvSource(textBlock = """
            2-5, 3-4, true,  true
            2-5, 2-5, true,  true
            2-5, 1-3, false, true
            2-5, 4-6, false, true
            2-5, 5-6, false, true
            2-5, 0-2, false, true
            2-5, 6-7, false, false
            2-5, 0-1, false, false
            2-5, 0-9, false, true
            2-5, .-3, false, true
            2-5, 3-., false, true
            2-5, .-., false, true
            2-5, .-1, false, false
            2-5, 6-., false, false
            .-5, .-4, true,  true
            .-5, .-6, false, true
            .-5, 6-., false, false
            2-., 3-., true,  true
            2-., 1-., false, true
            2-., .-1, false, false
            .-., .-., true,  true
            .-., 3-4, true,  true
            """)
    void holdsAndShares(String one, String other, boolean holds, boolean shares) {
        assertThat(span(one).contains(span(other))).isEqualTo(holds);
        assertThat(span(one).overlaps(span(other))).isEqualTo(shares);
        assertThat(span(other).overlaps(span(one))).isEqualTo(shares);
    }

    @ParameterizedTest(name = "{0} holds {1}: {2}")
    @CsvSource({"2-5, 2, true", "2-5, 5, true", "2-5, 1, false", "2-5, 6, false", ".-5, 0, true", "2-., 9, true"})
    void holdsBothItsEnds(String span, int hour, boolean holds) {
        assertThat(span(span).contains(at(hour))).isEqualTo(holds);
    }

    @Test
    void alwaysHoldsEveryInstant() {
        assertThat(TimeSpan.ALWAYS.contains(Instant.MIN)).isTrue();
        assertThat(TimeSpan.ALWAYS.contains(Instant.MAX)).isTrue();
    }

    private static TimeSpan span(String text) {
        var from = text.startsWith(".") ? null : at(text.charAt(0) - '0');
        return new TimeSpan(from, text.endsWith(".") ? null : at(text.charAt(2) - '0'));
    }

    private static Instant at(int hour) {
        return Instant.parse("2026-03-01T0" + hour + ":00:00Z");
    }
}
