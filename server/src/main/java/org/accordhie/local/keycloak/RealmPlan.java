package org.accordhie.local.keycloak;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.accordhie.smart.Partner;

/**
 * What a realm is made of.
 *
 * @param name the realm
 * @param audience what its tokens name in {@code aud}, as a rule the address of the FHIR API
 * @param partners the clients of the registry, by the names they have in this realm
 * @param keys the keys of clients, by client; without keys a client is told nothing
 * @param apps where the apps that people launch are sent back to, by client; all other clients act for themselves
 */
public record RealmPlan(
        String name,
        String audience,
        List<Partner> partners,
        Map<String, ClientKeys> keys,
        Map<String, List<String>> apps) {

    /** Throws {@link IllegalArgumentException} if keys or addresses are somebody's who is not registered. */
    public RealmPlan {
        partners = partners.stream()
                .sorted(Comparator.comparing(Partner::clientId))
                .toList();
        keys = Map.copyOf(keys);
        apps = Map.copyOf(apps);
        var strangers = new TreeSet<>(keys.keySet());
        strangers.addAll(apps.keySet());
        partners.forEach(partner -> strangers.remove(partner.clientId()));
        if (!strangers.isEmpty()) {
            throw new IllegalArgumentException("the registry has no client " + strangers + " of this realm");
        }
    }

    boolean isApp(Partner partner) {
        return apps.containsKey(partner.clientId());
    }

    /** Those that cannot prove who they are yet. */
    public List<String> clientsWithoutKeys() {
        return partners.stream()
                .filter(partner -> !isApp(partner) && !keys.containsKey(partner.clientId()))
                .map(Partner::clientId)
                .toList();
    }
}
