package org.accordhie.disclosure.fhir;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
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
    private final Predicate<String> isThere;
    private final Map<String, Organization> known = new HashMap<>();

    /**
     * Recipients as they are stored.
     *
     * @param isThere whether an Organization of an id is stored: to read one that is not would end the running transaction
     */
    public KnownRecipients(IFhirResourceDao<Organization> dao, Predicate<String> isThere) {
        this.dao = dao;
        this.isThere = isThere;
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
        if (!reference.startsWith(TYPE) || !isThere.test(reference.substring(TYPE.length()))) {
            return new Organization();
        }
        return dao.read(new IdType(reference), new SystemRequestDetails());
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
