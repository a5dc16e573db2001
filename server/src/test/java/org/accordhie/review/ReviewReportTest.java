package org.accordhie.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.accordhie.review.ReviewReport.Group;
import org.accordhie.review.ReviewReport.Kind;
import org.accordhie.review.ReviewReport.Thresholds;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Emergencies are counted by organisation, user and month. */
class ReviewReportTest {

    private static final Instant NOVEMBER = Instant.parse("2026-11-10T10:00:00Z");
    private static final Instant OCTOBER = Instant.parse("2026-10-31T23:59:59Z");

    @Test
    void countsThemAndHowTheyEnded() {
        var reviews = List.of(
                review("a", "1", NOVEMBER, Verdict.JUSTIFIED, 10),
                review("a", "1", NOVEMBER, Verdict.JUSTIFIED, 30),
                review("a", "2", NOVEMBER, Verdict.NEEDS_FOLLOW_UP, 5),
                review("b", null, OCTOBER, null, 0));

        var report = ReviewReport.of(reviews, new Thresholds(5, 3));

        assertThat(report.groups().stream().map(each -> each.month() + " " + each.kind() + " " + each.name()))
                .containsExactly(
                        "2026-10 MONTH 2026-10",
                        "2026-10 ORGANIZATION Organization/b",
                        "2026-10 USER client",
                        "2026-11 MONTH 2026-11",
                        "2026-11 ORGANIZATION Organization/a",
                        "2026-11 USER Practitioner/1",
                        "2026-11 USER Practitioner/2");
        var ofA = report.groups().get(4);
        assertThat(List.of(ofA.opened(), ofA.closed(), ofA.justified())).containsExactly(3, 2, 2);
        assertThat(ofA.median()).isEqualTo(Duration.ofMinutes(20));
        assertThat(report.groups().get(1).median()).isNull();
        assertThat(report.groups()).noneMatch(Group::outlier);
    }

    @Test
    void sparesWhoDoesAsOthersDo() {
        assertThat(outliers(4, 4, 4, 4)).isEmpty();
        assertThat(outliers(4, 1, 1, 1)).isEmpty();
        assertThat(outliers(5, 1, 1, 1)).containsExactly("Organization/0");
        assertThat(outliers(5, 2, 2, 1)).isEmpty();
        assertThat(outliers(7, 2, 2, 1)).containsExactly("Organization/0");
        assertThat(outliers(50)).isEmpty();
    }

    private static List<String> outliers(int... counts) {
        var reviews = new ArrayList<Review>();
        for (int index = 0; index < counts.length; index++) {
            for (int each = 0; each < counts[index]; each++) {
                reviews.add(review(String.valueOf(index), "all", NOVEMBER, null, 0));
            }
        }
        return ReviewReport.of(reviews, new Thresholds(5, 3)).groups().stream()
                .filter(group -> group.kind() == Kind.ORGANIZATION && group.outlier())
                .map(Group::name)
                .toList();
    }

    private static Review review(
            String organization, @Nullable String user, Instant opened, @Nullable Verdict verdict, int minutes) {
        var party = new Party("Organization/" + organization, "client", user == null ? null : "Practitioner/" + user);
        var emergency = new Emergency(UUID.randomUUID(), party, "Patient/ann", "why", opened);
        var officer = new Party("Organization/exchange", "officers", "Practitioner/officer");
        return new Review(
                emergency,
                verdict == null
                        ? List.of()
                        : List.of(new Step(1, opened.plus(Duration.ofMinutes(minutes)), officer, verdict.code(), "")));
    }
}
