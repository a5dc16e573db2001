package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RESEARCH_INSTITUTE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A patient whose diagnosis is of substance use, and what an officer is told of the disclosures of their record.
 *
 * @param exchange the running exchange
 * @param archive its database
 * @param patient as {@code Patient/[id]}
 * @param diagnosis as {@code Condition/[id]}
 */
record Accounted(Exchange exchange, Archive archive, String patient, String diagnosis) {

    private static final String DRUG_DEPENDENCE = "6525002";

    private static Instant today() {
        return LocalDate.now(ZoneOffset.UTC).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    static Accounted of(Exchange exchange, Archive archive) {
        var patient = pushed(exchange, Visit.of("accounted").diagnosedWith(DRUG_DEPENDENCE, "Drug dependence"));
        var found = exchange.as(LAKESIDE_HOSPITAL).search("Condition?subject=" + patient);
        return new Accounted(exchange, archive, patient, found.matches().get(0));
    }

    Told told(String rule, String further) {
        return new Told(Caller.json(exchange.as(PRIVACY_OFFICER).get(patient + "/$accounting?rule=" + rule + further)));
    }

    /** When, who, what, why, how often. */
    static List<String> rows(Told told) {
        return told.all("disclosure").stream()
                .map(row -> when(row) + " "
                        + recipient(row) + " | "
                        + row.text("description") + " | " + row.text("purpose") + " | "
                        + (!row.all("count").isEmpty() ? row.number("count") : 1))
                .toList();
    }

    private static String when(Told row) {
        var date = Instant.parse(row.text("date"));
        return date.isBefore(today()) ? date.toString() : "now";
    }

    static String at(int days) {
        return today().minus(Duration.ofDays(days)).toString();
    }

    static String day(int days) {
        return at(days).substring(0, 10);
    }

    static String recipient(Told row) {
        return row.the("recipient").node().at("/valueReference/display").asText();
    }

    static String idOf(String address) {
        return address.substring(address.indexOf('/') + 1);
    }

    static String pushed(Exchange exchange, Visit visit) {
        var hospital = exchange.as(LAKESIDE_HOSPITAL);
        hospital.post("", visit.bundle()).then().statusCode(200);
        return hospital.search("Patient?identifier=" + visit.token()).matches().get(0);
    }

    /** With everybody, substance use treatment included. */
    void sharesAllOf(String whose) {
        var consent = Consents.consent(whose, "active", """
                {"type":"permit","provision":[{"type":"permit","securityLabel":[{
                 "system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"ETH"}]}]}""");
        assertThat(exchange.as(PRIVACY_OFFICER).post("Consent", consent).statusCode())
                .isEqualTo(201);
    }

    static void read(Caller caller, String address) {
        var answer = caller.get(address);
        assertThat(answer.statusCode()).as("%s: %s", address, answer.asString()).isEqualTo(200);
    }

    /** Puts an event of the institute into the trail, some days ago: a copy of one of its own with other contents. */
    void before(int days, Map<String, ?> otherwise, List<String> resources) {
        var model = archive.sql()
                .sql("SELECT event_id FROM accord.audit_event WHERE organization = ? AND interaction = 'READ'"
                        + " ORDER BY recorded DESC LIMIT 1")
                .param(RESEARCH_INSTITUTE.organization)
                .query(UUID.class)
                .optional()
                .orElseGet(this::anyReading);
        var changed = new TreeMap<String, Object>(Map.of(
                "event_id",
                UUID.randomUUID().toString(),
                "recorded",
                at(days),
                "interaction",
                "READ",
                "outcome",
                "SUCCESS",
                "patients",
                List.of(patient),
                "resources",
                resources.stream().map(each -> each + "/_history/1").toList(),
                "organization",
                RESEARCH_INSTITUTE.organization,
                "client_id",
                RESEARCH_INSTITUTE.client));
        changed.put("purposes", List.of("HRESCH"));
        changed.putAll(otherwise);
        archive.sql()
                .sql("INSERT INTO accord.audit_event SELECT (jsonb_populate_record(e, ?::jsonb"
                        + " || jsonb_build_object('tx', pg_current_xact_id()::text))).*"
                        + " FROM accord.audit_event e WHERE event_id = ?")
                .params(json(changed), model)
                .update();
    }

    private UUID anyReading() {
        exchange.as(RESEARCH_INSTITUTE).get("Patient/nobody");
        return archive.sql()
                .sql("SELECT event_id FROM accord.audit_event WHERE organization = ? ORDER BY recorded DESC LIMIT 1")
                .param(RESEARCH_INSTITUTE.organization)
                .query(UUID.class)
                .single();
    }

    private static String json(Map<String, Object> values) {
        return Caller.JSON.valueToTree(values).toString();
    }
}
