package org.accordhie.export.jpa;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import org.accordhie.smart.AccessGrant;
import org.accordhie.smart.GrantedScopes;
import org.accordhie.smart.LaunchContext;
import org.accordhie.vocabulary.Requester;

/** The grant of a job as JSON: of a system, so that there is no patient in context, no emergency and no residual in it. */
final class GrantJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            // Only record components are data; a method that happens to be called isGranular is not.
            .visibility(PropertyAccessor.GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .build();

    private GrantJson() {}

    private record Given(Requester requester, GrantedScopes scopes) {}

    static String write(AccessGrant grant) {
        try {
            return MAPPER.writeValueAsString(new Given(grant.requester(), grant.scopes()));
        } catch (JsonProcessingException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static AccessGrant read(String json) {
        try {
            var given = MAPPER.readValue(json, Given.class);
            return new AccessGrant(given.requester(), given.scopes(), LaunchContext.NONE, null, null);
        } catch (JsonProcessingException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
