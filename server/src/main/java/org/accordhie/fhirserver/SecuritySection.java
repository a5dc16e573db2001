package org.accordhie.fhirserver;

import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestSecurityComponent;

/** What the CapabilityStatement tells of how clients prove who they are; whoever checks it fills it in. */
public interface SecuritySection {

    void describe(CapabilityStatementRestSecurityComponent security);
}
