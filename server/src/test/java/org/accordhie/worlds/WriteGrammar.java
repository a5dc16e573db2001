package org.accordhie.worlds;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.accordhie.worlds.Ask.Term;
import org.accordhie.worlds.Cast.Fate;
import org.accordhie.worlds.Cast.Thing;

/** Requests that write, or try to. */
final class WriteGrammar {

    private static final List<String> PREFERENCES =
            List.of("return=minimal", "return=representation", "return=OperationOutcome");
    private static final List<String> PATCHES = List.of(
            "[{\"op\":\"test\",\"path\":\"/gender\",\"value\":\"male\"}]",
            "[{\"op\":\"add\",\"path\":\"/language\",\"value\":\"en\"}]",
            "[{\"op\":\"remove\",\"path\":\"/subject\"}]",
            "[{\"op\":\"steal\"}]");
    private static final int MOST_ENTRIES = 4;

    private final Cast cast;
    private final Values values;
    private final Random random;

    WriteGrammar(Cast cast, Values values, Random random) {
        this.cast = cast;
        this.values = values;
        this.random = random;
    }

    Ask single() {
        return switch (random.nextInt(8)) {
            case 0, 1 -> create();
            case 2, 3, 4 -> update();
            case 5 -> patch();
            default -> Ask.of("delete", "DELETE", target().address()).headers(versions());
        };
    }

    /** Forms that look for their target by themselves. */
    Ask conditional() {
        var type = values.pick(List.of("Patient", "Condition", "Encounter", "Observation"));
        var terms = List.of(
                type.equals("Patient") || type.equals("Encounter")
                        ? new Term("identifier", values.identifier(), "identifier")
                        : new Term("code", values.pick(Story.DIAGNOSES), "token"));
        return switch (random.nextInt(4)) {
            case 0 -> Ask.of("conditional delete", "DELETE", type).query(terms);
            case 1 ->
                Ask.of("conditional patch", "PATCH", type)
                        .query(terms)
                        .headers(Map.of("Content-Type", "application/json-patch+json"))
                        .body("[{\"op\":\"test\",\"path\":\"/id\",\"value\":\"x\"}]");
            case 2 -> Ask.of("conditional update", "PUT", type).query(terms).body(resource(type, ""));
            default ->
                Ask.of("conditional create", "POST", type)
                        .headers(Map.of("If-None-Exist", terms.get(0).encoded()))
                        .body(resource(type, ""));
        };
    }

    Ask bundle(Supplier<String> reading) {
        var type = random.nextBoolean() ? "batch" : "transaction";
        var entries = new ArrayList<String>();
        for (int count = random.nextInt(MOST_ENTRIES); count >= 0; count--) {
            entries.add(random.nextInt(3) == 0 ? entry() : reading.get());
        }
        return Ask.of(type, "POST", "").bundle(type, entries);
    }

    private String entry() {
        var thing = target();
        return switch (random.nextInt(6)) {
            case 0 -> "{\"request\":{\"method\":\"DELETE\",\"url\":\"%s\"}}".formatted(thing.address());
            case 1 ->
                "{\"resource\":%s,\"request\":{\"method\":\"PUT\",\"url\":\"%s\"}}"
                        .formatted(resource(thing.type(), thing.name()), thing.address());
            case 2 -> conditionalEntry();
            case 3 ->
                "{\"resource\":%s,\"request\":{\"method\":\"PATCH\",\"url\":\"%s\"}}"
                        .formatted(
                                byPath(thing.type()),
                                random.nextInt(3) == 0 ? "Patient?identifier=" + values.identifier() : thing.address());
            default ->
                "{\"fullUrl\":\"urn:uuid:%s\",\"resource\":%s,\"request\":{\"method\":\"POST\",\"url\":\"%s\"}}"
                        .formatted(
                                new UUID(random.nextLong(), random.nextLong()),
                                resource(thing.type(), ""),
                                thing.type());
        };
    }

    private String conditionalEntry() {
        var address = "Patient?identifier=" + values.identifier();
        return random.nextBoolean()
                ? "{\"request\":{\"method\":\"DELETE\",\"url\":\"%s\"}}".formatted(address)
                : "{\"resource\":%s,\"request\":{\"method\":\"PUT\",\"url\":\"%s\"}}"
                        .formatted(resource("Patient", ""), address);
    }

    private Ask create() {
        var type = random.nextInt(3) == 0
                ? values.pick(Cast.TYPES)
                : values.pick(List.of("Patient", "Condition", "Encounter", "Observation", "Procedure"));
        return Ask.of("create", "POST", type).headers(preference()).body(resource(type, ""));
    }

    private Ask update() {
        var thing = target();
        return Ask.of("update", "PUT", thing.address()).headers(versions()).body(resource(thing.type(), thing.name()));
    }

    private Ask patch() {
        var thing = target();
        if (random.nextInt(3) == 0) {
            return Ask.of("patch by path", "PATCH", thing.address()).body(byPath(thing.type()));
        }
        return Ask.of("patch", "PATCH", thing.address())
                .headers(Map.of("Content-Type", "application/json-patch+json"))
                .body(values.pick(PATCHES));
    }

    private static String byPath(String type) {
        return """
                {"resourceType":"Parameters","parameter":[{"name":"operation","part":[
                 {"name":"type","valueCode":"replace"},{"name":"path","valueString":"%s.language"},
                 {"name":"value","valueCode":"en"}]}]}""".formatted(type);
    }

    private Map<String, String> preference() {
        return switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> Map.of("Prefer", values.pick(PREFERENCES));
            case 4 -> Map.of("X-Cascade", "delete");
            case 5 -> Map.of("X-Rewrite-History", "true");
            case 6 -> Map.of("X-HTTP-Method-Override", values.pick(List.of("DELETE", "GET", "PATCH")));
            default -> Map.of();
        };
    }

    private Map<String, String> versions() {
        return random.nextInt(4) == 0 ? Map.of("If-Match", "W/\"" + (1 + random.nextInt(3)) + "\"") : preference();
    }

    private Thing target() {
        return switch (random.nextInt(4)) {
            case 0 -> cast.any(random);
            case 1 -> cast.any(Fate.OWN, random);
            default -> cast.any(Fate.HIDDEN, random);
        };
    }

    private String resource(String type, String id) {
        var patient = cast.any("Patient", random).address();
        var encounter = random.nextInt(3) == 0 ? cast.any("Encounter", random).address() : "";
        var day = values.pick(Story.DAYS);
        var body = switch (type) {
            case "Patient" ->
                Records.patient(
                        values.identifier().replaceFirst(".*\\|", ""),
                        values.pick(Story.FAMILIES),
                        values.pick(Story.GIVEN),
                        values.pick(Story.BIRTHS));
            case "Encounter" -> Records.encounter(patient, values.identifier().replaceFirst(".*\\|", ""), day);
            case "Observation" -> Records.observation(patient, encounter, values.pick(Story.MEASURES), "120.5", day);
            case "Procedure" -> Records.procedure(patient, encounter, "71388002", day);
            case "DiagnosticReport" ->
                Records.report(patient, cast.any("Observation", random).address());
            case "Condition" -> Records.condition(patient, encounter, values.pick(Story.DIAGNOSES), day);
            default ->
                Chart.TYPES.contains(type) ? Chart.resource(type, patient, day) : "{\"resourceType\":\"" + type + "\"}";
        };
        return id.isEmpty() ? body : body.replaceFirst("\\{", "{\"id\":\"{{" + id + "}}\",");
    }
}
