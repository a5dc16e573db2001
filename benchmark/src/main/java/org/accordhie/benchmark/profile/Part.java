package org.accordhie.benchmark.profile;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A part of a server. The first that a class fits is its part, so that the narrower ones come first. */
public enum Part {
    DATABASE("questions to the database", "org.postgresql.", "com.zaxxer.", "org.springframework.jdbc."),
    TRANSACTIONS(
            "transactions, Hibernate",
            "org.springframework.transaction.",
            "org.springframework.orm.",
            "org.hibernate."),
    AUDIT("audit", "org.accordhie.audit."),
    TOKENS("token and scopes", "org.accordhie.smart.", "org.springframework.security.oauth2.", "com.nimbusds."),
    SECURITY("Spring Security", "org.springframework.security."),
    GATE("byte gate", "org.accordhie.fhirserver.gate."),
    ANSWERS("texts and answers", "org.accordhie.fhirserver."),
    INTAKE("intake and labels", "org.accordhie.intake.", "org.accordhie.labels.", "org.accordhie.redaction.fhir."),
    DECISION("views, facts, decision", "org.accordhie."),
    STORAGE("HAPI's storage and search", "ca.uhn.fhir.jpa.", "ca.uhn.fhir.storage."),
    SERVER("HAPI's server, parser and model", "ca.uhn.fhir.", "org.hl7.fhir."),
    METRICS("metrics", "io.micrometer."),
    SPRING("Spring's filters, proxies", "org.springframework."),
    TOMCAT("Tomcat", "org.apache.catalina.", "org.apache.coyote.", "org.apache.tomcat."),
    OTHER("nothing of these");

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> packages;

    Part(String label, String... packages) {
        this.label = label;
        this.packages = List.of(packages);
    }

    /** What it is called in the table. */
    public String label() {
        return label;
    }

    /**
     * The part that a processor was in: that of the innermost frame which belongs to one, so that a library of collections or of
     * JSON counts for whoever called it.
     *
     * @param classes of the frames, the innermost first
     */
    public static Part of(List<String> classes) {
        return classes.stream().flatMap(name -> part(name).stream()).findFirst().orElse(OTHER);
    }

    private static Optional<Part> part(String name) {
        return Arrays.stream(values())
                .filter(part -> part.packages.stream().anyMatch(name::startsWith))
                .findFirst();
    }
}
