package org.accordhie.local;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.accordhie.vocabulary.PurposeOfUse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * What a client asserts about who asks and why, as far as it may.
 *
 * <p>Source: UDAP Security, "B2B Authorization Extension Object"; {@code invalid_grant} is its answer to one that cannot be
 * accepted. Members the specification does not name are left out.
 *
 * @param purposes one purpose of use, or the emergency {@code BTG} with the treatment it is for
 * @param requestor who asks for the organisation, and which consents it knows of, to be copied
 */
record AssertedBusiness(List<PurposeOfUse> purposes, Map<String, Object> requestor) {

    static final String EXTENSION = "hl7-b2b";

    private static final List<String> TEXTS = List.of("subject_name", "subject_id", "subject_role");
    private static final List<String> ADDRESSES = List.of("consent_policy", "consent_reference");
    private static final Set<Set<PurposeOfUse>> EMERGENCIES =
            Set.of(Set.of(PurposeOfUse.BTG, PurposeOfUse.TREAT), Set.of(PurposeOfUse.BTG, PurposeOfUse.ETREAT));

    AssertedBusiness {
        purposes = List.copyOf(purposes);
        requestor = Map.copyOf(requestor);
    }

    /**
     * Empty if the assertion has no such extension.
     *
     * @param organization the address of the client's own organisation, the only one it may name
     * @throws OAuth2AuthenticationException {@code invalid_grant}
     */
    static Optional<AssertedBusiness> read(Jwt assertion, DevelopmentPartner partner, String organization) {
        if (!assertion.hasClaim("extensions")) {
            return Optional.empty();
        }
        if (!(assertion.getClaims().get("extensions") instanceof Map<?, ?> extensions)) {
            throw refusal("extensions is an object");
        }
        var extension = extensions.get(EXTENSION);
        if (extension == null) {
            return Optional.empty();
        }
        if (!(extension instanceof Map<?, ?> members)
                || !"1".equals(members.get("version"))
                || !organization.equals(members.get("organization_id"))) {
            throw refusal("hl7-b2b has version 1 and organization_id " + organization);
        }
        return Optional.of(new AssertedBusiness(purposes(members, partner), requestor(members)));
    }

    private static List<PurposeOfUse> purposes(Map<?, ?> members, DevelopmentPartner partner) {
        var codes = texts(members.get("purpose_of_use"), "purpose_of_use");
        var purposes = codes.stream()
                .filter(text -> text.startsWith(PurposeOfUse.OID + "#"))
                .map(text -> PurposeOfUse.ofCode(text.substring(PurposeOfUse.OID.length() + 1)))
                .flatMap(Optional::stream)
                .filter(partner.purposes()::contains)
                .toList();
        var isOne = purposes.size() == 1 || EMERGENCIES.contains(Set.copyOf(purposes));
        if (purposes.size() != codes.size() || !isOne) {
            throw refusal("purpose_of_use is one of " + partner.purposes() + ", as " + PurposeOfUse.OID + "#CODE");
        }
        return purposes;
    }

    private static Map<String, Object> requestor(Map<?, ?> members) {
        var requestor = new LinkedHashMap<String, Object>();
        for (var name : TEXTS) {
            var value = members.get(name);
            if (value instanceof String text && !text.isBlank()) {
                requestor.put(name, text);
            } else if (value != null) {
                throw refusal(name + " is a text");
            }
        }
        for (var name : ADDRESSES) {
            if (members.get(name) != null) {
                requestor.put(name, addresses(members.get(name), name));
            }
        }
        return requestor;
    }

    private static List<String> addresses(@Nullable Object value, String name) {
        var addresses = texts(value, name);
        try {
            if (addresses.stream().allMatch(address -> URI.create(address).isAbsolute())) {
                return addresses;
            }
        } catch (IllegalArgumentException malformed) {
            throw new OAuth2AuthenticationException(refusal(name).getError(), malformed);
        }
        throw refusal(name + " is an array of absolute addresses");
    }

    private static List<String> texts(@Nullable Object value, String name) {
        if (value instanceof List<?> elements && elements.stream().allMatch(String.class::isInstance)) {
            return elements.stream().map(String.class::cast).toList();
        }
        throw refusal(name + " is an array of texts");
    }

    private static OAuth2AuthenticationException refusal(String description) {
        return new OAuth2AuthenticationException(new OAuth2Error(OAuth2ErrorCodes.INVALID_GRANT, description, null));
    }
}
