package org.accordhie.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.accordhie.consent.Supersession.Version;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("a consent in the place of another")
class SupersessionTest {

    private static final String FORM = "urn:forms|7";
    private static final List<ConsentStatus> STATUSES = List.of(ConsentStatus.values());

    @Test
    void isNotThereForBeingNewerAlone() {
        assertThat(Supersession.among(List.of(given("a", 1), given("b", 2)))).isEmpty();
    }

    @Test
    void isTheNewerOneOfTheSameBusinessIdentifier() {
        var superseded = Supersession.among(List.of(form("a", 1), form("b", 3), form("c", 2)));

        assertThat(superseded).isEqualTo(Map.of("Consent/a", "Consent/b", "Consent/c", "Consent/b"));
    }

    @Test
    void isTheOneThatNamesTheOlderAsItsSource() {
        assertThat(Supersession.among(List.of(given("a", 1), replacing("b", 2, "a"))))
                .isEqualTo(Map.of("Consent/a", "Consent/b"));
    }

    @Test
    void isNotOneThatNamesANewerAsItsSource() {
        assertThat(Supersession.among(List.of(given("a", 2), replacing("b", 1, "a"))))
                .isEmpty();
    }

    @Test
    void leavesOneInForceWhereEachNamesTheOther() {
        assertThat(Supersession.among(List.of(replacing("a", 1, "b"), replacing("b", 2, "a"))))
                .isEqualTo(Map.of("Consent/a", "Consent/b"));
    }

    @ParameterizedTest
    @EnumSource(
            value = ConsentStatus.class,
            names = {"ACTIVE", "INACTIVE", "DELETED"})
    void staysThereWhateverBecomesOfIt(ConsentStatus status) {
        assertThat(Supersession.among(List.of(form("a", 1), with(status, form("b", 2)))))
                .containsOnlyKeys("Consent/a");
    }

    @ParameterizedTest
    @EnumSource(
            value = ConsentStatus.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ACTIVE", "INACTIVE", "DELETED"})
    void isNotThereIfItWasNeverGivenOrInError(ConsentStatus status) {
        assertThat(Supersession.among(List.of(form("a", 1), with(status, form("b", 2)))))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = ConsentStatus.class,
            names = {"INACTIVE", "DELETED"})
    void isNotThereIfItEndedWithoutEverBeingInForce(ConsentStatus status) {
        var draft = new Version("Consent/b", status, false, Set.of(FORM), Set.of(), at(2), at(2));

        assertThat(Supersession.among(List.of(form("a", 1), draft))).isEmpty();
    }

    @Test
    void isOfThoseGivenAtOneInstantTheOneRecordedLater() {
        var first = new Version("Consent/z", ConsentStatus.ACTIVE, true, Set.of(FORM), Set.of(), at(1), at(2));
        var second = new Version("Consent/a", ConsentStatus.ACTIVE, true, Set.of(FORM), Set.of(), at(1), at(3));

        assertThat(Supersession.among(List.of(second, first))).isEqualTo(Map.of("Consent/z", "Consent/a"));
    }

    @Test
    void leavesTheNewestOfEachIdentifierAndDoesNotDependOnTheOrder() {
        var random = new Random(20261122);
        for (int round = 0; round < 2000; round++) {
            var consents = some(random);
            var superseded = Supersession.among(consents);

            assertThat(superseded.keySet()).as("round %d", round).hasSizeLessThan(consents.size());
            Collections.shuffle(consents, random);
            assertThat(Supersession.among(consents)).as("round %d", round).isEqualTo(superseded);
        }
    }

    private static List<Version> some(Random random) {
        var consents = new ArrayList<Version>();
        for (int index = 0; index < 1 + random.nextInt(5); index++) {
            consents.add(new Version(
                    "Consent/" + index,
                    STATUSES.get(random.nextInt(STATUSES.size())),
                    random.nextInt(4) > 0,
                    Set.of("urn:forms|" + random.nextInt(3)),
                    Set.of("Consent/" + random.nextInt(5)),
                    at(random.nextInt(3)),
                    at(random.nextInt(3))));
        }
        return consents;
    }

    private static Version given(String id, int day) {
        return new Version("Consent/" + id, ConsentStatus.ACTIVE, true, Set.of(), Set.of(), at(day), at(day));
    }

    private static Version form(String id, int day) {
        return new Version("Consent/" + id, ConsentStatus.ACTIVE, true, Set.of(FORM), Set.of(), at(day), at(day));
    }

    private static Version replacing(String id, int day, String older) {
        return new Version(
                "Consent/" + id, ConsentStatus.ACTIVE, true, Set.of(), Set.of("Consent/" + older), at(day), at(day));
    }

    private static Version with(ConsentStatus status, Version version) {
        return new Version(
                version.id(),
                status,
                true,
                version.identifiers(),
                version.replaces(),
                version.dated(),
                version.recorded());
    }

    private static Instant at(int day) {
        return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(86_400L * day);
    }
}
