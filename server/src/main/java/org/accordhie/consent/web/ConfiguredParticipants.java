package org.accordhie.consent.web;

import java.util.List;
import org.accordhie.consent.Participants;
import org.accordhie.fhirserver.AccordProperties;
import org.accordhie.smart.Partner;

/** The partners of the settings. Thread-safe. */
final class ConfiguredParticipants implements Participants {

    private final List<Partner> partners;

    ConfiguredParticipants(List<AccordProperties.Partner> settings) {
        this.partners = settings.stream()
                .map(each ->
                        new Partner(each.clientId(), each.organization(), each.partOf(), each.purposes(), each.roles()))
                .toList();
    }

    @Override
    public List<Partner> all() {
        return partners;
    }
}
