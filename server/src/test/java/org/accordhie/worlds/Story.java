package org.accordhie.worlds;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.accordhie.worlds.Cast.Fate;
import org.accordhie.worlds.Cast.Thing;

/**
 * What happened before the readers came, made from a seed: visible records and hidden ones, interleaved. Hidden are whole
 * patients who refused, diagnoses that law protects, what a consent denies by type or code, former and deleted versions of
 * these, and what visible records say about them.
 */
final class Story {

    static final String HOSPITAL = "dev-lakeside-hospital";
    static final String CLINIC = "dev-riverside-clinic";
    static final String INSTITUTE = "dev-research-institute";
    static final String OFFICER = "dev-privacy-officer";

    static final List<String> FAMILIES = List.of("Moss", "Mossberg", "Reyes", "Okafor", "Lindqvist", "Tanaka");
    static final List<String> GIVEN = List.of("Ada", "Bela", "Chidi", "Dora", "Emre", "Fay");
    static final List<String> BIRTHS = List.of("1950-02-03", "1970-05-05", "1970-05-06", "1988-12-31", "2001-07-09");
    static final List<String> DAYS = List.of("2024-03-01", "2025-01-15", "2025-11-30", "2026-01-02", "2026-06-30");

    /** Diagnoses that anybody may know of, and then those that substance use treatment is about. */
    static final List<String> DIAGNOSES = List.of("38341003", "44054006", "195662009", "6525002", "5602001");

    static final List<String> MEASURES = List.of("8480-6", "8462-4", "29463-7");

    private static final int HARMLESS = 3;

    private final Random random;
    private final String pair;
    private final Cast cast;
    private final List<Deque<Deed>> threads = new ArrayList<>();

    /**
     * A story.
     *
     * @param cast takes what appears in it
     * @param telling whether visible records refer to hidden ones
     */
    Story(long seed, Cast cast, boolean telling) {
        this.random = new Random(seed);
        this.pair = "s" + seed;
        this.cast = cast;
        for (int number = 0; number < 2; number++) {
            threads.add(visible("open" + number, HOSPITAL, Fate.SEEN));
            threads.add(refusing("refusing" + number));
        }
        threads.add(visible("clinic", CLINIC, Fate.OWN));
        protectedByLaw("open1", "");
        protectedByLaw("clinic", "Encounter/{{" + name("clinic", "encounter") + "}}");
        threads.add(choosing("choosing", telling));
    }

    /** The patient of whom nothing is hidden, whose app may read. */
    String openPatient() {
        return name("open0", "patient");
    }

    /** The business identifiers of people and visits. */
    List<String> identifiers() {
        return Stream.of("open0", "open1", "clinic", "choosing", "refusing0", "refusing1", "nobody")
                .map(person -> pair + "-" + person)
                .toList();
    }

    /** All in the order in which it happened; what belongs to one patient stays in its order. */
    List<Deed> deeds() {
        var deeds = new ArrayList<Deed>();
        while (threads.stream().anyMatch(thread -> !thread.isEmpty())) {
            var thread = threads.get(random.nextInt(threads.size()));
            if (!thread.isEmpty()) {
                deeds.add(thread.remove());
            }
        }
        return deeds;
    }

    private Deque<Deed> visible(String person, String source, Fate fate) {
        var thread = new ArrayDeque<Deed>();
        thread.add(arrival(person, source, fate));
        thread.add(visit(person, source, fate, "", pick(DIAGNOSES.subList(0, HARMLESS))));
        thread.add(visit(person, source, fate, "again-", pick(DIAGNOSES.subList(0, HARMLESS))));
        thread.add(Deed.of(
                source,
                "PUT",
                thing(person, "again-condition", "Condition", fate).address(),
                updated(person, "again-condition", pick(DIAGNOSES.subList(0, HARMLESS)))));
        return thread;
    }

    private Deque<Deed> refusing(String person) {
        var thread = new ArrayDeque<Deed>();
        thread.add(arrival(person, HOSPITAL, Fate.HIDDEN).hide());
        thread.add(visit(person, HOSPITAL, Fate.HIDDEN, "", pick(DIAGNOSES)).hide());
        thread.add(consent(person, "{\"type\":\"deny\"}", Fate.HIDDEN).hide());
        thread.add(
                visit(person, HOSPITAL, Fate.HIDDEN, "again-", pick(DIAGNOSES)).hide());
        thread.add(Deed.of(
                        HOSPITAL,
                        "PUT",
                        "Condition/{{" + name(person, "condition") + "}}",
                        updated(person, "condition", pick(DIAGNOSES)))
                .hide());
        thread.add(Deed.of(HOSPITAL, "DELETE", "Observation/{{" + name(person, "observation") + "}}", "")
                .hide());
        return thread;
    }

    /** A diagnosis that the patient's own yes would be needed for, put after all else that is known of the patient. */
    private void protectedByLaw(String person, String encounter) {
        var thread = threads.stream()
                .filter(each -> each.stream().anyMatch(deed -> deed.body().contains("-" + person + "\"")))
                .findFirst()
                .orElseThrow();
        var thing = thing(person, "protected", "Condition", Fate.HIDDEN);
        var resource =
                Records.condition("Patient/{{" + name(person, "patient") + "}}", encounter, "6525002", pick(DAYS));
        thread.add(Deed.of(
                        HOSPITAL,
                        "POST",
                        "",
                        Records.bundle(Records.entry("Condition", uuid(), resource)),
                        thing.name())
                .hide());
        thread.add(Deed.of(
                        HOSPITAL,
                        "PUT",
                        thing.address(),
                        resource.replaceFirst("\\{", "{\"id\":\"{{" + thing.name() + "}}\",")
                                .replace("6525002", "5602001"))
                .hide());
    }

    /** Somebody who shares all but visits and blood pressures; what else is told may refer to some. */
    private Deque<Deed> choosing(String person, boolean telling) {
        var thread = new ArrayDeque<Deed>();
        var patient = "Patient/{{" + name(person, "patient") + "}}";
        thread.add(arrival(person, HOSPITAL, Fate.SEEN));
        thread.add(consent(person, Records.allButVisitsAndPressures(), Fate.HIDDEN));
        var visit = thing(person, "visit", "Encounter", Fate.HIDDEN);
        thread.add(post(visit, Records.encounter(patient, pair + "-" + person, pick(DAYS)))
                .hide());
        var pressure = thing(person, "pressure", "Observation", Fate.HIDDEN);
        thread.add(post(pressure, Records.observation(patient, visit.address(), "8480-6", value(), pick(DAYS)))
                .hide());
        var day = pick(DAYS);
        thread.add(telling(
                thing(person, "condition", "Condition", Fate.SEEN),
                Records.condition(patient, telling ? visit.address() : "", DIAGNOSES.get(0), day),
                Records.condition(patient, "", DIAGNOSES.get(0), day)));
        thread.add(telling(
                thing(person, "report", "DiagnosticReport", Fate.SEEN),
                Records.report(patient, telling ? pressure.address() : ""),
                Records.report(patient, "")));
        return thread;
    }

    private Deed telling(Thing thing, String with, String without) {
        return post(thing, with).otherwise(bundleOf(thing, without));
    }

    private Deed arrival(String person, String source, Fate fate) {
        var patient = thing(person, "patient", "Patient", fate);
        var resource = Records.patient(pair + "-" + person, pick(FAMILIES), pick(GIVEN), pick(BIRTHS));
        return Deed.of(source, "POST", "", bundleOf(patient, resource), patient.name());
    }

    private Deed visit(String person, String source, Fate fate, String prefix, String diagnosis) {
        var patient = "Patient/{{" + name(person, "patient") + "}}";
        var encounter = uuid();
        var day = pick(DAYS);
        var things = List.of(
                thing(person, prefix + "encounter", "Encounter", fate),
                thing(person, prefix + "condition", "Condition", fate),
                thing(person, prefix + "observation", "Observation", fate),
                thing(person, prefix + "procedure", "Procedure", fate));
        var at = "urn:uuid:" + encounter;
        var body = Records.bundle(
                Records.entry("Encounter", encounter, Records.encounter(patient, pair + prefix + person, day)),
                Records.entry("Condition", uuid(), Records.condition(patient, at, diagnosis, day)),
                Records.entry("Observation", uuid(), Records.observation(patient, at, pick(MEASURES), value(), day)),
                Records.entry("Procedure", uuid(), Records.procedure(patient, at, "71388002", day)));
        return Deed.of(
                source, "POST", "", body, things.stream().map(Thing::name).toArray(String[]::new));
    }

    private String updated(String person, String what, String diagnosis) {
        return Records.condition("Patient/{{" + name(person, "patient") + "}}", "", diagnosis, pick(DAYS))
                .replaceFirst("\\{", "{\"id\":\"{{" + name(person, what) + "}}\",");
    }

    private Deed consent(String person, String provision, Fate fate) {
        var consent = thing(person, "consent", "Consent", fate);
        var patient = "Patient/{{" + name(person, "patient") + "}}";
        return Deed.of(OFFICER, "POST", "Consent", Records.consent(patient, provision), consent.name());
    }

    private Deed post(Thing thing, String resource) {
        return Deed.of(HOSPITAL, "POST", "", bundleOf(thing, resource), thing.name());
    }

    private String bundleOf(Thing thing, String resource) {
        var id = UUID.nameUUIDFromBytes(thing.name().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return Records.bundle(Records.entry(thing.type(), id.toString(), resource));
    }

    private Thing thing(String person, String what, String type, Fate fate) {
        var thing = new Thing(name(person, what), type, fate);
        if (!cast.all().contains(thing)) {
            cast.add(thing);
        }
        return thing;
    }

    private String name(String person, String what) {
        return pair + "-" + person + "-" + what;
    }

    private String pick(List<String> some) {
        return some.get(random.nextInt(some.size()));
    }

    private String value() {
        return random.nextInt(90, 180) + ".5";
    }

    private String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
