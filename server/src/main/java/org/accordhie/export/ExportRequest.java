package org.accordhie.export;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.accordhie.audit.TrailReach;
import org.jspecify.annotations.Nullable;

/**
 * What a kick-off asks for. What is not known is refused, since a parameter that is ignored answers another question. The audit
 * trail is exported only where it is named: it grows with each request, and nobody means it by "everything".
 *
 * @param level whose resources
 * @param types the types it names; empty where it names none
 * @param since only what was stored at this instant or later; null for all
 */
public record ExportRequest(
        ExportLevel level, Set<String> types, @Nullable Instant since) {

    /** The spellings of the one format there is. */
    private static final Set<String> NDJSON = Set.of("application/fhir+ndjson", "application/ndjson", "ndjson");

    /** FHIR's years have four digits. */
    private static final int LAST_YEAR = 9999;

    private static final Set<String> KNOWN = Set.of("_outputFormat", "_since", "_type");

    /** Known to the specification, and not carried out here. */
    private static final Set<String> UNSUPPORTED = Set.of(
            "_elements",
            "_typeFilter",
            "allowPartialManifests",
            "includeAssociatedData",
            "organizeOutputBy",
            "patient");

    public ExportRequest {
        types = Set.copyOf(types);
    }

    /**
     * Reads the parameters of a kick-off.
     *
     * @param served the types that this exchange has
     * @throws MalformedExport naming the parameter
     */
    public static ExportRequest parse(
            ExportLevel level, Map<String, List<String>> parameters, Collection<String> served) {
        parameters.keySet().forEach(ExportRequest::refuseUnknown);
        var format = single(parameters, "_outputFormat");
        if (format != null && !NDJSON.contains(format)) {
            throw new MalformedExport(
                    "`_outputFormat` must be one of " + NDJSON.stream().sorted().collect(Collectors.joining(", ")));
        }
        return new ExportRequest(
                level,
                types(level, parameters.getOrDefault("_type", List.of()), served),
                since(single(parameters, "_since")));
    }

    private static void refuseUnknown(String name) {
        if (UNSUPPORTED.contains(name)) {
            throw new MalformedExport("`" + name + "` is not supported");
        }
        if (!KNOWN.contains(name)) {
            throw new MalformedExport("an export knows the parameters "
                    + KNOWN.stream().sorted().collect(Collectors.joining(", ")) + " and no others");
        }
    }

    private static @Nullable String single(Map<String, List<String>> parameters, String name) {
        var values = parameters.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw new MalformedExport("`" + name + "` is there more than once");
        }
        return values.isEmpty() ? null : values.get(0);
    }

    private static Set<String> types(ExportLevel level, List<String> values, Collection<String> served) {
        var types = new LinkedHashSet<String>();
        for (var value : values) {
            Arrays.stream(value.split(",", -1)).map(String::strip).forEach(types::add);
        }
        if (!types.stream().allMatch(type -> served.contains(type) || type.equals(TrailReach.TYPE))) {
            throw new MalformedExport("`_type` names what is no resource type of this exchange");
        }
        if (!types.stream().allMatch(level::offers)) {
            throw new MalformedExport("`_type` names a type that is in no patient's compartment");
        }
        return types;
    }

    private static @Nullable Instant since(@Nullable String value) {
        try {
            var since = value == null ? null : OffsetDateTime.parse(value);
            if (since != null && (since.getYear() < 1 || since.getYear() > LAST_YEAR)) {
                throw new DateTimeException("FHIR has no such year");
            }
            return since == null ? null : since.toInstant();
        } catch (DateTimeException malformed) {
            throw new MalformedExport("`_since` is not an instant such as 2026-01-31T08:00:00Z");
        }
    }
}
