package org.accordhie.consent.fhir;

import java.util.Date;
import java.util.List;
import org.accordhie.consent.ConsentChange;
import org.accordhie.consent.EnforcementStatus;
import org.accordhie.consent.EnforcementStatus.State;
import org.accordhie.consent.LintFinding;
import org.accordhie.consent.StoredConsent;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/** The status of consents, and what happened to them, as Parameters. Source: {@code docs/consent.md}, "Lifecycle". */
public final class StatusParameters {

    private StatusParameters() {}

    /** How many there are on all pages. */
    public static void addTotal(Parameters parameters, int total) {
        parameters.addParameter("total", new IntegerType(total));
    }

    /** A consent with its status and what was found in it. */
    public static void addStatus(
            Parameters parameters, StoredConsent consent, EnforcementStatus status, List<LintFinding> findings) {
        var told = parameters.addParameter().setName("consent");
        add(told, "reference", consent.id(), consent.version());
        told.addPart().setName("patient").setValue(new Reference(consent.patient()));
        told.addPart().setName("status").setValue(new CodeType(status.state().code()));
        if (status.state() == State.SUPERSEDED) {
            told.addPart().setName("supersededBy").setValue(new Reference(status.reason()));
        } else if (!status.reason().isEmpty()) {
            told.addPart().setName("reason").setValue(new StringType(status.reason()));
        }
        for (var finding : findings) {
            var part = told.addPart().setName("finding");
            part.addPart().setName("kind").setValue(new CodeType(finding.kind().code()));
            part.addPart().setName("expression").setValue(new StringType(finding.path()));
            part.addPart().setName("details").setValue(new StringType(finding.said()));
            if (!finding.about().isEmpty()) {
                part.addPart().setName("about").setValue(new Reference(finding.about()));
            }
        }
    }

    /** Something that happened. */
    public static void addChange(Parameters parameters, ConsentChange change) {
        var told = parameters.addParameter().setName("change");
        // A count may outgrow FHIR's integer.
        told.addPart().setName("number").setValue(new StringType(String.valueOf(change.number())));
        add(told, "consent", change.id(), change.version());
        told.addPart().setName("patient").setValue(new Reference(change.patient()));
        told.addPart().setName("kind").setValue(new CodeType(change.kind().code()));
        told.addPart().setName("when").setValue(new InstantType(Date.from(change.changed())));
    }

    /** The version stands beside the reference, since a reference is written without. */
    private static void add(ParametersParameterComponent told, String name, String id, long version) {
        told.addPart().setName(name).setValue(new Reference("Consent/" + id));
        told.addPart().setName("version").setValue(new StringType(String.valueOf(version)));
    }
}
