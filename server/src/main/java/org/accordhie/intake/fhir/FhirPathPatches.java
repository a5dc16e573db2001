package org.accordhie.intake.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.patch.FhirPatch;
import java.util.Set;
import org.accordhie.intake.PatchPath;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Resource;

/**
 * Applies a FHIRPath patch to a resource by HAPI's {@link FhirPatch}, one operation after another, each at one place.
 *
 * <p>Source: FHIR R4, FHIRPath Patch.
 */
final class FhirPathPatches {

    private static final String OPERATION = "operation";
    private static final Set<String> PARTS = Set.of("type", "path", "name", "value", "index", "source", "destination");

    /** Those whose path names a list in the element that changes. */
    private static final Set<String> OF_LISTS = Set.of("insert", "move");

    private static final Set<String> OPERATIONS = Set.of("add", "insert", "delete", "replace", "move");

    private final FhirContext context;

    FhirPathPatches(FhirContext context) {
        this.context = context;
    }

    /**
     * Changes the resource.
     *
     * @throws PatchRefused naming the operation at fault
     */
    void apply(Resource resource, Parameters patch) {
        var operations = patch.getParameter();
        if (operations.size() > JsonPatches.MOST) {
            throw new PatchRefused("a patch must have at most " + JsonPatches.MOST + " operations");
        }
        for (int index = 0; index < operations.size(); index++) {
            apply(index, operations.get(index), resource);
        }
    }

    private void apply(int index, ParametersParameterComponent operation, Resource resource) {
        var path = text(operation, "path");
        var type = text(operation, "type");
        if (!OPERATION.equals(operation.getName())
                || !OPERATIONS.contains(type)
                || !operation.getPart().stream().allMatch(part -> PARTS.contains(part.getName()))) {
            throw new PatchRefused(index, path, "is no operation of a FHIRPath patch");
        }
        if (!PatchPath.isSimple(path)) {
            throw new PatchRefused(index, path, "must have a path of names, indexes and plain `where`s");
        }
        var places = count(index, path, OF_LISTS.contains(type) ? PatchPath.parentOf(path) : path, resource);
        if (places > 1 || (places == 0 && !type.equals("delete"))) {
            throw new PatchRefused(index, path, "must lead to one place");
        }
        try {
            new FhirPatch(context).apply(resource, new Parameters().addParameter(operation));
        } catch (RuntimeException failed) {
            throw new PatchRefused(index, path, "cannot be applied", failed);
        }
    }

    private int count(int index, String path, String place, Resource resource) {
        try {
            return context.newFhirPath().evaluate(resource, place, IBase.class).size();
        } catch (RuntimeException failed) {
            throw new PatchRefused(index, path, "cannot be applied", failed);
        }
    }

    private static String text(ParametersParameterComponent operation, String name) {
        return operation.getPart().stream()
                .filter(part -> name.equals(part.getName()) && part.getValue() instanceof PrimitiveType<?>)
                .map(part -> ((PrimitiveType<?>) part.getValue()).getValueAsString())
                .filter(text -> text != null)
                .findFirst()
                .orElse("");
    }
}
