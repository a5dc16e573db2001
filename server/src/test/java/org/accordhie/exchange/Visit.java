package org.accordhie.exchange;

import java.util.UUID;

/**
 * A visit to Lakeside Hospital as its EHR pushes it: a patient, the encounter, a diagnosis without an identifier, and an
 * observation.
 *
 * @param person the hospital's name for the patient, different in each test
 * @param diagnosis a SNOMED code
 * @param words the diagnosis in words
 * @param salt goes into the temporary names of the entries
 */
record Visit(String person, String diagnosis, String words, String salt) {

    static final String PEOPLE = "urn:lakeside:person";

    static Visit of(String person) {
        return new Visit(
                person + "-" + UUID.randomUUID(),
                "38341003",
                "Hypertension",
                UUID.randomUUID().toString());
    }

    Visit diagnosedWith(String code, String said) {
        return new Visit(person, code, said, salt);
    }

    /** The same content under new temporary names. */
    Visit exportedAgain() {
        return new Visit(person, diagnosis, words, UUID.randomUUID().toString());
    }

    String token() {
        return PEOPLE + "%7C" + person;
    }

    String bundle() {
        return bundleOf(entries());
    }

    /** The visit with one more entry in its middle. */
    String bundleWith(String entry) {
        return bundleOf(patient() + "," + entry + "," + encounter() + "," + condition());
    }

    static String bundleOf(String entries) {
        return """
                {"resourceType":"Bundle","type":"transaction","entry":[%s]}""".formatted(entries);
    }

    static String entry(String fullUrl, String type, String resource) {
        return """
                {"fullUrl":"%s","resource":%s,"request":{"method":"POST","url":"%s"}}""".formatted(fullUrl, resource, type);
    }

    String entries() {
        return patient() + "," + encounter() + "," + condition() + "," + observation();
    }

    String patient() {
        return entry(name("patient"), "Patient", """
                {"resourceType":"Patient","identifier":[{"system":"%s","value":"%s"}],
                 "name":[{"family":"Example","given":["Alice"]}]}""".formatted(PEOPLE, person));
    }

    private String encounter() {
        return entry(name("encounter"), "Encounter", """
                {"resourceType":"Encounter","identifier":[{"system":"urn:lakeside:visit","value":"%s"}],
                 "status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB"},
                 "subject":{"reference":"%s"},"period":{"start":"2026-01-02T10:00:00Z","end":"2026-01-02T11:00:00Z"}}""".formatted(person, name("patient")));
    }

    private String condition() {
        return entry(
                name("condition"), "Condition", """
                {"resourceType":"Condition","code":{"coding":[{"system":"http://snomed.info/sct","code":"%s",
                 "display":"%s"}]},"subject":{"reference":"%s"},"encounter":{"reference":"%s"}}""".formatted(diagnosis, words, name("patient"), name("encounter")));
    }

    private String observation() {
        return entry(name("observation"), "Observation", """
                {"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org",
                 "code":"8480-6"}]},"subject":{"reference":"%s"},"encounter":{"reference":"%s"},
                 "valueQuantity":{"value":142.50,"unit":"mm[Hg]"}}""".formatted(name("patient"), name("encounter")));
    }

    String name(String entry) {
        return "urn:uuid:" + UUID.nameUUIDFromBytes((salt + entry).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
