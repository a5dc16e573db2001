package org.accordhie;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may call out at all, and what of the libraries nobody touches; {@code OutboundIT} tries it from outside. */
@AnalyzeClasses(packages = "org.accordhie", importOptions = ImportOption.DoNotIncludeTests.class)
final class OutboundRulesTest {

    @ArchTest
    static final ArchRule only_http_adapters_and_local_commands_call_out = noClasses()
            .that()
            .resideOutsideOfPackages("org.accordhie.*.http", "org.accordhie.local..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net.http..", "org.apache.http..", "org.apache.hc..", "okhttp3..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching(
                    "java\\.net\\.(HttpURLConnection|URLConnection|Socket)|org\\.springframework\\.web\\.client\\.Rest(Client|Template)");

    @ArchTest
    static final ArchRule what_fetches_or_transforms_in_the_libraries_is_not_used = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.hl7.fhir.validation..",
                    "org.hl7.fhir.utilities.npm..",
                    "org.hl7.fhir.r5..",
                    "ca.uhn.fhir.jpa.packages..",
                    "ca.uhn.fhir.rest.client..",
                    "javax.xml.transform..",
                    "net.sf.saxon..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching(
                    "org\\.hl7\\.fhir\\.utilities\\.(XsltUtilities|xml\\.XsltUtilities|http\\..*)|.*RemoteTerminologyService.*")
            .because("fhir-core 6.7.9 is below the fix line of what is known of these");
}
