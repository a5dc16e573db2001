package org.accordhie.intake.fhir;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.fge.jsonpatch.JsonPatchException;
import com.github.fge.jsonpatch.JsonPatchFactory;
import com.github.fge.jsonpatch.JsonPatchModule;
import java.io.IOException;
import java.util.Set;
import org.accordhie.intake.PatchPath;

/**
 * Applies a JSON patch to the JSON of a resource, one operation after another, so that the one at fault can be named and none can
 * make the whole too large. HAPI's {@code JsonPatchUtils} does neither, and takes a decimal's last zeros.
 *
 * <p>Source: RFC 6902; FHIR R4, RESTful API, "patch".
 */
final class JsonPatches {

    /** More is a new version, which can be pushed as such. */
    static final int MOST = 100;

    private static final Set<String> OPERATIONS = Set.of("add", "copy", "move", "remove", "replace", "test");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .addModule(new JsonPatchModule())
            .build();

    private static final JsonPatchFactory OPERATION = new JsonPatchFactory(JSON);

    private JsonPatches() {}

    /**
     * The resource after the patch.
     *
     * @throws PatchRefused naming the operation at fault
     */
    static String apply(String resource, String patch) {
        var operations = read(patch);
        if (!operations.isArray() || operations.size() > MOST) {
            throw new PatchRefused("a patch must be an array of at most " + MOST + " operations");
        }
        var patched = read(resource);
        for (int index = 0; index < operations.size(); index++) {
            var operation = operations.get(index);
            requireUnderstood(index, operation);
            patched = apply(index, operation, patched);
            // Twice itself with each copy, it would soon be larger than any memory.
            if (operation.path("op").asText().equals("copy")
                    && patched.toString().length() > 2 * (resource.length() + patch.length())) {
                throw refused(index, operation, "makes the resource too large");
            }
        }
        return patched.toString();
    }

    private static void requireUnderstood(int index, JsonNode operation) {
        var name = operation.path("op").asText();
        if (!OPERATIONS.contains(name)) {
            throw refused(index, operation, "must have an `op` of RFC 6902");
        }
        if (!isPointer(operation.path("path"))
                || (Set.of("copy", "move").contains(name) && !isPointer(operation.path("from")))) {
            throw refused(index, operation, "must have JSON pointers as RFC 6902 says, of at most 512 characters");
        }
    }

    private static boolean isPointer(JsonNode text) {
        return text.isTextual() && PatchPath.isPointer(text.asText());
    }

    private static JsonNode apply(int index, JsonNode operation, JsonNode resource) {
        try {
            return OPERATION.fromJson(JSON.createArrayNode().add(operation)).apply(resource);
        } catch (IOException | JsonPatchException | RuntimeException failed) {
            throw new PatchRefused(index, operation.path("path").asText(), "cannot be applied", failed);
        }
    }

    private static PatchRefused refused(int index, JsonNode operation, String said) {
        return new PatchRefused(index, operation.path("path").asText(), said);
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException malformed) {
            throw new PatchRefused("the patch is not well-formed");
        }
    }
}
