package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RESEARCH_INSTITUTE;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Two worlds: in one the patient hides the visit, the reason and the coverage from the clinic, in the other they never were.
 * The clinic cannot tell them apart by what refers to them.
 */
@ExchangeTest
class ReferenceMaskingIT {

    private static final String HIDDEN = """
            "class":[{"system":"http://hl7.org/fhir/resource-types","code":"Encounter"},
             {"system":"http://hl7.org/fhir/resource-types","code":"Condition"},
             {"system":"http://hl7.org/fhir/resource-types","code":"Coverage"}],
            "actor":[{"role":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ParticipationType",
             "code":"IRCP"}]},"reference":{"reference":"Organization/riverside-clinic"}}]""";

    @Autowired
    Exchange exchange;

    /**
     * A stored record.
     *
     * @param patient its patient, as {@code Patient/[id]}
     * @param addresses of what was pushed, by the name of the entry
     */
    private record World(String patient, Map<String, String> addresses) {

        String of(String name) {
            return addresses.getOrDefault(name, "");
        }
    }

    /** Pushes a record, with what will be hidden or without it. */
    private World push(boolean withHidden) {
        var names = new TreeMap<String, String>();
        var salt = UUID.randomUUID().toString();
        var entries = new StringBuilder();
        var name = new Object() {
            String of(String entry) {
                return "urn:uuid:"
                        + UUID.nameUUIDFromBytes((salt + entry).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        };
        var hidden = List.of("encounter", "condition", "coverage");
        resources().forEach((entry, resource) -> {
            if (withHidden || !hidden.contains(entry)) {
                var text = withHidden ? resource : withoutHidden(resource);
                for (var other : resources().keySet()) {
                    text = text.replace("\"@" + other + "\"", "\"" + name.of(other) + "\"");
                }
                var type = Caller.tree(text).path("resourceType").asText();
                entries.append(entries.isEmpty() ? "" : ",")
                        .append(Visit.entry(name.of(entry), type, text.replace("@salt", salt)));
                names.put(entry, "");
            }
        });
        var answer = Caller.json(exchange.as(LAKESIDE_HOSPITAL).post("", Visit.bundleOf(entries.toString())));
        int index = 0;
        for (var entry : resources().keySet()) {
            if (names.containsKey(entry)) {
                var location = answer.path("entry")
                        .path(index++)
                        .path("response")
                        .path("location")
                        .asText();
                names.put(entry, location.replaceFirst("^.*/fhir/", "").replaceFirst("/_history/.*", ""));
            }
        }
        var patient = names.getOrDefault("patient", "");
        exchange.as(PRIVACY_OFFICER)
                .post("Consent", Consents.shareAllBut(patient, HIDDEN))
                .then()
                .statusCode(201);
        return new World(patient, names);
    }

    private static Map<String, String> resources() {
        var resources = new java.util.LinkedHashMap<String, String>();
        resources.put("patient", """
                {"resourceType":"Patient","identifier":[{"system":"urn:lakeside:masked","value":"@salt"}]}""");
        resources.put("encounter", """
                {"resourceType":"Encounter","identifier":[{"system":"urn:lakeside:visit","value":"@salt"}],"status":"finished",
                 "class":{"code":"AMB"},"subject":{"reference":"@patient"}}""");
        resources.put("condition", """
                {"resourceType":"Condition","subject":{"reference":"@patient"},"encounter":{"reference":"@encounter"},
                 "code":{"text":"a reason @salt"}}""");
        resources.put("coverage", """
                {"resourceType":"Coverage","status":"active","beneficiary":{"reference":"@patient"},
                 "payor":[{"reference":"@patient"}],"subscriberId":"@salt"}""");
        resources.put("observation", """
                {"resourceType":"Observation","status":"final","code":{"text":"weight"},"subject":{"reference":"@patient"},
                 "encounter":{"reference":"@encounter","display":"the visit"},
                 "extension":[{"url":"urn:lakeside:because","valueReference":{"reference":"@condition"}}]}""");
        resources.put("second", """
                {"resourceType":"Observation","status":"final","code":{"text":"height"},"subject":{"reference":"@patient"},
                 "derivedFrom":[{"reference":"@observation"}]}""");
        resources.put("procedure", """
                {"resourceType":"Procedure","status":"completed","subject":{"reference":"@patient"},
                 "encounter":{"reference":"@encounter"},"reasonReference":[{"reference":"@condition"}],
                 "contained":[{"resourceType":"DiagnosticReport","id":"r","status":"final","code":{"text":"report"},
                  "encounter":{"reference":"@encounter"}}],"report":[{"reference":"#r"}]}""");
        return resources;
    }

    /** The resource as its source would have written it had the hidden ones never been. */
    private static String withoutHidden(String resource) {
        var tree = (ObjectNode) Caller.tree(resource);
        tree.remove(List.of("encounter", "extension", "reasonReference"));
        tree.path("contained").forEach(contained -> ((ObjectNode) contained).remove("encounter"));
        return tree.toString();
    }

    /** An answer with the ids of its world named, and times and random ids left out. */
    private static String told(World world, String answer) {
        var text = answer;
        for (var each : world.addresses().entrySet()) {
            text = text.replace(each.getValue(), "[" + each.getKey() + "]")
                    .replace(each.getValue().substring(each.getValue().indexOf('/') + 1), "[" + each.getKey() + "]");
        }
        return text.replaceAll("\"id\":\"[0-9a-f-]{36}\"", "\"id\":\"[random]\"")
                .replaceAll("\"value\":\"[0-9a-f-]{36}\"", "\"value\":\"[salt]\"")
                .replaceAll("Bundle/[0-9a-f-]{36}", "Bundle/[random]")
                .replaceAll("\"(lastUpdated|lastModified)\":\"[^\"]*\"", "\"$1\":\"[now]\"");
    }

    private String asked(World world, String query) {
        var text = query;
        for (var each : world.addresses().entrySet()) {
            text = text.replace("@" + each.getKey(), each.getValue());
        }
        // What never was is asked for by an id that never was.
        return text.replaceAll("@(encounter|condition|coverage)", "Encounter/" + UUID.randomUUID());
    }

    @Test
    void whatRefersToTheHiddenReadsAsIfItHadNeverBeen() {
        var hiding = push(true);
        var never = push(false);
        var clinic = exchange.as(RIVERSIDE_CLINIC);

        for (var query : List.of(
                "@observation",
                "@observation/_history/1",
                "@observation/_history",
                "@procedure",
                "Observation?patient=@patient&_sort=_id",
                "Procedure?patient=@patient&_include=Procedure:*&_revinclude=Observation:*",
                "Observation?patient=@patient&encounter:missing=true&_total=accurate",
                "Observation?patient=@patient&encounter:missing=false",
                "Observation?patient=@patient&encounter:identifier=urn:lakeside:visit%7Cx",
                "Observation?encounter=@encounter",
                "Observation?encounter.status=finished&patient=@patient",
                "Procedure?reason-reference=@condition",
                "Procedure?patient=@patient&_elements=encounter",
                "@patient/$everything")) {
            var aboutHiding =
                    sorted(told(hiding, clinic.get(asked(hiding, query)).asString()));
            var aboutNever = sorted(told(never, clinic.get(asked(never, query)).asString()));

            assertThat(withoutAsked(aboutHiding)).as(query).isEqualTo(withoutAsked(aboutNever));
            assertThat(aboutHiding)
                    .as(query)
                    .doesNotContain(hiding.of("condition"))
                    .doesNotContain("the visit");
        }
    }

    /** The link of a search for something hidden repeats the id that was asked for. */
    private static String withoutAsked(String told) {
        return told.replaceAll("(encounter|reason-reference)=[^\"&]*", "$1=[asked]");
    }

    /** Entries in an order that ids do not decide. */
    private static String sorted(String answer) {
        var tree = Caller.tree(answer);
        if (tree.path("entry") instanceof ArrayNode entries) {
            var all = new java.util.ArrayList<JsonNode>();
            entries.forEach(all::add);
            all.sort(java.util.Comparator.comparing(JsonNode::toString));
            entries.removeAll();
            entries.addAll(all);
        }
        return tree.toString();
    }

    @Test
    void batchesOfReadsAnswerLikeReads() {
        var hiding = push(true);
        var clinic = exchange.as(RIVERSIDE_CLINIC);

        var answer = clinic.bundle(
                "batch",
                List.of(hiding.of("observation"), "Observation?patient=" + hiding.patient(), hiding.of("procedure")));

        assertThat(answer.toString())
                .doesNotContain(hiding.of("encounter"))
                .doesNotContain(hiding.of("condition"))
                .contains(hiding.of("observation"));
        assertThat(answer.path("entry")
                        .path(0)
                        .path("resource")
                        .path("subject")
                        .path("reference")
                        .asText())
                .isEqualTo(hiding.patient());
    }

    @Test
    void whoeverMaySeeItAllSeesItWholeAlsoAfterwards() {
        var hiding = push(true);

        var masked = exchange.as(RIVERSIDE_CLINIC).get(hiding.of("observation")).asString();
        var author =
                exchange.as(LAKESIDE_HOSPITAL).get(hiding.of("observation")).asString();
        var app =
                exchange.asAppOf(hiding.patient()).get(hiding.of("observation")).asString();
        var research =
                exchange.as(RESEARCH_INSTITUTE).get(hiding.of("procedure")).asString();

        assertThat(masked).doesNotContain(hiding.of("encounter")).doesNotContain("urn:lakeside:because");
        assertThat(List.of(author, app))
                .allSatisfy(whole ->
                        assertThat(whole).contains(hiding.of("encounter"), hiding.of("condition"), "the visit"));
        assertThat(research).contains(hiding.of("encounter"), hiding.of("condition"));
    }

    @Test
    void aReferenceOfAnOldVersionToWhatIsDeletedIsGoneAsWell() {
        var hiding = push(true);
        var hospital = exchange.as(LAKESIDE_HOSPITAL);
        for (var name : List.of("observation", "procedure", "condition")) {
            var tree = (ObjectNode) Caller.json(hospital.get(hiding.of(name)));
            tree.remove(List.of("encounter", "contained", "report"));
            hospital.put(hiding.of(name), tree.toString()).then().statusCode(200);
        }
        hospital.delete(hiding.of("encounter")).then().statusCode(204);

        var old = exchange.as(RESEARCH_INSTITUTE).get(hiding.of("procedure") + "/_history/1");

        old.then().statusCode(200);
        assertThat(old.asString()).doesNotContain(hiding.of("encounter")).contains(hiding.of("condition"));
        assertThat(hospital.get(hiding.of("procedure") + "/_history/1").asString())
                .contains(hiding.of("encounter"));
    }
}
