package org.accordhie.fhirserver;

import ca.uhn.fhir.jpa.dao.IJpaStorageResourceParser;
import ca.uhn.fhir.jpa.model.entity.ResourceHistoryTable;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.SimpleBundleProvider;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import jakarta.persistence.EntityManager;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.accordhie.vocabulary.TimeSpan;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The released versions of one resource, of a type, or of everything, newest first.
 *
 * <p>Asked of the released views directly: HAPI's own history loads its pages after the view has ended, and ends a version with
 * the next one whether that is released or not. Thread-safe.
 */
@Component
final class VersionHistory {

    private static final String VERSIONS = "SELECT number, id, total FROM history_of(?, ?, ?, ?, ?, ?, ?)";

    private static final String LOADED = "SELECT v FROM ResourceHistoryTable v WHERE v.myId.myVersionId IN (:numbers)";

    private static final HistoryQuery WHOLE = new HistoryQuery(null, TimeSpan.ALWAYS, new PatientRecord.Page(1, 0));

    private final JdbcClient jdbc;
    private final EntityManager entities;
    private final IJpaStorageResourceParser parser;
    private final AccordProperties properties;

    VersionHistory(
            JdbcClient jdbc, EntityManager entities, IJpaStorageResourceParser parser, AccordProperties properties) {
        this.jdbc = jdbc;
        this.entities = entities;
        this.parser = parser;
        this.properties = properties;
    }

    /**
     * Whose versions.
     *
     * @param type null for those of every type
     * @param id null for those of every resource
     */
    record Subject(@Nullable String type, @Nullable String id) {}

    /** Reads the page that a request asks for, with the total of all pages, in the view of the running transaction. */
    IBundleProvider read(Subject subject, RequestDetails request) {
        var query = HistoryQuery.of(request, properties.limits());
        var page = query.page();
        var rows = rows(subject, query);
        if (rows.isEmpty() && subject.id() != null && rows(subject, WHOLE).isEmpty()) {
            throw new ResourceNotFoundException("not found");
        }
        var answer = new SimpleBundleProvider(loaded(rows));
        answer.setSize(rows.isEmpty() ? total(subject, query) : rows.get(0).total());
        answer.setPreferredPageSize(page.count());
        if (request.getParameters().containsKey(Constants.PARAM_COUNT)) {
            // The links are made of what was asked for, and must lead on from what is told.
            request.addParameter(Constants.PARAM_COUNT, new String[] {String.valueOf(page.count())});
        }
        return answer;
    }

    private int total(Subject subject, HistoryQuery query) {
        return rows(subject, new HistoryQuery(query.since(), query.at(), WHOLE.page())).stream()
                .map(Row::total)
                .findFirst()
                .orElse(0);
    }

    private List<Row> rows(Subject subject, HistoryQuery query) {
        return jdbc.sql(VERSIONS)
                .params(
                        subject.type(),
                        subject.id(),
                        timestamp(query.since()),
                        timestamp(query.at().from()),
                        timestamp(query.at().until()),
                        (long) query.page().count(),
                        (long) query.page().offset())
                .query((row, number) -> new Row(row.getLong(1), row.getString(2), row.getInt(3)))
                .list();
    }

    private List<IBaseResource> loaded(List<Row> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        var versions = entities.createQuery(LOADED, ResourceHistoryTable.class)
                .setParameter("numbers", rows.stream().map(Row::number).toList())
                .getResultStream()
                .collect(Collectors.toMap(version -> version.getId().getId(), Function.identity()));
        return rows.stream()
                .map(row -> resource(row, versions.get(row.number())))
                .toList();
    }

    private IBaseResource resource(Row row, @Nullable ResourceHistoryTable version) {
        if (version == null) {
            throw new IllegalStateException("a version is in one released view and not in the other");
        }
        version.setTransientForcedId(row.id());
        return parser.toResource(version, true);
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }

    private record Row(long number, String id, int total) {}
}
