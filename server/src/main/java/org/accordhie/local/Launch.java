package org.accordhie.local;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * An app's launch that somebody who has signed in is deciding about.
 *
 * @param authorization not granted yet
 */
record Launch(OAuth2Authorization authorization) {

    private static final OAuth2TokenType STATE = new OAuth2TokenType("state");
    private static final String PATIENT = "patient";

    /** The one the request names. Empty if there is none, or it is somebody else's. */
    static Optional<Launch> of(HttpServletRequest request, OAuth2AuthorizationService authorizations) {
        var state = request.getParameter("state");
        var person = request.getUserPrincipal();
        return Optional.ofNullable(state == null || state.isEmpty() ? null : authorizations.findByToken(state, STATE))
                .filter(found -> person != null && person.getName().equals(found.getPrincipalName()))
                .map(Launch::new);
    }

    String client() {
        return request().getClientId();
    }

    /** What the app asks for. */
    Set<String> scopes() {
        return new TreeSet<>(request().getScopes());
    }

    /** The record it is about, an id; null before it is picked. */
    @Nullable
    String patient() {
        return patient(authorization);
    }

    /** The record an authorization is about, an id; null if none was picked. */
    static @Nullable String patient(OAuth2Authorization authorization) {
        return authorization.getAttribute(PATIENT);
    }

    /** The same, about this record. */
    Launch about(String patient) {
        return new Launch(OAuth2Authorization.from(authorization)
                .attribute(PATIENT, patient)
                .build());
    }

    /** The address of another page about this launch. */
    String addressOf(String path) {
        return UriComponentsBuilder.fromPath(path)
                .queryParam("state", state())
                .encode()
                .toUriString();
    }

    String state() {
        String state = authorization.getAttribute("state");
        if (state == null) {
            throw new IllegalStateException("a launch was found by its state");
        }
        return state;
    }

    private OAuth2AuthorizationRequest request() {
        OAuth2AuthorizationRequest request = authorization.getAttribute(OAuth2AuthorizationRequest.class.getName());
        if (request == null) {
            throw new IllegalStateException("a launch begins with a request");
        }
        return request;
    }
}
