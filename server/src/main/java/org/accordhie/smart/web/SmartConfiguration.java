package org.accordhie.smart.web;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What SMART clients are told, by whichever document.
 *
 * <p>Source: SMART App Launch 2.2.0, "Conformance"; the same of 1.0.0 for the CapabilityStatement.
 *
 * @param endpoints the addresses that there are, by the names of {@code .well-known/smart-configuration}
 * @param issuer who signs id tokens, and its keys; empty without single sign-on
 * @param grantTypes how tokens are got: a user's, a system's, or both
 * @param lists lists of what the issuer says, by the names of {@code .well-known/smart-configuration}
 * @param capabilities SMART's names of what works
 */
record SmartConfiguration(
        Map<String, URI> endpoints,
        Map<String, String> issuer,
        List<String> grantTypes,
        Map<String, List<String>> lists,
        List<String> capabilities) {

    /** The one method there is; {@code plain} must not be listed. */
    private static final List<String> CHALLENGE_METHODS = List.of("S256");

    SmartConfiguration {
        endpoints = Map.copyOf(endpoints);
        issuer = Map.copyOf(issuer);
        grantTypes = List.copyOf(grantTypes);
        lists = Map.copyOf(lists);
        capabilities = List.copyOf(capabilities);
    }

    /** The members of {@code .well-known/smart-configuration}. */
    Map<String, Object> members() {
        var members = new LinkedHashMap<String, Object>(issuer);
        endpoints.forEach((name, address) -> members.put(name, address.toString()));
        members.put("grant_types_supported", grantTypes);
        members.put("code_challenge_methods_supported", CHALLENGE_METHODS);
        members.putAll(lists);
        members.put("capabilities", capabilities);
        return members;
    }
}
