package org.accordhie.fhirserver;

import ca.uhn.fhir.jpa.dao.SearchBuilderFactory;
import ca.uhn.fhir.jpa.model.dao.JpaPid;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.SimpleBundleProvider;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.accordhie.vocabulary.TimeSpan;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What {@code Patient/$everything} returns: the released part of the patient's compartment, and the practitioners,
 * organisations, places and products it refers to.
 *
 * <p>Asked of the released views directly: HAPI's own answer counts resources once for each way to reach them, so its total
 * and its pages are not exact. Thread-safe.
 */
@Component
final class PatientRecord {

    private static final String RECORD = "SELECT number, total FROM everything_of(?, ?, ?, ?, ?, ?, ?)";

    private final JdbcClient jdbc;
    private final SearchBuilderFactory<JpaPid> loaders;

    PatientRecord(JdbcClient jdbc, SearchBuilderFactory<JpaPid> loaders) {
        this.jdbc = jdbc;
        this.loaders = loaders;
    }

    /**
     * Which part of the record.
     *
     * @param since only what was stored at this instant or later; null for all
     * @param types only these types; null for all
     * @param care only what was at some time of this span, and what says no time
     */
    record Criteria(@Nullable Timestamp since, @Nullable List<String> types, TimeSpan care) {

        static Criteria of(@Nullable InstantType since, @Nullable List<CodeType> types, TimeSpan care) {
            return new Criteria(
                    since == null ? null : Timestamp.from(since.getValue().toInstant()),
                    types == null
                            ? null
                            : types.stream()
                                    .flatMap(each ->
                                            Arrays.stream(each.getValue().split(",", -1)))
                                    .toList(),
                    care);
        }
    }

    /** The span from the beginning of a day, a month or a year to the end of another; without an end that is not given. */
    static TimeSpan care(@Nullable DateType start, @Nullable DateType end) {
        var first = start == null ? null : TimeSpans.of(start);
        var last = end == null ? null : TimeSpans.of(end);
        return new TimeSpan(first == null ? null : first.from(), last == null ? null : last.until());
    }

    /**
     * Which page.
     *
     * @param count its most entries
     * @param offset how many entries come before it
     */
    record Page(int count, int offset) {

        static Page of(AccordProperties.Limits limits, RequestDetails request) {
            var asked = request.getParameters();
            var count = Parameters.single(asked, Constants.PARAM_COUNT);
            var offset = Parameters.single(asked, Constants.PARAM_OFFSET);
            return new Page(
                    count == null
                            ? limits.pageSize()
                            : Math.min(Parameters.number(Constants.PARAM_COUNT, count), limits.maxPageSize()),
                    offset == null ? 0 : Parameters.offset(offset));
        }
    }

    /** Reads one page, with the total of all pages, in the view of the running transaction. */
    IBundleProvider read(String patient, Criteria criteria, Page page, RequestDetails request) {
        var types = criteria.types() == null ? null : criteria.types().toArray(String[]::new);
        var rows = rows(patient, criteria, types, page.count(), page.offset());
        var total = rows.isEmpty() ? total(patient, criteria, types) : rows.size();
        var resources = new ArrayList<IBaseResource>();
        var ids = rows.stream().map(row -> JpaPid.fromId(row.id())).toList();
        loaders.newSearchBuilder("Patient", Patient.class)
                .loadResourcesByPid(new ArrayList<>(ids), List.of(), resources, false, request);
        var answer = new SimpleBundleProvider(resources);
        answer.setSize(rows.isEmpty() ? total : rows.get(0).total());
        answer.setCurrentPageOffset(page.offset());
        answer.setCurrentPageSize(page.count());
        answer.setPreferredPageSize(page.count());
        return answer;
    }

    private int total(String patient, Criteria criteria, String @Nullable [] types) {
        return rows(patient, criteria, types, 1, 0).stream()
                .map(Row::total)
                .findFirst()
                .orElse(0);
    }

    private List<Row> rows(String patient, Criteria criteria, String @Nullable [] types, int count, int offset) {
        return jdbc.sql(RECORD)
                .params(
                        "Patient/" + patient,
                        types,
                        criteria.since(),
                        text(criteria.care().from()),
                        text(criteria.care().until()),
                        (long) count,
                        (long) offset)
                .query((row, number) -> new Row(row.getLong(1), row.getInt(2)))
                .list();
    }

    /** As the facts have it. */
    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private record Row(long id, int total) {}
}
