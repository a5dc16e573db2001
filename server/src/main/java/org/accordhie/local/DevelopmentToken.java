package org.accordhie.local;

import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.accordhie.vocabulary.PurposeOfUse;

/**
 * What a token says about its holder: SMART's launch context, and UDAP's {@code hl7-b2b} extension for organisation and
 * purpose.
 *
 * @param baseUrl the FHIR API the token is for, and under which its references are
 * @param request what was asked and may be granted
 */
record DevelopmentToken(String baseUrl, TokenRequest request) {

    /** Hands over each claim that the authorization server does not set by itself. */
    void writeClaims(BiConsumer<String, Object> claims) {
        claims.accept("aud", List.of(baseUrl));
        claims.accept("client_id", request.partner().clientId());
        claims.accept(
                "scope", String.join(" ", request.scopes().stream().sorted().toList()));
        claims.accept("extensions", extensions());
        if (request.user() != null) {
            claims.accept("fhirUser", absolute(request.user()));
        }
        if (request.patient() != null) {
            claims.accept("patient", request.patient());
        }
    }

    /** The launch context in a token of this server. */
    static Map<String, Object> launchContext(String token) {
        try {
            var patient = SignedJWT.parse(token).getJWTClaimsSet().getStringClaim("patient");
            return patient == null ? Map.of() : Map.of("patient", patient);
        } catch (ParseException impossible) {
            throw new IllegalStateException("the server's own token cannot be read", impossible);
        }
    }

    private Map<String, Object> extensions() {
        var extensions = new LinkedHashMap<String, Object>();
        extensions.put(AssertedBusiness.EXTENSION, businessToBusiness());
        var emergency = request.emergency();
        if (emergency != null) {
            extensions.put(
                    "accord_break_glass",
                    Map.of("patient", absolute(emergency.patient()), "reason", emergency.reason()));
        }
        return extensions;
    }

    private Map<String, Object> businessToBusiness() {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("version", "1");
        claims.put("organization_id", absolute(request.partner().organization()));
        claims.put("organization_name", request.partner().organizationName());
        claims.put(
                "purpose_of_use",
                request.purposes().stream()
                        .map(purpose -> PurposeOfUse.OID + "#" + purpose)
                        .toList());
        claims.putAll(request.requestor());
        return claims;
    }

    private String absolute(String reference) {
        return baseUrl + "/" + reference;
    }
}
