package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.accordhie.fhirserver.ResourceTypes;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Every resource type, every interaction, every context and some grants of each: whether the server refuses is compared with a
 * plain reading of SMART App Launch 2.2.0, "Scopes for requesting FHIR resources".
 */
@ExchangeTest
@DisplayName("F1, T3: what is not granted is refused, and only that")
class ScopeMatrixIT {

    private static final String PATIENT = "no-such-patient";

    /** With the context in the place of {@code @}. */
    private static final List<String> GRANTS = List.of(
            "@/*.rs",
            "@/*.cud",
            "@/*.r",
            "@/*.s",
            "@/*.read",
            "@/*.write",
            "@/Observation.rs",
            "@/Observation.r @/Condition.s",
            "@/Observation.cruds @/Patient.cruds @/Practitioner.cruds",
            "@/Observation.rs?category=laboratory");

    private static final Set<String> SHARED =
            Set.of("Practitioner", "PractitionerRole", "Organization", "Location", "Medication");

    /** Which others than sources write. */
    private static final Set<String> KEPT_BY_OFFICERS = Set.of("Consent", "CodeSystem", "ValueSet");

    @Autowired
    Exchange exchange;

    @Autowired
    AlteredTokens tokens;

    private enum Asking {
        READ("r"),
        VREAD("r"),
        HISTORY("r"),
        HISTORY_OF_TYPE("s"),
        SEARCH("s"),
        SEARCH_BY_POST("s"),
        SEARCH_OF_COMPARTMENT("s"),
        CREATE("c"),
        UPDATE("u"),
        CONDITIONAL_UPDATE("us"),
        PATCH("u"),
        CONDITIONAL_PATCH("us"),
        DELETE("d"),
        CONDITIONAL_DELETE("ds");

        private static final String CONDITION = "?identifier=urn:x%7Cnone";

        private final String letters;

        Asking(String letters) {
            this.letters = letters;
        }

        Response ask(Caller caller, String type) {
            return switch (this) {
                case READ -> caller.get(type + "/none");
                case VREAD -> caller.get(type + "/none/_history/1");
                case HISTORY -> caller.get(type + "/none/_history");
                case HISTORY_OF_TYPE -> caller.get(type + "/_history?_count=1");
                case SEARCH_OF_COMPARTMENT -> caller.get("Patient/none/" + type + "?_id=none");
                case SEARCH -> caller.get(type + "?_id=none");
                case SEARCH_BY_POST ->
                    caller.given()
                            .contentType("application/x-www-form-urlencoded")
                            .body("_id=none")
                            .post(caller.base() + "/" + type + "/_search");
                case CREATE -> caller.post(type, unstorable(type, ""));
                case UPDATE -> caller.put(type + "/none", unstorable(type, "\"id\":\"none\","));
                case CONDITIONAL_UPDATE -> caller.put(type + CONDITION, unstorable(type, ""));
                case PATCH -> patch(caller, type + "/none");
                case CONDITIONAL_PATCH -> patch(caller, type + CONDITION);
                case DELETE -> caller.delete(type + "/none");
                case CONDITIONAL_DELETE -> caller.delete(type + CONDITION);
            };
        }

        private static Response patch(Caller caller, String address) {
            return caller.given()
                    .contentType("application/json-patch+json")
                    .body("[]")
                    .patch(caller.base() + "/" + address);
        }

        /** Refers to nobody, so that nothing is ever stored. */
        private static String unstorable(String type, String id) {
            return """
                    {"resourceType":"%s",%s"extension":[{"url":"urn:x","valueReference":{
                     "reference":"Patient/no-such-patient"}}]}""".formatted(type, id);
        }

        boolean isAskedOf(String type) {
            return this == SEARCH_OF_COMPARTMENT
                    ? !type.equals("Patient") && (type.equals("Group") || isOfOnePatient('c', type))
                    : !(writes() && KEPT_BY_OFFICERS.contains(type));
        }

        boolean writes() {
            return letters.chars().anyMatch(letter -> letter == 'c' || letter == 'u' || letter == 'd');
        }
    }

    @Test
    void theServerAgreesWithAPlainModel() {
        var differences = new ArrayList<String>();
        var cells = 0;
        for (var context : List.of("patient", "user", "system")) {
            for (var grant : GRANTS) {
                var scopes = grant.replace("@", context);
                var caller = with(scopes);
                for (var type : ResourceTypes.SERVED) {
                    for (var asking : Asking.values()) {
                        if (!asking.isAskedOf(type)) {
                            continue;
                        }
                        cells++;
                        var status = asking.ask(caller, type).statusCode();
                        if ((status != 403) != isGranted(scopes, asking.letters, type) || status >= 500) {
                            differences.add(scopes + " " + asking + " " + type + ": " + status);
                        }
                    }
                }
            }
        }

        System.out.printf("scope matrix: %d cells, %d differences%n", cells, differences.size());
        assertThat(differences).isEmpty();
        assertThat(cells).isGreaterThan(6000);
    }

    /** Each letter by some scope: all of them are of one context here. */
    private static boolean isGranted(String scopes, String letters, String type) {
        return letters.chars()
                .allMatch(letter ->
                        Arrays.stream(scopes.split(" ")).anyMatch(scope -> grants(scope, (char) letter, type)));
    }

    private static boolean grants(String scope, char letter, String type) {
        var context = scope.substring(0, scope.indexOf('/'));
        var named = scope.substring(scope.indexOf('/') + 1, scope.indexOf('.'));
        var letters = scope.substring(scope.indexOf('.') + 1)
                .replaceFirst("[?].*", "")
                .replace("read", "rs")
                .replace("write", "cud");
        return (named.equals("*") || named.equals(type))
                && letters.indexOf(letter) >= 0
                && (!context.equals("patient") || isOfOnePatient(letter, type));
    }

    private static boolean isOfOnePatient(char letter, String type) {
        if (SHARED.contains(type)) {
            return letter == 'r' || letter == 's';
        }
        // HAPI puts Device there for its parameter `patient`, the CompartmentDefinition of R4 does not. A Group is of
        // several.
        if (type.equals("Device") || type.equals("Group")) {
            return false;
        }
        var inCompartment = type.equals("Patient")
                || !FhirContext.forR4Cached()
                        .getResourceDefinition(type)
                        .getSearchParamsForCompartmentName("Patient")
                        .isEmpty();
        return inCompartment && !(type.equals("Patient") && letter == 'c');
    }

    private Caller with(String scopes) {
        var token = exchange.token(LAKESIDE_HOSPITAL, "", "system/*.rs");
        return exchange.with(tokens.of(
                token,
                claims -> claims.claim("scope", scopes)
                        .claim("fhirUser", "Practitioner/nobody")
                        .claim("patient", PATIENT)));
    }
}
