package org.accordhie.smart.web;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.accordhie.fhirserver.SecuritySection;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestSecurityComponent;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.UriType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of SMART in the CapabilityStatement what {@code .well-known/smart-configuration} tells.
 *
 * <p>Source: SMART App Launch 1.0.0, "Conformance", which clients of that version and test suites still read.
 */
final class SmartSecuritySection implements SecuritySection {

    private static final Logger LOG = LoggerFactory.getLogger(SmartSecuritySection.class);
    private static final String EXTENSIONS = "http://fhir-registry.smarthealthit.org/StructureDefinition/";
    private static final String SERVICES = "http://terminology.hl7.org/CodeSystem/restful-security-service";

    private static final Map<String, String> NAMES = names();

    private final SmartDiscovery discovery;

    SmartSecuritySection(SmartDiscovery discovery) {
        this.discovery = discovery;
    }

    @Override
    public void describe(CapabilityStatementRestSecurityComponent security) {
        security.setCors(true);
        security.addService(new CodeableConcept()
                .addCoding(new Coding(SERVICES, "SMART-on-FHIR", "SMART-on-FHIR"))
                .setText("OAuth2 using SMART-on-FHIR profile (see http://docs.smarthealthit.org)"));
        try {
            describe(security, discovery.configuration());
        } catch (IOException e) {
            // The rest of the statement is true without the issuer.
            LOG.warn("the CapabilityStatement names no endpoints for tokens, since the issuer does not answer");
        }
    }

    private static void describe(CapabilityStatementRestSecurityComponent security, SmartConfiguration configuration) {
        var addresses = new Extension(EXTENSIONS + "oauth-uris");
        NAMES.forEach((name, member) -> {
            var address = configuration.endpoints().get(member);
            if (address != null) {
                addresses.addExtension(name, new UriType(address.toString()));
            }
        });
        security.addExtension(addresses);
        configuration
                .capabilities()
                .forEach(capability -> security.addExtension(EXTENSIONS + "capabilities", new CodeType(capability)));
    }

    private static Map<String, String> names() {
        var names = new LinkedHashMap<String, String>();
        names.put("token", "token_endpoint");
        names.put("authorize", "authorization_endpoint");
        names.put("register", "registration_endpoint");
        names.put("manage", "management_endpoint");
        names.put("introspect", "introspection_endpoint");
        names.put("revoke", "revocation_endpoint");
        return names;
    }
}
