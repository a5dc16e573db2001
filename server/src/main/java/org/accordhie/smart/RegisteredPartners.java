package org.accordhie.smart;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The partners that privacy officers have registered, at one moment.
 *
 * <p>Which organisation is above which is believed of officers and of the settings alone: what a source says of itself would
 * give it the consents of others.
 */
public final class RegisteredPartners implements PartnerRegistry {

    /** None. */
    public static final RegisteredPartners NONE = new RegisteredPartners(List.of(), List.of());

    private final Map<String, Partner> byClient = new LinkedHashMap<>();
    private final Map<String, Set<String>> above = new HashMap<>();

    /**
     * Takes all that is registered.
     *
     * @param configured the partners of the settings, to whose organisations others may belong
     */
    public RegisteredPartners(Collection<RegisteredOrganization> organizations, Collection<Partner> configured) {
        for (var partner : configured) {
            above.computeIfAbsent(partner.organization(), key -> new HashSet<>())
                    .addAll(partner.partOf());
        }
        for (var organization : organizations) {
            if (organization.partOf() != null) {
                above.computeIfAbsent(organization.address(), key -> new HashSet<>())
                        .add(organization.partOf());
            }
        }
        organizations.stream().filter(RegisteredOrganization::active).forEach(this::add);
    }

    private void add(RegisteredOrganization organization) {
        var partOf = thoseAbove(organization.address());
        for (var client : organization.clients()) {
            if (!client.suspended()) {
                byClient.put(
                        client.clientId(),
                        new Partner(
                                client.clientId(),
                                organization.address(),
                                partOf,
                                client.purposes(),
                                client.roles(),
                                GrantedScopes.parse(client.scopes())));
            }
        }
    }

    /** To any height; organisations that are above each other in a circle are above each other. */
    private Set<String> thoseAbove(String organization) {
        var found = new HashSet<String>();
        var open = new HashSet<>(Set.of(organization));
        while (!open.isEmpty()) {
            var next = new HashSet<String>();
            open.forEach(each -> next.addAll(above.getOrDefault(each, Set.of())));
            next.removeAll(found);
            found.addAll(next);
            open = next;
        }
        found.remove(organization);
        return found;
    }

    @Override
    public Optional<Partner> find(String clientId) {
        return Optional.ofNullable(byClient.get(clientId));
    }

    @Override
    public List<Partner> all() {
        return List.copyOf(byClient.values());
    }
}
