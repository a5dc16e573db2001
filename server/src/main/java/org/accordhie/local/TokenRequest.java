package org.accordhie.local;

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
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;

/**
 * What a development client asks a token for, found to be something it may ask.
 *
 * <p>Every well-formed SMART scope of the client's context is granted, writes included: whether a partner may use it is
 * for the exchange's own registry to say, and development needs tokens that the exchange then refuses.
 *
 * @param partner who asks
 * @param scopes what for
 * @param purpose why: the form parameter {@code purpose_of_use}, or the partner's first purpose
 * @param patient the form parameter {@code patient}, an id; null unless the partner is a patient's app
 * @param emergency the form parameters {@code break_glass_patient}, an id, and {@code break_glass_reason}; null for none
 */
record TokenRequest(
        DevelopmentPartner partner,
        Set<String> scopes,
        PurposeOfUse purpose,
        @Nullable String patient,
        @Nullable BreakGlass emergency) {

    private static final String PURPOSE = "purpose_of_use";
    private static final String PATIENT = "patient";
    private static final String BREAK_GLASS = "break_glass_";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");

    /** SMART App Launch 2.2.0, "Scopes for requesting FHIR resources", with the permissions of version 1. */
    private static final Pattern SCOPE = Pattern.compile("(?<context>patient|user|system)/(\\*|[A-Z][A-Za-z]*)"
            + "\\.(\\*|read|write|(?=[cruds])c?r?u?d?s?)"
            + "(\\?[A-Za-z_][\\w-]*=[^&=?#\\s]+(&[A-Za-z_][\\w-]*=[^&=?#\\s]+)*)?");

    TokenRequest {
        scopes = Set.copyOf(scopes);
    }

    /**
     * Reads a client's request.
     *
     * @throws OAuth2AuthenticationException {@code invalid_scope} or {@code invalid_request}
     */
    static TokenRequest read(OAuth2ClientCredentialsAuthenticationToken request, String clientId) {
        var partner = DevelopmentPartner.withClientId(clientId)
                .orElseThrow(() -> refusal(OAuth2ErrorCodes.INVALID_CLIENT, "unknown client"));
        var parameters = request.getAdditionalParameters();
        return new TokenRequest(
                partner,
                scopes(request.getScopes(), partner),
                purpose(parameters, partner),
                patient(parameters, partner),
                emergency(parameters));
    }

    private static Set<String> scopes(Set<String> asked, DevelopmentPartner partner) {
        if (asked.isEmpty()) {
            throw refusal(OAuth2ErrorCodes.INVALID_SCOPE, "ask for a scope, such as " + partner.exampleScope());
        }
        for (var scope : asked) {
            var parts = SCOPE.matcher(scope);
            if (!parts.matches() || !partner.context().equals(parts.group("context"))) {
                throw refusal(
                        OAuth2ErrorCodes.INVALID_SCOPE,
                        "this client is granted " + partner.context() + "/ scopes only");
            }
        }
        return asked;
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
