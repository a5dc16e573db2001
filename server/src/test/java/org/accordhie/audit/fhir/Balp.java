package org.accordhie.audit.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Validates AuditEvents against FHIR R4 and the profiles of IHE BALP that they claim, as {@code balp/README.md} restates them. */
public final class Balp {

    private static final FhirContext R4 = FhirContext.forR4Cached();

    private static final Set<ResultSeverityEnum> GRAVE = EnumSet.of(ResultSeverityEnum.ERROR, ResultSeverityEnum.FATAL);

    private Balp() {}

    /** Once for all tests: snapshots and expansions are dear. */
    private static final class Shared {
        private static final FhirValidator VALIDATOR = validator();
    }

    /** What is wrong with the event: nothing, if it meets all that it claims. */
    public static List<String> errors(String event) {
        return Shared.VALIDATOR.validateWithResult(event).getMessages().stream()
                .filter(message -> GRAVE.contains(message.getSeverity()))
                .map(message -> message.getLocationString() + ": " + message.getMessage())
                .toList();
    }

    private static FhirValidator validator() {
        var profiles = new PrePopulatedValidationSupport(R4);
        resources().forEach(text -> profiles.addResource(R4.newJsonParser().parseResource(text)));
        var chain = new ValidationSupportChain(
                profiles,
                new DefaultProfileValidationSupport(R4),
                new CommonCodeSystemsTerminologyService(R4),
                new InMemoryTerminologyServerValidationSupport(R4),
                new SnapshotGeneratingValidationSupport(R4));
        // As FHIR has it: of the codings of a concept, one must be in the value set.
        chain.setCodeableConceptValidationSuccessfulIfNotAllCodingsAreValid(true);
        var module = new FhirInstanceValidator(chain);
        module.setErrorForUnknownProfiles(true);
        module.setAnyExtensionsAllowed(false);
        return R4.newValidator().registerValidatorModule(module);
    }

    private static List<String> resources() {
        try {
            var found = new PathMatchingResourcePatternResolver().getResources("classpath:balp/*.json");
            var texts = new ArrayList<String>();
            for (var resource : found) {
                texts.add(resource.getContentAsString(StandardCharsets.UTF_8));
            }
            return texts;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
