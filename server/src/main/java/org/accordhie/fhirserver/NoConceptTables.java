package org.accordhie.fhirserver;

import ca.uhn.fhir.jpa.entity.TermCodeSystemVersion;
import ca.uhn.fhir.jpa.entity.TermConcept;
import ca.uhn.fhir.jpa.model.entity.ResourceTable;
import ca.uhn.fhir.jpa.term.UploadStatistics;
import ca.uhn.fhir.jpa.term.api.ITermCodeSystemStorageSvc;
import ca.uhn.fhir.jpa.term.custom.CustomTerminologySet;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.List;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.ValueSet;

/**
 * Keeps HAPI from storing the concepts of a CodeSystem a second time, in tables of its own: from the hundredth concept on it
 * does so after the transaction, from a queue in memory, which is not emptied when the transaction is rolled back. There is
 * no setting against it.
 *
 * <p>Not final, since Spring puts a proxy of the class around it.
 */
class NoConceptTables implements ITermCodeSystemStorageSvc {

    @Override
    public void storeNewCodeSystemVersionIfNeeded(
            CodeSystem codeSystem, ResourceTable resource, RequestDetails request) {
        // The resource is all that HAPI keeps.
    }

    @Override
    public void storeNewCodeSystemVersion(
            String url,
            String name,
            String versionId,
            TermCodeSystemVersion version,
            ResourceTable resource,
            RequestDetails request) {
        throw unused();
    }

    @Override
    public IIdType storeNewCodeSystemVersion(
            CodeSystem codeSystem,
            TermCodeSystemVersion version,
            RequestDetails request,
            List<ValueSet> valueSets,
            List<ConceptMap> conceptMaps) {
        throw unused();
    }

    @Override
    public UploadStatistics applyDeltaCodeSystemsAdd(String url, CustomTerminologySet additions) {
        throw unused();
    }

    @Override
    public UploadStatistics applyDeltaCodeSystemsRemove(String url, CustomTerminologySet removals) {
        throw unused();
    }

    @Override
    public int saveConcept(TermConcept concept) {
        throw unused();
    }

    /** HAPI's uploads and deltas are not routed. */
    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("concepts are not kept in HAPI's tables");
    }
}
