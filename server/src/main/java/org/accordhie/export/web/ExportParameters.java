package org.accordhie.export.web;

import ca.uhn.fhir.model.api.IModelJson;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.UUID;

/** What HAPI's batch framework keeps of a job: its id and nothing else. */
public final class ExportParameters implements IModelJson {

    @JsonProperty("job")
    private String job = "";

    /** For the framework, which reads it from JSON. */
    public ExportParameters() {}

    ExportParameters(UUID job) {
        this.job = job.toString();
    }

    UUID job() {
        return UUID.fromString(job);
    }
}
