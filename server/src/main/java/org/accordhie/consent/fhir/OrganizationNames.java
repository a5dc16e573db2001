package org.accordhie.consent.fhir;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Organization;

/** What organisations are called, remembered for one answer. Not thread-safe. */
public final class OrganizationNames implements UnaryOperator<String> {

    private static final String TYPE = "Organization/";

    private final IFhirResourceDao<Organization> dao;
    private final Predicate<String> exists;
    private final Map<String, String> known = new HashMap<>();

    /**
     * Names for one answer.
     *
     * @param exists whether an organisation of this id is stored
     */
    public OrganizationNames(IFhirResourceDao<Organization> dao, Predicate<String> exists) {
        this.dao = dao;
        this.exists = exists;
    }

    /** Its name; the reference itself for all that has none here. */
    @Override
    public String apply(String reference) {
        return known.computeIfAbsent(reference, this::find);
    }

    private String find(String reference) {
        if (!reference.startsWith(TYPE) || !exists.test(reference.substring(TYPE.length()))) {
            return reference;
        }
        var organization = dao.read(new IdType(reference), new SystemRequestDetails());
        return organization.hasName() ? organization.getName() : reference;
    }
}
