package org.accordhie.local.keycloak;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What a realm knows of people. Which patient somebody is, is written by administrators alone: who could change it themselves would
 * be any patient they like.
 */
final class UserProfile {

    private static final ObjectMapper JSON = new ObjectMapper();

    private UserProfile() {}

    static ObjectNode components() {
        var profile = JSON.createObjectNode();
        var attributes = profile.putArray("attributes");
        List.of("username", "email", "firstName", "lastName")
                .forEach(name -> attributes.add(attribute(name, "admin", "user")));
        List.of("patient", "fhirUser").forEach(name -> attributes.add(attribute(name, "admin")));
        var components = JSON.createObjectNode();
        components
                .putArray("org.keycloak.userprofile.UserProfileProvider")
                .addObject()
                .put("providerId", "declarative-user-profile")
                .putObject("config")
                .putArray("kc.user.profile.config")
                .add(profile.toString());
        return components;
    }

    private static ObjectNode attribute(String name, String... editors) {
        var attribute = JSON.createObjectNode().put("name", name).put("multivalued", false);
        var permissions = attribute.putObject("permissions");
        for (var right : List.of("view", "edit")) {
            var who = permissions.putArray(right);
            for (var editor : editors) {
                who.add(editor);
            }
        }
        return attribute;
    }
}
