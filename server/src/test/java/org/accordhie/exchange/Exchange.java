package org.accordhie.exchange;

import static io.restassured.RestAssured.given;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.TestComponent;

/** The running exchange, to be asked as somebody. */
@TestComponent
final class Exchange {

    private final String base;
    private final String issuer;
    private final Map<String, Caller> callers = new ConcurrentHashMap<>();

    Exchange(
            @Value("${accord.base-url}") String base,
            @Value("http://127.0.0.1:${accord.development.issuer-port}") String issuer) {
        this.base = base;
        this.issuer = issuer;
    }

    String base() {
        return base;
    }

    Caller as(Partner partner) {
        return callers.computeIfAbsent(partner.client, client -> new Caller(base, token(partner, "", partner.scope)));
    }

    /** The app of a patient, given as {@code Patient/[id]}. */
    Caller asAppOf(String patient) {
        return callers.computeIfAbsent(
                patient, key -> new Caller(base, token(Partner.PATIENT_APP, patient, Partner.PATIENT_APP.scope)));
    }

    /** A partner in an emergency of one patient, given as {@code Patient/[id]}. */
    Caller inEmergency(Partner partner, String patient, String reason) {
        return new Caller(
                base,
                token(
                        partner,
                        "",
                        partner.scope,
                        Map.of(
                                "purpose_of_use",
                                "BTG",
                                "break_glass_patient",
                                patient.substring("Patient/".length()),
                                "break_glass_reason",
                                reason)));
    }

    /** A partner who asks for a purpose. */
    Caller as(Partner partner, String purpose) {
        return callers.computeIfAbsent(
                partner.client + " " + purpose,
                key -> new Caller(base, token(partner, "", partner.scope, Map.of("purpose_of_use", purpose))));
    }

    Caller with(String token) {
        return new Caller(base, token);
    }

    String token(Partner partner, String patient, String scope) {
        return token(partner, patient, scope, Map.of());
    }

    private String token(Partner partner, String patient, String scope, Map<String, String> further) {
        var request = given().auth()
                .preemptive()
                .basic(partner.client, partner.secret())
                .formParam("grant_type", "client_credentials")
                .formParam("scope", scope)
                .formParams(further);
        if (!patient.isEmpty()) {
            request.formParam("patient", patient.substring("Patient/".length()));
        }
        return request.post(issuer + "/oauth2/token")
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
    }
}
