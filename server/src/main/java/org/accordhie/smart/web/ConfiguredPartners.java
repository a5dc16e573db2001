package org.accordhie.smart.web;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.accordhie.fhirserver.AccordProperties;
import org.accordhie.smart.GrantedScopes;
import org.accordhie.smart.Partner;
import org.accordhie.smart.PartnerRegistry;

/** The partners of the settings, by whom an exchange begins. Two of one client stop the start. */
public final class ConfiguredPartners implements PartnerRegistry {

    private final Map<String, Partner> byClient;

    /** Takes those of the settings. */
    public ConfiguredPartners(List<AccordProperties.Partner> partners) {
        this.byClient = partners.stream()
                .map(ConfiguredPartners::partner)
                .collect(toUnmodifiableMap(Partner::clientId, identity()));
    }

    @Override
    public Optional<Partner> find(String clientId) {
        return Optional.ofNullable(byClient.get(clientId));
    }

    @Override
    public List<Partner> all() {
        return List.copyOf(byClient.values());
    }

    private static Partner partner(AccordProperties.Partner settings) {
        return new Partner(
                settings.clientId(),
                settings.organization(),
                settings.partOf(),
                settings.purposes(),
                settings.roles(),
                GrantedScopes.EVERYTHING);
    }
}
