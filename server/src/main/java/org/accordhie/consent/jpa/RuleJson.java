package org.accordhie.consent.jpa;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.accordhie.consent.ConsentPolicy;
import org.accordhie.consent.ContextCriteria;
import org.accordhie.consent.DataCriteria;
import org.accordhie.consent.ElementRule;
import org.accordhie.consent.HardRule;
import org.accordhie.consent.RequesterCriteria;
import org.accordhie.consent.ResourceCriteria;
import org.accordhie.vocabulary.ResourceFacts;

/** The decision's records as JSON, always written the same way, so that equal records have equal text. */
final class RuleJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            // Only record components are data; a method that happens to be called isEmpty is not.
            .visibility(PropertyAccessor.GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addMixIn(ConsentPolicy.class, KindOfPolicy.class)
            .addMixIn(ContextCriteria.class, KindOfContext.class)
            .addMixIn(DataCriteria.class, KindOfData.class)
            .addMixIn(ResourceFacts.Labels.class, SeldomInline.class)
            .build();

    private static final String REMOVALS = "removals";

    private RuleJson() {}

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Consents by whose they are, from an array of pairs of patient and policy. Anything else is an error, and never no consents. */
    static Map<String, List<ConsentPolicy>> readPolicies(String json) {
        try {
            var pairs = MAPPER.readTree(json);
            require(pairs.isArray(), "consents must be an array");
            var policies = new HashMap<String, List<ConsentPolicy>>();
            for (var pair : pairs) {
                require(
                        pair.path(0).isTextual() && pair.path(1).isObject(),
                        "a consent must be a patient and a policy");
                policies.computeIfAbsent(pair.path(0).textValue(), patient -> new ArrayList<>())
                        .add(MAPPER.treeToValue(pair.path(1), ConsentPolicy.class));
            }
            return policies;
        } catch (JsonProcessingException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** A rule of law or organisation with what it takes out, which stands beside it where there is any. */
    static String write(HardRule law) {
        ObjectNode tree = MAPPER.valueToTree(law.rule());
        if (!law.removals().isEmpty()) {
            tree.set(REMOVALS, MAPPER.valueToTree(law.removals()));
        }
        return tree.toString();
    }

    /** Reads it back. */
    static HardRule read(String json, HardRule.Kind kind, String title) {
        try {
            var tree = (ObjectNode) MAPPER.readTree(json);
            var removals = tree.remove(REMOVALS);
            return new HardRule(
                    kind,
                    title,
                    MAPPER.treeToValue(tree, ConsentPolicy.Computable.class),
                    removals == null ? List.of() : List.of(MAPPER.treeToValue(removals, ElementRule[].class)));
        } catch (JsonProcessingException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static String write(ConsentPolicy policy) {
        try {
            return MAPPER.writerFor(ConsentPolicy.class).writeValueAsString(policy);
        } catch (JsonProcessingException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A release class knows of no labelled elements, and what it is stored as has to stay the same. */
    private abstract static class SeldomInline {
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @SuppressWarnings("unused")
        private Set<?> inline = Set.of();
    }

    /** Keeps the two kinds of policy apart without an annotation in the pure package. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = ConsentPolicy.Computable.class, name = "computable"),
        @JsonSubTypes.Type(value = ConsentPolicy.Uncomputable.class, name = "uncomputable")
    })
    private interface KindOfPolicy {}

    /** The same for what is known of the requester. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = RequesterCriteria.class, name = "criteria"),
        @JsonSubTypes.Type(value = ContextCriteria.Known.class, name = "known")
    })
    private interface KindOfContext {}

    /** And of the resource. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = ResourceCriteria.class, name = "criteria"),
        @JsonSubTypes.Type(value = DataCriteria.Known.class, name = "known")
    })
    private interface KindOfData {}
}
