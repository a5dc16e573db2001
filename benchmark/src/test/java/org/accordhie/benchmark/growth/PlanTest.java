package org.accordhie.benchmark.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.accordhie.benchmark.records.Corpus;
import org.accordhie.benchmark.records.Item;
import org.accordhie.benchmark.records.RecordFiles;
import org.accordhie.benchmark.work.ConsentKind;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlanTest {

    private static final int PEOPLE = 40;
    private static Corpus corpus;

    @BeforeAll
    static void readTheSample() throws IOException {
        corpus = new Corpus(RecordFiles.read(null, PEOPLE), PEOPLE);
    }

    @ParameterizedTest
    @EnumSource(Axis.class)
    void everyStepBeginsWithAllOfTheOneBefore(Axis axis) {
        var plan = plan(axis);
        List<Plan.Said> before = List.of();
        for (var value : plan.values()) {
            var now = plan.consents(value);
            assertThat(now.subList(0, before.size())).isEqualTo(before);
            before = now;
        }
        assertThat(before).isNotEmpty();
    }

    @Test
    void aFifthOfMorePatientsHaveAConsent() {
        var plan = plan(Axis.PATIENTS);

        assertThat(plan.consents(10)).hasSize(2);
        assertThat(plan.consents(PEOPLE)).hasSize(8);
        assertThat(plan.bundles(10)).isEqualTo(corpus.shared() + 10);
        assertThat(plan.asked(10).all("Patient")).hasSize(10);
    }

    @Test
    void shareIsOfAllPatients() {
        var plan = plan(Axis.CONSENTS);

        assertThat(plan.consents(0)).isEmpty();
        assertThat(plan.consents(50)).hasSize(PEOPLE / 2);
        assertThat(plan.consents(100)).extracting(Plan.Said::patient).doesNotHaveDuplicates();
    }

    @Test
    void eachPatientHasAsManyConsentsThatDoNotConcernTheReader() {
        var said = plan(Axis.EACH).consents(3);

        assertThat(said).extracting(Plan.Said::kind).containsOnly(ConsentKind.NOT_WITH_ANOTHER);
        Map<Item, Long> counted =
                said.stream().collect(Collectors.groupingBy(Plan.Said::patient, Collectors.counting()));
        assertThat(counted).hasSize(PEOPLE);
        assertThat(counted.values()).containsOnly(3L);
    }

    @Test
    void nobodyIsAskedAboutWhoIsHiddenAtAnyStep() {
        var plan = plan(Axis.HIDDEN);

        var hidden = plan.consents(90).stream().map(Plan.Said::patient).toList();

        assertThat(hidden).hasSize(PEOPLE * 9 / 10);
        assertThat(plan.asked(0).all("Patient")).hasSize(PEOPLE / 10).doesNotContainAnyElementsOf(hidden);
    }

    @Test
    void aConsentIsJsonWithWhatItSays() throws IOException {
        var json = new com.fasterxml.jackson.databind.ObjectMapper();
        for (var kind : ConsentKind.values()) {
            var consent = json.readTree(kind.told(7, "Patient/1", "Organization/2"));

            assertThat(consent.at("/identifier/0/value").asText()).isEqualTo("7");
            assertThat(consent.at("/patient/reference").asText()).isEqualTo("Patient/1");
            assertThat(consent.at("/provision/type").asText()).isIn("permit", "deny");
        }
    }

    private static Plan plan(Axis axis) {
        return new Plan(axis, axis == Axis.PATIENTS ? List.of(10, PEOPLE) : axis.steps(), corpus, 1);
    }
}
