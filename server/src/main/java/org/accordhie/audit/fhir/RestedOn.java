package org.accordhie.audit.fhir;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * What a recorded decision rested on.
 *
 * @param laws the versions of the rules of law and organisation, as {@code Consent/[id]/_history/[version]}
 * @param consents the versions of the consents of all patients concerned, likewise
 */
record RestedOn(List<String> laws, List<String> consents) {

    private static final RestedOn NOTHING = new RestedOn(List.of(), List.of());

    private static final JsonMapper JSON = JsonMapper.builder().build();

    RestedOn {
        laws = List.copyOf(laws);
        consents = List.copyOf(consents);
    }

    /**
     * Reads the evidence of a record.
     *
     * @param evidence JSON; empty where nothing was decided
     */
    static RestedOn read(String evidence) {
        if (evidence.isEmpty()) {
            return NOTHING;
        }
        try {
            var decided = JSON.readTree(evidence);
            return new RestedOn(versions(decided, "laws"), versions(decided, "consents"));
        } catch (JsonProcessingException malformed) {
            throw new IllegalStateException("the evidence of a record is no JSON", malformed);
        }
    }

    private static List<String> versions(JsonNode decided, String name) {
        return StreamSupport.stream(decided.path(name).spliterator(), false)
                .map(JsonNode::asText)
                .filter(version -> version.startsWith("Consent/"))
                .sorted()
                .toList();
    }
}
