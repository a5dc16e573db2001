package org.accordhie.export.web;

import ca.uhn.fhir.model.api.IModelJson;
import com.fasterxml.jackson.annotation.JsonProperty;

/** One chunk of a job's work: a type that is to be listed. */
public final class ExportedType implements IModelJson {

    @JsonProperty("type")
    private String type = "";

    /** For the framework, which reads it from JSON. */
    public ExportedType() {}

    ExportedType(String type) {
        this.type = type;
    }

    String type() {
        return type;
    }
}
