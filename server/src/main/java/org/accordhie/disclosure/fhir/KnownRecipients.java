package org.accordhie.disclosure.fhir;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accordhie.disclosure.Recipient;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.PrimitiveType;

/** What recipients are called and where they are, as their Organizations say now; remembered for one answer. Not thread-safe. */
public final class KnownRecipients implements UnaryOperator<Recipient> {

    private static final String TYPE = "Organization/";

    private final IFhirResourceDao<Organization> dao;
    private final Map<String, Organization> known = new HashMap<>();

    public KnownRecipients(IFhirResourceDao<Organization> dao) {
        this.dao = dao;
    }

    /** With what its reporter said of it where nothing else is known, and at the least its reference for a name. */
    @Override
    public Recipient apply(Recipient recipient) {
        var organization = known.computeIfAbsent(recipient.reference(), this::find);
        var name = organization.hasName() ? organization.getName() : recipient.name();
        var address = organization.hasAddress() ? text(organization.getAddressFirstRep()) : recipient.address();
        return recipient.known(name.isEmpty() ? recipient.reference() : name, address);
    }

    private Organization find(String reference) {
        if (!reference.startsWith(TYPE)) {
            return new Organization();
        }
        try {
            return dao.read(new IdType(reference), new SystemRequestDetails());
        } catch (ResourceNotFoundException | ResourceGoneException absent) {
            return new Organization();
        }
    }

    private static String text(Address address) {
        if (address.hasText()) {
            return address.getText();
        }
        var place = Stream.of(address.getPostalCode(), address.getCity(), address.getState(), address.getCountry())
                .filter(part -> part != null && !part.isBlank())
                .collect(Collectors.joining(" "));
        List<String> lines =
                address.getLine().stream().map(PrimitiveType::getValue).toList();
        return Stream.concat(lines.stream(), place.isEmpty() ? Stream.of() : Stream.of(place))
                .collect(Collectors.joining(", "));
    }
}
