package org.accordhie.exchange;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Organizations as a privacy officer registers them, and the tokens of their clients. */
final class Registered {

    private static final String GRANT = "https://accordhie.org/fhir/StructureDefinition/client-grant";

    private Registered() {}

    /** An organisation with a client for each grant. */
    static String organization(String name, String... grants) {
        return """
                {"resourceType":"Organization","active":true,"name":"%s","extension":[%s]}""".formatted(name, String.join(",", grants));
    }

    /** A client that may treat, with one scope. */
    static String clinic(String client, String scope) {
        return grant(
                part("clientId", "String", client), part("scope", "String", scope), part("purpose", "Code", "TREAT"));
    }

    static String grant(String... parts) {
        return "{\"url\":\"" + GRANT + "\",\"extension\":[" + String.join(",", parts) + "]}";
    }

    static String part(String name, String type, String value) {
        return "{\"url\":\"" + name + "\",\"value" + type + "\":\"" + value + "\"}";
    }

    static String flag(String name) {
        return "{\"url\":\"" + name + "\",\"valueBoolean\":true}";
    }

    /** A grant with further parts. */
    static String with(String grant, String... parts) {
        var all = new ArrayList<>(List.of(parts));
        all.add(0, grant.substring(0, grant.length() - 2));
        return String.join(",", all) + "]}";
    }

    static String partOf(String organization, String above) {
        return organization.replaceFirst("\\{", "{\"partOf\":{\"reference\":\"" + above + "\"},");
    }

    /** Makes a token that of another client, who asks for a purpose. */
    static Consumer<JWTClaimsSet.Builder> asClient(String client, String purpose) {
        return claims -> claims.claim("client_id", client)
                .subject(client)
                .claim("extensions", Map.of("hl7-b2b", Map.of("version", "1", "purpose_of_use", List.of(purpose))));
    }
}
