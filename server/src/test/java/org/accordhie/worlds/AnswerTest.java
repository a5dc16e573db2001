package org.accordhie.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What of an answer is compared, and what is of the moment. */
class AnswerTest {

    private static final String ID = "0b3c7a52-0000-4000-8000-000000000001";

    private static String told(Map<String, String> headers, String body) {
        var names = new Names();
        names.put("alice", ID);
        return new Answer(200, headers, body, 1).told(names);
    }

    @Test
    void onlyMomentsOfThisRunAreLeftOut() {
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var body = "{\"lastUpdated\":\"%s\",\"issued\":\"2025-01-15T10:30:00.123Z\",\"link\":\"?date=lt%s\"}";

        assertThat(told(Map.of(), body.formatted(now, now.toString().replace(":", "%3A"))))
                .isEqualTo("200\n" + body.formatted("[time]", "[time]"));
        assertThat(told(Map.of("last-modified", "Wed, 15 Jan 2025 10:30:00 GMT"), ""))
                .contains("last-modified: Wed, 15 Jan 2025");
    }

    @Test
    void aLengthIsComparedWithoutThem() {
        var first = Instant.parse(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        var second = first.plusNanos(1_000);

        assertThat(told(Map.of("content-length", String.valueOf(first.toString().length())), first.toString()))
                .isEqualTo(told(
                        Map.of(
                                "content-length",
                                String.valueOf(second.toString().length())),
                        second.toString()))
                .contains("content-length: 0");
        assertThat(told(Map.of("content-length", "7"), "")).contains("content-length: 7");
    }

    @Test
    void whatSomebodyAskedIsToldByNames() {
        var query = Base64.getEncoder().encodeToString(("Patient/" + ID).getBytes(StandardCharsets.UTF_8));

        assertThat(told(Map.of(), "{\"query\":\"" + query + "\"}")).contains("\"query\":\"Patient/{{alice}}\"");
    }

    @Test
    void whatAnEventNamesIsInTheOrderOfNames() {
        var one = "{\"what\":{\"reference\":\"Procedure/a\"},\"type\":{\"code\":\"x\"},\"role\":{\"code\":\"4\"}}";
        var other = "{\"what\":{\"reference\":\"Procedure/b\"},\"type\":{\"code\":\"x\"},\"role\":{\"code\":\"4\"}}";
        var event = "{\"resourceType\":\"AuditEvent\",\"entity\":[%s,%s,{\"query\":\"\"},%s]}";
        var xml =
                "<AuditEvent xmlns=\"http://hl7.org/fhir\"><entity><what><reference value=\"Patient/%s\"/></what></entity>\n"
                        + "<entity><what><reference value=\"Patient/%s\"/></what></entity></AuditEvent>";

        assertThat(told(Map.of(), event.formatted(other, one, one)))
                .isEqualTo("200\n" + event.formatted(one, other, one))
                .isNotEqualTo(told(Map.of(), event.formatted(one, one, other)));
        assertThat(told(Map.of(), xml.formatted("b", "a"))).isEqualTo("200\n" + xml.formatted("a", "b"));
        assertThat(told(Map.of(), event.replace("Audit", "Other").formatted(other, one, one)))
                .isEqualTo("200\n" + event.replace("Audit", "Other").formatted(other, one, one));
    }

    @Test
    void theLinesOfAFileAreInAnyOrder() {
        var file = Map.of("content-type", "application/fhir+ndjson");

        assertThat(told(file, "{\"id\":\"b\"}\n{\"id\":\"a\"}\n"))
                .isEqualTo(told(file, "{\"id\":\"a\"}\n{\"id\":\"b\"}\n"))
                .isNotEqualTo(told(file, "{\"id\":\"a\"}\n"));
    }
}
