package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.server.RestfulServer;
import io.micrometer.core.instrument.MeterRegistry;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A route that goes round every step of the line tells nothing all the same. */
@ExchangeTest
class ResponseGateIT {

    @Autowired
    Exchange exchange;

    @Autowired
    RestfulServer server;

    @Autowired
    MeterRegistry meters;

    private final RoundAbout roundAbout = new RoundAbout();

    /** Asks nobody. */
    static final class RoundAbout {

        @Operation(name = "$round-about", idempotent = true)
        public Patient one() {
            var patient = new Patient();
            patient.addName().setFamily("Canary");
            patient.setId("Patient/somebody/_history/1");
            return patient;
        }

        @Operation(name = "$round-about-in-a-bundle", idempotent = true)
        public Bundle inABundle() {
            var inner = new Bundle().setType(Bundle.BundleType.COLLECTION);
            inner.addEntry().setResource(one());
            var outer = new Bundle().setType(Bundle.BundleType.COLLECTION);
            outer.addEntry().setResource(inner);
            return outer;
        }
    }

    @BeforeEach
    void somebodyAddsARoute() {
        server.registerProvider(roundAbout);
    }

    @AfterEach
    void thereIsNoSuchRoute() {
        server.unregisterProvider(roundAbout);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$round-about", "$round-about-in-a-bundle"})
    void whatNobodyDecidedAboutDoesNotLeave(String route) {
        var before = undecided();

        var answer = exchange.as(RIVERSIDE_CLINIC).get(route);

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.asString()).doesNotContain("Canary");
        assertThat(undecided()).isEqualTo(before + 1);
    }

    private double undecided() {
        return meters.get("accord.release.undecided").counter().count();
    }
}
