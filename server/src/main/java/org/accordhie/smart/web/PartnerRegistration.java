package org.accordhie.smart.web;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.accordhie.fhirserver.WriteStep;
import org.accordhie.smart.PartnerRegistry;
import org.accordhie.smart.fhir.RegistrationReader;
import org.accordhie.smart.jpa.PartnerTable;
import org.accordhie.vocabulary.ExchangeRole;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Organization;

/**
 * Makes the Organizations that privacy officers write the partner registry, in the transaction that writes them. What sources
 * write stays an entry of the directory, and one that would be more is refused.
 */
final class PartnerRegistration implements WriteStep {

    private static final String TYPE = "Organization";

    private final PartnerTable table;
    private final PartnerRegistry configured;

    PartnerRegistration(PartnerTable table, PartnerRegistry configured) {
        this.table = table;
        this.configured = configured;
    }

    @Override
    public void written(Written written) {
        var organizations = written.resources().stream()
                .filter(Organization.class::isInstance)
                .map(Organization.class::cast)
                .toList();
        var ids = Stream.concat(
                        organizations.stream().map(Organization::getIdElement),
                        written.deleted().stream()
                                .filter(id -> id.getResourceType().equals(TYPE)))
                .map(IdType::getIdPart)
                .toList();
        if (ids.isEmpty()) {
            return;
        }
        if (written.requester().is(ExchangeRole.PRIVACY_OFFICER)) {
            register(organizations, ids);
        } else if (organizations.stream().anyMatch(RegistrationReader::holdsGrant) || table.holdsAny(ids)) {
            throw new ForbiddenOperationException("not permitted");
        }
    }

    /** All are taken out before any is entered, so that a bundle can give one's client to another. */
    private void register(List<Organization> organizations, List<String> ids) {
        table.change();
        table.remove(ids);
        organizations.forEach(each -> table.add(RegistrationReader.read(each, this::objection)));
    }

    private Optional<String> objection(String client) {
        if (configured.find(client).isPresent()) {
            return Optional.of("names a client of the exchange's settings, which cannot be changed here");
        }
        return table.holdsClient(client)
                ? Optional.of("names a client that another organization has registered")
                : Optional.empty();
    }
}
