package org.accordhie.fhirserver;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.ConditionalDeleteStatus;
import org.hl7.fhir.r4.model.CapabilityStatement.SystemRestfulInteraction;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.CodeType;

/**
 * Takes out of the CapabilityStatement what HAPI claims of every server and this one has no route for, and puts in what HAPI does
 * not see.
 */
final class ClaimedCapabilities {

    private static final Set<String> FORMATS = Set.of("json", "xml", "application/fhir+json", "application/fhir+xml");

    private static final List<String> PATCHES =
            List.of("application/json-patch+json", "application/fhir+json", "application/fhir+xml");

    /** HAPI itself answers for it, and reads only. */
    private static final String OPERATIONS = "OperationDefinition";

    private static final String COMPARTMENT = "http://hl7.org/fhir/CompartmentDefinition/patient";

    private ClaimedCapabilities() {}

    static void correct(CapabilityStatement statement) {
        statement.setPatchFormat(PATCHES.stream().map(CodeType::new).toList());
        statement.getFormat().removeIf(format -> !FORMATS.contains(format.getValue()));
        statement.getRest().forEach(ClaimedCapabilities::correct);
    }

    private static void correct(CapabilityStatementRestComponent rest) {
        rest.addInteraction().setCode(SystemRestfulInteraction.BATCH);
        rest.addCompartment(COMPARTMENT);
        for (var resource : rest.getResource()) {
            tellConditions(resource);
            resource.getSearchRevInclude()
                    .removeIf(include -> include.getValue().startsWith(OPERATIONS + ":"));
            // A copy, since a feature may have given a list that is not to be changed.
            resource.setSearchParam(resource.getSearchParam().stream()
                    .filter(parameter -> !SearchForms.isUnanswered(resource.getType(), parameter.getName()))
                    .collect(Collectors.toCollection(ArrayList::new)));
            if (resource.getType().equals(OPERATIONS)) {
                readOnly(resource);
            }
        }
    }

    /** What HAPI says follows its own settings: conditions are those of what the push takes. */
    private static void tellConditions(CapabilityStatementRestResourceComponent resource) {
        var isPushed = resource.getInteraction().stream()
                .anyMatch(interaction -> interaction.getCode() == TypeRestfulInteraction.PATCH);
        resource.setConditionalCreateElement(isPushed ? new BooleanType(true) : null);
        resource.setConditionalUpdateElement(isPushed ? new BooleanType(true) : null);
        resource.setConditionalDelete(isPushed ? ConditionalDeleteStatus.SINGLE : null);
    }

    private static void readOnly(CapabilityStatementRestResourceComponent resource) {
        resource.setSearchParam(null);
        resource.setSearchInclude(null);
        resource.setSearchRevInclude(null);
        resource.setVersioning(null);
    }
}
