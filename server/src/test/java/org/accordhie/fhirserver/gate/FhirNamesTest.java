package org.accordhie.fhirserver.gate;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.hl7.fhir.r4.model.DecimalType;
import org.junit.jupiter.api.Test;

/** The gate's lists of names are copies; HAPI's model of R4 says whether they are complete. */
class FhirNamesTest {

    private static final FhirContext R4 = FhirContext.forR4Cached();

    @Test
    void knowsEveryResourceType() {
        assertThat(R4.getResourceTypes()).allMatch(FhirNames::isResourceType);
    }

    @Test
    void knowsEveryElementThatHoldsADecimal() {
        var unknown = new HashSet<String>();
        var seen = new HashSet<String>();
        for (var type : R4.getResourceTypes()) {
            collect("", R4.getResourceDefinition(type), seen, unknown);
        }

        assertThat(seen).hasSizeGreaterThan(500);
        assertThat(unknown).isEmpty();
    }

    @Test
    void knowsEverySearchParameterThatTakesANumber() {
        var numeric = EnumSet.of(RestSearchParameterTypeEnum.NUMBER, RestSearchParameterTypeEnum.QUANTITY);
        var parameters = R4.getResourceTypes().stream()
                .flatMap(type -> R4.getResourceDefinition(type).getSearchParams().stream())
                .filter(parameter -> numeric.contains(parameter.getParamType()))
                .map(parameter -> parameter.getName());

        assertThat(parameters).isNotEmpty().allMatch(FhirNames::isNumberParameter);
    }

    private static void collect(
            String parent, BaseRuntimeElementCompositeDefinition<?> type, Set<String> seen, Set<String> unknown) {
        for (BaseRuntimeChildDefinition child : type.getChildren()) {
            // An extension may hold anything; the decimal it may hold is found below other elements too.
            if (child.getElementName().endsWith("xtension")) {
                continue;
            }
            for (var name : child.getValidChildNames()) {
                var element = child.getChildByName(name);
                if (element.getImplementingClass().equals(DecimalType.class) && !FhirNames.mayBeDecimal(parent, name)) {
                    unknown.add(parent + "." + name);
                }
                if (element instanceof BaseRuntimeElementCompositeDefinition<?> composite
                        && seen.add(name + element.getImplementingClass())) {
                    collect(name, composite, seen, unknown);
                }
            }
        }
    }
}
