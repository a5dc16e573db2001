package org.accordhie.local;

import java.util.List;
import java.util.Optional;

/** The people who can sign in to the development authorization server, each with the records the exchange has of them. */
@FunctionalInterface
interface DevelopmentPatients {

    /** All of them, as the exchange knows them now. */
    List<Person> people();

    /** The one with this id. */
    default Optional<Person> withId(String id) {
        return people().stream().filter(person -> person.id().equals(id)).findFirst();
    }

    /**
     * One who signs in.
     *
     * @param id what tokens carry as {@code sub}
     * @param records at least one
     */
    record Person(String id, String name, String born, List<PatientRecord> records) {

        public Person {
            records = List.copyOf(records);
        }

        /** Whether it is the id of one of the records. */
        boolean has(String patient) {
            return records.stream().anyMatch(record -> record.id().equals(patient));
        }
    }

    /**
     * A Patient of the exchange; somebody who is known at two organisations has two.
     *
     * @param id the resource's
     * @param keeper who keeps it, in words
     */
    record PatientRecord(String id, String keeper) {}
}
