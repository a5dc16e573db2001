package org.accordhie.intake.fhir;

import ca.uhn.fhir.context.FhirContext;
import java.util.Optional;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** Where in a resource a reference stands, as the rest of a FHIRPath expression. Looked for only when it is at fault. */
final class ReferencePaths {

    private ReferencePaths() {}

    static String of(FhirContext context, @Nullable Resource resource, Reference reference) {
        return resource == null ? "" : find(resource, reference, "").orElse("");
    }

    private static Optional<String> find(Base parent, Reference wanted, String path) {
        for (Property property : parent.children()) {
            var values = property.getValues();
            for (int index = 0; index < values.size(); index++) {
                var place = path + "." + property.getName().replace("[x]", "")
                        + (property.getMaxCardinality() == 1 ? "" : "[" + index + "]");
                if (values.get(index) == wanted) {
                    return Optional.of(place);
                }
                var below = find(values.get(index), wanted, place);
                if (below.isPresent()) {
                    return below;
                }
            }
        }
        return Optional.empty();
    }
}
