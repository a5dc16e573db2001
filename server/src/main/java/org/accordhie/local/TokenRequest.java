package org.accordhie.local;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.accordhie.vocabulary.BreakGlass;
import org.accordhie.vocabulary.PurposeOfUse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;

/**
 * What a development client asks a token for, found to be something it may ask.
 *
 * @param partner who asks
 * @param scopes what for
 * @param purposes why: what the client's assertion says, else the form parameter {@code purpose_of_use}, or the partner's first
 *     purpose
 * @param requestor who asks for the partner, as the client's assertion says
 * @param patient the patient in context, an id: the form parameter {@code patient} of a patient's app; null for none
 * @param user the person who uses the client, as {@code Practitioner/[id]} or {@code Patient/[id]}; null for a system
 * @param emergency the form parameters {@code break_glass_patient}, an id, and {@code break_glass_reason}; null for none
 */
record TokenRequest(
        DevelopmentPartner partner,
        Set<String> scopes,
        List<PurposeOfUse> purposes,
        Map<String, Object> requestor,
        @Nullable String patient,
        @Nullable String user,
        @Nullable BreakGlass emergency) {

    private static final String PURPOSE = "purpose_of_use";
    private static final String PATIENT = "patient";
    private static final String BREAK_GLASS = "break_glass_";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");

    TokenRequest {
        scopes = Set.copyOf(scopes);
        purposes = List.copyOf(purposes);
        requestor = Map.copyOf(requestor);
    }

    /**
     * Reads a request that a client makes for itself.
     *
     * @param permitted the scopes it may ask for
     * @param baseUrl the FHIR API the token is for
     * @throws OAuth2AuthenticationException {@code invalid_scope}, {@code invalid_grant} or {@code invalid_request}
     */
    static TokenRequest read(
            OAuth2ClientCredentialsAuthenticationToken request,
            DevelopmentPartner partner,
            PreauthorizedScopes permitted,
            String baseUrl) {
        if (!permitted.permit(request.getScopes())) {
            throw refusal(
                    OAuth2ErrorCodes.INVALID_SCOPE,
                    "ask for scopes within those registered, such as " + partner.exampleScope());
        }
        var parameters = request.getAdditionalParameters();
        var asserted = assertion(request)
                .flatMap(jwt -> AssertedBusiness.read(jwt, partner, baseUrl + "/" + partner.organization()));
        if (asserted.isPresent() && parameters.containsKey(PURPOSE)) {
            throw refusal(OAuth2ErrorCodes.INVALID_REQUEST, "the assertion says the purpose of use already");
        }
        var patient = patient(parameters, partner);
        return new TokenRequest(
                partner,
                request.getScopes(),
                asserted.map(AssertedBusiness::purposes).orElseGet(() -> List.of(purpose(parameters, partner))),
                asserted.map(AssertedBusiness::requestor).orElseGet(Map::of),
                patient,
                patient == null ? partner.user() : "Patient/" + patient,
                emergency(parameters));
    }

    /** The assertion by which the client authenticated; empty if it did so with a secret. */
    static Optional<Jwt> assertion(OAuth2ClientCredentialsAuthenticationToken request) {
        return request.getPrincipal() instanceof OAuth2ClientAuthenticationToken client
                        && client.getCredentials() instanceof Jwt assertion
                ? Optional.of(assertion)
                : Optional.empty();
    }

    private static PurposeOfUse purpose(Map<String, Object> parameters, DevelopmentPartner partner) {
        if (!parameters.containsKey(PURPOSE)) {
            return partner.purposes().get(0);
        }
        return text(parameters, PURPOSE)
                .flatMap(PurposeOfUse::ofCode)
                .filter(partner.purposes()::contains)
                .orElseThrow(() ->
                        refusal(OAuth2ErrorCodes.INVALID_REQUEST, "purpose_of_use is one of " + partner.purposes()));
    }

    private static @Nullable String patient(Map<String, Object> parameters, DevelopmentPartner partner) {
        if (!partner.isPatientApp()) {
            if (parameters.containsKey(PATIENT)) {
                throw refusal(OAuth2ErrorCodes.INVALID_REQUEST, "this client has no patient in context");
            }
            return null;
        }
        return text(parameters, PATIENT)
                .filter(ID.asMatchPredicate())
                .orElseThrow(() -> refusal(
                        OAuth2ErrorCodes.INVALID_REQUEST, "name the patient in context: patient=[id of the Patient]"));
    }

    private static @Nullable BreakGlass emergency(Map<String, Object> parameters) {
        var patient = text(parameters, BREAK_GLASS + "patient").filter(ID.asMatchPredicate());
        var reason = text(parameters, BREAK_GLASS + "reason").filter(words -> !words.isBlank());
        if (patient.isEmpty() && reason.isEmpty()) {
            return null;
        }
        return patient.flatMap(id -> reason.map(words -> new BreakGlass("Patient/" + id, words)))
                .orElseThrow(() -> refusal(
                        OAuth2ErrorCodes.INVALID_REQUEST,
                        "an emergency has both: break_glass_patient=[id of the Patient] and break_glass_reason"));
    }

    /** Empty also for a parameter given twice, which arrives as an array. */
    private static Optional<String> text(Map<String, Object> parameters, String name) {
        return parameters.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static OAuth2AuthenticationException refusal(String code, String description) {
        return new OAuth2AuthenticationException(new OAuth2Error(code, description, null));
    }
}
