package org.accordhie.local.load;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;

/** Reads answers, which need not be what they should. */
final class Json {

    private Json() {}

    /** A node without content if the text is not JSON. */
    static JsonNode read(ObjectMapper mapper, byte[] text) throws IOException {
        try {
            return mapper.readTree(text);
        } catch (JacksonException malformed) {
            return MissingNode.getInstance();
        }
    }
}
