package org.accordhie.local.keycloak;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.accordhie.smart.Partner;
import org.accordhie.vocabulary.PurposeOfUse;

/**
 * Writes a realm as Keycloak 26 imports it. The same plan is always the same text, and nothing in it is secret.
 *
 * <p>Source: Keycloak's RealmRepresentation; SMART App Launch 2.2.0, "Backend Services" and "App Launch"; UDAP Security,
 * {@code hl7-b2b}.
 */
public final class Realm {

    /** Source: SMART App Launch 2.2.0, "Backend Services": tokens and assertions live five minutes at most. */
    private static final int LIFE_IN_SECONDS = 300;

    private static final String PROTOCOL = "openid-connect";

    /** What every token for the exchange says. It is on the clients of partners alone, so that no other client has it. */
    private static final String EXCHANGE = "exchange";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RealmPlan plan;
    private final List<OfferedScopes> offered;

    private Realm(RealmPlan plan) {
        this.plan = plan;
        this.offered = plan.partners().stream()
                .map(partner -> OfferedScopes.of(partner, plan.isApp(partner)))
                .toList();
    }

    /** Throws {@link IllegalArgumentException} if something of the plan is more than Keycloak can hold. */
    public static String of(RealmPlan plan) {
        return new Realm(plan).written().toPrettyString();
    }

    private ObjectNode written() {
        var realm = JSON.createObjectNode()
                .put("realm", plan.name())
                .put("enabled", true)
                .put("sslRequired", "external")
                .put("registrationAllowed", false)
                .put("bruteForceProtected", true)
                .put("accessTokenLifespan", LIFE_IN_SECONDS);
        var scopes = realm.putArray("clientScopes");
        scopes.add(exchange());
        clinicalScopes().forEach(name -> scopes.add(scope(name)));
        purposes().forEach(purpose -> scopes.add(purpose(purpose)));
        if (!plan.apps().isEmpty()) {
            scopes.add(ofPerson(OfferedScopes.PATIENT, "patient"));
            scopes.add(ofPerson(OfferedScopes.USER, "fhirUser"));
        }
        realm.putArray("defaultDefaultClientScopes");
        realm.putArray("defaultOptionalClientScopes");
        var clients = realm.putArray("clients");
        plan.partners().forEach(partner -> clients.add(client(partner)));
        if (!plan.apps().isEmpty()) {
            realm.set("components", UserProfile.components());
        }
        return realm;
    }

    private SortedSet<String> clinicalScopes() {
        var names = new TreeSet<String>();
        offered.forEach(each -> names.addAll(each.clinical()));
        return names;
    }

    private SortedSet<PurposeOfUse> purposes() {
        var purposes = new TreeSet<PurposeOfUse>();
        offered.forEach(each -> purposes.addAll(each.purposes()));
        return purposes;
    }

    private ObjectNode exchange() {
        var scope = scope(EXCHANGE);
        scope.withObject("/attributes")
                .put("include.in.token.scope", "false")
                .put("display.on.consent.screen", "false");
        scope.putArray("protocolMappers")
                .add(mapper(
                        "audience",
                        "oidc-audience-mapper",
                        Map.of("included.custom.audience", plan.audience(), "access.token.claim", "true")))
                .add(mapper("subject", "oidc-sub-mapper", Map.of("access.token.claim", "true")));
        return scope;
    }

    private static ObjectNode scope(String name) {
        var scope = JSON.createObjectNode().put("name", name).put("protocol", PROTOCOL);
        scope.putObject("attributes").put("include.in.token.scope", "true").put("display.on.consent.screen", "true");
        return scope;
    }

    /** Source: UDAP Security, {@code hl7-b2b}: the version, and an array of codes with their system. */
    private static ObjectNode purpose(PurposeOfUse purpose) {
        var scope = scope(OfferedScopes.nameOf(purpose));
        scope.putArray("protocolMappers")
                .add(fixed("version", "extensions.hl7-b2b.version", "1", "String"))
                .add(fixed(
                        "purpose of use",
                        "extensions.hl7-b2b.purpose_of_use",
                        "[\"" + PurposeOfUse.OID + "#" + purpose.name() + "\"]",
                        "JSON"));
        return scope;
    }

    /** What an administrator has written down about whoever signs in. */
    private static ObjectNode ofPerson(String name, String claim) {
        var scope = scope(name);
        scope.putArray("protocolMappers")
                .add(mapper(
                        claim,
                        "oidc-usermodel-attribute-mapper",
                        Map.of(
                                "user.attribute", claim,
                                "claim.name", claim,
                                "jsonType.label", "String",
                                "access.token.claim", "true",
                                "id.token.claim", "true",
                                "access.tokenResponse.claim", "true")));
        return scope;
    }

    private ObjectNode client(Partner partner) {
        var isApp = plan.isApp(partner);
        var client = JSON.createObjectNode()
                .put("clientId", partner.clientId())
                .put("name", partner.organization())
                .put("enabled", true)
                .put("protocol", PROTOCOL)
                .put("publicClient", isApp && !plan.keys().containsKey(partner.clientId()))
                .put("clientAuthenticatorType", "client-jwt")
                .put("serviceAccountsEnabled", !isApp)
                .put("standardFlowEnabled", isApp)
                .put("implicitFlowEnabled", false)
                .put("directAccessGrantsEnabled", false)
                .put("consentRequired", isApp)
                .put("fullScopeAllowed", false);
        var redirects = client.putArray("redirectUris");
        plan.apps().getOrDefault(partner.clientId(), List.of()).forEach(redirects::add);
        var origins = client.putArray("webOrigins");
        if (isApp) {
            // Keycloak's word for the origins of the addresses above.
            origins.add("+");
        }
        attributes(partner).forEach(client.putObject("attributes")::put);
        client.putArray("protocolMappers").add(fixed("client", "client_id", partner.clientId(), "String"));
        client.putArray("defaultClientScopes").add(EXCHANGE);
        var optional = client.putArray("optionalClientScopes");
        OfferedScopes.of(partner, isApp).names().forEach(optional::add);
        return client;
    }

    private SortedMap<String, String> attributes(Partner partner) {
        var attributes = new TreeMap<String, String>();
        var keys = plan.keys().get(partner.clientId());
        if (keys != null) {
            attributes.putAll(keys.attributes());
        }
        attributes.put("token.endpoint.auth.signing.max.exp", String.valueOf(LIFE_IN_SECONDS));
        attributes.put("access.token.lifespan", String.valueOf(LIFE_IN_SECONDS));
        attributes.put("use.refresh.tokens", "false");
        if (plan.isApp(partner)) {
            attributes.put("pkce.code.challenge.method", "S256");
        }
        return attributes;
    }

    private static ObjectNode fixed(String name, String claim, String value, String type) {
        return mapper(
                name,
                "oidc-hardcoded-claim-mapper",
                Map.of(
                        "claim.name", claim,
                        "claim.value", value,
                        "jsonType.label", type,
                        "access.token.claim", "true",
                        "id.token.claim", "false",
                        "userinfo.token.claim", "false",
                        "access.tokenResponse.claim", "false"));
    }

    private static ObjectNode mapper(String name, String kind, Map<String, String> config) {
        var mapper = JSON.createObjectNode()
                .put("name", name)
                .put("protocol", PROTOCOL)
                .put("protocolMapper", kind);
        new TreeMap<>(config).forEach(mapper.putObject("config")::put);
        return mapper;
    }
}
