package org.accordhie.benchmark.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Time counts for the innermost part that is known, and what that calls for it. */
class PartTest {

    @ParameterizedTest
    @CsvSource({
        "DECISION, java.util.HashMap com.fasterxml.jackson.core.JsonFactory org.accordhie.consent.jpa.FactsJson",
        "DATABASE, java.net.Socket org.postgresql.core.PGStream org.accordhie.audit.jpa.AuditTable",
        "AUDIT, org.accordhie.audit.jpa.AuditTable org.springframework.transaction.support.TransactionTemplate",
        "TOKENS, org.springframework.security.oauth2.jwt.Jwt org.springframework.security.web.FilterChainProxy",
        "SECURITY, org.springframework.security.web.FilterChainProxy org.apache.catalina.core.ApplicationFilterChain",
        "GATE, org.accordhie.fhirserver.gate.QueryText org.accordhie.fhirserver.RequestLine",
        "ANSWERS, org.accordhie.fhirserver.StoredJson ca.uhn.fhir.rest.server.RestfulServer",
        "STORAGE, ca.uhn.fhir.jpa.search.builder.SearchBuilder org.accordhie.fhirserver.TextSearch",
        "SERVER, ca.uhn.fhir.parser.JsonParser org.accordhie.fhirserver.StoredAnswers",
        "TRANSACTIONS, org.hibernate.internal.SessionImpl ca.uhn.fhir.jpa.dao.BaseHapiFhirDao",
        "OTHER, java.lang.Thread sun.nio.ch.Net"
    })
    void isThatOfTheInnermostFrameThatBelongsToOne(Part part, String frames) {
        assertThat(Part.of(List.of(frames.split(" ")))).isEqualTo(part);
    }

    @Test
    void whatHasNoFramesBelongsToNone() {
        assertThat(Part.of(List.of())).isEqualTo(Part.OTHER);
    }
}
