package org.accordhie.terminology.jpa;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import org.accordhie.terminology.ValueSetDefinition;

/** Value set definitions as JSON. */
final class DefinitionJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private DefinitionJson() {}

    static String write(ValueSetDefinition definition) {
        try {
            return MAPPER.writeValueAsString(definition);
        } catch (JsonProcessingException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static ValueSetDefinition read(String json) {
        try {
            return MAPPER.readValue(json, ValueSetDefinition.class);
        } catch (JsonProcessingException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
