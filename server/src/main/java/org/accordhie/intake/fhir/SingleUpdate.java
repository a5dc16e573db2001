package org.accordhie.intake.fhir;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.config.HapiFhirHibernateJpaDialect;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.api.server.storage.TransactionDetails;
import ca.uhn.fhir.rest.param.ParameterUtil;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.PersistenceException;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryResponseComponent;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;

/**
 * Stores the one resource of a push in the running transaction, with the effect that HAPI's own transactions have. Those load in
 * advance what they might change, by queries that Hibernate translates anew each time; that pays for many entries only.
 * Thread-safe.
 */
public final class SingleUpdate {

    private final DaoRegistry daos;
    private final EntityManager entities;
    private final HapiFhirHibernateJpaDialect dialect;

    /** Stores by HAPI's own service for the type, and tells what the database refuses in HAPI's and Spring's exceptions. */
    public SingleUpdate(DaoRegistry daos, EntityManager entities, HapiFhirHibernateJpaDialect dialect) {
        this.daos = daos;
        this.entities = entities;
        this.dialect = dialect;
    }

    /**
     * Creates or updates a resource that has its id.
     *
     * @param known whether there may be something under this id
     * @return a bundle with the one answer
     * @throws ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException if it was changed meanwhile
     * @throws org.springframework.dao.DataAccessException if the database refuses it for something else, such as a deadlock
     */
    Bundle store(BundleEntryComponent entry, boolean known) {
        var before = entities.getFlushMode();
        // As in a transaction: what is read on the way does not write the rows one by one.
        entities.setFlushMode(FlushModeType.COMMIT);
        try {
            var response = update(entry, known);
            entities.flush();
            var answer = new Bundle().setType(Bundle.BundleType.TRANSACTIONRESPONSE);
            answer.addEntry().setResponse(response);
            return answer;
        } catch (PersistenceException refused) {
            var told = dialect.translateExceptionIfPossible(refused);
            throw told == null ? refused : told;
        } finally {
            entities.setFlushMode(before);
        }
    }

    private BundleEntryResponseComponent update(BundleEntryComponent entry, boolean known) {
        var resource = entry.getResource();
        var id = resource.getIdElement();
        var details = new TransactionDetails();
        if (!known) {
            details.addResolvedResourceId(id.toUnqualifiedVersionless(), null);
        }
        if (entry.getRequest().hasIfMatch()) {
            var version = ParameterUtil.parseETagValue(entry.getRequest().getIfMatch());
            resource.setId(new IdType(resource.fhirType(), id.getIdPart(), version));
        }
        var outcome = dao(resource).update(resource, null, true, false, new SystemRequestDetails(), details);
        var written = outcome.getId();
        return new BundleEntryResponseComponent()
                .setStatus(Boolean.TRUE.equals(outcome.getCreated()) ? "201 Created" : "200 OK")
                .setLocation(written.toUnqualified().getValue());
    }

    @SuppressWarnings("unchecked") // the registry keeps each type's service under its name
    private IFhirResourceDao<Resource> dao(Resource resource) {
        return (IFhirResourceDao<Resource>) daos.getResourceDao(resource.fhirType());
    }
}
