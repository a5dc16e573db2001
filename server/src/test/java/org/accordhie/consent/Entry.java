package org.accordhie.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.accordhie.vocabulary.TimeSpan;
import org.jspecify.annotations.Nullable;

/** A mapping of {@code decisions.yaml} that gives each of its keys once. */
final class Entry {

    private final Map<Object, Object> values;

    Entry(@Nullable Object values) {
        this.values = new LinkedHashMap<>((Map<?, ?>) Objects.requireNonNullElse(values, Map.of()));
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    String text(String key, String otherwise) {
        return values.containsKey(key) ? String.valueOf(values.remove(key)) : otherwise;
    }

    List<String> texts(String key) {
        return each(key, Function.identity());
    }

    Set<String> set(String key) {
        return Set.copyOf(texts(key));
    }

    <T> List<T> each(String key, Function<String, T> reader) {
        var list = values.containsKey(key) ? (List<?>) Objects.requireNonNull(values.remove(key)) : List.of();
        return list.stream().map(String::valueOf).map(reader).collect(Collectors.toList());
    }

    List<Entry> list(String key) {
        var list = values.containsKey(key) ? (List<?>) Objects.requireNonNull(values.remove(key)) : List.of();
        return list.stream().map(Entry::new).collect(Collectors.toList());
    }

    Entry entry(String key) {
        return new Entry(values.containsKey(key) ? values.remove(key) : null);
    }

    /** {@code [first day]/[last day]} in UTC; two dots stand for an open end. */
    TimeSpan span(String key, TimeSpan otherwise) {
        if (!values.containsKey(key)) {
            return otherwise;
        }
        var days = text(key, "").split("/", -1);
        return new TimeSpan(firstOf(days[0]), lastOf(days[1]));
    }

    private static @Nullable Instant firstOf(String day) {
        return day.equals("..")
                ? null
                : LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static @Nullable Instant lastOf(String day) {
        var start = firstOf(day);
        return start == null ? null : start.plus(Duration.ofDays(1)).minusMillis(1);
    }

    void end(String where) {
        assertThat(values.keySet()).as("unknown keys of %s", where).isEmpty();
    }
}
