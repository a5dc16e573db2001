package org.accordhie.fhirserver;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.IDao;
import ca.uhn.fhir.jpa.dao.TolerantJsonParser;
import ca.uhn.fhir.model.api.ResourceMetadataKeyEnum;
import ca.uhn.fhir.parser.LenientErrorHandler;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * The stored JSON of a resource that has not been parsed: the resource that carries it has its id and its {@code meta} and
 * nothing else. What needs more asks for the {@link #whole} one; what is told as it is stored is never parsed.
 *
 * @param json as storage keeps it: without id and {@code meta}
 * @param facts the facts extracted when it was written, as they are stored
 * @param beside what was read with it; null where that is to be asked for
 */
public record StoredText(
        String json, String facts, @Nullable Beside beside) {

    /**
     * What a decision about resources needs beside them. Those that were read together share it.
     *
     * @param consents the consents in force of every patient they name: a JSON array of pairs of patient and policy
     * @param there which of the resources that they refer to can be referred to, as {@code [type]/[id]}, without patients
     */
    public record Beside(String consents, Set<String> there) {

        public Beside {
            there = Set.copyOf(there);
        }
    }

    private static final String KEY = StoredText.class.getName();

    /** Storage leaves it in contained resources, where FHIR allows no empty object; HAPI does not tell it. */
    private static final String EMPTY_META = "\"meta\":{}";

    private static final List<ResourceMetadataKeyEnum<?>> KEPT = List.of(
            IDao.RESOURCE_PID,
            ResourceMetadataKeyEnum.ENTRY_SEARCH_MODE,
            ResourceMetadataKeyEnum.ENTRY_SEARCH_SCORE,
            ResourceMetadataKeyEnum.ENTRY_TRANSACTION_METHOD);

    /** That of a resource; empty where it is a whole one. */
    public static Optional<StoredText> of(IBaseResource resource) {
        return Optional.ofNullable((StoredText) resource.getUserData(KEY));
    }

    /** Whether text can be told as it is: it begins with its type, and brings no id and no {@code meta} of its own. */
    static boolean isPlain(@Nullable String json, String type) {
        var start = start(type);
        return json != null
                && json.startsWith(start)
                && !json.startsWith(",\"id\"", start.length())
                && !json.startsWith(",\"meta\"", start.length())
                && !json.contains(EMPTY_META);
    }

    /** Lets a resource that has id and {@code meta} carry the rest as text, which must be {@link #isPlain}. */
    <R extends IBaseResource> R carriedBy(R bare) {
        bare.setUserData(KEY, this);
        return bare;
    }

    /** What follows id and {@code meta}, with its first comma and without the last brace. */
    String rest(String type) {
        return json.substring(start(type).length(), json.lastIndexOf('}'));
    }

    private static String start(String type) {
        return "{\"resourceType\":\"" + type + "\"";
    }

    /** The whole resource; the same where it is one already. */
    public static Resource whole(Resource resource, FhirContext context) {
        return of(resource).map(text -> parsed(text, resource, context)).orElse(resource);
    }

    private static Resource parsed(StoredText text, Resource bare, FhirContext context) {
        var parser = new TolerantJsonParser(context, new LenientErrorHandler(false).disableAllErrors(), null);
        var whole = parser.parseResource(bare.getClass(), text.json());
        whole.setId(bare.getIdElement());
        whole.setMeta(bare.getMeta());
        KEPT.forEach(key -> copy(key, bare, whole));
        return whole;
    }

    private static <T> void copy(ResourceMetadataKeyEnum<T> key, Resource from, Resource to) {
        var value = key.get(from);
        if (value != null) {
            key.put(to, value);
        }
    }
}
