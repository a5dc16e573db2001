package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.PATIENT_APP;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accordhie.exchange.Archive.Stored;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Each person's wish, felt by each partner, whichever way they ask. */
@ExchangeTest
class ReleaseIT {

    @Autowired
    Exchange exchange;

    @Autowired
    Archive archive;

    static Stream<Arguments> everyPersonAndPartner() {
        return Arrays.stream(Person.values())
                .flatMap(person -> Arrays.stream(Partner.values())
                        .filter(partner -> partner != PATIENT_APP)
                        .map(partner -> Arguments.of(person, partner)));
    }

    @ParameterizedTest
    @MethodSource("everyPersonAndPartner")
    void readsWhatIsReleasedAndNothingElse(Person person, Partner partner) {
        for (var stored : some(archive.recordOf(person))) {
            var status = exchange.as(partner).get(stored.address()).statusCode();

            assertThat(status)
                    .as("%s", stored)
                    .isEqualTo(person.isReleased(partner, stored.type(), stored.labels()) ? 200 : 404);
        }
    }

    @ParameterizedTest
    @MethodSource("everyPersonAndPartner")
    void countsExactlyWhatIsReleased(Person person, Partner partner) {
        for (var type : List.of("Patient", "Condition", "Encounter", "Observation", "MedicationRequest", "Consent")) {
            var released =
                    archive.released(person, partner, stored -> stored.type().equals(type));
            var query = type + "?" + (type.equals("Patient") ? "identifier=" : "patient.identifier=") + person.token();

            var found = exchange.as(partner).search(query + "&_total=accurate&_count=500");
            var counted = exchange.as(partner).search(query + "&_summary=count");

            assertThat(new TreeSet<>(found.matches())).as(query).isEqualTo(released);
            assertThat(found.matches()).as(query).doesNotHaveDuplicates();
            assertThat(found.total()).as(query).isEqualTo(released.size());
            assertThat(counted.total()).as(query).isEqualTo(released.size());
            assertThat(counted.matches()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("everyPersonAndPartner")
    void includesOnlyWhatIsReleased(Person person, Partner partner) {
        var conditions = archive.released(person, partner, Stored::isCondition);
        var patients = archive.released(person, partner, Stored::isPatient);
        var byPatient = "patient.identifier=" + person.token() + "&_count=500";

        var forward = exchange.as(partner).search("Condition?_include=Condition:subject&" + byPatient);
        var backward = exchange.as(partner)
                .search("Patient?_revinclude=Condition:subject&_count=500&identifier=" + person.token());

        assertThat(new TreeSet<>(forward.matches())).isEqualTo(conditions);
        assertThat(patients).containsAll(forward.included());
        assertThat(new TreeSet<>(backward.matches())).isEqualTo(patients);
        assertThat(new TreeSet<>(backward.included())).isEqualTo(about(person, patients, conditions));
        assertThat(forward.total()).isEqualTo(conditions.size());
        assertThat(backward.total()).isEqualTo(patients.size());
    }

    @ParameterizedTest
    @MethodSource("everyPersonAndPartner")
    void chainsOnlyThroughWhatIsReleased(Person person, Partner partner) {
        var patients = archive.released(person, partner, Stored::isPatient);
        var conditions = about(person, patients, archive.released(person, partner, Stored::isCondition));

        var chained = exchange.as(partner).search("Condition?subject:Patient.identifier=" + person.token());

        assertThat(chained.total()).isEqualTo(conditions.size());
        for (var code : codes(person)) {
            var visible = archive.released(
                    person,
                    partner,
                    stored -> stored.isCondition() && stored.codes().contains(code));
            var with = patientsOf(person, visible);
            with.retainAll(patients);

            var having = exchange.as(partner)
                    .search("Patient?_has:Condition:subject:code=" + code + "&identifier=" + person.token());

            assertThat(new TreeSet<>(having.matches())).as(code).isEqualTo(with);
            assertThat(having.total()).as(code).isEqualTo(with.size());
        }
    }

    @ParameterizedTest
    @MethodSource("everyPersonAndPartner")
    void everythingIsTheReleasedRecord(Person person, Partner partner) {
        for (var patient : patientsOf(person)) {
            var visible = archive.released(person, partner, Stored::isPatient).contains(patient);
            var released =
                    archive.released(person, partner, stored -> stored.patient().equals(patient));
            if (!visible) {
                exchange.as(partner).get(patient + "/$everything").then().statusCode(404);
                continue;
            }

            var pages = exchange.as(partner).pages(patient + "/$everything?_count=20");

            assertWholeRecord(pages, released);
        }
    }

    @ParameterizedTest
    @MethodSource("everyPersonAndPartner")
    void pagesAreFullAndAddUp(Person person, Partner partner) {
        var released = archive.released(person, partner, stored -> stored.type().equals("Encounter"));

        var pages = exchange.as(partner).pages("Encounter?_count=5&patient.identifier=" + person.token());

        assertThat(pages).hasSize(Math.max(1, (released.size() + 4) / 5));
        assertThat(pages).allSatisfy(page -> assertThat(page.total()).isEqualTo(released.size()));
        assertThat(pages.stream().flatMap(page -> page.matches().stream()))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(released);
    }

    @Test
    void countsWhatIsMoreThanTheLargestPageOnlyWhereItIsAskedTo() {
        var hospital = exchange.as(Partner.LAKESIDE_HOSPITAL);

        var pages = hospital.pages("Observation?_count=500");

        var all = pages.stream().flatMap(page -> page.matches().stream()).toList();
        assertThat(all).hasSizeGreaterThan(500).doesNotHaveDuplicates();
        assertThat(pages.get(0).total()).as("-1 where none is told").isEqualTo(-1);
        assertThat(pages.get(0).matches()).hasSize(500);
        assertThat(pages.get(pages.size() - 1).total()).isEqualTo(all.size());
        for (var query :
                List.of("_total=accurate&_count=3", "_total=accurate&_count=3&_offset=600", "_summary=count")) {
            assertThat(hospital.search("Observation?" + query).total())
                    .as(query)
                    .isEqualTo(all.size());
        }
    }

    @ParameterizedTest
    @MethodSource("everyPersonAndPartner")
    void bundlesOfReadsAnswerLikeReads(Person person, Partner partner) {
        var record = some(archive.recordOf(person)).stream().limit(12).toList();
        var conditions = archive.released(person, partner, Stored::isCondition);
        var reads = Stream.concat(
                        record.stream().map(Stored::address),
                        Stream.of("Condition?_count=500&patient.identifier=" + person.token()))
                .toList();

        var batch = exchange.as(partner).bundle("batch", reads).path("entry");

        for (int index = 0; index < record.size(); index++) {
            var stored = record.get(index);
            var released = person.isReleased(partner, stored.type(), stored.labels());
            assertThat(batch.path(index).path("response").path("status").asText())
                    .as("%s", stored)
                    .startsWith(released ? "200" : "404");
            assertThat(batch.path(index).path("resource").path("id").asText()).isEqualTo(released ? stored.id() : "");
        }
        var searched = Found.in(batch.path(record.size()).path("resource"));
        assertThat(new TreeSet<>(searched.matches())).isEqualTo(conditions);
        assertThat(searched.total()).isEqualTo(conditions.size());
    }

    @ParameterizedTest
    @MethodSource("everyPersonAndPartner")
    void transactionsOfReadsAnswerLikeSearches(Person person, Partner partner) {
        var conditions = archive.released(person, partner, Stored::isCondition);
        var encounters =
                archive.released(person, partner, stored -> stored.type().equals("Encounter"));
        var query = "?_count=500&patient.identifier=" + person.token();

        var answer = exchange.as(partner)
                .bundle("transaction", List.of("Encounter" + query, "Condition" + query))
                .path("entry");

        assertThat(new TreeSet<>(Found.in(answer.path(0).path("resource")).matches()))
                .isEqualTo(encounters);
        assertThat(new TreeSet<>(Found.in(answer.path(1).path("resource")).matches()))
                .isEqualTo(conditions);
    }

    @Test
    void patientsReadAllOfTheirOwnRecordAndOfNobodyElses() {
        for (var person : Person.values()) {
            for (var patient : patientsOf(person)) {
                var own = archive.released(
                        person, PATIENT_APP, stored -> stored.patient().equals(patient));
                var conditions = own.stream()
                        .filter(address -> address.startsWith("Condition/"))
                        .toList();

                var app = exchange.asAppOf(patient);

                assertWholeRecord(app.pages(patient + "/$everything?_count=50"), own);
                assertThat(app.search("Condition?_count=500").matches())
                        .containsExactlyInAnyOrderElementsOf(conditions);
                assertThat(app.search("Patient").matches()).containsExactly(patient);
                for (var other : patientsOf(person)) {
                    app.get(other).then().statusCode(other.equals(patient) ? 200 : 404);
                }
            }
        }
    }

    private static void assertWholeRecord(List<Found> pages, Set<String> released) {
        var all = pages.stream().flatMap(page -> page.matches().stream()).toList();
        var directory = Set.of("Location", "Medication", "Organization", "Practitioner", "PractitionerRole");
        assertThat(all).doesNotHaveDuplicates();
        assertThat(pages).allSatisfy(page -> assertThat(page.total()).isEqualTo(all.size()));
        assertThat(all.stream().filter(address -> !directory.contains(address.split("/", 2)[0])))
                .containsExactlyInAnyOrderElementsOf(released);
    }

    private Set<String> patientsOf(Person person) {
        return archive.recordOf(person).stream()
                .filter(Stored::isPatient)
                .map(Stored::address)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> patientsOf(Person person, Set<String> addresses) {
        return archive.recordOf(person).stream()
                .filter(stored -> addresses.contains(stored.address()))
                .map(Stored::patient)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those of the addresses that are about one of the patients. */
    private Set<String> about(Person person, Set<String> patients, Set<String> addresses) {
        return archive.recordOf(person).stream()
                .filter(stored -> patients.contains(stored.patient()) && addresses.contains(stored.address()))
                .map(Stored::address)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<String> codes(Person person) {
        return archive.recordOf(person).stream()
                .filter(Stored::isCondition)
                .flatMap(stored -> stored.codes().stream())
                .distinct()
                .sorted()
                .limit(12)
                .toList();
    }

    /** Of each type and set of labels, a few. */
    private static List<Stored> some(List<Stored> record) {
        return record.stream()
                .collect(Collectors.groupingBy(stored -> stored.type() + stored.labels()))
                .values()
                .stream()
                .flatMap(alike -> alike.stream().limit(2))
                .toList();
    }
}
