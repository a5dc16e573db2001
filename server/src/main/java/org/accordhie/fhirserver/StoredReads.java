package org.accordhie.fhirserver;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.IDao;
import ca.uhn.fhir.jpa.model.dao.JpaPid;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.util.IMetaTagSorter;
import ca.uhn.fhir.util.MetaUtil;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads resources out of the released view with one query: their text as it is stored, their {@code meta}, and their facts.
 * Thread-safe.
 */
@Component
final class StoredReads {

    private static final String COLUMNS =
            "SELECT res_id, res_ver, res_type, fhir_id, res_updated, res_text_vc, source_uri,"
                    + " request_id, tags, facts::text FROM ";

    private static final String WITH_WHAT_DECIDES =
            COLUMNS.replace(" FROM ", ", consents::text, there FROM ") + "read_now(?, ?)";
    private static final String CURRENT = COLUMNS + "stored_now(?, ?)";
    private static final String VERSION = COLUMNS + "stored_then(?, ?, ?)";
    private static final String ALL = COLUMNS + "stored_of(?)";
    private static final String ALL_WITH_WHAT_DECIDES =
            COLUMNS.replace(" FROM ", ", consents::text, there FROM ") + "read_of(?)";

    private static final String LOCATED = "SELECT version_at(?, ?, ?)";

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

    private final JdbcClient jdbc;
    private final FhirContext context;
    private final IMetaTagSorter sorter;
    private final TagDefinitions tags;

    StoredReads(JdbcClient jdbc, FhirContext context, IMetaTagSorter sorter, TagDefinitions tags) {
        this.jdbc = jdbc;
        this.tags = tags;
        this.context = context;
        this.sorter = sorter;
    }

    /**
     * The resource with its {@link StoredText}. Empty where there is none, and where it takes more than its text to tell it;
     * HAPI knows which.
     */
    Optional<Resource> read(String type, IIdType id) {
        if (!Unparsed.isWanted() || type.equals("Binary")) {
            return Optional.empty();
        }
        if (!id.hasVersionIdPart()) {
            return StorageView.current() == StorageView.RELEASED
                    ? one(WITH_WHAT_DECIDES, StoredReads::beside, List.of(type, id.getIdPart()))
                    : one(CURRENT, row -> null, List.of(type, id.getIdPart()));
        }
        return NUMBER.matcher(id.getVersionIdPart()).matches()
                ? one(VERSION, row -> null, List.of(type, id.getIdPart(), id.getVersionIdPartAsLong()))
                : Optional.empty();
    }

    /**
     * The same address with the version's number as storage counts, by which HAPI reads.
     *
     * @throws ResourceNotFoundException if no version that the reader sees has this number
     */
    IIdType located(String type, IIdType id) {
        if (!id.hasVersionIdPart()) {
            return id;
        }
        var version = NUMBER.matcher(id.getVersionIdPart()).matches()
                ? jdbc.sql(LOCATED)
                        .params(type, id.getIdPart(), id.getVersionIdPartAsLong())
                        .query(Long.class)
                        .optional()
                : Optional.<Long>empty();
        return version.map(stored -> new IdType(type, id.getIdPart(), String.valueOf(stored)))
                .orElseThrow(() -> new ResourceNotFoundException("no such version"));
    }

    private Optional<Resource> one(String sql, Company company, List<Object> params) {
        var found = rows(sql, company, params);
        return found.isEmpty() ? Optional.empty() : found.get(0).resource();
    }

    /**
     * The current versions of resources, each with its {@link StoredText}, in the order asked for and without those that are
     * not there. Empty where one of them takes more than its text to tell it.
     *
     * @param numbers the storage's own
     */
    Optional<List<Resource>> all(Collection<Long> numbers) {
        var wanted = List.<Object>of((Object) numbers.toArray(Long[]::new));
        var rows = StorageView.current() == StorageView.RELEASED
                ? rows(ALL_WITH_WHAT_DECIDES, new OfTheFirst(), wanted)
                : rows(ALL, row -> null, wanted);
        var found = rows.stream().collect(Collectors.toMap(Row::number, Row::resource));
        if (found.values().stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        return Optional.of(numbers.stream()
                .flatMap(number -> found.getOrDefault(number, Optional.empty()).stream())
                .toList());
    }

    /** A row, with a resource where its text is all that it takes. */
    private record Row(long number, Optional<Resource> resource) {}

    /** What a row brings along. */
    private interface Company {
        StoredText.@Nullable Beside of(ResultSet row) throws SQLException;
    }

    private static StoredText.Beside beside(ResultSet row) throws SQLException {
        return new StoredText.Beside(row.getString("consents"), Set.of((String[])
                row.getArray("there").getArray()));
    }

    /** The first row brings along what decides about all. Used by one thread. */
    private static final class OfTheFirst implements Company {

        private StoredText.@Nullable Beside first;

        @Override
        public StoredText.@Nullable Beside of(ResultSet row) throws SQLException {
            if (first == null) {
                first = beside(row);
            }
            return first;
        }
    }

    private List<Row> rows(String sql, Company company, List<Object> params) {
        return jdbc.sql(sql)
                .params(params)
                .query((row, number) -> {
                    var beside = company.of(row);
                    return new Row(row.getLong("res_id"), Optional.ofNullable(resource(row, beside)));
                })
                .list();
    }

    private @Nullable Resource resource(ResultSet row, StoredText.@Nullable Beside beside) throws SQLException {
        var text = row.getString("res_text_vc");
        var type = row.getString("res_type");
        if (!StoredText.isPlain(text, type)) {
            return null;
        }
        var resource = (Resource) context.getResourceDefinition(type).newInstance();
        var version = row.getString("res_ver");
        resource.setId(new IdType(type, row.getString("fhir_id"), version));
        var meta = resource.getMeta().setVersionId(version);
        meta.setLastUpdated(row.getTimestamp("res_updated"));
        tags.tell((Long[]) row.getArray("tags").getArray(), meta);
        MetaUtil.populateResourceSource(context, row.getString("source_uri"), row.getString("request_id"), resource);
        sorter.sort(meta);
        IDao.RESOURCE_PID.put(resource, JpaPid.fromId(row.getLong("res_id")));
        return new StoredText(text, row.getString("facts"), beside).carriedBy(resource);
    }
}
