package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.server.RestfulServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Basic;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What came into an answer past every step of the line does not leave with it. */
@ExchangeTest(slips = 6)
class ResponseGateIT {

    private static final String CANARY = "Canary";

    @Autowired
    Exchange exchange;

    @Autowired
    RestfulServer server;

    @Autowired
    MeterRegistry meters;

    /**
     * Puts a resource that nobody decided about into a page.
     *
     * @param smuggled which
     * @param packing what it is put into
     */
    @Interceptor
    record Smuggler(Resource smuggled, UnaryOperator<Resource> packing) {

        /** Before the gate looks. */
        @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = -1)
        public void smuggle(IBaseResource answer) {
            ((Bundle) answer).addEntry().setResource(packing.apply(smuggled));
        }
    }

    static Stream<Smuggler> smugglers() {
        var patient = new Patient();
        patient.addName().setFamily(CANARY);
        var event = new AuditEvent();
        event.addEntity().setName(CANARY);
        var binary = new Binary();
        binary.setContentType("text/" + CANARY);
        Stream.of(patient, event, binary).forEach(ResponseGateIT::stored);
        var unnamed = new Basic();
        unnamed.getCode().setText(CANARY);
        return Stream.of(
                new Smuggler(patient, each -> each),
                new Smuggler(event, each -> each),
                new Smuggler(binary, each -> each),
                new Smuggler(unnamed, each -> each),
                new Smuggler(patient, each -> {
                    var bundle = new Bundle();
                    bundle.addEntry().setResource(each);
                    return bundle;
                }),
                new Smuggler(patient, each -> {
                    var parameters = new Parameters();
                    parameters.addParameter().addPart().setResource(each);
                    return parameters;
                }));
    }

    private static void stored(Resource resource) {
        resource.setId(resource.fhirType() + "/somebody/_history/1");
        resource.getMeta().setVersionId("1");
    }

    @ParameterizedTest
    @MethodSource("smugglers")
    void whatNobodyDecidedAboutDoesNotLeave(Smuggler smuggler) {
        var before = undecided();
        server.getInterceptorService().registerInterceptor(smuggler);
        try {
            var answer = exchange.as(RIVERSIDE_CLINIC).get("Patient?_count=1");

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.asString()).doesNotContain(CANARY);
        } finally {
            server.getInterceptorService().unregisterInterceptor(smuggler);
        }
        assertThat(undecided()).isEqualTo(before + 1);
    }

    @Test
    void whatWasDecidedLeaves() {
        var before = undecided();

        exchange.as(RIVERSIDE_CLINIC).get("Patient?_count=1").then().statusCode(200);

        assertThat(undecided()).isEqualTo(before);
    }

    private double undecided() {
        return meters.get("accord.release.undecided").counter().count();
    }
}
