package org.accordhie.worlds;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Everything that a request can be about, by the name that it has in both worlds. */
final class Cast {

    /** What a reader knows of a thing. */
    enum Fate {
        SEEN,
        OWN,
        HIDDEN,
        NEVER
    }

    /**
     * Something with an id.
     *
     * @param name in both worlds
     * @param type of resource
     * @param fate what the readers know of it
     */
    record Thing(String name, String type, Fate fate) {

        String address() {
            return type + "/{{" + name + "}}";
        }
    }

    /** Types that somebody may ask about, stored or not. */
    static final List<String> TYPES = List.of(
            "Patient",
            "Encounter",
            "Condition",
            "Observation",
            "MedicationRequest",
            "DiagnosticReport",
            "Procedure",
            "AllergyIntolerance",
            "Provenance",
            "Consent",
            "DocumentReference",
            "Organization",
            "CarePlan",
            "CareTeam",
            "Claim",
            "CodeSystem",
            "Coverage",
            "Device",
            "ExplanationOfBenefit",
            "Group",
            "ImagingStudy",
            "Immunization",
            "Location",
            "Medication",
            "MedicationAdministration",
            "Practitioner",
            "PractitionerRole",
            "RelatedPerson",
            "SupplyDelivery",
            "Task",
            "ValueSet",
            "AuditEvent");

    private final List<Thing> things = new ArrayList<>();

    void add(Thing thing) {
        things.add(thing);
    }

    List<Thing> all() {
        return List.copyOf(things);
    }

    /** Any thing; one in six is nothing in either world. */
    Thing any(Random random) {
        return random.nextInt(6) == 0
                ? never(TYPES.get(random.nextInt(TYPES.size())), random)
                : things.get(random.nextInt(things.size()));
    }

    /** Any thing of a type, or one that never was. */
    Thing any(String type, Random random) {
        var fitting = things.stream().filter(thing -> thing.type().equals(type)).toList();
        return fitting.isEmpty() || random.nextInt(8) == 0
                ? never(type, random)
                : fitting.get(random.nextInt(fitting.size()));
    }

    Thing any(Fate fate, Random random) {
        var fitting = things.stream().filter(thing -> thing.fate() == fate).toList();
        return fitting.isEmpty() ? any(random) : fitting.get(random.nextInt(fitting.size()));
    }

    private static Thing never(String type, Random random) {
        return new Thing("never-" + random.nextInt(5), type, Fate.NEVER);
    }
}
