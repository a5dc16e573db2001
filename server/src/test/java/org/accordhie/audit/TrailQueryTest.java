package org.accordhie.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.accordhie.audit.TrailQuery.Condition;
import org.accordhie.audit.TrailQuery.Element;
import org.accordhie.audit.TrailQuery.Order;
import org.accordhie.audit.TrailQuery.Page;
import org.accordhie.audit.TrailReach.Extent;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a search of the trail")
class TrailQueryTest {

    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final RecordedSpan OPEN = new RecordedSpan(THEN, null, false);

    @Test
    void endsWhereAllAlternativesOfOneConditionEnd() {
        var closed = RecordedSpan.before(THEN);

        assertThat(query(List.of()).endsBy(THEN)).isFalse();
        assertThat(query(List.of(List.of(OPEN))).endsBy(THEN)).isFalse();
        assertThat(query(List.of(List.of(OPEN, closed))).endsBy(THEN)).isFalse();
        assertThat(query(List.of(List.of(OPEN), List.of(closed))).endsBy(THEN)).isTrue();
        assertThat(query(List.of()).before(THEN).endsBy(THEN)).isTrue();
    }

    @Test
    void isNarrowedToThePatientOfAReach() {
        var ann = new Condition(Element.PATIENT, Set.of("Patient/ann"));

        assertThat(new TrailReach(Extent.ALONE, "Patient/ann")
                        .within(query(List.of()))
                        .conditions())
                .containsExactly(ann);
        assertThat(new TrailReach(Extent.WHOLE, "").within(query(List.of()))).isEqualTo(query(List.of()));
    }

    private static TrailQuery query(List<List<RecordedSpan>> recorded) {
        return new TrailQuery(List.of(), recorded, Order.NEWEST_FIRST, new Page(50, 0));
    }
}
