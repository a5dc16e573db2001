package org.accordhie.worlds;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.accordhie.worlds.Cast.Fate;
import org.accordhie.worlds.Cast.Thing;

/**
 * What happened before the readers came, made from a seed: visible records and hidden ones, interleaved. Hidden are whole
 * patients who refused, diagnoses that law protects, what a consent denies by type or code, former and deleted versions of
 * these, and what visible records say about them.
 */
final class Story extends Stage {

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

    private final boolean telling;

    /**
     * A story.
     *
     * @param cast takes what appears in it
     * @param telling whether visible records refer to hidden ones
     */
    Story(long seed, Cast cast, boolean telling) {
        super(seed, cast);
        this.telling = telling;
        for (int number = 0; number < 2; number++) {
            threads.add(visible("open" + number, HOSPITAL, Fate.SEEN));
            threads.add(refusing("refusing" + number));
        }
        threads.add(visible("clinic", CLINIC, Fate.OWN));
        protectedByLaw("open1", "");
        protectedByLaw("clinic", "Encounter/{{" + name("clinic", "encounter") + "}}");
        threads.add(choosing("choosing", telling));
        labelled("open1", telling);
        formerly("choosing");
        charts();
        groups();
    }

    /** The patient of whom nothing is hidden, whose app may read. */
    String openPatient() {
        return name("open0", "patient");
    }

    /** The business identifiers of everybody else who is there. */
    List<String> others() {
        return identifiers().stream()
                .filter(identifier -> !identifier.endsWith("-open0") && !identifier.endsWith("-nobody"))
                .map(identifier -> "urn:worlds:person|" + identifier)
                .toList();
    }

    /** The business identifiers of people and visits. */
    List<String> identifiers() {
        return Stream.of("open0", "open1", "clinic", "choosing", "refusing0", "refusing1", "nobody")
                .map(person -> pair + "-" + person)
                .toList();
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
        var thread = threadOf(person);
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

    /** Everything else that is kept of people: of those whom all may see, of those who refused, and of who chooses by type. */
    private void charts() {
        chart("open0", HOSPITAL, Fate.SEEN, Chart.TYPES);
        chart("clinic", CLINIC, Fate.OWN, Chart.TYPES);
        chart("refusing0", HOSPITAL, Fate.HIDDEN, Chart.TYPES);
        prescription("open0", HOSPITAL, Fate.SEEN);
        prescription("refusing0", HOSPITAL, Fate.HIDDEN);
        chart("choosing", HOSPITAL, Fate.HIDDEN, Records.NOT_SHARED);
        chart("choosing", HOSPITAL, Fate.SEEN, Chart.allBut(Records.NOT_SHARED));
    }

    private void chart(String person, String source, Fate fate, List<String> types) {
        var patient = "Patient/{{" + name(person, "patient") + "}}";
        var day = pick(DAYS);
        var names = types.stream()
                .map(type -> thing(person, "chart-" + type, type, fate).name())
                .toArray(String[]::new);
        var entries = types.stream()
                .map(type -> Records.entry(type, uuid(), Chart.resource(type, patient, day)))
                .toArray(String[]::new);
        var deed = Deed.of(source, "POST", "", Records.bundle(entries), names);
        add(person, fate, deed);
    }

    private void prescription(String person, String source, Fate fate) {
        var patient = "Patient/{{" + name(person, "patient") + "}}";
        var names = Stream.of("Medication", "MedicationRequest")
                .map(type -> thing(person, "prescribed-" + type, type, fate).name())
                .toArray(String[]::new);
        add(
                person,
                fate,
                Deed.of(source, "POST", "", Chart.prescription(patient, fate == Fate.HIDDEN, uuid(), uuid()), names));
    }

    private void add(String person, Fate fate, Deed deed) {
        threadOf(person).add(fate == Fate.HIDDEN ? deed.hide() : deed);
    }

    /** A group that all may see, and one with a member who is hidden; both once everybody has arrived. */
    private void groups() {
        var seen = thing("open1", "group", "Group", Fate.SEEN);
        end.add(Deed.of(HOSPITAL, "POST", "", bundleOf(seen, group("open0", "choosing")), seen.name()));
        var hidden = thing("refusing1", "group", "Group", Fate.HIDDEN);
        end.add(Deed.of(HOSPITAL, "POST", "", bundleOf(hidden, group("open1", "refusing1")), hidden.name())
                .hide());
    }

    private String group(String... people) {
        return Chart.group(Stream.of(people)
                .map(person -> "Patient/{{" + name(person, "patient") + "}}")
                .toList());
    }

    /** A visible diagnosis with labelled elements, which say something else in each world. */
    private void labelled(String person, boolean telling) {
        var patient = "Patient/{{" + name(person, "patient") + "}}";
        var with = Records.labelled(patient, "5602001", "opioid abuse");
        var without = Records.labelled(patient, "6525002", "other trouble");
        threadOf(person)
                .add(telling(thing(person, "labelled", "Condition", Fate.SEEN), telling ? with : without, without));
    }

    /** A measurement that a consent denies until it is corrected, which in the other world was never anything else. */
    private void formerly(String person) {
        var thing = thing(person, "formerly", "Observation", Fate.SEEN);
        var patient = "Patient/{{" + name(person, "patient") + "}}";
        var now = Records.observation(patient, "", "29463-7", value(), pick(DAYS));
        var thread = threadOf(person);
        thread.add(post(thing, Records.observation(patient, "", "8480-6", value(), pick(DAYS)))
                .hide());
        var corrected = now.replaceFirst("\\{", "{\"id\":\"{{" + thing.name() + "}}\",");
        thread.add(
                Deed.of(HOSPITAL, "POST", "", Records.bundle(Records.update(thing.address(), corrected)), thing.name())
                        .otherwise(bundleOf(thing, now)));
    }

    private Deed telling(Thing thing, String with, String without) {
        return post(thing, with).otherwise(bundleOf(thing, without));
    }

    private Deed arrival(String person, String source, Fate fate) {
        var patient = thing(person, "patient", "Patient", fate);
        var resource = Records.patient(pair + "-" + person, pick(FAMILIES), pick(GIVEN), pick(BIRTHS));
        var deed = Deed.of(source, "POST", "", bundleOf(patient, resource), patient.name());
        return telling && person.equals("open1")
                ? Deed.of(source, "POST", "", bundleOf(patient, Records.speaking(resource, "de")), patient.name())
                        .otherwise(bundleOf(patient, Records.speaking(resource, "fr")))
                : deed;
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
}
