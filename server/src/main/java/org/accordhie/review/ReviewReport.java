package org.accordhie.review;

import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Emergencies counted by organisation, by user and by month.
 *
 * @param groups of each kind and each month, in order of their names
 */
public record ReviewReport(List<Group> groups) {

    /** What a group has in common. */
    public enum Kind {
        ORGANIZATION,
        USER,
        MONTH
    }

    /**
     * What stands out: at least so many in a month, and more than so many times the middle one of the groups of that kind.
     *
     * @param count the least that can stand out
     * @param factor how many times the median
     */
    public record Thresholds(int count, int factor) {}

    /**
     * Some emergencies that were opened in the same month, in UTC.
     *
     * @param kind by what they are grouped
     * @param name the organisation, the user (or the client that names none), or the month
     * @param month the month
     * @param opened how many
     * @param closed how many of them are closed
     * @param justified how many of those were called justified
     * @param median from opening to closing, in the middle; null where none is closed
     * @param outlier whether they are out of the ordinary
     */
    public record Group(
            Kind kind,
            String name,
            YearMonth month,
            int opened,
            int closed,
            int justified,
            @Nullable Duration median,
            boolean outlier) {}

    public ReviewReport {
        groups = List.copyOf(groups);
    }

    /** Counts. */
    public static ReviewReport of(Collection<Review> reviews, Thresholds thresholds) {
        var byMonth = reviews.stream()
                .collect(Collectors.groupingBy(ReviewReport::monthOf, TreeMap::new, Collectors.toList()));
        var groups = new ArrayList<Group>();
        byMonth.forEach((month, all) -> {
            groups.add(group(Kind.MONTH, month.toString(), month, all, false));
            groups.addAll(grouped(
                    Kind.ORGANIZATION, month, all, each -> each.requester().organization(), thresholds));
            groups.addAll(
                    grouped(Kind.USER, month, all, each -> each.requester().name(), thresholds));
        });
        return new ReviewReport(groups);
    }

    private static List<Group> grouped(
            Kind kind, YearMonth month, List<Review> all, Function<Emergency, String> name, Thresholds thresholds) {
        var byName = all.stream()
                .collect(
                        Collectors.groupingBy(each -> name.apply(each.emergency()), TreeMap::new, Collectors.toList()));
        var middle = Medians.of(byName.values().stream().map(List::size).toList());
        return byName.entrySet().stream()
                .map(each -> group(
                        kind,
                        each.getKey(),
                        month,
                        each.getValue(),
                        each.getValue().size() >= thresholds.count()
                                && each.getValue().size() > middle * thresholds.factor()))
                .toList();
    }

    private static Group group(Kind kind, String name, YearMonth month, List<Review> reviews, boolean outlier) {
        var seconds = new ArrayList<Long>();
        for (var review : reviews) {
            var closed = review.closed();
            if (closed != null) {
                seconds.add(
                        Duration.between(review.emergency().opened(), closed).toSeconds());
            }
        }
        var justified = reviews.stream()
                .filter(each -> each.state() == ReviewState.JUSTIFIED)
                .count();
        var median = seconds.isEmpty() ? null : Duration.ofSeconds(Math.round(Medians.of(seconds)));
        return new Group(kind, name, month, reviews.size(), seconds.size(), (int) justified, median, outlier);
    }

    private static YearMonth monthOf(Review review) {
        return YearMonth.from(review.emergency().opened().atOffset(ZoneOffset.UTC));
    }
}
