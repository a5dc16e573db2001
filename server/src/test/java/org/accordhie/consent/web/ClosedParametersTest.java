package org.accordhie.consent.web;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.util.FhirContextSearchParamRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.accordhie.consent.NamedElement;
import org.accordhie.consent.fhir.SoughtElements;
import org.accordhie.fhirserver.RequestedInteraction;
import org.accordhie.vocabulary.Interaction;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("what looks at an element that is taken out is closed")
class ClosedParametersTest {

    private static final NamedElement EFFECTIVE = new NamedElement("Observation", List.of("effective"));
    private static final NamedElement PERFORMER = new NamedElement("Observation", List.of("performer"));

    private final ClosedParameters closed =
            new ClosedParameters(new SoughtElements(new FhirContextSearchParamRegistry(FhirContext.forR4Cached())));

    @Test
    void theDaysOfCareOfARecordAre() {
        assertThatThrownBy(everything("start", EFFECTIVE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("unknown parameter `start`");
        assertThatThrownBy(everything("end", EFFECTIVE)).isInstanceOf(InvalidRequestException.class);
        assertThatCode(everything("start", PERFORMER)).doesNotThrowAnyException();
        assertThatCode(everything("_since", EFFECTIVE)).doesNotThrowAnyException();
    }

    @Test
    void theCompartmentOfATypeIs() {
        assertThatThrownBy(compartment("Observation", PERFORMER)).isInstanceOf(InvalidRequestException.class);
        assertThatCode(compartment("Condition", PERFORMER)).doesNotThrowAnyException();
    }

    @Test
    void aParameterOfASearchIs() {
        assertThatThrownBy(search("performer", PERFORMER)).isInstanceOf(InvalidRequestException.class);
        assertThatCode(search("subject", PERFORMER)).doesNotThrowAnyException();
    }

    private ThrowingCallable everything(String parameter, NamedElement removed) {
        return () -> closed.refuse(
                new RequestedInteraction(
                        Interaction.SEARCH_TYPE,
                        "Patient",
                        "1",
                        false,
                        RequestedInteraction.EVERYTHING,
                        details(parameter)),
                Set.of(removed));
    }

    private ThrowingCallable compartment(String type, NamedElement removed) {
        return () -> {
            var details = details("status");
            details.setCompartmentName(type);
            closed.refuse(new RequestedInteraction(Interaction.SEARCH_TYPE, type, "", false, details), Set.of(removed));
        };
    }

    private ThrowingCallable search(String parameter, NamedElement removed) {
        return () -> closed.refuse(
                new RequestedInteraction(Interaction.SEARCH_TYPE, "Observation", "", false, details(parameter)),
                Set.of(removed));
    }

    private static SystemRequestDetails details(String parameter) {
        var details = new SystemRequestDetails();
        details.setParameters(new HashMap<>(Map.of(parameter, new String[] {"2024"})));
        return details;
    }
}
